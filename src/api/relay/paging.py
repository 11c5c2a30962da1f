"""Keyset pages, written once: what a caller asks for and what a read returns; without GraphQL."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, Self, TypeAlias, TypeVar

from strawberry import UNSET

from api.relay import cursor
from api.relay.cursor import BrokenCursor, Key, KeyValue
from domain.shared.refusals import Invalid
from projections.engine.query_context import Window

DEFAULT_SIZE = 20
LARGEST_SIZE = 100

Shape: TypeAlias = tuple[type | re.Pattern[str], ...]
"""Of the keys of a list, value by value: its type, or what its text looks like."""

Row = TypeVar("Row")
Given = TypeVar("Given")


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page of a list in a given order.

    Attributes:
        size: rows on the page, 1 to 100.
        forward: True from the start (`first`), False from the end (`last`).
        after: key of the row before the page, or None.
        before: key of the row behind the page, or None.
        bound_to: the order and filter that cursors of this list belong to.
    """

    size: int
    forward: bool
    after: Key | None
    before: Key | None
    bound_to: str

    @property
    def fetch(self) -> int:
        """Rows to read: one more than the page, which tells whether there is another page."""
        return self.size + 1

    def window(self, *, counted: bool = False) -> Window:
        """The stretch of the list to read for it."""
        return Window(self.fetch, self.forward, self.after, self.before, counted)

    @classmethod
    def parse(
        cls,
        first: int | None,
        after: str | None,
        last: int | None,
        before: str | None,
        order: str,
        filter_key: str,
        *,
        shape: Shape | None = None,
        formerly: Shape | None = None,
    ) -> Self:
        """From a field's arguments, None or UNSET where not given.

        `shape` gives each key value's type, or what its text looks like: pass it wherever values go into SQL.
        `formerly` is the shape of cursors that partners kept from before.

        Raises:
            Invalid: both sizes, a size outside 1 to 100, or a cursor that is broken or belongs to another list.
        """
        first, after, last, before = (_given(first), _given(after), _given(last), _given(before))
        if first is not None and last is not None:
            raise Invalid("Give first or last, not both.", "last")
        bound_to = f"{order}\0{filter_key}"
        return cls(
            size=_size("last", last) if last is not None else _size("first", first),
            forward=last is None,
            after=_key("after", after, bound_to, shape, formerly),
            before=_key("before", before, bound_to, shape, formerly),
            bound_to=bound_to,
        )


def _given(value: Given | None) -> Given | None:
    return None if value is UNSET else value


def _size(argument: str, requested: int | None) -> int:
    if requested is None:
        return DEFAULT_SIZE
    if not 1 <= requested <= LARGEST_SIZE:
        raise Invalid(f"{argument} must be between 1 and {LARGEST_SIZE}; {requested} was given.", argument)
    return requested


def _key(argument: str, text: str | None, bound_to: str, *shapes: Shape | None) -> Key | None:
    if text is None:
        return None
    try:
        key = cursor.read(text, bound_to)
    except BrokenCursor:
        raise _no_cursor(argument) from None
    known = [shape for shape in shapes if shape is not None]
    if known and not any(_fits(key, shape) for shape in known):
        raise _no_cursor(argument)
    return key


def _fits(key: Key, shape: Shape) -> bool:
    return len(key) == len(shape) and all(map(_is_a, key, shape))


def _is_a(value: KeyValue, part: type | re.Pattern[str]) -> bool:
    """Only days are null in the order of a list: of what is due on none."""
    if isinstance(part, re.Pattern):
        return type(value) is str and part.fullmatch(value) is not None
    return type(value) is part or (value is None and part is date)


def _no_cursor(argument: str) -> Invalid:
    return Invalid(f"{argument} is not a cursor of this list in this order and with this filter.", argument)


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """The rows of one page in the list's own order; `total` only when it was counted."""

    rows: Sequence[Row]
    has_next: bool
    has_previous: bool
    total: int | None = None

    @classmethod
    def of(cls, fetched: Sequence[Row], requested: PageRequest, total: int | None = None) -> Self:
        """From at most `asked.fetch` rows read in the direction of reading (backwards for `last`)."""
        rows, more = fetched[: requested.size], len(fetched) > requested.size
        if requested.forward:
            return cls(rows, has_next=more, has_previous=requested.after is not None, total=total)
        return cls(rows[::-1], has_next=requested.before is not None, has_previous=more, total=total)
