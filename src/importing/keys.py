"""The keys by which rows, and what several rows share, are known again."""

import json
from collections import Counter
from collections.abc import Callable, Sequence

from importing.faults import CellFault
from importing.sheet import SheetRow
from importing.sheet.row import digest


def joined(row: SheetRow, columns: Sequence[str]) -> str:
    """The key in some columns. Raises `CellFault` where all of them are empty."""
    texts = [row.cells[column] for column in columns]
    if not any(texts):
        raise CellFault(columns[0], "the cell is empty, and rows are told apart by it")
    return texts[0] if len(texts) == 1 else json.dumps(texts, ensure_ascii=False)


def row_keys(columns: Sequence[str]) -> Callable[[SheetRow], str]:
    """
    Gives each row of one file its key, in the order of the file: its source's id, or else a digest of its content and
    its occurrence. Raises `CellFault` for an id that is missing or stands on an earlier line.
    """
    places: dict[str, str] = {}
    occurrences: Counter[str] = Counter()

    def by_id(row: SheetRow) -> str:
        key = joined(row, columns)
        if places.setdefault(key, row.place) != row.place:
            raise CellFault(columns[0], f"{places[key]} has the same id")
        return key

    def by_content(row: SheetRow) -> str:
        content = digest(*(text for pair in sorted(row.cells.items()) for text in pair))
        occurrences[content] += 1
        return f"{content}.{occurrences[content]}"

    return by_id if columns else by_content
