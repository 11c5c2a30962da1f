"""One row of a spreadsheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b

Cells = list[str]
Line = tuple[int, Cells]
"""Where a row begins in its file (from 1), and its cells from left to right."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells by column, without the blanks around them, and the line on which the row begins, from 1."""

    line: int
    cells: Mapping[str, str]

    @property
    def digests(self) -> dict[str, str]:
        """A digest of each cell, by which an edited one is told later without keeping its text."""
        return {column: digest(text) for column, text in self.cells.items()}


def digest(*texts: str) -> str:
    """The same for the same texts, in every process; 16 bytes as hexadecimal digits."""
    told = blake2b(digest_size=16)
    for text in texts:
        told.update(f"{len(text)}:{text}".encode())
    return told.hexdigest()
