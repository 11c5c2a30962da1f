"""The recorder: facts under our names, one round trip and one transaction an append, ordered by the head row."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast
from uuid import UUID

import orjson
from eventsourcing.persistence import (
    ApplicationRecorder,
    JSONTranscoder,
    Mapper,
    Notification,
    NotSupportedError,
    StoredEvent,
    Subscription,
)
from psycopg import errors

from domain.event_names import decode, encode, name_of
from domain.ports import BUSY, AlsoWritten, Append, Claim, Claimed, Histories, Moved, ReferenceTaken
from domain.shared.facts import Recorded
from domain.shared.refusals import ReadOnly, VersionConflict
from storage.database import Database
from storage.form import PROJECTION_VERSION
from storage.sql import statements

SQL = statements("storage.ledger", "ledger.sql")
CONSTRAINTS: Mapping[str | None, type[Exception]] = {
    "facts_pkey": Moved,
    "idempotency_pkey": Claimed,
    "reference_pkey": ReferenceTaken,
}
DECIDE_ANEW = ("GT001", "GT004")
"""A stream has moved; or maintenance has begun meanwhile, which the next attempt is told before it decides."""

logger = logging.getLogger("goldenthread.store")

LOST = (
    "This stood still for so long in the middle of recording that the database has ended it (was it paused?). Nothing "
    "of it was recorded; please send it again."
)
ENDED = (errors.IdleSessionTimeout, errors.IdleInTransactionSessionTimeout, errors.TransactionTimeout)
"""What a session says that was ended before it was asked for anything more."""

AHEAD, APART = "GT005", "GT006"
"""What `record` raises where a clock is wrong; the detail is how far, in seconds."""
LEAST_WAIT, LONGEST_WAIT = 60, 3600


@dataclass(frozen=True)
class KeptEvent(StoredEvent):
    """A stored event with the two columns that stand beside it."""

    recorded_at: datetime
    position: int


class FactMapper(Mapper[UUID]):
    """Facts under their stable names, as readable JSON."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        recorded = cast(Recorded, domain_event)
        name = name_of(recorded.kind, recorded.fact)
        return StoredEvent(recorded.originator_id, recorded.originator_version, name, encode(recorded.fact))

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        kept = cast(KeptEvent, stored_event)
        kind, fact = decode(kept.topic, kept.state)
        return Recorded(
            kind, cast(UUID, kept.originator_id), kept.originator_version, fact, kept.recorded_at, kept.position
        )


class Recorder(ApplicationRecorder):
    """Appends facts and everything that follows from them in one round trip and one transaction."""

    def __init__(self, database: Database, schema: str) -> None:
        self.database = database
        self.schema = schema

    def insert_events(self, stored_events: Sequence[StoredEvent], **kwargs: Any) -> Sequence[int]:
        append: Append = kwargs["append"]
        days: Sequence[date] = kwargs["days"]
        clock = {"sent_at": datetime.now(UTC), "clock_tolerance": self.database.clock_tolerance}
        save = orjson.dumps(_save(stored_events, days, append) | clock).decode()
        try:
            with refusing_busy_or_lost(self.database, self.schema):
                last, append.recorded_at = self._record(save, append)
        except errors.IntegrityError as error:
            raise CONSTRAINTS.get(error.diag.constraint_name, type(error))(str(error)) from error
        except errors.DatabaseError as error:
            if error.sqlstate in (AHEAD, APART):
                raise wrong_clock(error) from error
            raise (Moved(str(error)) if error.sqlstate in DECIDE_ANEW else error) from error
        append.positions = tuple(range(last - len(stored_events) + 1, last + 1))
        return append.positions

    def _record(self, save: str, append: Append) -> tuple[int, datetime]:
        if append.turn is not None:
            recorded = append.turn.save(save)
        elif append.also:
            recorded = self._record_with(append.also, save)
        else:
            with self.database.connection(self.schema) as conn:
                recorded = conn.execute(SQL["record"], (save,)).fetchone()
        return cast(tuple[int, datetime], recorded)

    def _record_with(self, also: Sequence[AlsoWritten], save: str) -> Any:
        with self.database.transaction(self.schema) as conn:
            conn.execute(SQL["hold_briefly"], (str(self.database.patience.turn_ms),))
            recorded = conn.execute(SQL["record"], (save,)).fetchone()
            for write in also:
                write(conn)
        return recorded

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
        with self.database.connection(self.schema) as conn:
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
        with self.database.connection(self.schema) as conn:
            rows = conn.execute(SQL["notifications"], wanted).fetchall()
        return [Notification(id, version, name, state, position) for position, id, version, name, state in rows]

    def max_notification_id(self) -> int | None:
        with self.database.connection(self.schema) as conn:
            row = conn.execute(SQL["last_position"]).fetchone()
        return cast(tuple[int], row)[0] or None

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        msg = "followers poll: a listener inside the append would serialise every partnership at commit"
        raise NotSupportedError(msg)


def _save(stored: Sequence[StoredEvent], days: Sequence[date], append: Append) -> dict[str, Any]:
    """The save as the function `record` takes it."""
    facts = zip(stored, days, strict=True)
    claim = append.claim
    return {
        "facts": [
            {
                "id": event.originator_id,
                "version": event.originator_version,
                "name": event.topic,
                "happened_on": day,
                "body": event.state.decode(),
            }
            for event, day in facts
        ],
        "read": [{"thing": stream_id, "version": version} for stream_id, version in append.read.items()],
        "references": [
            {"kind": kind, "reference": text, "thing": stream_id} for kind, text, stream_id in append.references
        ],
        "numbers": [{"kind": kind, "last": last} for kind, last in append.numbers.items()],
        "uploads": [{"id": id, "kind": kind.value, "thing": thing} for id, kind, thing in append.uploads],
        "at": append.at,
        "claims": [_claimed(claim)] if claim else [],
        "histories": append.histories,
        "last_day": _last_day(append.histories),
        "form": PROJECTION_VERSION,
    }


def _last_day(histories: Histories) -> date | None:
    """The latest day on which an added row begins or ends."""
    added = (row for part in histories.values() for row in part["added"])
    return max((day for row in added for day in (row["starts"], row["ends"]) if day is not None), default=None)


def _claimed(claim: Claim) -> dict[str, Any]:
    named = {"caller": claim.caller, "key": claim.key, "digest": claim.digest.hex()}
    return named | {"kind": claim.kind, "thing": claim.subject_id}


# What the database refuses, as whoever sent the command reads it.


@contextmanager
def refusing_busy_or_lost(database: Database, schema: str) -> Iterator[None]:
    """Raises `VersionConflict`, with nothing recorded, where a lock was not given or the database ended the session.

    Whoever has the lock is named in the log.
    """
    try:
        yield
    except errors.LockNotAvailable:
        logger.warning("%s: saves wait in vain for %s", schema, _holders(database, schema))
        raise VersionConflict(BUSY) from None  # not because of a database that is away
    except ENDED:
        raise VersionConflict(LOST) from None


def _holders(database: Database, schema: str) -> str:
    with database.connection(schema) as conn:
        found = conn.execute(SQL["holders"]).fetchall()
    named = (f"{name or 'a session'} (session {pid} of the database)" for name, pid in found)
    return ", ".join(named) or "somebody who has ended meanwhile"


def wrong_clock(error: errors.DatabaseError) -> ReadOnly:
    """The refusal of a save that the database refused for a clock."""
    off = float(error.diag.message_detail or 0)
    what = (
        f"the newest fact is stamped {in_words(off)} ahead of the database's clock"
        if error.sqlstate == AHEAD
        else f"the database's clock and this server's are {in_words(abs(off))} apart"
    )
    refusal = ReadOnly(
        f"Nothing was recorded: {what}, so a clock is or was wrong. Queries go on; tell whoever runs the register, and "
        "send this again afterwards, unchanged and with the same idempotencyKey."
    )
    refusal.retry_after = round(min(max(abs(off), LEAST_WAIT), LONGEST_WAIT))
    return refusal


def in_words(seconds: float) -> str:
    """The largest unit of which there are at least two."""
    for unit, length in (("days", 86_400), ("hours", 3_600), ("minutes", 60)):
        if seconds >= 2 * length:
            return f"{seconds / length:.0f} {unit}"
    return f"{seconds:.0f} seconds"
