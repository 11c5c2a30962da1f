"""A sheet as CSV (RFC 4180): UTF-8 with a mark that Excel knows it by, days as 2026-01-31."""

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import IO

from exporting.cells import harmless, writable
from exporting.sheet import Cell, Column, Cover, Row


class CsvSheet:
    """Written to `file`, which stays open. It has no room for a cover: its name says what it must."""

    def __init__(self, file: IO[bytes], columns: Sequence[Column]) -> None:
        self._text = TextIOWrapper(file, "utf-8-sig", newline="", write_through=True)
        self._writer = csv.writer(self._text)
        self._writer.writerow(harmless(column.title) for column in columns)

    def add(self, rows: Iterable[Row]) -> None:
        self._writer.writerows([_written(cell) for cell in row] for row in rows)

    def finish(self, _: Cover) -> None:
        self._text.flush()
        self._text.detach()


def _written(cell: Cell) -> str | int:
    if isinstance(cell, str):
        return harmless(writable(cell))
    if cell is None or isinstance(cell, int):
        return "" if cell is None else cell
    return cell.isoformat()
