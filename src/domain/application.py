"""Load → replay → decide → save: the one way in which anything is recorded."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID, uuid4

from domain.actor import Caller
from domain.agency.commands import MergeAgencies
from domain.agency.state import Agencies
from domain.authority import actor
from domain.challenge.commands import IssueChallenge
from domain.commands import Command
from domain.correction.commands import Correct
from domain.expected import planned
from domain.facts import Recorded
from domain.frameworks import Framework
from domain.given import Given
from domain.partnership.commands import AdoptFramework, CreatePartnership
from domain.partnership.state import Partnership
from domain.plans import Decided
from domain.references import references
from domain.refusals import IdempotencyKeyReused, Invalid, VersionConflict
from domain.review.commands import CommissionReview, DisseminateLearning, ReferReview
from domain.session import Session
from domain.store import Append, Claim, Claimed, Histories, Moved, Opening, ReferenceTaken, Store, Write
from domain.streams import Streams, stream_of
from domain.theme.state import Themes
from domain.words import Kind

Project: TypeAlias = Callable[[Iterable[tuple[Sequence[Recorded], Sequence[Recorded]]]], Histories]
"""Turns (facts before, facts now) of each touched stream into what it changes in the read models."""

ATTEMPTS = 8
NUMBERED: Mapping[type[Command], str] = {
    ReferReview: "review",
    CommissionReview: "review",
    IssueChallenge: "challenge",
}


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key with a digest of the command that it came with."""

    key: UUID
    digest: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: the thing it is about and the positions of its facts."""

    kind: Kind
    id: UUID
    positions: tuple[int, ...]


class Register:
    """One partnership's register of recommendations and actions."""

    def __init__(
        self,
        store: Store,
        project: Project,
        frameworks: Mapping[str, Framework],
        new_id: Callable[[], UUID] = uuid4,
    ) -> None:
        self.store = store
        self.frameworks = frameworks
        self._project = project
        self._new_id = new_id
        self._streams = Streams(store)

    def execute(self, command: Command, caller: Caller, key: Key | None = None) -> Outcome | None:
        """Decide a command and record what follows, once per idempotency key; None where it says nothing new.

        Raises a `Refusal`; then nothing is recorded.
        """
        for _ in range(ATTEMPTS):
            session = self._open(_name(caller), key)
            if session.opening.digest is not None:
                return _replayed(session.opening, key)
            decided = self.decide(session, command, caller)
            if not decided:
                return None
            kind, id, _fact = decided[0]
            claim = Claim(_name(caller), key.key, key.digest, kind, id) if key else None
            if positions := self._save(session, claim):
                return Outcome(kind, id, positions)
        raise VersionConflict("The register is busy with the same thing; please try again.", "id")

    def open(self) -> Session:
        """A session for several commands that will be saved together, as imports do."""
        return self._open("", None)

    def decide(self, session: Session, command: Command, caller: Caller) -> list[Decided]:
        """Decide one command within a session; the session's next commands see what it decided."""
        given = self._given(session, command, caller)
        decided = planned(command, session.read, given)
        session.take(decided, given.new_id)
        return decided

    def save(self, session: Session, *writes: Write) -> tuple[int, ...]:
        """Record what a session decided, with further writes, in one transaction.

        Raises `VersionConflict` where somebody else recorded something in between.
        """
        positions = self._save(session, None, writes)
        if not positions:
            raise VersionConflict("Somebody else recorded something in between; please try again.")
        return positions

    def partnership(self) -> Partnership:
        """The partnership's own state, as of now."""
        return self.open().single(Kind.PARTNERSHIP) or Partnership()

    def agencies(self) -> Agencies:
        """The partnership's agencies, as of now."""
        return self.open().single(Kind.AGENCIES) or Agencies()

    def today(self) -> date:
        """The partnership's day, by the register's clock."""
        return self.open().today

    def _open(self, caller: str, key: Key | None) -> Session:
        opening = self.store.opening(caller, key.key if key else None)
        self._streams.catch_up(opening.position)
        return Session(opening, self._streams)

    def _given(self, session: Session, command: Command, caller: Caller) -> Given:
        on = command.happened_on or session.today
        return Given(
            caller=caller,
            by=actor(caller),
            today=session.today,
            on=on,
            imported=command.imported,
            new_id=self._new_id(),
            number=self._number(command),
            agencies=session.single(Kind.AGENCIES) or Agencies(),
            themes=session.single(Kind.THEMES) or Themes(),
            framework=self._framework(session, command, on),
            stream=session.stream(command.id).facts if isinstance(command, Correct) else (),
            concerned=session.naming(command.key) if isinstance(command, MergeAgencies) else (),
            frameworks=self.frameworks,
            learned_in=session.learned_in(command.learning) if isinstance(command, DisseminateLearning) else {},
        )

    def _number(self, command: Command) -> int:
        """The next of its kind, for what is numbered and neither brings nor has a reference of its own."""
        kind = NUMBERED.get(type(command))
        has_one = getattr(command, "reference", None) or getattr(command, "referral_id", None)
        return 0 if kind is None or has_one else self.store.next_number(kind)

    def _framework(self, session: Session, command: Command, on: date) -> Framework:
        partnership = session.single(Kind.PARTNERSHIP) or Partnership()
        asked = command.framework if isinstance(command, CreatePartnership | AdoptFramework) else None
        wanted = asked or partnership.framework_on(on)
        if wanted not in self.frameworks:
            known = ", ".join(sorted(self.frameworks))
            raise Invalid(f"There is no framework {wanted!r}; there are {known}.", "framework")
        return self.frameworks[wanted]

    def _save(self, session: Session, claim: Claim | None, more: Sequence[Write] = ()) -> tuple[int, ...] | None:
        touched = session.touched
        histories = self._project((session.before[id].facts, facts) for id, facts in touched.items())
        append = Append(session.only_read, histories, more, claim, references(session))
        append.at = session.opening.position if session.of_everything else None
        try:
            recorded = self.store.append(session.decided, append)
        except (Moved, Claimed):
            self._streams.forget(session.before)
            return None
        except ReferenceTaken as taken:
            raise Invalid("Another one carries this reference already.", "reference") from taken
        kept = _by_stream(recorded)
        streams = {id: stream_of((*session.before[id].facts, *facts)) for id, facts in kept.items()}
        self._streams.appended(streams, append.positions)
        return append.positions


def _by_stream(recorded: Iterable[Recorded]) -> dict[UUID, list[Recorded]]:
    found: dict[UUID, list[Recorded]] = {}
    for each in recorded:
        found.setdefault(each.originator_id, []).append(each)
    return found


def _name(caller: Caller) -> str:
    return "|".join((caller.subject, caller.role.value, caller.agency or ""))


def _replayed(opening: Opening, key: Key | None) -> Outcome:
    if key is None or opening.digest != key.digest or opening.kind is None or opening.thing is None:
        raise IdempotencyKeyReused("The key was used with another command.", "idempotencyKey")
    return Outcome(Kind(opening.kind), opening.thing, tuple(opening.positions or ()))
