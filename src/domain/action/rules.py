"""The rules of an action beside those of its life, one refusal each (rules.md, "Lifecycle")."""

from domain.dates import nothing_happens_before_it_existed
from domain.decision_context import DecisionContext
from domain.lifecycle.state import Life
from domain.refusals import AlreadyClosed


def the_recommendation_above_is_open(recommendation: Life) -> None:
    if recommendation.closure is not None:
        raise AlreadyClosed("The recommendation above is closed: reopen it first.")


def it_arises_since_the_latest_reopening(recommendation: Life, context: DecisionContext) -> None:
    """Raised or reopened as of an earlier day, an action would stand open under what was closed."""
    nothing_happens_before_it_existed(context, recommendation.reopened_on)
