"""One reading of the register, by the commands that will be saved together."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.action.state import Action
from domain.agency.state import Agencies
from domain.challenge.state import Challenge
from domain.credential.state import Credential
from domain.lifecycle.events import EvidenceSubmitted
from domain.partnership.state import Partnership
from domain.ports import Opening
from domain.programme.state import Programme
from domain.recommendation.state import Recommendation
from domain.returns.state import Return
from domain.review.events import Commissioned
from domain.review.state import Review
from domain.shared.attachments import Attachment, Upload
from domain.shared.facts import Decided, Epoch, Recorded
from domain.shared.identifiers import SINGLE, numbered, programme_of
from domain.shared.refusals import NotFound
from domain.shared.vocabulary import Kind
from domain.streams import Stream, Streams
from domain.theme.state import Themes

State = TypeVar("State")


class Repository:
    """The states of things by their ids. Whatever is read becomes a part of what the append checks.

    What is not there raises `NotFound`, with the path of the field that named it where that is given.
    """

    def __init__(self, state: Callable[[Kind, UUID], Any]) -> None:
        self.state = state

    def review(self, id: UUID, *field: str) -> Review:
        return self._load(Kind.REVIEW, id, Review, field)

    def recommendation(self, id: UUID, *field: str) -> Recommendation:
        return self._load(Kind.RECOMMENDATION, id, Recommendation, field)

    def action(self, id: UUID, *field: str) -> Action:
        return self._load(Kind.ACTION, id, Action, field)

    def item(self, kind: Kind, id: UUID) -> Recommendation | Action:
        """A recommendation or an action: what has the shared lifecycle."""
        return self.action(id) if kind is Kind.ACTION else self.recommendation(id)

    def challenge(self, id: UUID) -> Challenge:
        return self._load(Kind.CHALLENGE, id, Challenge, ())

    def agency_return(self, id: UUID, *field: str) -> Return:
        return self._load(Kind.RETURN, id, Return, field)

    def credential(self, id: UUID) -> Credential:
        return self._load(Kind.CREDENTIAL, id, Credential, ())

    def programme(self, year: int) -> Programme:
        """That of a year; its first fact finds it empty."""
        return self._load_or_empty(Kind.PROGRAMME, programme_of(year), Programme(year=year))

    def agencies(self) -> Agencies:
        return self._load_or_empty(Kind.AGENCIES, SINGLE[Kind.AGENCIES], Agencies())

    def themes(self) -> Themes:
        return self._load_or_empty(Kind.THEMES, SINGLE[Kind.THEMES], Themes())

    def partnership(self) -> Partnership:
        return self._load_or_empty(Kind.PARTNERSHIP, SINGLE[Kind.PARTNERSHIP], Partnership())

    def _load(self, kind: Kind, id: UUID, shape: type[State], field: tuple[str, ...]) -> State:
        try:
            state = self.state(kind, id)
        except NotFound as missing:
            if not field:
                raise
            raise NotFound(f"There is no such {kind}.", *field) from missing
        if not isinstance(state, shape):
            raise NotFound(f"There is no such {kind}.", *field)
        return state

    def _load_or_empty(self, kind: Kind, id: UUID, empty: State) -> State:
        try:
            return self._load(kind, id, type(empty), ())
        except NotFound:
            return empty


@dataclass(slots=True)
class Session:
    """What was read, and what has been decided on it so far; later commands see what earlier ones decided.

    `numbers`: the last that was given to each kind that is numbered through.

    `whole_log`: the log itself was searched, so that any fact more would have to be decided on anew.
    """

    opening: Opening
    streams: Streams
    before: dict[UUID, Stream] = field(default_factory=dict)
    now: dict[UUID, Stream] = field(default_factory=dict)
    decided: list[Recorded] = field(default_factory=list)
    whole_log: bool = False
    passed_over: int = 0
    numbers: dict[Kind, int] = field(default_factory=dict)

    @property
    def epoch(self) -> Epoch:
        return self.opening.epoch

    def stream(self, id: UUID) -> Stream:
        if id not in self.now:
            self.now[id] = self.before[id] = self.streams.get(id)
        return self.now[id]

    def recorded(self, id: UUID) -> tuple[Recorded, ...]:
        """The facts of a stream, in order of version."""
        return self.stream(id).facts

    def read(self, kind: Kind, id: UUID) -> Any:
        """The state of a thing. Raises `NotFound`."""
        stream = self.stream(id)
        if stream.kind is not kind:
            raise NotFound("There is no such thing, or you may not see it.", "id")
        return stream.state

    @property
    def repository(self) -> Repository:
        return Repository(self.read)

    def single(self, kind: Kind) -> Any:
        """The state of a stream that a partnership has once; None before its first fact."""
        return self.stream(SINGLE[kind]).state

    def next_number(self, kind: Kind) -> int:
        """The next of a kind that is numbered through, past those that a caller's own reference took."""
        number = self.numbers.get(kind) or self.streams.last_number(kind)
        while self.carries(kind, numbered(kind, number := number + 1)):
            continue
        return number

    def carries(self, kind: Kind, reference: str) -> bool:
        """Whether something of the kind has the reference, be it decided in this session only."""
        now = (each for each in self.decided if each.kind is kind)
        return any(getattr(each.fact, "reference", None) == reference for each in now) or self.streams.carries(
            kind, reference
        )

    def naming(self, agency: str) -> tuple[tuple[Kind, UUID], ...]:
        """The things whose facts name the agency, in whatever words."""
        return self._searched(self.streams.naming(agency))

    def learned_in(self, learning: Iterable[UUID]) -> dict[UUID, UUID]:
        """Which review identified each; what none has is not there."""
        return self.streams.learned_in(learning)

    def uploads(self, ids: Sequence[UUID]) -> dict[UUID, Upload]:
        """Those that there are; what was decided here uses them as what is recorded does."""
        if not ids:
            return {}
        decided = {attachment.id: used_by for attachment, _, used_by in attachments_in(self.decided)}
        found = self.streams.uploads(ids)
        return {id: replace(each, used_by=each.used_by or decided.get(id)) for id, each in found.items()}

    def challenges_to(self, agencies: Iterable[str]) -> tuple[UUID, ...]:
        """The formal challenges that were any of these agencies' at some time, with those that were decided here."""
        decided = (each.originator_id for each in self.decided if each.kind is Kind.CHALLENGE)
        return tuple(dict.fromkeys((*self.streams.challenges_to(agencies), *decided)))

    def returns_behind(self, id: UUID) -> tuple[UUID, ...]:
        """The returns of which an improvement point became this recommendation or action."""
        return self.streams.returns_behind(id)

    def reporting(self) -> tuple[tuple[Kind, UUID], ...]:
        """Everything that reports through a body."""
        return self._searched(self.streams.reporting())

    def _searched(self, found: tuple[tuple[Kind, UUID], ...]) -> tuple[tuple[Kind, UUID], ...]:
        """What the log was searched for is read at once."""
        self.whole_log = True
        for id, stream in self.streams.several(id for _, id in found if id not in self.now).items():
            self.now[id] = self.before[id] = stream
        return found

    @property
    def today(self) -> date:
        """The partnership's day, read once."""
        partnership = self.single(Kind.PARTNERSHIP)
        zone = ZoneInfo(partnership.time_zone if partnership else "Europe/London")
        return self.opening.now.astimezone(zone).date()

    def take(self, decided: Sequence[Decided], new: UUID | None = None, number: int = 0) -> None:
        """Let later commands see what was decided. Nothing is read for `new`, an id that nothing carried before.

        `number`: what the first of them was numbered with, if it was.
        """
        if number and decided:
            self.numbers[decided[0][0]] = number
        for kind, id, fact in decided:
            if id == new and id not in self.now:
                self.now[id] = self.before[id] = Stream()
            recorded = Recorded(kind, id, self.stream(id).version + 1, fact)
            self.now[id] = self.now[id].extended(recorded)
            self.decided.append(recorded)

    @property
    def touched(self) -> dict[UUID, list[Recorded]]:
        """What was decided, stream by stream."""
        found: dict[UUID, list[Recorded]] = {}
        for recorded in self.decided:
            found.setdefault(recorded.originator_id, []).append(recorded)
        return found

    @property
    def only_read(self) -> dict[UUID, int]:
        """The versions of the streams that were read and not written."""
        written = {recorded.originator_id for recorded in self.decided}
        return {id: stream.version for id, stream in self.before.items() if id not in written}


def attachments_in(recorded: Iterable[Recorded]) -> Iterator[tuple[Attachment, Kind, UUID]]:
    """The files that came with evidence, and with whose."""
    for each in recorded:
        if isinstance(each.fact, EvidenceSubmitted):
            yield from ((attachment, each.kind, each.originator_id) for attachment in each.fact.attachments)


def references(session: Session) -> list[tuple[str, str, UUID]]:
    """Those that things get by what a session decided: kind, reference, thing."""
    found = ((recorded, _new(recorded, session)) for recorded in session.decided)
    return [(recorded.kind.value, reference, recorded.originator_id) for recorded, reference in found if reference]


def _new(recorded: Recorded, session: Session) -> str | None:
    """A thing's first fact gives it one; a commission may give another than the referral had."""
    reference: str | None = getattr(recorded.fact, "reference", None)
    if recorded.originator_version == 1:
        return reference
    had = getattr(session.before[recorded.originator_id].state, "reference", None)
    return reference if isinstance(recorded.fact, Commissioned) and reference != had else None
