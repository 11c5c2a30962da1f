"""Signing in and out: links that work once, and a demonstration's people to choose from."""
