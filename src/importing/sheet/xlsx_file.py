"""XLSX workbooks as the values that they show, whatever extent, hidden rows or merged cells they state."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from importing.faults import FileFault
from importing.sheet.row import Line, Unreadable

NO_VALUE = "the cell holds a formula whose value was not saved; open the workbook, let it calculate and save it"
FORMULA = re.compile(rb"<(\w+:)?f[ />]")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its name, whether people see it, and its rows that hold anything."""

    name: str
    visible: bool
    lines: list[Line]


def xlsx_sheets(file: Path) -> list[Sheet]:
    """The sheets in their order. Raises `FileFault` for a broken workbook."""
    try:
        book = load_workbook(file, data_only=True)
        formulas = load_workbook(file) if _has_formulas(file) else None
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError, EOFError) as error:
        raise FileFault(
            file, None, None, f"this is not a whole XLSX workbook; it was cut or damaged ({error})"
        ) from error
    return [
        Sheet(sheet.title, sheet.sheet_state == "visible", list(_lines(sheet, formulas and formulas[sheet.title])))
        for sheet in book.worksheets
    ]


def _has_formulas(file: Path) -> bool:
    with ZipFile(file) as parts:
        sheets = (name for name in parts.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml"))
        return any(FORMULA.search(parts.read(name)) for name in sheets)


def _lines(sheet: Any, formulas: Any) -> Iterator[Line]:
    merged = _merged_downwards(sheet)
    for line, cells in enumerate(sheet.iter_rows(), start=1):
        texts = [_text(merged.get((line, at), cell), formulas) for at, cell in enumerate(cells, start=1)]
        if any(texts):
            yield line, texts


def _merged_downwards(sheet: Any) -> dict[tuple[int, int], Any]:
    """What stands in the first cell of a merged range holds for every row of it, in the first column."""
    return {
        (line, merged.min_col): sheet.cell(merged.min_row, merged.min_col)
        for merged in sheet.merged_cells.ranges
        for line in range(merged.min_row + 1, merged.max_row + 1)
    }


def _text(cell: Any, formulas: Any) -> str:
    """A day as 2024-01-31, a whole number without its point, a fraction that is shown as a percentage as one."""
    match cell.value:
        case None:
            return Unreadable(NO_VALUE) if _is_a_formula(cell, formulas) else ""
        case bool() as value:
            return str(value).upper()
        case datetime() as value if not (value.hour or value.minute or value.second):
            return value.date().isoformat()
        case date() as value:
            return value.isoformat()
        case int() | float() as value:
            return _number(value, str(cell.number_format or ""))
        case value if cell.data_type == "e":
            return Unreadable(f"the cell shows the error {value}", str(value))
        case value:
            return str(value)


def _is_a_formula(cell: Any, formulas: Any) -> bool:
    return bool(formulas) and hasattr(cell, "coordinate") and formulas[cell.coordinate].data_type == "f"


def _number(value: float, form: str) -> str:
    shown = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", form.split(";", maxsplit=1)[0])
    if "%" in shown:
        places = re.search(r"\.([0#?]+)", shown)
        step = Decimal(1).scaleb(-len(places[1])) if places else Decimal(1)
        percent = (Decimal(repr(value)) * 100).quantize(step, ROUND_HALF_UP)
        return f"{percent.normalize():f}%" if percent else "0%"
    if value == int(value):
        return str(int(value)).zfill(len(shown)) if re.fullmatch("0+", shown) else str(int(value))
    return format(value, ".15g")
