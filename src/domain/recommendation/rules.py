"""The rules of a recommendation beside those of its life, one refusal each."""

from collections.abc import Collection, Iterable
from uuid import UUID

from domain.lifecycle.commands import Close
from domain.lifecycle.state import Lifecycle
from domain.recommendation.commands import Respond
from domain.recommendation.state import Recommendation
from domain.shared.decision_context import DecisionContext
from domain.shared.reference_rules import a_reason_is_given
from domain.shared.refusals import ActionsStillOpen, ConditionsNotMet, DateOutOfOrder, EvidenceMissing, Invalid
from domain.shared.vocabulary import Answer


def the_recommendation_arose_from_what_is_followed_up(recommendation: Recommendation, follows_up: UUID | None) -> None:
    """A review that follows up another one checks what arose from that."""
    if follows_up is not None and recommendation.review_id != follows_up:
        raise Invalid(f"{recommendation.reference} did not arise from the review that is followed up.", "checks")


def not_accepting_needs_a_reason(command: Respond) -> None:
    if command.answer is Answer.NOT_ACCEPTED:
        a_reason_is_given(command.reason)


def every_action_is_closed(actions: Iterable[Lifecycle]) -> None:
    still_open = sum(action.closure is None for action in actions)
    if still_open:
        raise ActionsStillOpen(f"Not every action under it is closed: {still_open} still open.")


def a_recommendation_closes_after_its_actions(actions: Iterable[Lifecycle], context: DecisionContext) -> None:
    last = max((action.closure.closed_on for action in actions if action.closure), default=context.on)
    if context.on < last:
        raise DateOutOfOrder(f"{context.on} is before {last}, when its last action was closed.", "happenedOn")


def the_recommendation_is_no_draft(recommendation: Recommendation) -> None:
    if recommendation.draft:
        raise ConditionsNotMet("It is a draft until its review is agreed by whoever must agree it.")


def a_recommendation_has_none_above(command: Close) -> None:
    if command.close_recommendation:
        raise Invalid("It closes with the last of its actions, and nothing closes with it.", "closeRecommendation")


def only_a_recommendation_is_closed_by_its_actions(command: Close) -> None:
    if command.by_its_actions:
        raise Invalid("Only a recommendation is closed on the evidence of its actions.", "byItsActions")


def an_action_shows_that_it_was_implemented(shown: Collection[object]) -> None:
    if not shown:
        raise EvidenceMissing("None of its actions was closed as implemented since it was last opened.")
