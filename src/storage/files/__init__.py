"""Uploaded files: their content in an object store, and the rows that say whose they are and what used them."""
