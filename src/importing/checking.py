"""Which rows of a file are new, and which of those the domain lets pass; nothing is recorded here."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeAlias

from importing.context import ImportContext
from importing.faults import CellFault
from importing.findings import Finding, FindingKind, edited, refused
from importing.groups import Groups
from importing.import_ledger import ImportLedger, references_taken
from importing.import_session import ImportSession
from importing.item import Item
from importing.keys import row_keys
from importing.row_reading import RowReading
from importing.sheet import SheetRow

Step: TypeAlias = Callable[[str, int, int], None]
"""Told of progress: what is being done, how many rows are done, of how many."""

Reference: TypeAlias = tuple[str, str]


class Checking:
    """The rows of one file, sorted into new, already there, edited and refused."""

    def __init__(self, file: Path, context: ImportContext, ledger: ImportLedger) -> None:
        self.already = 0
        self.findings: list[Finding] = []
        self._file, self._context, self._memory = file, context, ledger

    def passing(self, rows: Sequence[SheetRow], step: Step) -> list[Item]:
        """Those to be recorded, decided one after the other in a session that is never saved."""
        items = self._read(self._new(rows))
        self._context.agencies.seen(items)
        return self._free(self._decided(items, step))

    @property
    def refused(self) -> int:
        return sum(finding.outcome is FindingKind.REFUSED for finding in self.findings)

    def _refuse(self, row: SheetRow, fault: CellFault) -> None:
        self.findings.append(refused(self._file, row, fault))

    def _new(self, rows: Iterable[SheetRow]) -> Iterator[tuple[str, SheetRow]]:
        key_of = row_keys(self._context.mapping.row_key)
        for row in rows:
            try:
                _every_cell_has_a_value(row)
                key = key_of(row)
            except CellFault as fault:
                self._refuse(row, fault)
            else:
                yield from self._unless_known(key, row)

    def _unless_known(self, key: str, row: SheetRow) -> Iterator[tuple[str, SheetRow]]:
        columns = self._memory.edited(key, row)
        if columns is None:
            yield key, row
        elif columns:
            self.findings.append(edited(self._file, row, columns))
        else:
            self.already += 1

    def _read(self, rows: Iterable[tuple[str, SheetRow]]) -> list[Item]:
        context, groups = self._context, Groups()
        agencies = context.register.agencies()
        reading = RowReading(context.mapping, lambda text: context.agencies.name(agencies, text))
        items = []
        for key, row in rows:
            try:
                item = reading.item(row, key)
                groups.agree(item)
            except CellFault as fault:
                self._refuse(row, fault)
            else:
                items.append(item)
        return items

    def _decided(self, items: Sequence[Item], step: Step) -> list[tuple[Item, list[Reference]]]:
        executor = ImportSession(self._context, self._memory.imported_ids)
        decided = []
        for done, item in enumerate(items, start=1):
            try:
                decided.append((item, executor.execute(item)))
            except CellFault as fault:
                self._refuse(item.row, fault)
            step("Checking", done, len(items))
        return decided

    def _free(self, decided: Sequence[tuple[Item, list[Reference]]]) -> list[Item]:
        """Those whose references nothing else carries, neither in the register nor earlier in the file."""
        wanted = [reference for _, references in decided for reference in references]
        taken = references_taken(self._context.register, wanted)
        free = []
        for item, references in decided:
            if other := next((reference for reference in references if reference in taken), None):
                self._refuse(
                    item.row, CellFault(None, f"another {other[0]} carries the reference {other[1]!r} already")
                )
            else:
                free.append(item)
                taken.update(references)
        return free


def _every_cell_has_a_value(row: SheetRow) -> None:
    for column, why in row.unreadable.items():
        raise CellFault(column, why)
