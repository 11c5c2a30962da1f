"""One row of a spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

Cells = list[str]
Line = tuple[int, Cells]
"""Where a row begins in its file (from 1), and its cells from left to right."""


class Unreadable(str):
    """What stands in a cell that shows no value, as an error of a formula does; and why, as a sentence says it."""

    __slots__ = ("why",)
    why: str

    def __new__(cls, why: str, text: str = "") -> "Unreadable":
        made = super().__new__(cls, text)
        made.why = why
        return made

    def __bool__(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The cells by column, without the blanks around them; the line on which the row begins, from 1, and its sheet."""

    line: int
    cells: Mapping[str, str]
    sheet: str | None = None
    unreadable: Mapping[str, str] = field(default_factory=dict)
    """By column, why no value can be read there."""

    @property
    def place(self) -> str:
        """As a sentence names it."""
        return f"line {self.line}" + (f" of the sheet {self.sheet!r}" if self.sheet else "")

    @property
    def digests(self) -> dict[str, str]:
        """A digest of each cell, by which an edited one is told later without keeping its text."""
        return {column: digest(text) for column, text in self.cells.items()}


def digest(*texts: str) -> str:
    """The same for the same texts, in every process; 16 bytes as hexadecimal digits."""
    hashed = blake2b(digest_size=16)
    for text in texts:
        hashed.update(f"{len(text)}:{text}".encode())
    return hashed.hexdigest()
