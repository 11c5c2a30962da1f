"""A list as a sheet: its columns, its rows, and what a reader must know of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeAlias

Cell: TypeAlias = str | int | date | None
"""A day is a `date`, never a `datetime`: no list has a time of day."""
Row: TypeAlias = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Column:
    """`width`: in characters, for programs that show columns."""

    title: str
    width: int = 16


@dataclass(frozen=True, slots=True)
class Cover:
    """
    What is said of a sheet: of which partnership, read by whom, narrowed how, as of when.

    Attributes:
        known_at: becomes the file's own date, so that the same sheet is the same bytes.
        lines: what stands on the second sheet, a name and a value each.
    """

    title: str
    known_at: datetime
    lines: Sequence[tuple[str, Cell]]


class SheetWriter(Protocol):
    """Writes one sheet as its rows come; holds no more of it in memory than the rows that it was just given."""

    def add(self, rows: Iterable[Row]) -> None: ...

    def finish(self, cover: Cover) -> None:
        """Once, after the last row."""
