"""Where facts are kept: streams by the `eventsourcing` library's event store, under our names and in our rows."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import Lock
from time import monotonic
from typing import Any, Self, cast
from uuid import UUID

from eventsourcing.application import LocalNotificationLog
from eventsourcing.persistence import EventStore

from domain import ports
from domain.ports import Append, Opening
from domain.shared.attachments import Upload
from domain.shared.facts import Epoch, Recorded, with_receipt
from domain.shared.vocabulary import Kind
from storage.database import Database
from storage.files.uploads import found
from storage.ledger.recorder import SQL, FactMapper, KeptEvent, Recorder, in_words, refusing_busy_or_lost
from storage.ledger.turn import Turn, take_turn

__all__ = ["ClockWatch", "Ledger"]

clock_logger = logging.getLogger("goldenthread.clock")

SECTION = 10
"""Facts in a section of the notification log; a follower asks for as many as it likes."""


WORTH_A_WORD = 5.0
"""Seconds by which a clock may be off without a word."""
SAID_EVERY = 60.0


class ClockWatch:
    """What the clocks were last seen to say, of one partnership; safe between threads."""

    def __init__(self, schema: str) -> None:
        self._schema = schema
        self._lock = Lock()
        self._seen_at = self._ahead = self._apart = 0.0
        self._said_at = float("-inf")

    def note(self, ahead: float, apart: float) -> None:
        """Says it in the log now and then where it is worth a word.

        `ahead`: how far the newest fact is ahead of the database's clock, in seconds; `apart`: how far that clock is
        ahead of this machine's.
        """
        with self._lock:
            self._seen_at, self._ahead, self._apart = monotonic(), ahead, apart
        warning = self.warning()
        if warning and monotonic() - self._said_at > SAID_EVERY:
            self._said_at = monotonic()
            clock_logger.warning("%s: %s", self._schema, warning)

    def warning(self) -> str | None:
        """What is wrong by what was last seen; None where nothing is worth a word."""
        with self._lock:
            ahead, apart = self._ahead - (monotonic() - self._seen_at), self._apart
        if ahead > WORTH_A_WORD:
            return f"the newest fact is stamped {in_words(ahead)} ahead of the database's clock"
        if abs(apart) > WORTH_A_WORD:
            return (
                f"the database's clock is {in_words(abs(apart))} {'ahead of' if apart > 0 else 'behind'} this machine's"
            )
        return None


class Ledger:
    """One partnership's streams. Borrows the shared pool."""

    def __init__(self, database: Database, schema: str) -> None:
        self.database = database
        self.schema = schema
        self.clock = ClockWatch(schema)
        self.mapper = FactMapper()
        self.recorder = Recorder(database, schema)
        self.events = EventStore(self.mapper, self.recorder)
        self.notification_log = LocalNotificationLog(self.recorder, section_size=SECTION)

    @classmethod
    def of(cls, ledger: ports.Ledger) -> Self:
        """The ledger of a register, for what stands beside its facts in the same schema."""
        if not isinstance(ledger, cls):
            raise TypeError(f"{type(ledger).__name__} keeps its facts somewhere else.")
        return ledger

    def append(self, facts: Sequence[Recorded], append: Append) -> list[Recorded]:
        """Save facts with all that follows from them; returns them with instant and position.

        Raises `Moved`, `Claimed` or `ReferenceTaken`, or `VersionConflict` where the register is busy or its turn was
        lost; then nothing is recorded.
        """
        self.events.put(cast(Any, facts), append=append, days=[recorded.fact.happened_on for recorded in facts])
        receipt = zip(facts, append.positions, strict=True)
        return [with_receipt(recorded, append.recorded_at, position) for recorded, position in receipt]

    @contextmanager
    def alone(self) -> Iterator[Turn]:
        """Other saves wait: whatever is decided on the whole log would be decided anew for each of them.

        Raises `VersionConflict` where somebody else keeps the turn for too long.
        """
        with take_turn(self.database, self.schema) as turn:
            yield turn

    def opening(self, caller: str = "", key: UUID | None = None) -> Opening:
        """The instant, the head and the fate of an idempotency key, in one statement. Raises `VersionConflict`."""
        with refusing_busy_or_lost(self.database, self.schema), self.database.connection(self.schema) as conn:
            row = conn.execute(SQL["opening"], {"caller": caller, "key": key}).fetchone()
        now, position, digest, kind, subject_id, positions, epoch, first, *rest = cast(tuple[Any, ...], row)
        *maintenance, real, ahead = rest
        self.clock.note(float(ahead), (real - datetime.now(UTC)).total_seconds())
        return Opening(now, position, digest, kind, subject_id, positions, Epoch(epoch, first), *maintenance)

    def await_saves(self) -> datetime:
        """Until every save that has its instant already has been committed or given up; no later one is before this.

        Raises `VersionConflict` where one takes too long.
        """
        with refusing_busy_or_lost(self.database, self.schema), self.database.connection(self.schema) as conn:
            return cast(datetime, cast(tuple[Any, ...], conn.execute(SQL["await_saves"]).fetchone())[0])

    def moved_since(self, position: int) -> set[UUID]:
        """The streams that got facts after a position."""
        with self.database.connection(self.schema) as conn:
            return {row[0] for row in conn.execute(SQL["moved_since"], (position,))}

    def stream(self, id: UUID) -> list[Recorded]:
        """The facts of one stream in order of version."""
        return cast(list[Recorded], list(self.events.get(id)))

    def streams(self, ids: Sequence[UUID]) -> dict[UUID, list[Recorded]]:
        """The facts of several streams, each in order of version, in one statement."""
        found: dict[UUID, list[Recorded]] = {id: [] for id in ids}
        with self.database.connection(self.schema) as conn:
            for row in conn.execute(SQL["streams"], (list(ids),)):
                found[row[0]].append(cast(Recorded, self.mapper.to_domain_event(KeptEvent(*row))))
        return found

    def last_number(self, kind: str) -> int:
        """The last number that the register gave to a kind, with a fact that it recorded."""
        with self.database.connection(self.schema) as conn:
            return int(cast(tuple[int], conn.execute(SQL["last_number"], (kind,)).fetchone())[0])

    def carries(self, kind: str, reference: str) -> bool:
        """Whether something of the kind has the reference already."""
        with self.database.connection(self.schema) as conn:
            return conn.execute(SQL["carrier"], (kind, reference)).fetchone() is not None

    def naming(self, agency: str) -> tuple[tuple[Kind, UUID], ...]:
        """The things of which any fact that obliges somebody holds this key; some only in other words."""
        with self.database.connection(self.schema) as conn:
            return tuple(
                (Kind(kind), id) for kind, id in conn.execute(SQL["naming"], {"key": agency, "quoted": f'"{agency}"'})
            )

    def learned_in(self, learning: Iterable[UUID]) -> dict[UUID, UUID]:
        """By which review each was identified; those that none has identified are not there."""
        with self.database.connection(self.schema) as conn:
            return dict(conn.execute(SQL["learned_in"], ([str(each) for each in learning],)).fetchall())

    def challenges_to(self, agencies: Iterable[str]) -> tuple[UUID, ...]:
        """The formal challenges that were any of these agencies' at some time; of those that have ended only some."""
        with self.database.connection(self.schema) as conn:
            return tuple(id for (id,) in conn.execute(SQL["challenges_to"], {"keys": list(agencies)}))

    def returns_behind(self, id: UUID) -> tuple[UUID, ...]:
        """The returns of which an improvement point became this."""
        with self.database.connection(self.schema) as conn:
            return tuple(found for (found,) in conn.execute(SQL["returns_behind"], {"id": f'"{id}"'}))

    def uploads(self, ids: Sequence[UUID]) -> dict[UUID, Upload]:
        """The uploads that there are."""
        with self.database.connection(self.schema) as conn:
            return {each.upload.attachment.id: each.upload for each in found(conn, "find", {"ids": list(ids)})}

    def reporting(self) -> tuple[tuple[Kind, UUID], ...]:
        """The reviews, recommendations and actions that there are, in the order in which they began."""
        with self.database.connection(self.schema) as conn:
            return tuple((Kind(kind), id) for kind, id in conn.execute(SQL["reporting"]))

    def clock_warning(self) -> str | None:
        """What is wrong by what the clocks were last seen to say; None where nothing is worth a word."""
        return self.clock.warning()

    def set_clock(self, instant: datetime | None) -> None:
        """Put a demonstration's clock at an instant; None returns to the real clock."""
        with self.database.connection(self.schema) as conn:
            conn.execute(SQL["set_clock"], (instant,))
