"""The recorder: one round trip and one transaction an append, ordered by the head row."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import (
    ApplicationRecorder,
    Notification,
    NotSupportedError,
    StoredEvent,
    Subscription,
)
from psycopg import Connection, errors

from domain.store.append import CONSTRAINTS, Append, Moved
from domain.store.mapper import KeptEvent
from storage.database import Database
from storage.sql import statements

SQL = statements("domain.store", "store.sql")


class Recorder(ApplicationRecorder):
    """Appends facts and everything that follows from them in one round trip and one transaction."""

    def __init__(self, database: Database, schema: str) -> None:
        self.database = database
        self.schema = schema

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        append: Append = kwargs["append"]
        try:
            with self.database.pipelined(self.schema) as conn:
                head = conn.execute(SQL["advance"], {"count": len(stored_events)})
                _queue(conn, stored_events, append)
        except errors.IntegrityError as error:
            raise CONSTRAINTS.get(error.diag.constraint_name, type(error))(str(error)) from error
        except errors.DatabaseError as error:
            raise (Moved(str(error)) if error.sqlstate == "GT001" else error) from error
        last, append.recorded_at = cast(tuple[int, datetime], head.fetchone())
        append.positions = tuple(range(last - len(stored_events) + 1, last + 1))
        return append.positions

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        span = {"id": originator_id, "gt": gt or 0, "lte": 2**31 - 1 if lte is None else lte}
        with self.database.transaction(self.schema) as conn:
            kept = [KeptEvent(*row) for row in conn.execute(SQL["stream"], span)]
        return (kept[::-1] if desc else kept)[:limit]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        first = (start or 0) + (not inclusive_of_start)
        last = 2**62 if stop is None else stop
        wanted = {"start": first, "stop": last, "names": list(topics) or None, "limit": limit}
        with self.database.transaction(self.schema) as conn:
            rows = conn.execute(SQL["notifications"], wanted).fetchall()
        return [Notification(id, version, name, state, position) for position, id, version, name, state in rows]

    def max_notification_id(self) -> int | None:
        with self.database.transaction(self.schema) as conn:
            row = conn.execute(SQL["last_position"]).fetchone()
        return cast(tuple[int], row)[0] or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        msg = "followers poll: a listener inside the append would serialise every partnership at commit"
        raise NotSupportedError(msg)


def _queue(conn: Connection[Any], stored: Sequence[StoredEvent], append: Append) -> None:
    if append.read:
        conn.execute(SQL["expect"], {"things": list(append.read), "versions": list(append.read.values())})
    conn.execute(SQL["insert"], _columns(stored, append.days))
    if append.references:
        kinds, references, things = (list(column) for column in zip(*append.references, strict=True))
        conn.execute(SQL["refer"], {"kinds": kinds, "references": references, "things": things})
    for statement, values in append.writes:
        conn.execute(statement, values)
    if claim := append.claim:
        identity = {"caller": claim.caller, "key": claim.key, "digest": claim.digest}
        conn.execute(SQL["claim"], identity | {"kind": claim.kind, "thing": claim.thing, "count": len(stored)})


def _columns(stored: Sequence[StoredEvent], days: Sequence[date]) -> dict[str, Any]:
    return {
        "count": len(stored),
        "ids": [event.originator_id for event in stored],
        "versions": [event.originator_version for event in stored],
        "names": [event.topic for event in stored],
        "days": list(days),
        "bodies": [event.state.decode() for event in stored],
    }
