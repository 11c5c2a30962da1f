"""Signing in by an account that people have already: OpenID Connect, authorization code with PKCE."""
