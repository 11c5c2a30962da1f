"""The form of the histories: which folds made their rows. Folds of another form never go on with them."""

FORM = 2
"""Goes up whenever the folds make other rows of the same facts: `tests/projections/test_form.py` says when."""


class LaterVersion(Exception):
    """A later version has opened the partnership; this one must leave it alone. The message says so."""
