"""Mutation testing of `src/domain`: one small change at a time, and a test of the domain that must notice it (0018)."""
