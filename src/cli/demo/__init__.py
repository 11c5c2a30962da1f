"""The worked example: a partnership of our own invention, with six years of history recorded by commands alone."""
