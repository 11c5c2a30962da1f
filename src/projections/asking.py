"""Who asks, about which pair of moments, and for which stretch of a list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from psycopg import Connection

from projections.clock.view import Head
from projections.present import Reader

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Moment:
    """The register as it was known at `known`, judged on the day `on`."""

    known: datetime
    on: date


@dataclass(frozen=True, slots=True)
class Asking:
    """One question's circumstances: the transaction, the moments, and whose eyes (None: all of the partnership).

    `head`: the end of the log as the transaction sees it, all through; where it is given, the present is asked for
    as what is open. None: every moment is asked for alike.
    """

    transaction: Connection[Any]
    moment: Moment
    mine: tuple[str, ...] | None
    head: Head | None = None

    @property
    def conn(self) -> Reader:
        """Takes statements that say `recorded @> %(known)s` and `effective @> %(day)s` of each history."""
        if self.head is None:
            return Reader(self.transaction, known_now=False, ended=False)
        known_now = self.moment.known >= self.head.recorded_at
        return Reader(self.transaction, known_now=known_now, ended=self.moment.on >= self.head.last_day)

    @property
    def values(self) -> dict[str, Any]:
        mine = None if self.mine is None else list(self.mine)
        return {"known": self.moment.known, "day": self.moment.on, "mine": mine}


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of an ordered list: `limit` rows behind `after` and before `before`, from its start or from its end."""

    limit: int
    forward: bool = True
    after: tuple[Any, ...] | None = None
    before: tuple[Any, ...] | None = None
    counted: bool = False

    def bounds(self, *columns: str) -> dict[str, Any]:
        """`after_` and `before_` each column of the order, for a statement; None where nothing bounds the stretch."""
        nowhere = (None,) * len(columns)
        return {
            f"{side}_{column}": value
            for side, place in (("after", self.after), ("before", self.before))
            for column, value in zip(columns, place or nowhere, strict=True)
        }


@dataclass(frozen=True, slots=True)
class Slice(Generic[Row]):
    """The rows in the direction of reading, and how many the whole list has, if that was counted."""

    rows: list[Row] = field(default_factory=list)
    total: int | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """A named condition of a `.sql` file with its values."""

    name: str
    values: Mapping[str, Any] = field(default_factory=dict)


Conditions = Sequence[Condition]
