"""The rules of a recommendation beside those of its life, one refusal each."""

from collections.abc import Iterable

from domain.given import Given
from domain.known import a_reason_is_given
from domain.lifecycle.state import Life
from domain.recommendation.commands import Respond
from domain.refusals import ActionsStillOpen, DateOutOfOrder
from domain.words import Answer


def not_accepting_needs_a_reason(command: Respond) -> None:
    if command.answer is Answer.NOT_ACCEPTED:
        a_reason_is_given(command.reason)


def every_action_is_closed(actions: Iterable[Life]) -> None:
    still_open = sum(action.closure is None for action in actions)
    if still_open:
        raise ActionsStillOpen(f"Not every action under it is closed: {still_open} still open.")


def it_closes_after_its_actions(actions: Iterable[Life], given: Given) -> None:
    last = max((action.closure.closed_on for action in actions if action.closure), default=given.on)
    if given.on < last:
        raise DateOutOfOrder(f"{given.on} is before {last}, when its last action was closed.", "happenedOn")
