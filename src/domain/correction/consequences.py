"""What follows from a corrected fact: what was derived from it, on the fact itself, on its stream and below it."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias
from uuid import UUID

from domain.action import events as action
from domain.challenge import events as challenge
from domain.correction.amending import Amending, amending
from domain.correction.corrected_values import framework_of_bodies
from domain.correction.derived_days import derived_days
from domain.correction.following import CLAIMS_COMPLETE
from domain.correction.marks import Mark, RecordedFacts
from domain.handlers.framework_adoption import adopted_since
from domain.lifecycle import events as life
from domain.programme.events import AuditCommissioned
from domain.recommendation import events as recommendation
from domain.replay import replay
from domain.review import events
from domain.review.clocks import run_by_themselves
from domain.review.rules.commissioning import the_review_reports_through
from domain.review.rules.stages import named_among
from domain.review.state import Review
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact, Recorded
from domain.shared.vocabulary import RunsFrom

Follows: TypeAlias = Iterator[tuple[str, Any]]
"""The field, as partners name it, and what it says now."""
CLOCKS_RUN_FROM: Mapping[type[Fact], frozenset[RunsFrom]] = {
    events.Commissioned: frozenset({RunsFrom.AWARENESS, RunsFrom.COMMISSIONING}),
    events.ClockStopped: frozenset({RunsFrom.NOTIFICATION}),
    events.Completed: frozenset({RunsFrom.COMPLETION}),
}


def within(was: Recorded, now: Recorded, stream: tuple[Recorded, ...], context: DecisionContext) -> Follows:
    """On the corrected fact itself."""
    yield from derived_days(was, now, stream, context)
    before, after = was.fact, now.fact
    match before, after:
        case events.Commissioned(), events.Commissioned():
            yield from _whether_the_lead_is_independent(before, after, context)
            if _is_of_another_kind(before, after):
                yield from _of_its_kind(before, after, now, context)
        case events.Agreed(), events.Agreed() if before.body != after.body:
            review: Any = replay(now.kind, stream)
            yield "framework", None if after.body is None else review.reporting.framework
        case events.LearningDisseminated(), events.LearningDisseminated() if before.bodies != after.bodies:
            found: Any = replay(now.kind, stream)
            yield "bodiesOf", framework_of_bodies(after, found, context) if after.bodies else None


def _whether_the_lead_is_independent(
    before: events.Commissioned, after: events.Commissioned, context: DecisionContext
) -> Follows:
    """Judged anew of the corrected agencies and employer; not known before the lead and the employer are."""
    employer = after.lead_reviewer_employer
    if before.lead_reviewer_employer != employer or (before.lead_reviewer is None and after.lead_reviewer is not None):
        known = employer is not None and after.lead_reviewer is not None
        yield "leadReviewerIndependent", named_among(context, employer or "", after.agencies) is None if known else None
    elif before.agencies != after.agencies and before.lead_reviewer_independent is not None and employer:
        yield "leadReviewerIndependent", named_among(context, employer, after.agencies) is None


def _is_of_another_kind(before: events.Commissioned, after: events.Commissioned) -> bool:
    return (before.kind, before.reports_through) != (after.kind, after.reports_through)


def _of_its_kind(
    before: events.Commissioned, after: events.Commissioned, now: Recorded, context: DecisionContext
) -> Follows:
    """What the framework says of the kind, as it was kept with the review."""
    context = context.under(after.framework)
    kind, old = context.framework.kinds[after.kind], context.framework.kinds.get(before.kind)
    yield "statutory", kind.statutory
    yield "agreedBy", kind.agreed_by
    yield "decidedByChair", kind.decided_by_chair
    yield "askedSections", tuple(kind.sections)
    yield "publishedWithResponse", kind.published_with_response
    yield "monitoredBy", the_review_reports_through(context, kind, after.reports_through)
    if old is not None and "stakeholders" not in now.corrected and before.stakeholders == old.stakeholders:
        yield "stakeholders", kind.stakeholders
    yield "clocks", _clocks(now, before.kind, after.kind, context)


def _clocks(now: Recorded, was: str, kind: str, context: DecisionContext) -> tuple[events.ClockRule, ...]:
    """Those that run for the one kind and not for the other stop or start to; what an import left out stays so."""
    fact: Any = now.fact
    facts = CLOCKS_RUN_FROM[type(fact)]
    old, new = (
        {each.clock: each for each in run_by_themselves(context.framework, now.originator_id, facts, each_kind, {})}
        for each_kind in (was, kind)
    )
    kept = tuple(each for each in fact.clocks if each.clock in new or each.clock not in old)
    held = {each.clock for each in kept}
    return (*kept, *(each for key, each in new.items() if key not in old and key not in held))


def elsewhere(
    was: Recorded, now: Recorded, recorded_facts: RecordedFacts, context: DecisionContext
) -> Iterator[tuple[Recorded, str, Any]]:
    """On other facts: what else was derived from the kind of a review, or the body that it reports through."""
    before, after = was.fact, now.fact
    if not isinstance(before, events.Commissioned) or not isinstance(after, events.Commissioned):
        return
    if not _is_of_another_kind(before, after):
        return
    id = now.originator_id
    earlier: Any = replay(now.kind, context.recorded(id))
    yield from _clocks_since(before.kind, after, recorded_facts(id), context)
    yield from _bodies_since(now.originator_version, recorded_facts(id), context)
    later: Any = replay(now.kind, recorded_facts(id))
    for below in _raised_below(id, recorded_facts):
        yield from _reporting_likewise(below, after, earlier, later, recorded_facts)


def _clocks_since(
    was: str, after: events.Commissioned, stream: tuple[Recorded, ...], context: DecisionContext
) -> Iterator[tuple[Recorded, str, Any]]:
    for each in amending(stream).standing:
        if isinstance(each.fact, events.ClockStopped | events.Completed):
            yield each, "clocks", _clocks(each, was, after.kind, context.under(after.framework))


def _bodies_since(
    version: int, stream: tuple[Recorded, ...], context: DecisionContext
) -> Iterator[tuple[Recorded, str, Any]]:
    """Whoever went on in the bodies that it reports through now."""
    now = amending(stream)
    commissioned: Any = now.found[version].fact
    passed = {each.framework: each for each in adopted_since(commissioned, context)}
    for each in now.standing:
        if isinstance(each.fact, life.BodiesSucceeded) and each.fact.framework in passed:
            follows = passed[each.fact.framework]
            yield each, "monitoredBy", follows.monitored_by
            if each.fact.agreed_by:
                yield each, "agreedBy", follows.agreed_by


def _raised_below(review: UUID, recorded_facts: RecordedFacts) -> Iterator[UUID]:
    """Its recommendations, each with its actions after it."""
    for each in recorded_facts(review):
        if isinstance(each.fact, events.RecommendationArisen):
            yield each.fact.recommendation_id
            for below in recorded_facts(each.fact.recommendation_id):
                if isinstance(below.fact, recommendation.ActionPlanned):
                    yield below.fact.action_id


def _reporting_likewise(
    id: UUID, after: events.Commissioned, earlier: Review, later: Review, recorded_facts: RecordedFacts
) -> Iterator[tuple[Recorded, str, Any]]:
    """Whatever reported through the bodies of its review does so still."""
    home = after.framework
    bodies = {
        (was.framework or home, was.bodies): now.bodies
        for was, now in zip(earlier.reported, later.reported, strict=False)
    }
    for each in amending(recorded_facts(id)).standing:
        fact = each.fact
        if isinstance(fact, recommendation.Raised):
            yield each, "reviewKind", after.kind
        if isinstance(fact, recommendation.Raised | action.Raised | life.BodiesSucceeded):
            likewise = bodies.get((fact.framework or home, fact.monitored_by))
            if likewise is not None:
                yield each, "monitoredBy", likewise


def follows_in_mark(was: Recorded, now: Recorded, mark: Recorded, left: Mark) -> Follows:
    """What a mark says as its source does. `left`: as it would be recorded today."""
    belongs = left.belongs
    if belongs is None:
        return
    yield "happenedOn", belongs.happened_on
    match belongs, now.fact:
        case events.LearningJoined(agencies=agencies), _:
            yield "agencies", agencies
        case AuditCommissioned(kind=kind), _:
            yield "kind", kind
        case recommendation.DraftAgreed(response_due_on=day), _ if belongs.happened_on != mark.fact.happened_on:
            yield "responseDueOn", day
        case life.Reopened(), challenge.Resolved(reopen_due_on=day) if day is not None and _differs(was, now):
            yield "dueOn", day


def _differs(was: Recorded, now: Recorded) -> bool:
    return getattr(was.fact, "reopen_due_on", None) != getattr(now.fact, "reopen_due_on", None)


def completion_of_a_claim(stream: Amending, context: DecisionContext) -> Iterator[Fact]:
    """What was accepted, and is known to have claimed completion, completed the work on the day that it names."""
    about = {each.fact.evidence_id for each in stream.found.values() if isinstance(each.fact, life.Completed)}
    accepted = {each.fact.evidence_id for each in stream.standing if isinstance(each.fact, life.EvidenceAccepted)}
    for each in stream.standing:
        fact = each.fact
        if not isinstance(fact, life.EvidenceSubmitted) or CLAIMS_COMPLETE not in each.corrected:
            continue
        if fact.claims_complete and fact.evidence_id in accepted - about:
            known = fact.completed_on is not None
            yield life.Completed(
                happened_on=fact.completed_on or fact.happened_on,
                by=context.by,
                evidence_id=fact.evidence_id,
                day_known=known,
            )
