"""What a fact left on other streams in the same transaction: its marks, which are corrected with it."""

from collections.abc import Callable, Iterator
from uuid import UUID

from domain.action import events as action
from domain.challenge import events as challenge
from domain.facts import Fact, Recorded
from domain.given import Given
from domain.lifecycle import events as life
from domain.programme.events import AuditCommissioned
from domain.recommendation import events as recommendation
from domain.review import events as review
from domain.singles import programme_of
from domain.words import ChallengeOutcome, Impact, Kind

Told = Callable[[UUID], tuple[Recorded, ...]]


def marks_of(source: Recorded, told: Told, given: Given) -> Iterator[Recorded]:
    """As they were recorded, whatever corrections have made of them."""
    id, fact = source.originator_id, source.fact
    match fact:
        case action.Raised(recommendation_id=above):
            yield from _naming(told(above), recommendation.ActionPlanned, "action_id", id)
        case recommendation.Raised(review_id=above):
            yield from _naming(told(above), review.RecommendationArisen, "recommendation_id", id)
        case review.Commissioned(checks=checks, programme_year=year):
            for checked in checks:
                yield from _naming(told(checked), recommendation.CheckCommissioned, "checked_by", id)
            if year is not None:
                yield from _naming(told(programme_of(year)), AuditCommissioned, "review_id", id)
        case review.LearningDisseminated(dissemination_id=dissemination):
            for other in {given.learned_in.get(point) for point in fact.learning} - {None, id}:
                if other is not None:
                    yield from _naming(told(other), review.LearningJoined, "dissemination_id", dissemination)
        case challenge.Issued(subjects=subjects):
            for subject in subjects:
                yield from _naming(told(subject.id), life.Challenged, "challenge_id", id)
        case challenge.Resolved() | challenge.Withdrawn():
            yield from _of_the_end(source, told)
        case life.ImpactVerified():
            yield from reopenings(source, told)


def stands_with(source: Fact, mark: Fact) -> bool:
    """Whether the mark stands while its source does: what reopens depends on the outcome, and on the finding."""
    if not isinstance(mark, life.Reopened):
        return True
    upheld = isinstance(source, challenge.Resolved) and source.outcome is ChallengeOutcome.UPHELD
    return upheld or (isinstance(source, life.ImpactVerified) and source.finding is Impact.NOT_EMBEDDED)


def reopenings(source: Recorded, told: Told) -> Iterator[Recorded]:
    """What an upheld challenge, or a finding of not embedded, reopened: on its subjects or here, and above."""
    match source.fact:
        case challenge.Resolved():
            subjects = _subjects(told(source.originator_id))
            things = dict.fromkeys(each for subject in subjects for each in (subject, _above(told(subject))) if each)
            yield from _reopened(source, source.fact.reason, things, told)
        case life.ImpactVerified(follow_up_reason=str() as reason):
            own, above = source.originator_id, _above(told(source.originator_id))
            yield from _reopened(source, reason, {own: None, above: None} if above else {own: None}, told)


def _reopened(source: Recorded, reason: str, things: dict[UUID, None], told: Told) -> Iterator[Recorded]:
    """In the same save, hence at the same instant, of the same day and for the same reason."""
    for thing in things:
        found = (
            each
            for each in told(thing)
            if isinstance(each.fact, life.Reopened)
            and (each.position or 0) > (source.position or 0)
            and each.recorded_at == source.recorded_at
            and (each.fact.reason, each.fact.by) == (reason, source.fact.by)
        )
        yield from (first for first in [next(found, None)] if first is not None)


def _of_the_end(source: Recorded, told: Told) -> Iterator[Recorded]:
    """The first end that each subject was told of after it: an earlier one may have been struck out."""
    id = source.originator_id
    for subject in _subjects(told(id)):
        ends = _naming(told(subject), life.ChallengeEnded, "challenge_id", id)
        later = (each for each in ends if (each.position or 0) > (source.position or 0))
        yield from (first for first in [next(later, None)] if first is not None)
    yield from reopenings(source, told)


def _subjects(stream: tuple[Recorded, ...]) -> tuple[UUID, ...]:
    issued = next((each.fact for each in stream if isinstance(each.fact, challenge.Issued)), None)
    return tuple(subject.id for subject in issued.subjects) if issued else ()


def _above(stream: tuple[Recorded, ...]) -> UUID | None:
    first = stream[0].fact if stream and stream[0].kind is Kind.ACTION else None
    return first.recommendation_id if isinstance(first, action.Raised) else None


def _naming(stream: tuple[Recorded, ...], kind: type[Fact], field: str, what: UUID) -> Iterator[Recorded]:
    return (each for each in stream if isinstance(each.fact, kind) and getattr(each.fact, field) == what)
