"""XLSX workbooks, one sheet of them, as the values that they show."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from cli.importing.faults import FileFault
from cli.importing.sheet.row import Line


def xlsx_lines(file: Path, sheet: str | None) -> Iterator[Line]:
    """The rows that hold anything, of the named sheet or else the first. Raises `FileFault` for a broken workbook."""
    try:
        book = load_workbook(file, read_only=True, data_only=True)
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError) as error:
        raise FileFault(
            file, None, None, f"this is not a whole XLSX workbook; it was cut or damaged ({error})"
        ) from error
    try:
        yield from _lines(_sheet(file, book, sheet))
    finally:
        book.close()


def _sheet(file: Path, book: Any, name: str | None) -> Any:
    if name is None:
        return book.worksheets[0]
    if name not in book.sheetnames:
        raise FileFault(file, None, None, f"there is no sheet {name!r}; there are {', '.join(book.sheetnames)}")
    return book[name]


def _lines(sheet: Any) -> Iterator[Line]:
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        cells = [_text(value) for value in values]
        if any(cells):
            yield line, cells


def _text(value: object) -> str:
    """A day as 2024-01-31, a whole number without its point."""
    match value:
        case None:
            return ""
        case datetime() if not (value.hour or value.minute or value.second):
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
