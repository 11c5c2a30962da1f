"""What earlier imports recorded, and what this one adds to it in the transaction of its facts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias
from uuid import UUID

import orjson
from psycopg import Connection

from domain.ports import AlsoWritten
from domain.register import Register
from importing.sheet import SheetRow
from storage.ledger import Ledger
from storage.sql import statements

SQL = statements("importing", "import_ledger.sql")

ImportedAs: TypeAlias = tuple[Literal["row", "review", "recommendation"], str]
"""What a thing was imported as, and its key in the spreadsheet."""


@dataclass(frozen=True, slots=True)
class ImportLedger:
    """Earlier imports by one mapping: the digests of each row's cells, and the things that rows became."""

    digests: Mapping[str, Mapping[str, str]]
    imported_ids: Mapping[ImportedAs, UUID]

    def edited(self, key: str, row: SheetRow) -> list[str] | None:
        """The columns whose cells have changed since the row was recorded; none for a row that is new."""
        before = self.digests.get(key)
        if before is None:
            return None
        now = row.digests
        return [column for column in {**now, **before} if now.get(column) != before.get(column)]


def load_ledger(register: Register, mapping: str) -> ImportLedger:
    """Everything that was imported by a mapping."""
    ledger = Ledger.of(register.ledger)
    with ledger.database.transaction(ledger.schema) as conn:
        rows = conn.execute(SQL["known"], {"mapping": mapping}).fetchall()
    digests = {key: digest for kind, key, digest, _ in rows if kind == "row"}
    return ImportLedger(digests, {(kind, key): item_id for kind, key, _, item_id in rows})


def ledger_write(mapping: str, imported_ids: Mapping[ImportedAs, UUID], rows: Mapping[str, SheetRow]) -> AlsoWritten:
    """The write that goes with the facts of `imported_ids`; `rows` are the imported rows by key."""
    written = [
        {"kind": kind, "key": key, "digests": rows[key].digests if kind == "row" else {}, "thing": item_id}
        for (kind, key), item_id in imported_ids.items()
    ]
    values = {"mapping": mapping, "rows": orjson.dumps(written).decode()}

    def write(conn: Connection[Any]) -> None:
        conn.execute(SQL["remember"], values)

    return write


def references_taken(register: Register, wanted: Iterable[tuple[str, str]]) -> set[tuple[str, str]]:
    """Those (kind, reference) that other things of the register carry already."""
    kinds, references = ([*column] for column in zip(*wanted, strict=True)) if wanted else ([], [])
    ledger = Ledger.of(register.ledger)
    with ledger.database.transaction(ledger.schema) as conn:
        return set(conn.execute(SQL["references_taken"], {"kinds": kinds, "references": references}))
