"""The rules of a review, one refusal each."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.given import Given
from domain.refusals import (
    ConditionsNotMet,
    DateInFuture,
    Invalid,
    NotIndependent,
    NotPermitted,
    ReviewNotCompleted,
    UnknownBody,
    UnknownReviewKind,
)
from domain.review.state import Review
from domain.words import ReviewStage

if TYPE_CHECKING:
    from domain.frameworks import ReviewKind

UNDECIDED = frozenset({ReviewStage.REFERRED, ReviewStage.NOT_COMMISSIONED})


def its_kind_exists_in_the_framework(given: Given, kind: str) -> "ReviewKind":
    found = given.framework.kinds.get(kind)
    if found is None:
        raise UnknownReviewKind(f"{given.framework.key!r} has no kind of review {kind!r}.", "kind")
    return found


def an_independent_lead_is_employed_elsewhere(given: Given, employer: str | None, agencies: Iterable[str]) -> None:
    """The lead reviewer of a statutory review is not employed by an agency under review, nor by its kin."""
    key = given.agencies.resolve_name(employer) if employer else None
    if key is not None and any(given.agencies.are_kin(key, each) for each in agencies):
        raise NotIndependent(
            f"The kind asks for an independent lead; this one is employed by {key!r}, which is under review.",
            "leadReviewerEmployer",
        )


def enough_agencies_are_involved(given: Given, kind: "ReviewKind", agencies: Collection[str]) -> None:
    """Imports tell of reviews as they were."""
    if len(agencies) < kind.minimum_agencies and not given.imported:
        raise ConditionsNotMet(f"A {kind.name.lower()} involves at least {kind.minimum_agencies} agencies.", "agencies")


def who_may_has_mandated_it(given: Given, kind: "ReviewKind", mandated_by: str | None) -> None:
    """Where the framework says who may. Imports tell of reviews as they were."""
    may = given.framework.mandates(kind.key)
    if may and mandated_by not in may and not given.imported:
        raise ConditionsNotMet(f"A {kind.name.lower()} is mandated by one of {', '.join(may)}.", "mandatedBy")


def everybody_has_agreed_it(review: Review, given: Given) -> None:
    """Where the kind names a body, that body and the chair. Imports tell of reviews as they were."""
    if review.agreed_by and review.lacking and not given.imported:
        lacking = ", ".join(body or "the chair" for body in review.lacking)
        raise ConditionsNotMet(f"The review has not been agreed by {lacking}.")


def what_the_kind_asks_is_answered(review: Review, sections: Iterable[str], given: Given) -> None:
    """Imports tell of reviews as they were."""
    answered = set(sections)
    lacking = [key for key in review.asked_sections if key not in answered]
    if lacking and not given.imported:
        raise ConditionsNotMet(f"Sections are missing: {', '.join(lacking)}.", "sections")


def the_kind_names_the_body(review: Review, body: str, given: Given) -> None:
    if body in review.agreed_by:
        return
    if body not in given.framework.bodies:
        raise UnknownBody(f"There is no body {body!r}.", "body")
    raise NotPermitted(f"The kind of review does not ask {body!r} to agree.", "body")


def nobody_was_aware_later(given: Given, aware_on: date | None) -> None:
    if aware_on is not None and aware_on > given.on:
        raise DateInFuture(f"Awareness on {aware_on} is after {given.on}.", "awareOn")


def it_awaits_a_decision(review: Review) -> None:
    if review.stage is not ReviewStage.REFERRED:
        raise ConditionsNotMet("It has been decided already whether the case is reviewed.")


def it_is_commissioned(review: Review) -> None:
    if review.stage in UNDECIDED:
        raise ConditionsNotMet("The review has not been commissioned.")


def it_is_not_completed_yet(review: Review) -> None:
    it_is_commissioned(review)
    if review.stage not in {ReviewStage.COMMISSIONED, ReviewStage.AGREED}:
        raise ConditionsNotMet("The review has been completed already.")


def it_is_completed(review: Review) -> None:
    if review.stage in UNDECIDED | {ReviewStage.COMMISSIONED, ReviewStage.AGREED}:
        raise ReviewNotCompleted("The review is not completed.")


def it_is_not_published(review: Review) -> None:
    if review.stage is ReviewStage.PUBLISHED:
        raise ConditionsNotMet("The review has been published already.")


def it_is_not_withheld(review: Review) -> None:
    if review.stage is ReviewStage.WITHHELD:
        raise ConditionsNotMet("Publication has been withheld already.")


def learning_is_of_the_review(review: Review, learning: Iterable[UUID]) -> tuple[UUID, ...]:
    named = tuple(dict.fromkeys(learning))
    if not review.learning.keys() >= set(named):
        raise Invalid("The review has no such learning.", "learning")
    return named
