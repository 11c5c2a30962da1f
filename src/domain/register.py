"""Load → replay → decide → save: the one way in which anything is recorded."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from random import uniform
from threading import Lock
from time import monotonic, sleep
from typing import TypeAlias
from uuid import UUID, uuid4

from domain.agency.state import Agencies
from domain.catalogue import BY_COMMAND
from domain.dispatch import dispatch
from domain.frameworks import Framework
from domain.partnership.state import Partnership
from domain.ports import (
    BUSY,
    AlsoWritten,
    Append,
    Claim,
    Claimed,
    Histories,
    Ledger,
    Moved,
    Opening,
    ReferenceTaken,
    Turn,
)
from domain.session import Session, attachments_in, references
from domain.shared.actor import Caller, caller_id
from domain.shared.commands import Command
from domain.shared.facts import Decided, Recorded
from domain.shared.refusals import IdempotencyKeyReused, Invalid, Refusal, VersionConflict, read_only
from domain.shared.vocabulary import Kind
from domain.streams import StreamMemory, Streams, stream_of


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """An idempotency key with a digest of the command that it came with."""

    key: UUID
    digest: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: the thing it is about and the positions of its facts."""

    kind: Kind
    id: UUID
    positions: tuple[int, ...]


def first_outcome(opening: Opening, key: IdempotencyKey | None) -> Outcome:
    """What the key did. Raises IdempotencyKeyReused for a key that came with another command."""
    if key is None or opening.digest != key.digest or opening.kind is None or opening.subject_id is None:
        raise IdempotencyKeyReused("The key was used with another command.", "idempotencyKey")
    return Outcome(Kind(opening.kind), opening.subject_id, tuple(opening.positions or ()))


PATIENCE = 10.0
"""Seconds; then somebody is told to come back, which a partner would otherwise have to find out by a timeout."""
LONGEST_PAUSE = 0.05
FEWEST = 2


def attempts(patience: float = PATIENCE) -> Iterator[int]:
    """Numbers from 0, with ever longer pauses of chance between them, so that those who collided do not do so again.

    There is always a first and a second; no more begin once the time is over.
    """
    until, longest, number = monotonic() + patience, 0.001, 0
    while number < FEWEST or monotonic() < until:
        yield number
        sleep(uniform(0, longest))  # noqa: S311 - nobody gains by guessing it
        longest, number = min(2 * longest, LONGEST_PAUSE), number + 1


Project: TypeAlias = Callable[[Iterable[tuple[Sequence[Recorded], Sequence[Recorded]]]], Histories]
"""Turns (facts before, facts now) of each touched stream into what it changes in the read models."""

CARRIED = "Another one carries this reference already."


class Register:
    """One partnership's register of recommendations and actions."""

    def __init__(
        self,
        ledger: Ledger,
        project: Project,
        shipped: Mapping[str, Framework],
        new_id: Callable[[], UUID] = uuid4,
        patience: float = PATIENCE,
        read_only: bool = False,
        memory: StreamMemory | None = None,
    ) -> None:
        self.ledger = ledger
        self.shipped = shipped
        self._project = project
        self._new_id = new_id
        self._patience = patience
        self._read_only = read_only
        self._streams = Streams(ledger, memory)
        self._numbering = Lock()

    def handle(self, command: Command, caller: Caller, key: IdempotencyKey | None = None) -> Outcome | None:
        """Decide a command and record what follows, once per idempotency key; None where it says nothing new.

        It is decided on the newest state, however many others record on the same thing, for as long as there is time.
        Raises a `Refusal`; then nothing is recorded.
        """
        passed_over = 0
        turn: Turn | None = None
        with self._one_by_one(command), ExitStack() as taken_turn:
            for _ in attempts(self._patience):
                session = self._open(caller_id(caller), key)
                session.passed_over = passed_over
                if session.opening.digest is not None:
                    return first_outcome(session.opening, key)
                self._refuse_while_read_only(session)
                try:
                    decided = dispatch(command, caller, session, self.shipped, self._new_id())
                except Refusal:
                    if outcome := self._done_meanwhile(caller, key):
                        return outcome
                    raise
                if not decided:
                    return self._done_meanwhile(caller, key)
                try:
                    return self._recorded(decided, session, caller, key, turn)
                except ReferenceTaken as taken:
                    _it_was_given_by_the_register(command, taken)
                    passed_over += 1
                except (Moved, Claimed):
                    taken_turn.close()
                    turn = taken_turn.enter_context(self.ledger.alone()) if session.whole_log else None
        raise VersionConflict("The register is busy with the same thing; please try again.", "id")

    @contextmanager
    def _one_by_one(self, command: Command) -> Iterator[None]:
        """What takes the next number waits for its turn, as those that ask at once would all find the same number."""
        if not BY_COMMAND[type(command)].numbered:
            yield
            return
        if not self._numbering.acquire(timeout=self._patience):
            raise VersionConflict(BUSY)
        try:
            yield
        finally:
            self._numbering.release()

    def _recorded(
        self,
        decided: Sequence[Decided],
        session: Session,
        caller: Caller,
        key: IdempotencyKey | None,
        turn: Turn | None,
    ) -> Outcome:
        """Raises what `_save` raises where it has to be decided anew."""
        kind, id, _fact = decided[0]
        claim = Claim(caller_id(caller), key.key, key.digest, kind, id) if key else None
        return Outcome(kind, id, self._save(session, claim, turn=turn))

    def _done_meanwhile(self, caller: Caller, key: IdempotencyKey | None) -> Outcome | None:
        """What the key did after the session was opened: a stream that was read later shows what it recorded.

        Sent twice at once, a command would otherwise be refused for what it did itself. Raises IdempotencyKeyReused.
        """
        if key is None:
            return None
        opening = self.ledger.opening(caller_id(caller), key.key)
        return None if opening.digest is None else first_outcome(opening, key)

    def open(self) -> Session:
        """A session for several commands that will be saved together, as imports do."""
        return self._open("", None)

    def decide(self, session: Session, command: Command, caller: Caller) -> list[Decided]:
        """Decide one command within a session; the session's next commands see what it decided."""
        return dispatch(command, caller, session, self.shipped, self._new_id())

    def save(self, session: Session, *also: AlsoWritten) -> tuple[int, ...]:
        """Record what a session decided, and what else is written with it, in one transaction.

        Raises `VersionConflict` where somebody else recorded something in between.
        """
        self._refuse_while_read_only(session)
        try:
            return self._save(session, None, also)
        except ReferenceTaken as taken:
            if session.numbers:
                raise VersionConflict("Somebody else was given the same number; please try again.") from taken
            raise Invalid(CARRIED, "reference") from taken
        except Moved as moved:
            raise VersionConflict("Somebody else recorded something in between; please try again.") from moved

    def require_writable(self) -> None:
        """Raises `ReadOnly` where nothing is recorded at the moment."""
        self._refuse_while_read_only(self.open())

    def _refuse_while_read_only(self, session: Session) -> None:
        """Raises `ReadOnly`."""
        opening = session.opening
        if self._read_only or opening.read_only is not None:
            raise read_only(opening.read_only or "", opening.read_only_until, opening.read_only_for)

    def partnership(self) -> Partnership:
        """The partnership's own state, as of now."""
        return self.open().single(Kind.PARTNERSHIP) or Partnership()

    def frameworks(self) -> Mapping[str, Framework]:
        """Those that are shipped and the partnership's own, as of now."""
        return {**self.shipped, **self.partnership().own}

    def agencies(self) -> Agencies:
        """The partnership's agencies, as of now."""
        return self.open().single(Kind.AGENCIES) or Agencies()

    def today(self) -> date:
        """The partnership's day, by the register's clock."""
        return self.open().today

    def _open(self, caller: str, key: IdempotencyKey | None) -> Session:
        opening = self.ledger.opening(caller, key.key if key else None)
        self._streams.catch_up(opening.position, opening.epoch)
        return Session(opening, self._streams)

    def _save(
        self, session: Session, claim: Claim | None, also: Sequence[AlsoWritten] = (), turn: Turn | None = None
    ) -> tuple[int, ...]:
        """Raises `Moved` or `Claimed`, and forgets what it was decided on; or `ReferenceTaken`."""
        touched = session.touched
        histories = self._project((session.before[id].facts, facts) for id, facts in touched.items())
        append = Append(session.only_read, histories, also, claim, references(session))
        append.numbers = session.numbers
        append.uploads = [(each.id, kind, thing) for each, kind, thing in attachments_in(session.decided)]
        append.turn = turn
        append.at = session.opening.position if session.whole_log else None
        try:
            recorded = self.ledger.append(session.decided, append)
        except (Moved, Claimed):
            self._streams.forget(session.before)
            raise
        kept = _by_stream(recorded)
        streams = {id: stream_of((*session.before[id].facts, *facts)) for id, facts in kept.items()}
        self._streams.appended(streams, append.positions)
        return append.positions


def _it_was_given_by_the_register(command: Command, taken: ReferenceTaken) -> None:
    if getattr(command, "reference", None):
        raise Invalid(CARRIED, "reference") from taken


def _by_stream(recorded: Iterable[Recorded]) -> dict[UUID, list[Recorded]]:
    found: dict[UUID, list[Recorded]] = {}
    for each in recorded:
        found.setdefault(each.originator_id, []).append(each)
    return found
