"""Load → replay → decide → save: the one way in which anything is recorded."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from threading import Lock
from typing import TypeAlias
from uuid import UUID, uuid4

from domain.actor import Caller
from domain.agency.state import Agencies
from domain.challenge.commands import IssueChallenge
from domain.commands import Command
from domain.expected import planned
from domain.facts import Recorded
from domain.frameworks import Framework
from domain.giving import gathered
from domain.keys import Key, Outcome, keeper, replayed
from domain.partnership.state import Partnership
from domain.plans import Decided
from domain.plans.merging import gone_on
from domain.references import references
from domain.refusals import Invalid, VersionConflict, read_only
from domain.review.commands import CommissionReview, ReferReview
from domain.session import Session
from domain.store import Append, Claim, Claimed, Histories, Moved, ReferenceTaken, Store, Turn, Write
from domain.store.patience import PATIENCE, attempts
from domain.store.turn import BUSY
from domain.stream_memory import StreamMemory
from domain.streams import Streams, stream_of
from domain.words import Kind

Project: TypeAlias = Callable[[Iterable[tuple[Sequence[Recorded], Sequence[Recorded]]]], Histories]
"""Turns (facts before, facts now) of each touched stream into what it changes in the read models."""

CARRIED = "Another one carries this reference already."
NUMBERED: Mapping[type[Command], Kind] = {
    ReferReview: Kind.REVIEW,
    CommissionReview: Kind.REVIEW,
    IssueChallenge: Kind.CHALLENGE,
}


class Register:
    """One partnership's register of recommendations and actions."""

    def __init__(
        self,
        store: Store,
        project: Project,
        shipped: Mapping[str, Framework],
        new_id: Callable[[], UUID] = uuid4,
        patience: float = PATIENCE,
        read_only: bool = False,
        memory: StreamMemory | None = None,
    ) -> None:
        self.store = store
        self.shipped = shipped
        self._project = project
        self._new_id = new_id
        self._patience = patience
        self._read_only = read_only
        self._streams = Streams(store, memory)
        self._numbering = Lock()

    def execute(self, command: Command, caller: Caller, key: Key | None = None) -> Outcome | None:
        """Decide a command and record what follows, once per idempotency key; None where it says nothing new.

        It is decided on the newest state, however many others record on the same thing, for as long as there is time.
        Raises a `Refusal`; then nothing is recorded.
        """
        passed_over = 0
        turn: Turn | None = None
        with self._one_by_one(command), ExitStack() as taken_turn:
            for _ in attempts(self._patience):
                session = self._open(keeper(caller), key)
                session.passed_over = passed_over
                try:
                    return self._once(session, command, caller, key, turn)
                except ReferenceTaken as taken:
                    _it_was_given_by_the_register(command, taken)
                    passed_over += 1
                except (Moved, Claimed):
                    taken_turn.close()
                    turn = taken_turn.enter_context(self.store.alone()) if session.of_everything else None
        raise VersionConflict("The register is busy with the same thing; please try again.", "id")

    @contextmanager
    def _one_by_one(self, command: Command) -> Iterator[None]:
        """What takes the next number waits for its turn, as those that ask at once would all find the same number."""
        if type(command) not in NUMBERED:
            yield
            return
        if not self._numbering.acquire(timeout=self._patience):
            raise VersionConflict(BUSY)
        try:
            yield
        finally:
            self._numbering.release()

    def _once(
        self, session: Session, command: Command, caller: Caller, key: Key | None, turn: Turn | None
    ) -> Outcome | None:
        """Raises what `_save` raises where it has to be decided anew."""
        if session.opening.digest is not None:
            return replayed(session.opening, key)
        self._refuse_while_read_only(session)
        decided = self.decide(session, command, caller)
        if not decided:
            return None
        kind, id, _fact = decided[0]
        claim = Claim(keeper(caller), key.key, key.digest, kind, id) if key else None
        return Outcome(kind, id, self._save(session, claim, turn=turn))

    def open(self) -> Session:
        """A session for several commands that will be saved together, as imports do."""
        return self._open("", None)

    def decide(self, session: Session, command: Command, caller: Caller) -> list[Decided]:
        """Decide one command within a session; the session's next commands see what it decided."""
        number = _number(session, command)
        given = gathered(session, command, caller, self.shipped, self._new_id(), number)
        decided = planned(command, session.read, given)
        session.take(decided, given.new_id)
        if number and decided:
            session.numbers[NUMBERED[type(command)]] = number
        moved = list(gone_on(decided, session.read, given))
        session.take(moved)
        return decided + moved

    def save(self, session: Session, *writes: Write) -> tuple[int, ...]:
        """Record what a session decided, with further writes, in one transaction.

        Raises `VersionConflict` where somebody else recorded something in between.
        """
        self._refuse_while_read_only(session)
        try:
            return self._save(session, None, writes)
        except ReferenceTaken as taken:
            if session.numbers:
                raise VersionConflict("Somebody else was given the same number; please try again.") from taken
            raise Invalid(CARRIED, "reference") from taken
        except Moved as moved:
            raise VersionConflict("Somebody else recorded something in between; please try again.") from moved

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

    def _open(self, caller: str, key: Key | None) -> Session:
        opening = self.store.opening(caller, key.key if key else None)
        self._streams.catch_up(opening.position, opening.epoch)
        return Session(opening, self._streams)

    def _save(
        self, session: Session, claim: Claim | None, more: Sequence[Write] = (), turn: Turn | None = None
    ) -> tuple[int, ...]:
        """Raises `Moved` or `Claimed`, and forgets what it was decided on; or `ReferenceTaken`."""
        touched = session.touched
        histories = self._project((session.before[id].facts, facts) for id, facts in touched.items())
        append = Append(session.only_read, histories, more, claim, references(session))
        append.numbers = session.numbers
        append.turn = turn
        append.at = session.opening.position if session.of_everything else None
        try:
            recorded = self.store.append(session.decided, append)
        except (Moved, Claimed):
            self._streams.forget(session.before)
            raise
        kept = _by_stream(recorded)
        streams = {id: stream_of((*session.before[id].facts, *facts)) for id, facts in kept.items()}
        self._streams.appended(streams, append.positions)
        return append.positions


def _number(session: Session, command: Command) -> int:
    """The next of its kind, for what is numbered and neither brings nor has a reference of its own."""
    kind = NUMBERED.get(type(command))
    has_one = getattr(command, "reference", None) or getattr(command, "referral_id", None)
    return 0 if kind is None or has_one else session.next_number(kind)


def _it_was_given_by_the_register(command: Command, taken: ReferenceTaken) -> None:
    if getattr(command, "reference", None):
        raise Invalid(CARRIED, "reference") from taken


def _by_stream(recorded: Iterable[Recorded]) -> dict[UUID, list[Recorded]]:
    found: dict[UUID, list[Recorded]] = {}
    for each in recorded:
        found.setdefault(each.originator_id, []).append(each)
    return found
