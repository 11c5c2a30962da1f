"""What a fact left on other things in the same transaction: its marks, which are corrected with it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias
from uuid import UUID

from domain.action import events as action
from domain.challenge import events as challenge
from domain.correction.amending import amending, with_value
from domain.correction.correctable import amendable
from domain.correction.events import Corrected
from domain.handlers.raising import response_due_on
from domain.lifecycle import events as life
from domain.programme.events import AuditCommissioned
from domain.recommendation import events as recommendation
from domain.returns.events import ImprovementsRaised
from domain.review import events as review
from domain.review.state import Review, evolve
from domain.shared.dates import later
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact, Recorded, effective_order
from domain.shared.identifiers import programme_of
from domain.shared.vocabulary import ChallengeOutcome, Impact, Kind

RecordedFacts: TypeAlias = Callable[[UUID], tuple[Recorded, ...]]


@dataclass(frozen=True, slots=True)
class Mark:
    """
    What a fact leaves on a thing: every mark of it that was ever recorded there, and the one that belongs there as
    the fact stands now, if one does.
    """

    kind: Kind
    stream_id: UUID
    recorded: tuple[Recorded, ...]
    belongs: Fact | None


@dataclass(frozen=True, slots=True)
class Source:
    """A fact whose marks are looked for. `now`: as it stands, unless it is struck out."""

    recorded: Recorded
    now: Recorded
    stands: bool
    recorded_facts: RecordedFacts
    context: DecisionContext

    @property
    def id(self) -> UUID:
        return self.recorded.originator_id

    def on(self, kind: Kind, stream_id: UUID, named: Callable[[Fact], bool], belongs: Fact | None) -> Mark:
        found = tuple(each for each in self.recorded_facts(stream_id) if named(each.fact))
        return Mark(kind, stream_id, found, belongs if self.stands else None)

    def fact(self, shape: type[Fact], **fields: object) -> Fact:
        """A mark of the day of the source, by whoever corrects."""
        return shape.model_validate({"happened_on": self.now.fact.happened_on, "by": self.context.by, **fields})


def ever(recorded: Recorded, recorded_facts: RecordedFacts) -> Iterator[Fact]:
    """The fact as it was recorded, and as each correction would have it: what it named then may hold a mark of it."""
    fact = recorded.fact
    yield fact
    for each in recorded_facts(recorded.originator_id):
        corrected = isinstance(each.fact, Corrected) and each.fact.corrects == recorded.originator_version
        if isinstance(each.fact, Corrected) and corrected and amendable(type(fact), each.fact.field) is not None:
            yield with_value(fact, each.fact.field, each.fact.new_value)


def marks_of(source: Source) -> Iterator[Mark]:
    match source.recorded.fact:
        case action.Raised() | recommendation.Raised():
            yield from _of_what_was_raised(source)
        case review.Commissioned():
            yield from _of_a_commission(source)
        case review.Agreed():
            yield from _of_the_agreement(source)
        case review.LearningDisseminated():
            yield from _joined(source)
        case challenge.Issued():
            yield from _challenged(source)
            yield from _challenges_ended(source)
        case challenge.Resolved() | challenge.Withdrawn():
            yield from _challenges_ended(source)
            yield from _reopened(source)
        case life.ImpactVerified():
            yield from _reopened(source)


def _is(shape: type[Fact], field: str, value: object) -> Callable[[Fact], bool]:
    return lambda fact: isinstance(fact, shape) and getattr(fact, field) == value


# ---- what was raised ----


def _of_what_was_raised(source: Source) -> Iterator[Mark]:
    id, now = source.id, source.now.fact
    match now:
        case action.Raised(recommendation_id=above, reference=reference):
            mark = source.fact(recommendation.ActionPlanned, action_id=id, reference=reference)
            yield source.on(Kind.RECOMMENDATION, above, _is(recommendation.ActionPlanned, "action_id", id), mark)
        case recommendation.Raised(review_id=above, reference=reference, draft=draft):
            fields = {"recommendation_id": id, "reference": reference, "draft": draft}
            mark = source.fact(review.RecommendationArisen, **fields)
            yield source.on(Kind.REVIEW, above, _is(review.RecommendationArisen, "recommendation_id", id), mark)
            yield from _agreed_with_its_review(source, above, [id])
    for kind, stream_id in source.context.concerned:
        if kind is Kind.RETURN:
            yield from _improvements(source, stream_id)


def _improvements(source: Source, of: UUID) -> Iterator[Mark]:
    """What several points became is marked once, of the day on which the last of them was raised."""
    for each in source.recorded_facts(of):
        if isinstance(each.fact, ImprovementsRaised) and any(work.id == source.id for work in each.fact.raised):
            day = max(amending(source.recorded_facts(work.id)).began_on for work in each.fact.raised)
            yield Mark(Kind.RETURN, of, (each,), each.fact.model_copy(update={"happened_on": day}))


# ---- reviews ----


def _of_a_commission(source: Source) -> Iterator[Mark]:
    id, now = source.id, source.now.fact
    if not isinstance(now, review.Commissioned):
        return
    named = (each for fact in ever(source.recorded, source.recorded_facts) for each in getattr(fact, "checks", ()))
    for checked in dict.fromkeys(named):
        mark = source.fact(recommendation.CheckCommissioned, checked_by=id, reference=now.reference)
        belongs = mark if checked in now.checks else None
        yield source.on(Kind.RECOMMENDATION, checked, _is(recommendation.CheckCommissioned, "checked_by", id), belongs)
    years = (getattr(fact, "programme_year", None) for fact in ever(source.recorded, source.recorded_facts))
    for year in dict.fromkeys(each for each in years if each is not None):
        yield source.on(
            Kind.PROGRAMME, programme_of(year), _is(AuditCommissioned, "review_id", id), _place_in(year, source, now)
        )
    yield from _of_the_agreement(source)


def _place_in(year: int, source: Source, now: review.Commissioned) -> Fact | None:
    """A place of its own in a programme that it is known only now to be of."""
    if now.programme_year != year:
        return None
    fields = {"year": year, "audit_id": source.id, "review_id": source.id, "kind": now.kind, "framework": now.framework}
    return source.fact(AuditCommissioned, **fields)


def _of_the_agreement(source: Source) -> Iterator[Mark]:
    drafts = (
        each.fact.recommendation_id
        for each in source.recorded_facts(source.id)
        if isinstance(each.fact, review.RecommendationArisen) and each.fact.draft
    )
    yield from _agreed_with_its_review(source, source.id, dict.fromkeys(drafts))


def _agreed_with_its_review(source: Source, of: UUID, drafts: Iterable[UUID]) -> Iterator[Mark]:
    """What was drafted is addressed to whom it names from the day on which its review had been agreed by all."""
    state, agreed_on = _agreed_by_all(of, source.recorded_facts)
    for id in drafts:
        stream = amending(source.recorded_facts(id)).found
        raised = stream[min(stream)].fact
        if not isinstance(raised, recommendation.Raised) or not raised.draft:
            continue
        belongs = None
        if agreed_on is not None:
            day = later(raised.happened_on, agreed_on)
            response_due = response_due_on(state, raised.addressed_to, replace(source.context, on=day))
            due_on = None if raised.response_due_on else response_due
            belongs = recommendation.DraftAgreed(happened_on=day, by=source.context.by, response_due_on=due_on)
        found = tuple(each for each in source.recorded_facts(id) if isinstance(each.fact, recommendation.DraftAgreed))
        yield Mark(Kind.RECOMMENDATION, id, found, belongs)


def _agreed_by_all(id: UUID, recorded_facts: RecordedFacts) -> tuple[Review, date | None]:
    """The review, and the day on which it was commissioned and nobody's agreement was lacking any more."""
    state, agreed_on = Review(), None
    for each in sorted(amending(recorded_facts(id)).standing, key=effective_order):
        state = evolve(state, each)
        if agreed_on is None and state.commissioned_on is not None and not state.awaits_agreement:
            agreed_on = each.fact.happened_on
        elif state.awaits_agreement:
            agreed_on = None
    return state, agreed_on


def _joined(source: Source) -> Iterator[Mark]:
    id, now = source.id, source.now.fact
    if not isinstance(now, review.LearningDisseminated):
        return
    homes = dict.fromkeys(
        home
        for fact in ever(source.recorded, source.recorded_facts)
        for home in (source.context.learned_in.get(point) for point in getattr(fact, "learning", ()))
    )
    for home in homes:
        if home is None or home == id:
            continue
        fields = {"dissemination_id": now.dissemination_id, "review_id": id, "agencies": now.agencies}
        brings = any(source.context.learned_in.get(point) == home for point in now.learning)
        belongs = source.fact(review.LearningJoined, **fields) if brings else None
        yield source.on(
            Kind.REVIEW, home, _is(review.LearningJoined, "dissemination_id", now.dissemination_id), belongs
        )


# ---- challenges ----


def _challenged(source: Source) -> Iterator[Mark]:
    now = source.now.fact
    about = {each.id for each in getattr(now, "subjects", ()) if each.marked}
    for kind, stream_id in _ever_challenged(source.id, source.recorded_facts):
        belongs = source.fact(life.Challenged, challenge_id=source.id) if stream_id in about else None
        yield source.on(kind, stream_id, _is(life.Challenged, "challenge_id", source.id), belongs)


def _challenges_ended(source: Source) -> Iterator[Mark]:
    """A challenge ends once: by whichever end of it stands."""
    stands = amending(source.recorded_facts(source.id)).standing
    issued = next((each.fact for each in stands if isinstance(each.fact, challenge.Issued)), None)
    about = {each.id for each in issued.subjects if each.marked} if issued else set()
    end = next((each for each in stands if isinstance(each.fact, challenge.Resolved | challenge.Withdrawn)), None)
    for kind, stream_id in _ever_challenged(source.id, source.recorded_facts):
        belongs = None
        if end is not None and stream_id in about:
            fields = {"happened_on": end.fact.happened_on, "by": source.context.by, "challenge_id": source.id}
            belongs = life.ChallengeEnded.model_validate(fields)
        ends = tuple(
            each
            for each in source.recorded_facts(stream_id)
            if _is(life.ChallengeEnded, "challenge_id", source.id)(each.fact)
        )
        yield Mark(kind, stream_id, _the_ends_own(ends, end), belongs)


def _the_ends_own(ends: tuple[Recorded, ...], end: Recorded | None) -> tuple[Recorded, ...]:
    """First the one that was recorded with the end that stands, where there are several."""
    after = [each for each in ends if end is not None and (each.position or 0) > (end.position or 0)]
    return (*after, *(each for each in ends if each not in after))


def _ever_challenged(id: UUID, recorded_facts: RecordedFacts) -> Iterator[tuple[Kind, UUID]]:
    """What the challenge was about at any time, by what was recorded and corrected."""
    stream = recorded_facts(id)
    facts = ever(stream[0], recorded_facts) if stream else ()
    subjects = (each for fact in facts for each in getattr(fact, "subjects", ()))
    yield from dict.fromkeys((each.kind, each.id) for each in subjects if each.marked)


# ---- what was reopened with it ----


def _reopened(source: Source) -> Iterator[Mark]:
    """While it upholds the challenge, or does not find it embedded."""
    for each in reopenings(source.recorded, source.recorded_facts):
        belongs = each.fact.model_copy(update={"happened_on": source.now.fact.happened_on})
        stands = source.stands and reopens(source.now.fact)
        yield Mark(each.kind, each.originator_id, (each,), belongs if stands else None)


def reopens(source: Fact) -> bool:
    upheld = isinstance(source, challenge.Resolved) and source.outcome is ChallengeOutcome.UPHELD
    return upheld or (isinstance(source, life.ImpactVerified) and source.finding is Impact.NOT_EMBEDDED)


def reopenings(source: Recorded, recorded_facts: RecordedFacts) -> Iterator[Recorded]:
    """What an upheld challenge, or a finding of not embedded, reopened: on its subjects or here, and above."""
    match source.fact:
        case challenge.Resolved():
            subjects = [id for _, id in _ever_challenged(source.originator_id, recorded_facts)]
            stream_ids = dict.fromkeys(
                each for subject in subjects for each in (subject, _above(recorded_facts(subject))) if each
            )
            yield from _reopened_beside(source, source.fact.reason, stream_ids, recorded_facts)
        case life.ImpactVerified(follow_up_reason=str() as reason):
            own, above = source.originator_id, _above(recorded_facts(source.originator_id))
            yield from _reopened_beside(
                source, reason, {own: None, above: None} if above else {own: None}, recorded_facts
            )


def _reopened_beside(
    source: Recorded, reason: str, stream_ids: Iterable[UUID], recorded_facts: RecordedFacts
) -> Iterator[Recorded]:
    """In the same save, hence at the same instant, of the same day and for the same reason."""
    for stream_id in stream_ids:
        found = (
            each
            for each in recorded_facts(stream_id)
            if isinstance(each.fact, life.Reopened)
            and (each.position or 0) > (source.position or 0)
            and each.recorded_at == source.recorded_at
            and (each.fact.reason, each.fact.by) == (reason, source.fact.by)
        )
        yield from (first for first in [next(found, None)] if first is not None)


def _above(stream: tuple[Recorded, ...]) -> UUID | None:
    first = stream[0].fact if stream and stream[0].kind is Kind.ACTION else None
    return first.recommendation_id if isinstance(first, action.Raised) else None
