"""Files that come with evidence: received, scanned, kept, and given to whoever may see what they hang on."""
