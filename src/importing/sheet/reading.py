"""From a file to rows whose columns are those of the mapping."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from importing.faults import FileFault, shown
from importing.mapping import Mapping
from importing.mapping.model import EVERY_SHEET
from importing.sheet.csv_file import csv_lines
from importing.sheet.row import Cells, Line, SheetRow, Unreadable
from importing.sheet.xlsx_file import Sheet, xlsx_sheets

OTHER_DELIMITERS = ";\t"


def read_rows(file: Path, mapping: Mapping) -> list[SheetRow]:
    """Every row of the file. Raises `FileFault` where the file is not whole, or its columns are not the mapping's."""
    return read_sheets(file, mapping)[0]


def read_sheets(file: Path, mapping: Mapping) -> tuple[list[SheetRow], list[str]]:
    """As `read_rows`, with the names of the sheets that hold something and were left aside."""
    if not file.is_file():
        raise FileFault(file, None, None, "there is no such file")
    match file.suffix.lower():
        case ".csv":
            return _rows_of_csv(file, mapping), []
        case ".xlsx":
            return _rows_of_workbook(file, mapping)
        case other:
            raise FileFault(file, None, None, f"a spreadsheet is a .csv or an .xlsx file, not {other or 'this'!r}")


def _rows_of_csv(file: Path, mapping: Mapping) -> list[SheetRow]:
    if mapping.sheet_column:
        raise FileFault(file, None, mapping.sheet_column, "this is the name of the sheet, and a CSV file has no sheets")
    lines = list(csv_lines(file))
    for delimiter in OTHER_DELIMITERS:
        if _header(lines, mapping) is None and _header(parted := list(csv_lines(file, delimiter)), mapping) is not None:
            lines = parted
    return list(_rows(file, lines, mapping, None))


def _rows_of_workbook(file: Path, mapping: Mapping) -> tuple[list[SheetRow], list[str]]:
    sheets = xlsx_sheets(file)
    if not sheets:
        raise FileFault(file, None, None, "the workbook has no sheet with cells")
    chosen = _chosen(file, sheets, mapping)
    several = len(chosen) > 1
    rows = list(
        chain.from_iterable(_rows(file, sheet.lines, mapping, sheet.name, named=several or None) for sheet in chosen)
    )
    return rows, [sheet.name for sheet in sheets if sheet.lines and sheet not in chosen]


def _chosen(file: Path, sheets: Sequence[Sheet], mapping: Mapping) -> list[Sheet]:
    """Those that the mapping names; every one that has its columns; or else the first that people see."""
    if not mapping.sheet:
        return [next((sheet for sheet in sheets if sheet.visible), sheets[0])]
    if mapping.sheet == (EVERY_SHEET,):
        return [sheet for sheet in sheets if _header(sheet.lines, mapping) is not None] or list(sheets[:1])
    by_name = {sheet.name: sheet for sheet in sheets}
    for name in mapping.sheet:
        if name not in by_name:
            raise FileFault(file, None, None, f"there is no sheet {name!r}; there are {', '.join(by_name)}")
    return [by_name[name] for name in mapping.sheet]


def _header(lines: Sequence[Line], mapping: Mapping) -> int | None:
    """Where the headers stand: on the line that the mapping names, or on the first that holds all its columns."""
    wanted = {_plain(column) for column in mapping.columns}
    for at, (line, cells) in enumerate(lines):
        if wanted <= set(map(_plain, cells)) and mapping.header in {None, line}:
            return at
    return None


def _plain(header: str) -> str:
    """Line ends and hard spaces within a header are spaces to people."""
    return " ".join(header.split())


def _rows(
    file: Path, lines: Sequence[Line], mapping: Mapping, sheet: str | None, *, named: bool | None = None
) -> Iterator[SheetRow]:
    at = _header(lines, mapping)
    line, header = lines[at] if at is not None else _nearest(lines, mapping)
    columns = _columns(file, line, header, mapping)
    below = lines[(at or 0) + 1 :]
    for row in _cells(file, columns, below, whole_lines=sheet is None):
        cells = {**row.cells, mapping.sheet_column: sheet or ""} if mapping.sheet_column else row.cells
        unreadable = {name: why for name, why in row.unreadable.items() if name not in mapping.ignored}
        yield SheetRow(row.line, cells, sheet if named else None, unreadable)


def _nearest(lines: Sequence[Line], mapping: Mapping) -> Line:
    """The line that comes nearest to the headers: the one that the mapping names, or that with most of its columns."""
    if mapping.header is not None:
        return next((each for each in lines if each[0] == mapping.header), (mapping.header, []))
    wanted = {_plain(column) for column in mapping.columns}
    return max(lines, key=lambda each: len(wanted & set(map(_plain, each[1]))), default=(1, []))


def _columns(file: Path, line: int, header: Cells, mapping: Mapping) -> list[str]:
    as_mapped = {_plain(column): str(column) for column in mapping.columns}
    columns = [as_mapped.get(_plain(cell), cell.strip()) for cell in header]
    while columns and not columns[-1]:
        columns.pop()
    for column in mapping.columns:
        if column not in columns:
            found = f"; there stands {shown(', '.join(filter(None, columns)))}" if any(columns) else ""
            raise FileFault(file, line, column, f"the column is missing{found}")
    _each_once(file, line, columns)
    for column in columns:
        if column not in mapping.columns:
            reason = f"the mapping {mapping.key!r} knows no such column; use it there or name it under `ignored`"
            raise FileFault(file, line, column, reason)
    return columns


def _each_once(file: Path, line: int, columns: list[str]) -> None:
    for at, column in enumerate(columns):
        if column in columns[:at]:
            raise FileFault(file, line, column, "two columns have this header")


def _cells(file: Path, columns: list[str], lines: Iterable[Line], *, whole_lines: bool) -> Iterator[SheetRow]:
    width = len(columns)
    for line, cells in lines:
        if any(cell.strip() for cell in cells[width:]):
            raise FileFault(file, line, None, f"the row has {len(cells)} cells, the header {width}")
        if whole_lines and len(cells) < width:
            reason = f"the row ends before this column: it has {len(cells)} cells, the header {width}; the file was cut"
            raise FileFault(file, line, columns[len(cells)], reason)
        padded = dict(zip(columns, cells + [""] * (width - len(cells)), strict=False))
        unreadable = {column: cell.why for column, cell in padded.items() if isinstance(cell, Unreadable)}
        yield SheetRow(line, {column: cell.strip() for column, cell in padded.items()}, None, unreadable)
