"""References that the register gives where a caller brings none: the next that nothing carries yet.

A number is given with the fact: what is refused takes none, so that nothing looks as if it had been deleted.
"""

from collections.abc import Collection
from itertools import count, islice

from domain.words import Kind

_LETTER = {Kind.REVIEW: "R", Kind.CHALLENGE: "C"}


def numbered(kind: Kind, number: int) -> str:
    """`R0012`: reviews and challenges are numbered through."""
    return f"{_LETTER[kind]}{number:04d}"


def next_below(prefix: str, carried: Collection[str], passed_over: int = 0) -> str:
    """`prefix` with the lowest free number, so that none is left out; of the free ones so many are passed over."""
    free = (number for number in count(1) if f"{prefix}{number}" not in carried)
    return f"{prefix}{next(islice(free, passed_over, None))}"
