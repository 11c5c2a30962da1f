"""From a file to rows whose columns are those of the mapping."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from cli.importing.faults import FileFault
from cli.importing.mapping import Mapping
from cli.importing.sheet.csv_file import csv_lines
from cli.importing.sheet.row import Cells, Line, Row
from cli.importing.sheet.xlsx_file import xlsx_lines


def read_rows(file: Path, mapping: Mapping) -> list[Row]:
    """Every row of the file. Raises `FileFault` where the file is not whole, or its columns are not the mapping's."""
    lines = _lines(file, mapping)
    line, header = next(lines, (1, []))
    columns = _columns(file, line, header, mapping)
    return list(_rows(file, columns, lines, whole_lines=file.suffix.lower() == ".csv"))


def _lines(file: Path, mapping: Mapping) -> Iterator[Line]:
    if not file.is_file():
        raise FileFault(file, None, None, "there is no such file")
    match file.suffix.lower():
        case ".csv":
            return csv_lines(file)
        case ".xlsx":
            return xlsx_lines(file, mapping.sheet)
        case other:
            raise FileFault(file, None, None, f"a spreadsheet is a .csv or an .xlsx file, not {other or 'this'!r}")


def _columns(file: Path, line: int, header: Cells, mapping: Mapping) -> list[str]:
    columns = [cell.strip() for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    _each_once(file, line, columns)
    for column in mapping.columns:
        if column not in columns:
            raise FileFault(file, line, column, "the column is missing")
    for column in columns:
        if column not in mapping.columns:
            reason = f"the mapping {mapping.key!r} knows no such column; use it there or name it under `ignored`"
            raise FileFault(file, line, column, reason)
    return columns


def _each_once(file: Path, line: int, columns: list[str]) -> None:
    for at, column in enumerate(columns):
        if column in columns[:at]:
            raise FileFault(file, line, column, "two columns have this header")


def _rows(file: Path, columns: list[str], lines: Iterable[Line], *, whole_lines: bool) -> Iterator[Row]:
    width = len(columns)
    for line, cells in lines:
        if any(cell.strip() for cell in cells[width:]):
            raise FileFault(file, line, None, f"the row has {len(cells)} cells, the header {width}")
        if whole_lines and len(cells) < width:
            reason = f"the row ends before this column: it has {len(cells)} cells, the header {width}; the file was cut"
            raise FileFault(file, line, columns[len(cells)], reason)
        padded = cells + [""] * (width - len(cells))
        yield Row(line, {column: cell.strip() for column, cell in zip(columns, padded[:width], strict=True)})
