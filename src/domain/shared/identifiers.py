"""The streams of which each partnership has one, and the references that the register gives by itself."""

from collections.abc import Collection
from itertools import count, islice
from uuid import UUID, uuid5

from domain.shared.vocabulary import Kind

# References that the register gives where a caller brings none: the next that nothing carries yet.
#
# A number is given with the fact: what is refused takes none, so that nothing looks as if it had been deleted.

_LETTER = {Kind.REVIEW: "R", Kind.CHALLENGE: "C"}


def numbered(kind: Kind, number: int) -> str:
    """`R0012`: reviews and challenges are numbered through."""
    return f"{_LETTER[kind]}{number:04d}"


def next_below(prefix: str, carried: Collection[str], passed_over: int = 0) -> str:
    """`prefix` with the lowest free number, so that none is left out; of the free ones so many are passed over."""
    free = (number for number in count(1) if f"{prefix}{number}" not in carried)
    return f"{prefix}{next(islice(free, passed_over, None))}"


# The streams of which each partnership has exactly one, or one a year; their ids are the same in every partnership.
SINGLE = {kind: uuid5(UUID(int=0), kind.value) for kind in (Kind.AGENCIES, Kind.THEMES, Kind.PARTNERSHIP)}


def programme_of(year: int) -> UUID:
    """The stream of a year's audit programme."""
    return uuid5(UUID(int=0), f"{Kind.PROGRAMME.value} {year}")
