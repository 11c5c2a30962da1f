"""The rules of an action beside those of its life, one refusal each (rules.md, "Lifecycle")."""

from domain.lifecycle.state import Lifecycle
from domain.shared.dates import nothing_happens_before_it_existed
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import AlreadyClosed


def the_recommendation_above_is_open(recommendation: Lifecycle) -> None:
    if recommendation.closure is not None:
        raise AlreadyClosed("The recommendation above is closed: reopen it first.")


def an_action_arises_since_the_latest_reopening(recommendation: Lifecycle, context: DecisionContext) -> None:
    """Raised or reopened as of an earlier day, an action would stand open under what was closed."""
    nothing_happens_before_it_existed(context, recommendation.reopened_on)
