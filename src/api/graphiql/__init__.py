"""GraphiQL, served from the installation itself."""
