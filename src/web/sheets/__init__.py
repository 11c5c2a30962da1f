"""Every list of the pages as a sheet: a GraphQL document, asked page by page at one moment, and its columns."""
