"""People and systems that may act, by their credentials: for the administrator."""
