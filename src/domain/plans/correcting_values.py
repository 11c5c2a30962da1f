"""What a corrected value is held against beside its own fact: the framework, the subjects, what was derived from it."""

from collections.abc import Iterator, Sequence
from typing import Any

from domain.challenge import events as challenge
from domain.correction.amending import amended
from domain.correction.faults import FIELD
from domain.correction.rules import a_serious_case_keeps_its_lead, parties
from domain.facts import Fact, Recorded
from domain.given import Given
from domain.lifecycle import events as life
from domain.programme import events as programme
from domain.refusals import Invalid, Refusal, SubjectNotOfAgency, UnknownMethod, UnknownReviewKind
from domain.review import events as review
from domain.review import rules_of_kinds
from domain.review.rules import an_independent_lead_is_employed_elsewhere, named_among

A_KIND_IS_NAMED = (review.Advised, programme.AuditPlanned)


def it_is_as_its_framework_asks(fact: Fact, name: str, stream: Sequence[Recorded], given: Given) -> None:
    """What was asked when it was commissioned, advised or brought is asked of the corrected value."""
    try:
        match fact:
            case review.Commissioned():
                _as_its_kind_asks(fact, name, given)
            case review.Advised() | programme.AuditPlanned() if name == "kind":
                if fact.kind not in given.frameworks[fact.framework].kinds:
                    raise UnknownReviewKind(f"{fact.framework!r} has no kind of review {fact.kind!r}.")
            case review.LearningDisseminated() if name == "method":
                framework = next(each.fact.framework for each in stream if isinstance(each.fact, review.Commissioned))
                methods = given.frameworks[framework].methods
                if fact.method not in methods:
                    raise UnknownMethod(f"{framework!r} has no {fact.method!r}; it has {', '.join(methods)}.")
            case programme.AuditPlanned() if name == "plannedFor":
                if not fact.year <= fact.planned_for.year <= fact.year + 1:
                    raise Invalid(f"An audit of {fact.year} is planned for a day of it.")
    except Refusal as refused:
        raise type(refused)(refused.message, FIELD) from refused


def _as_its_kind_asks(fact: review.Commissioned, name: str, given: Given) -> None:
    given = given.under(fact.framework)
    kind = given.framework.kinds.get(fact.kind)
    if kind is None:
        return
    match name:
        case "leadReviewer":
            a_serious_case_keeps_its_lead(fact, given)
        case "agencies":
            rules_of_kinds.as_many_agencies_are_involved_as_the_kind_asks(given, kind, fact.agencies)
            if kind.needs_an_independent_lead:
                an_independent_lead_is_employed_elsewhere(given, fact.lead_reviewer_employer, fact.agencies)
        case "mandatedBy":
            rules_of_kinds.who_may_has_mandated_it(given, kind, fact.mandated_by)
        case "facilitator":
            rules_of_kinds.it_is_facilitated(given, kind, fact.facilitator)


def a_challenge_is_made_to_whom_it_concerns(fact: Fact, name: str, stream: Sequence[Recorded], given: Given) -> None:
    """Every subject was the agency's at some time; who leads a subject is corrected first."""
    match fact:
        case challenge.Issued(agency=agency) if name == "agency":
            pass
        case challenge.Transferred(to_agency=agency) if name == "toAgency":
            pass
        case _:
            return
    issued = next(each.fact for each in stream if isinstance(each.fact, challenge.Issued))
    for subject in issued.subjects:
        facts = given.recorded(subject.id)
        if not given.agencies.kin(agency).intersection(_concerned(facts)):
            raise SubjectNotOfAgency(f"A subject never was {agency!r}'s.", FIELD)


def _concerned(stream: Sequence[Recorded]) -> Iterator[str]:
    standing = amended(stream)
    yield from parties(standing)
    for each in standing:
        if isinstance(each.fact, review.Commissioned | review.Referred):
            yield from each.fact.agencies


def themes_in(fact: Fact, name: str) -> tuple[str, ...]:
    value: Any = getattr(fact, name, ())
    return (value,) if isinstance(value, str) else tuple(value or ())


def derived_values(was: Recorded, now: Recorded, given: Given) -> Iterator[tuple[str, Any]]:
    """What was judged of a value when it was recorded, judged of the corrected one."""
    before, after = was.fact, now.fact
    if isinstance(before, review.Commissioned) and isinstance(after, review.Commissioned):
        employer = after.lead_reviewer_employer
        if before.agencies != after.agencies and before.lead_reviewer_independent is not None and employer:
            independent = named_among(given, employer, after.agencies) is None
            if independent is not after.lead_reviewer_independent:
                yield "leadReviewerIndependent", independent


def told_alike(was: Recorded, now: Recorded, mark: Recorded) -> Iterator[tuple[str, Any]]:
    """What a mark says as its source does."""
    yield "happenedOn", now.fact.happened_on
    match now.fact, mark.fact:
        case review.LearningDisseminated(agencies=agencies), review.LearningJoined():
            yield "agencies", agencies
        case challenge.Resolved(reopen_due_on=day), life.Reopened() if day is not None and _differs(was, now):
            yield "dueOn", day


def _differs(was: Recorded, now: Recorded) -> bool:
    return getattr(was.fact, "reopen_due_on", None) != getattr(now.fact, "reopen_due_on", None)
