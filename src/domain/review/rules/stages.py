"""The rules of a review, one refusal each."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.review.state import Review
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import (
    ConditionsNotMet,
    DateInFuture,
    DateOutOfOrder,
    Invalid,
    NotIndependent,
    NotPermitted,
    ReviewNotCompleted,
    UnknownBody,
    UnknownReviewKind,
)
from domain.shared.vocabulary import ReviewStage

if TYPE_CHECKING:
    from domain.frameworks import ReviewKind

UNDECIDED = frozenset({ReviewStage.REFERRED, ReviewStage.NOT_COMMISSIONED})


def the_kind_exists_in_the_framework(context: DecisionContext, kind: str) -> "ReviewKind":
    found = context.framework.kinds.get(kind)
    if found is None:
        raise UnknownReviewKind(f"{context.framework.key!r} has no kind of review {kind!r}.", "kind")
    return found


def an_independent_lead_is_employed_elsewhere(
    context: DecisionContext, employer: str | None, agencies: Iterable[str]
) -> None:
    """The lead reviewer of a statutory review is not employed by an agency under review, nor by its kin."""
    under_review = None if employer is None else named_among(context, employer, agencies)
    if under_review is not None:
        raise NotIndependent(
            f"The kind asks for an independent lead; this one is employed by {under_review!r}, which is under review.",
            "leadReviewerEmployer",
        )


def named_among(context: DecisionContext, employer: str, agencies: Iterable[str]) -> str | None:
    """The agency that an employer's words name, if it is one of these or their kin; what names none is elsewhere."""
    key = context.agencies.resolve_name(employer)
    return key if key is not None and any(context.agencies.are_kin(key, each) for each in agencies) else None


def the_kind_names_the_body(review: Review, body: str, context: DecisionContext) -> None:
    if body in review.agreed_by:
        return
    if not any(body in each.bodies for each in context.frameworks.values()):
        raise UnknownBody(f"There is no body {body!r}.", "body")
    raise NotPermitted(f"The kind of review does not ask {body!r} to agree.", "body")


def the_body_had_taken_over(review: Review, context: DecisionContext) -> None:
    """Agreed as of an earlier day, it would be another body's, perhaps of the same key."""
    if context.on < review.reporting.since:
        raise DateOutOfOrder(f"{context.on} is before {review.reporting.since}, when the body took over.", "happenedOn")


def nobody_was_aware_later(context: DecisionContext, aware_on: date | None) -> None:
    if aware_on is not None and aware_on > context.on:
        raise DateInFuture(f"Awareness on {aware_on} is after {context.on}.", "awareOn")


def the_referral_awaits_a_decision(review: Review) -> None:
    if review.stage is not ReviewStage.REFERRED:
        raise ConditionsNotMet("It has been decided already whether the case is reviewed.")


def the_review_is_not_commissioned_yet(review: Review) -> None:
    """Declined, it may still be reviewed in another form."""
    if review.stage not in UNDECIDED:
        raise ConditionsNotMet("It has been decided already that the case is reviewed.")


def the_review_is_commissioned(review: Review) -> None:
    if review.stage in UNDECIDED:
        raise ConditionsNotMet("The review has not been commissioned.")


def the_review_is_not_completed_yet(review: Review) -> None:
    the_review_is_commissioned(review)
    if review.stage not in {ReviewStage.COMMISSIONED, ReviewStage.AGREED}:
        raise ConditionsNotMet("The review has been completed already.")


def the_review_is_completed(review: Review) -> None:
    if review.stage in UNDECIDED | {ReviewStage.COMMISSIONED, ReviewStage.AGREED}:
        raise ReviewNotCompleted("The review is not completed.")


def the_review_was_completed_by_then(review: Review, context: DecisionContext, *field: str) -> None:
    """A review gives evidence once it is completed."""
    if review.completed_on is None or context.on < review.completed_on:
        raise ReviewNotCompleted(f"Review {review.reference} was not completed by {context.on}.", *field)


def the_review_is_not_published(review: Review) -> None:
    if review.stage is ReviewStage.PUBLISHED:
        raise ConditionsNotMet("The review has been published already.")


def the_boards_response_stands_beside_it(review: Review, response: str | None, context: DecisionContext) -> None:
    """
    Where the framework said so of the kind when the review was commissioned, and a corrected restatement of it has not
    taken that back. Imports tell of reviews as they were.
    """
    framework = context.frameworks.get(review.framework)
    kind = framework.kinds.get(review.kind) if framework else None
    with_response = review.published_with_response and (kind is None or kind.published_with_response)
    if with_response and not response and not context.imported:
        raise ConditionsNotMet(f"A {review.kind} is published with the board's response.", "boardResponse")


def publication_is_not_withheld(review: Review) -> None:
    if review.stage is ReviewStage.WITHHELD:
        raise ConditionsNotMet("Publication has been withheld already.")


def learning_is_of_the_review(review: Review, learning: Iterable[UUID]) -> tuple[UUID, ...]:
    named = tuple(learning)
    for nth, point in enumerate(named):
        if point not in review.learning:
            raise Invalid("The review has no such learning.", "learning", str(nth))
    return tuple(dict.fromkeys(named))
