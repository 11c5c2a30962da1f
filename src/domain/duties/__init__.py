"""Duties: what whoever receives learning owes, and every agency each year; shared by reviews and returns."""
