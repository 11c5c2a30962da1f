"""Reading what is listed under things: progress, evidence, responses, extensions, findings, learning."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.rows import class_row

from projections.engine.query_context import QueryContext
from storage.sql import statements

SQL = statements("projections.queries.entries")


@dataclass(frozen=True, slots=True)
class EntryRead:
    """One entry; `detail` is the fact that noted it, with what became of it."""

    thing: UUID
    entry: UUID
    kind: str
    noted_version: int
    noted_at: datetime
    detail: dict[str, Any]


def of_things(query_context: QueryContext, things: Iterable[UUID], kind: str) -> dict[UUID, list[EntryRead]]:
    """The entries of one kind by thing, in the order they were noted; counted while they come in."""
    wanted = list(things)
    found: dict[UUID, list[EntryRead]] = {thing: [] for thing in wanted}
    for entry in query_context.counted(EntryRead, SQL["of_things"], {"things": wanted, "kind": kind}):
        found[entry.thing].append(entry)
    return found


def by_id(query_context: QueryContext, entries: Iterable[UUID]) -> dict[UUID, EntryRead]:
    with query_context.conn.cursor(row_factory=class_row(EntryRead)) as cursor:
        found = cursor.execute(SQL["by_id"], query_context.values | {"entries": list(entries)})
        return {entry.entry: entry for entry in found}
