"""What is asked before it is decided about a case that was referred, one refusal each.

Imports tell of decisions as they were.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from domain.frameworks import goes_on
from domain.review.rules.commissioning import one
from domain.review.state import Review
from domain.shared.decision_context import DecisionContext
from domain.shared.reference_rules import a_reason_is_given
from domain.shared.refusals import ConditionsNotMet, Invalid
from domain.shared.vocabulary import ReviewStage, Role

if TYPE_CHECKING:
    from domain.frameworks import Framework, ReviewKind


def the_circumstances_are_the_frameworks(framework: "Framework", circumstances: Iterable[str]) -> tuple[str, ...]:
    """Those in which a kind of review must always be commissioned."""
    known, stated = framework.circumstances, tuple(circumstances)
    for nth, key in enumerate(stated):
        if key not in known:
            expected = ", ".join(known) or "none"
            message = f"{framework.key!r} knows no circumstance {key!r}; there is {expected}."
            raise Invalid(message, "circumstances", str(nth))
    return tuple(dict.fromkeys(stated))


def advice_names_a_kind_or_none(kind: str | None, no_review: bool) -> str | None:
    if kind is None and not no_review:
        raise Invalid("Which kind of review is advised? Of no review, say noReview.", "kind")
    return kind


def what_must_be_referred_has_been(context: DecisionContext, kind: "ReviewKind", referral: Review | None) -> None:
    if kind.on_referral and referral is None and not context.imported:
        raise ConditionsNotMet(f"{one(kind)} is of a case that has been referred.", "referralId")


def the_bodies_have_advised(context: DecisionContext, kind: "ReviewKind", referral: Review | None) -> None:
    """Of a case that was referred: whoever is asked for advice has given it, whatever it was."""
    lacking = [] if referral is None else _lacking(context, kind.advised_by, referral)
    if lacking and not context.imported:
        bodies = ", ".join(lacking)
        raise ConditionsNotMet(f"{one(kind)} is decided after advice from {bodies}, which has not advised.")


def whoever_must_advise_has(context: DecisionContext, referral: Review) -> None:
    """Nothing is declined before a body has advised on whose advice the framework lets the chair decide."""
    lacking = _lacking(context, context.framework.must_advise(referral.referred_kind), referral)
    if lacking and not context.imported:
        bodies = ", ".join(lacking)
        raise ConditionsNotMet(f"The case is declined after advice from {bodies}, which has not advised.")


def _lacking(context: DecisionContext, bodies: Iterable[str], referral: Review) -> list[str]:
    return [body for body in bodies if not _has_advised(body, referral, context)]


def _has_advised(body: str, referral: Review, context: DecisionContext) -> bool:
    """Itself, if need be under an earlier framework; not another body of the same key."""
    frameworks = context.frameworks
    of = (framework for framework, advised in referral.advised if advised == body)
    return any(goes_on(body, frameworks[each], context.framework, frameworks) for each in of)


def no_circumstance_asks_for_a_review(context: DecisionContext, referral: Review) -> None:
    """Where the criteria must always lead to a review, there is nothing to decline."""
    kinds = context.frameworks[referral.framework].always(referral.circumstances)
    if kinds and not context.imported:
        raise ConditionsNotMet(
            f"What the referral says of the case must always lead to a {' or a '.join(kinds)}: it cannot be declined. "
            "Where that is not so, correct the referral."
        )


def the_kind_is_the_one_that_must_be(context: DecisionContext, kind: "ReviewKind", referral: Review | None) -> None:
    """Nor is something less commissioned instead."""
    always = context.framework.always(referral.circumstances) if referral is not None else ()
    if always and kind.key not in always and not context.imported:
        raise ConditionsNotMet(
            f"What the referral says of the case must always lead to a {' or a '.join(always)}.", "kind"
        )


def the_chair_decides_what_was_referred(context: DecisionContext, kind: "ReviewKind", referral: Review | None) -> None:
    chair = context.caller.role is Role.CHAIR
    if referral is not None and kind.is_the_chairs_on_referral and not (chair or context.imported):
        raise ConditionsNotMet(f"The decision on a {kind.name.lower()} is the independent chair's.")


def the_chair_decides_on_something_else(
    context: DecisionContext, kind: "ReviewKind", referral: Review | None, reason: str | None
) -> None:
    """Another kind than was referred and advised, or one after all of a case that was declined; with a reason."""
    if referral is None or context.imported or not _is_something_else(kind.key, referral):
        return
    if context.caller.role is not Role.CHAIR:
        raise ConditionsNotMet(
            "Another kind of review than was referred and advised is the independent chair's decision.", "kind"
        )
    a_reason_is_given(reason)


def _is_something_else(kind: str, referral: Review) -> bool:
    if referral.stage is ReviewStage.NOT_COMMISSIONED:
        return True
    wanted = set(referral.advised.values()) | ({referral.referred_kind} if referral.referred_kind else set())
    return bool(wanted - {kind})
