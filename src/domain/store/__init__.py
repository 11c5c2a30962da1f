"""The seam to the `eventsourcing` library: it keeps streams, versions and the save; the rows and the names are ours."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.persistence import ApplicationRecorder, BaseInfrastructureFactory, EventStore, Mapper
from eventsourcing.utils import Environment, EnvType

from domain.epochs import Epoch
from domain.facts import Recorded, kept
from domain.store.append import Append, Claim, Claimed, Histories, Moved, ReferenceTaken, Write
from domain.store.clock import ClockWatch
from domain.store.mapper import FactMapper, KeptEvent
from domain.store.recorder import SQL, Recorder
from domain.store.turn import Turn, busy_or_lost_is_told, take_turn
from domain.words import Kind
from storage.database import Database

__all__ = ["Append", "Claim", "Claimed", "Histories", "Moved", "Opening", "ReferenceTaken", "Store", "Turn", "Write"]


@dataclass(frozen=True, slots=True)
class Opening:
    """What a command knows before it decides: the instant, the head, and what its idempotency key already did.

    `read_only`: why nothing is recorded at the moment, None where things are; perhaps until when, and in how many
    seconds that is by the real clock.
    """

    now: datetime
    position: int
    digest: bytes | None
    kind: str | None
    thing: UUID | None
    positions: list[int] | None
    epoch: Epoch
    read_only: str | None = None
    read_only_until: datetime | None = None
    read_only_for: int | None = None


class _NothingToBuild(BaseInfrastructureFactory[Any]):
    def is_snapshotting_enabled(self) -> bool:
        return False


class Store(Application[UUID]):
    """One partnership's streams. Borrows the shared pool; reads nothing from the environment."""

    def __init__(self, database: Database, schema: str) -> None:
        self.database = database
        self.schema = schema
        self.clock = ClockWatch(schema)
        super().__init__()

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        return Environment(name, dict(env or {}))

    def construct_factory(self, env: Environment) -> Any:
        return _NothingToBuild(env)

    def construct_mapper(self) -> Mapper[UUID]:
        return FactMapper()

    def construct_recorder(self) -> ApplicationRecorder:
        return Recorder(self.database, self.schema)

    def construct_event_store(self) -> EventStore[UUID]:
        return EventStore(mapper=self.mapper, recorder=self.recorder)

    def append(self, facts: Sequence[Recorded], append: Append) -> list[Recorded]:
        """Save facts with all that follows from them; returns them with instant and position.

        Raises `Moved`, `Claimed` or `ReferenceTaken`, or `VersionConflict` where the register is busy or its turn was
        lost; then nothing is recorded.
        """
        append.days = [recorded.fact.happened_on for recorded in facts]
        self.save(*facts, append=append)
        receipt = zip(facts, append.positions, strict=True)
        return [kept(recorded, append.recorded_at, position) for recorded, position in receipt]

    @contextmanager
    def alone(self) -> Iterator[Turn]:
        """Other saves wait: whatever is decided on the whole log would be decided anew for each of them.

        Raises `VersionConflict` where somebody else keeps the turn for too long.
        """
        with take_turn(self.database, self.schema) as turn:
            yield turn

    def opening(self, caller: str = "", key: UUID | None = None) -> Opening:
        """The instant, the head and the fate of an idempotency key, in one statement. Raises `VersionConflict`."""
        with busy_or_lost_is_told(self.database, self.schema), self.database.connection(self.schema) as conn:
            row = conn.execute(SQL["opening"], {"caller": caller, "key": key}).fetchone()
        now, position, digest, kind, thing, positions, epoch, first, *rest = cast(tuple[Any, ...], row)
        *maintenance, real, ahead = rest
        self.clock.note(float(ahead), (real - datetime.now(UTC)).total_seconds())
        return Opening(now, position, digest, kind, thing, positions, Epoch(epoch, first), *maintenance)

    def await_saves(self) -> datetime:
        """Until every save that has its instant already has been committed or given up; no later one is before this.

        Raises `VersionConflict` where one takes too long.
        """
        with busy_or_lost_is_told(self.database, self.schema), self.database.connection(self.schema) as conn:
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

    def reporting(self) -> tuple[tuple[Kind, UUID], ...]:
        """The reviews, recommendations and actions that there are, in the order in which they began."""
        with self.database.connection(self.schema) as conn:
            return tuple((Kind(kind), id) for kind, id in conn.execute(SQL["reporting"]))

    def set_clock(self, instant: datetime | None) -> None:
        """Put a demonstration's clock at an instant; None returns to the real clock."""
        with self.database.connection(self.schema) as conn:
            conn.execute(SQL["set_clock"], (instant,))
