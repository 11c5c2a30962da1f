"""The life of a recommendation or of an action: only what a rule, or a question of lateness, reads."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from domain.shared.vocabulary import Answer, ClosureOutcome, EvidenceVerdict, Impact, Kind, Stage


@dataclass(frozen=True)
class Evidence:
    """`counts`: filed or accepted since the latest reopening. Judged before it is filed (a corrected day), it waits."""

    id: UUID
    agency: str | None = None
    by_lead: bool = False
    submitted_on: date | None = None
    claims_complete: bool = False
    completed_on: date | None = None
    verdict: EvidenceVerdict = EvidenceVerdict.AWAITING
    judged_on: date | None = None
    withdrawn: bool = False
    counts: bool = True

    @property
    def awaiting(self) -> bool:
        return self.submitted_on is not None and not self.withdrawn and self.verdict is EvidenceVerdict.AWAITING

    @property
    def accepted(self) -> bool:
        return self.submitted_on is not None and not self.withdrawn and self.verdict is EvidenceVerdict.ACCEPTED


@dataclass(frozen=True)
class Closure:
    """`completed_on`: none also where the claim that was accepted gave no day."""

    outcome: ClosureOutcome
    closed_on: date
    impact_due_on: date | None
    completed_on: date | None


@dataclass(frozen=True)
class Response:
    """An agency's answer to a recommendation, with its day and the version of the fact that gave it."""

    answer: Answer
    on: date
    version: int


@dataclass(frozen=True)
class PendingExtension:
    id: UUID
    until: date
    requested_on: date
    agency: str | None = None


@dataclass(frozen=True)
class Lifecycle:
    """
    `last_bound_on`: the latest day of a fact that changed stage, dates or parties, or of evidence. `led_since`: who
    has led it from which day on, in order; `parties_since`: who led it and contributed. `ended_closures`: each that it
    was reopened after, with that day. `merged`: in what an agency that ended has gone on, as of the day asked about.
    `ended_parties`: the agencies that ended whose part in it, or whose being asked, is their successor's now;
    `ended_leads`: those of them that led it, each with the day since which it has been led for them.
    `completed_on`: by when it was done; the very day of it, unless `completion_day_known` is false.
    `lapsed`: the requests for an extension that nobody will answer, with the day of that; `settled_by`: the version of
    the latest fact by which what had been requested before it lapses; `requested_on`: the latest day of a request.
    `answered`: the latest response of each agency; `acted_upon`: the versions of those that the board has acted upon.
    """

    kind: Kind
    version: int = 0
    raised_on: date | None = None
    lead: str | None = None
    led_since: tuple[tuple[date, str], ...] = ()
    parties_since: tuple[tuple[date, tuple[str, ...]], ...] = ()
    merged: Mapping[str, str] = field(default_factory=dict)
    ended_parties: frozenset[str] = frozenset()
    ended_leads: Mapping[str, date] = field(default_factory=dict)
    contributing: tuple[str, ...] = ()
    lead_officer: str | None = None
    addressed_to: tuple[str, ...] = ()
    answered: Mapping[str, Response] = field(default_factory=dict)
    acted_upon: frozenset[int] = frozenset()
    first_due_on: date | None = None
    first_due_version: int | None = None
    due_on: date | None = None
    due_on_corrected: bool = False
    evidence: tuple[Evidence, ...] = ()
    completed_on: date | None = None
    completion_day_known: bool = True
    closure: Closure | None = None
    ended_closures: tuple[tuple[Closure, date], ...] = ()
    reopened_on: date | None = None
    challenges: frozenset[UUID] = frozenset()
    impact: Impact | None = None
    impact_on: date | None = None
    extension: PendingExtension | None = None
    lapsed: Mapping[UUID, date] = field(default_factory=dict)
    settled_by: int = 0
    requested_on: date | None = None
    last_bound_on: date | None = None

    def evidence_of(self, evidence_id: UUID) -> Evidence | None:
        return next((each for each in self.evidence if each.id == evidence_id), None)

    def lead_on(self, day: date) -> str | None:
        """Who led it on that day; before anybody did, whoever was the first to."""
        leads = [lead for since, lead in self.led_since if since <= day]
        return leads[-1] if leads else next((lead for _, lead in self.led_since), None)

    def current(self, agency: str) -> str:
        """What the agency has become by the mergers that concern this life."""
        return self.merged.get(agency, agency)

    def ended_among(self, named: Iterable[str], parties: Collection[str]) -> frozenset[str]:
        """The agencies that ended whose part is one of these parties': as they had it, or are named to have it."""
        if not self.merged:
            return frozenset()
        ended = (key for key in (*self.ended_parties, *named) if key in self.merged)
        return frozenset(key for key in ended if self.current(key) in parties)

    def response_of(self, agency: str) -> Response | None:
        """Its own latest response; else the latest of those that have gone on in it."""
        if agency in self.answered:
            return self.answered[agency]
        inherited = (response for key, response in self.answered.items() if self.current(key) == agency)
        return max(inherited, key=lambda response: (response.on, response.version), default=None)

    def concerned_since(self, agency: str, day: date) -> date | None:
        """From when on, `day` at the earliest, an agency leads it, contributes or is asked while it is not closed."""
        if self.raised_on is None or (self.closure is not None and self.closure.closed_on <= day):
            return None
        if agency in self.addressed_to:
            return max(self.raised_on, day)
        ends = (*(since for since, _ in self.parties_since[1:]), date.max)
        held = zip(self.parties_since, ends, strict=False)
        return next((max(since, day) for (since, parties), end in held if agency in parties and end > day), None)

    @property
    def responses(self) -> Mapping[str, Answer]:
        """The latest answer of each agency."""
        return {agency: response.answer for agency, response in self.answered.items()}

    @property
    def readers(self) -> frozenset[str]:
        """Who reads it whole: who leads it, contributes or is asked, and those that ended whose part that was."""
        return self.ended_parties.union(self.parties, self.addressed_to)

    def led_for(self, agency: str, on: date | None) -> bool:
        """Whether an agency leads it; or has ended, and led what came of it on that day."""
        return agency == self.lead or (on is not None and on < self.ended_leads.get(agency, date.min))

    @property
    def parties(self) -> tuple[str, ...]:
        return self.contributing if self.lead is None else (self.lead, *self.contributing)


def stage(life: Lifecycle) -> Stage:
    if life.closure is not None:
        made_a_difference = life.impact in {Impact.EMBEDDED, Impact.PARTLY_EMBEDDED}
        return Stage.IMPACT_VERIFIED if made_a_difference else Stage.CLOSED
    if life.lead is None:
        return Stage.RAISED
    return Stage.EVIDENCED if _evidence_stands(life) else Stage.ASSIGNED


def open_on(life: Lifecycle, on: date) -> bool:
    """Assigned on that day and not closed."""
    return life.lead is not None and life.raised_on is not None and life.raised_on <= on and life.closure is None


def overdue(life: Lifecycle, on: date) -> bool:
    """Open, due before that day, not completed by it, and no unjudged claim of its lead filed in time."""
    return _late(life, on, life.due_on)


def overdue_against_original(life: Lifecycle, on: date) -> bool:
    """As overdue, by the first due date that was set."""
    return _late(life, on, life.first_due_on)


def days_overdue(life: Lifecycle, on: date) -> int:
    """Calendar days since the due date; 0 where it is not overdue."""
    return (on - life.due_on).days if life.due_on is not None and overdue(life, on) else 0


def awaiting_review(life: Lifecycle) -> bool:
    """A claim or evidence has no verdict yet; the item may be overdue as well. What is closed awaits none."""
    return awaiting_since(life) is not None


def awaiting_since(life: Lifecycle) -> date | None:
    """The day of the earliest evidence that awaits its verdict."""
    if life.closure is not None:
        return None
    return min((each.submitted_on for each in life.evidence if each.awaiting and each.submitted_on), default=None)


def verdicts(life: Lifecycle) -> set[EvidenceVerdict]:
    """The verdicts that its evidence is shown with; what was withdrawn, or left when it was closed, got none."""
    return {each.verdict for each in life.evidence if each.submitted_on}


def awaiting_impact(life: Lifecycle) -> bool:
    """Closed as implemented, and nobody has said yet whether it made a difference."""
    return life.closure is not None and life.closure.outcome is ClosureOutcome.IMPLEMENTED and life.impact is None


def finished(life: Lifecycle) -> bool:
    """Nothing is left to do or to judge: verified as embedded, at least in part, or closed without being done."""
    closure = life.closure
    return stage(life) is Stage.IMPACT_VERIFIED or (
        closure is not None and closure.outcome is not ClosureOutcome.IMPLEMENTED
    )


def challenged(life: Lifecycle) -> bool:
    return bool(life.challenges)


def unassigned(life: Lifecycle) -> bool:
    """Raised, never assigned; counted, never forgotten."""
    return life.raised_on is not None and life.lead is None and life.closure is None


def lead_response(life: Lifecycle) -> Response | None:
    """Its lead's latest; a merged agency's stands for its successor's until that gives one of its own."""
    return None if life.lead is None else life.response_of(life.lead)


def lead_answer(life: Lifecycle) -> Answer | None:
    response = lead_response(life)
    return None if response is None else response.answer


def refused_on(life: Lifecycle) -> date | None:
    """The day of its lead's latest response, where that is *not accepted*."""
    response = lead_response(life)
    return response.on if response is not None and response.answer is Answer.NOT_ACCEPTED else None


def excused(life: Lifecycle, due_on: date) -> bool:
    """Its lead's latest response is *not accepted* and was given by the due date; given later it clears nothing."""
    day = refused_on(life)
    return day is not None and day <= due_on


def _late(life: Lifecycle, on: date, due_on: date | None) -> bool:
    if due_on is None or due_on >= on or not open_on(life, on) or excused(life, due_on):
        return False
    return not (_completed_by(life, on) or _claimed_by(life, due_on))


def _completed_by(life: Lifecycle, on: date) -> bool:
    return life.completed_on is not None and life.completed_on <= on


def _claimed_by(life: Lifecycle, due_on: date) -> bool:
    return any(
        each.counts
        and each.awaiting
        and each.claims_complete
        and each.by_lead
        and each.submitted_on is not None
        and each.submitted_on <= due_on
        for each in life.evidence
    )


def _evidence_stands(life: Lifecycle) -> bool:
    return any(each.counts and (each.awaiting or each.accepted) for each in life.evidence)


# When a life was open and when it was closed: spells, each from a day up to the day on which the next begins.


def closed_spells(life: Lifecycle) -> tuple[tuple[Closure, date], ...]:
    """Every closure there was, and up to which day it stood."""
    standing = () if life.closure is None else ((life.closure, date.max),)
    return (*life.ended_closures, *standing)


def open_spells(life: Lifecycle) -> Iterator[tuple[date, date]]:
    if life.raised_on is None:
        return
    began = (life.raised_on, *(reopened_on for _, reopened_on in life.ended_closures))
    ended = (*(closure.closed_on for closure, _ in closed_spells(life)), date.max)
    yield from zip(began, ended, strict=False)
