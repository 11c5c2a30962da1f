"""Days as a spreadsheet writes them."""

from dataclasses import dataclass
from datetime import date
from time import strptime

from domain.shared.dates import add_months
from domain.shared.texts import normalised
from importing.faults import CellFault, shown
from importing.mapping.model import Dates
from importing.mapping.parts import After, DayOf
from importing.sheet import SheetRow

EXAMPLE = date(2024, 1, 31)
AS_CELLS_ARE_READ = "%Y-%m-%d"
"""A cell of a workbook that holds a day gives it so, however it is shown and whatever the mapping's formats."""


@dataclass(frozen=True, slots=True)
class DayCell:
    """A value with the column that tells it; none where the mapping itself does."""

    value: date | None
    column: str | None


class Days:
    """Reads days by a mapping's formats and words."""

    def __init__(self, dates: Dates) -> None:
        self._formats = dates.formats
        self._known: dict[str, date | None] = {normalised(word): day for word, day in dates.words.items()}

    def of(self, part: DayOf, row: SheetRow) -> DayCell:
        """The day that a part of the mapping finds in a row. Raises `CellFault` for a text that is no day."""
        for column in part.columns:
            if (day := self.read(row, column)) is not None:
                return DayCell(day, column)
        first = part.columns[0] if part.columns else None
        match part.otherwise:
            case After(column=column, months=months):
                return DayCell(_after(self.read(row, column), months), first or column)
            case day:
                return DayCell(day, first)

    def needed(self, part: DayOf, row: SheetRow) -> DayCell:
        """As `of`, where there has to be a day."""
        cell = self.of(part, row)
        if cell.value is None:
            raise CellFault(cell.column, "there is no day")
        return cell

    def read(self, row: SheetRow, column: str) -> date | None:
        text = row.cells[column]
        if not text:
            return None
        if (word := normalised(text)) not in self._known:
            self._known[word] = self._parsed(text, column)
        return self._known[word]

    def _parsed(self, text: str, column: str) -> date:
        for form in (*self._formats, AS_CELLS_ARE_READ):
            try:
                return date(*strptime(text, form)[:3])
            except ValueError:
                continue
        forms = " or ".join(EXAMPLE.strftime(form) for form in self._formats)
        raise CellFault(column, f"{shown(text)} is not a day; a day is written like {forms}")


def _after(day: date | None, months: int) -> date | None:
    return None if day is None else add_months(day, months)
