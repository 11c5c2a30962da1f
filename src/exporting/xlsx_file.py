"""A sheet as XLSX: days are days, texts are texts and never formulas, the header stays in sight and filters."""

from collections.abc import Iterable, Sequence
from datetime import UTC
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from exporting.cells import writable
from exporting.sheet import Cell, Column, Cover, Row

ROWS = 1_048_576
"""Of one sheet, its header among them; what is more stands on a further one."""
NAME_LENGTH = 31
DAY = "yyyy-mm-dd"
ABOUT = "About"


class XlsxSheet:
    """Written to `file`, which stays open; rows go to a temporary file as they come. `rows`: of one sheet at most."""

    def __init__(self, file: IO[bytes], name: str, columns: Sequence[Column], rows: int = ROWS) -> None:
        self._book = Workbook(file, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
        self._name = name
        self._columns = columns
        self._rows = rows
        self._bold = self._book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self._day = self._book.add_format({"num_format": DAY, "align": "left"})
        self._sheets: list[Worksheet] = []
        self._next = 0
        self._begin()

    def add(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if self._next == self._rows:
                self._end()
                self._begin()
            self._write(self._sheets[-1], row)

    def finish(self, cover: Cover) -> None:
        self._end()
        about = self._book.add_worksheet(ABOUT)
        about.set_column(0, 0, 24)
        about.set_column(1, 1, 80)
        about.write_string(0, 0, writable(cover.title), self._bold)
        for index, line in enumerate(cover.lines, start=1):
            for at, cell in enumerate(line):
                self._cell(about, index, at, cell)
        self._book.set_properties({"title": writable(cover.title), "created": cover.known_at.astimezone(UTC)})
        self._book.close()

    def _begin(self) -> None:
        count = len(self._sheets) + 1
        name = self._name if count == 1 else f"{self._name[: NAME_LENGTH - 4]} {count}"
        sheet = self._book.add_worksheet(name[:NAME_LENGTH])
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        for at, column in enumerate(self._columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, column.title, self._bold)
        self._sheets.append(sheet)
        self._next = 1

    def _end(self) -> None:
        self._sheets[-1].autofilter(0, 0, max(self._next - 1, 1), len(self._columns) - 1)

    def _write(self, sheet: Worksheet, row: Row) -> None:
        for at, cell in enumerate(row):
            self._cell(sheet, self._next, at, cell)
        self._next += 1

    def _cell(self, sheet: Worksheet, row: int, at: int, cell: Cell) -> None:
        if isinstance(cell, str):
            sheet.write_string(row, at, _plain(writable(cell)))
        elif isinstance(cell, int):
            sheet.write_number(row, at, cell)
        elif cell is not None:
            sheet.write_datetime(row, at, cell, self._day)


def _plain(text: str) -> str:
    """The library takes a text between `<r>` and `</r>` for XML of its own; with a space behind it is a text."""
    return f"{text} " if text.startswith("<r>") else text
