"""Arguments that may be left out."""

from typing import TypeVar

from strawberry import UNSET

Value = TypeVar("Value")


def said(argument: Value | None) -> Value | None:
    """None where it was left out, which GraphQL tells apart from null; an empty word was said."""
    return None if argument is UNSET else argument
