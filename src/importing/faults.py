"""What can be wrong with a spreadsheet, and how it is said."""

from pathlib import Path

QUOTED = 60


class FileFault(ValueError):
    """The file as a whole cannot be used: which file, line (from 1) and column, and why. Nothing was recorded."""

    def __init__(self, file: Path, line: int | None, column: str | None, reason: str) -> None:
        places = (file.name, line and f"line {line}", column and f"column {column!r}")
        super().__init__(": ".join((", ".join(place for place in places if place), reason)))
        self.file, self.line, self.column, self.reason = file, line, column, reason


class CellFault(ValueError):
    """One row cannot be recorded, because of what stands in `column` (or of the row as a whole)."""

    def __init__(self, column: str | None, reason: str, code: str = "INVALID") -> None:
        super().__init__(reason)
        self.column, self.reason, self.code = column, reason, code


def shown(text: str) -> str:
    """A cell's text as a sentence quotes it: short, on one line."""
    plain = " ".join(text.split())
    return repr(plain if len(plain) <= QUOTED else f"{plain[: QUOTED - 1]}…")
