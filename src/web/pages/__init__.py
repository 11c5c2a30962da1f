"""The pages: each a GraphQL document and a template of the same name, and one path operation."""
