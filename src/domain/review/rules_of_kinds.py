"""What a kind of review asks before one is commissioned, one refusal each. Imports tell of reviews as they were."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from domain.frameworks import goes_on
from domain.given import Given
from domain.refusals import ConditionsNotMet
from domain.review.state import Review
from domain.words import Role

if TYPE_CHECKING:
    from domain.frameworks import ReviewKind


def _one(kind: "ReviewKind") -> str:
    """The kind with its article, to begin a sentence with."""
    name = kind.name[:1].lower() + kind.name[1:]
    return f"{'An' if name[:1] in 'aeiou' else 'A'} {name}"


def enough_agencies_are_involved(given: Given, kind: "ReviewKind", agencies: Collection[str]) -> None:
    if len(agencies) < kind.minimum_agencies and not given.imported:
        raise ConditionsNotMet(f"{_one(kind)} involves at least {kind.minimum_agencies} agencies.", "agencies")


def who_may_has_mandated_it(given: Given, kind: "ReviewKind", mandated_by: str | None) -> None:
    """Where the framework says who may."""
    may = given.framework.mandates(kind.key)
    if may and mandated_by not in may and not given.imported:
        raise ConditionsNotMet(f"{_one(kind)} is mandated by one of {', '.join(may)}.", "mandatedBy")


def it_is_facilitated(given: Given, kind: "ReviewKind", facilitator: str | None) -> None:
    if kind.facilitated and facilitator is None and not given.imported:
        raise ConditionsNotMet(f"{_one(kind)} is facilitated: by whom?", "facilitator")


def an_independent_lead_is_named(given: Given, kind: "ReviewKind", lead: str | None, employer: str | None) -> None:
    """With whoever employs them: independence is not asserted without knowing."""
    if not kind.needs_an_independent_lead or given.imported:
        return
    said = f"{_one(kind)} has an independent lead"
    if lead is None:
        raise ConditionsNotMet(f"{said}: who is it?", "leadReviewer")
    if employer is None:
        raise ConditionsNotMet(f"{said}: by whom are they employed?", "leadReviewerEmployer")


def what_must_be_referred_has_been(given: Given, kind: "ReviewKind", referral: Review | None) -> None:
    if kind.on_referral and referral is None and not given.imported:
        raise ConditionsNotMet(f"{_one(kind)} is of a case that has been referred.", "referralId")


def the_bodies_have_advised(given: Given, kind: "ReviewKind", referral: Review | None) -> None:
    """Of a case that was referred: whoever is asked for advice has given it, whatever it was."""
    lacking = [] if referral is None else [body for body in kind.advised_by if not _has_advised(body, referral, given)]
    if lacking and not given.imported:
        asked = ", ".join(lacking)
        raise ConditionsNotMet(f"{_one(kind)} is decided after advice from {asked}, which has not advised.")


def _has_advised(body: str, referral: Review, given: Given) -> bool:
    """Itself, if need be under an earlier framework; not another body of the same key."""
    frameworks = given.frameworks
    of = (framework for framework, advised in referral.advised if advised == body)
    return any(goes_on(body, frameworks[each], given.framework, frameworks) for each in of)


def the_chair_decides_what_was_referred(given: Given, kind: "ReviewKind", referral: Review | None) -> None:
    chair = given.caller.role is Role.CHAIR
    if referral is not None and kind.is_the_chairs_on_referral and not (chair or given.imported):
        raise ConditionsNotMet(f"The decision on {_one(kind)[:1].lower()}{_one(kind)[1:]} is the independent chair's.")
