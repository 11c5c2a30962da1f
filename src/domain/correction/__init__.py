"""Corrections: a mistake in the record is answered by a new fact that amends the earlier one (language.md)."""
