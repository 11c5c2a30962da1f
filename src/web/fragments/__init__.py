"""GraphQL fragments that documents of several pages share."""
