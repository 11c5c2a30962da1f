"""One reading of the register, by the commands that will be saved together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.ports import Opening
from domain.repository import Repository
from domain.shared.facts import Decided, Epoch, Recorded
from domain.shared.identifiers import SINGLE, numbered
from domain.shared.refusals import NotFound
from domain.shared.vocabulary import Kind
from domain.streams import Stream, Streams


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
