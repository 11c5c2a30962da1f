"""What an import has to say about rows that it did not record, and how the report lists them."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from enum import StrEnum
from pathlib import Path

from importing.faults import CellFault
from importing.sheet import SheetRow


class FindingKind(StrEnum):
    REFUSED = "refused"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Finding:
    """A row that was refused, or that was edited since it was recorded; `line` counts from 1."""

    file: str
    line: int
    column: str
    outcome: FindingKind
    code: str
    reason: str
    sheet: str = ""

    def __str__(self) -> str:
        sheet = f", sheet {self.sheet!r}" if self.sheet else ""
        place = f"{self.file}{sheet}, line {self.line}" + (f", column {self.column!r}" if self.column else "")
        return f"{place}: {self.outcome}: {self.reason}"


def refused(file: Path, row: SheetRow, fault: CellFault) -> Finding:
    return Finding(
        file.name, row.line, fault.column or "", FindingKind.REFUSED, fault.code, fault.reason, row.sheet or ""
    )


def edited(file: Path, row: SheetRow, columns: Sequence[str]) -> Finding:
    reason = f"recorded earlier, and {', '.join(columns)} changed since; the record stays as it is"
    return Finding(file.name, row.line, columns[0], FindingKind.EDITED, "EDITED", reason, row.sheet or "")


def write_report(report: Path, findings: Iterable[Finding]) -> None:
    """CSV where the name ends so, else a JSON object a line. Raises `OSError`."""
    with report.open("w", encoding="utf-8", newline="") as out:
        if report.suffix.lower() == ".csv":
            table = csv.DictWriter(out, [field.name for field in fields(Finding)])
            table.writeheader()
            table.writerows({name: _harmless(value) for name, value in asdict(each).items()} for each in findings)
        else:
            out.writelines(json.dumps(asdict(each), ensure_ascii=False) + "\n" for each in findings)


def _harmless(value: object) -> object:
    """A text that a spreadsheet program would otherwise run as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t")) else value
