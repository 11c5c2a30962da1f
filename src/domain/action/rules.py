"""The rules of an action beside those of its life, one refusal each (rulings.md, "Lifecycle")."""

from domain.lifecycle.state import Life
from domain.refusals import AlreadyClosed


def the_recommendation_above_is_open(recommendation: Life) -> None:
    if recommendation.closure is not None:
        raise AlreadyClosed("The recommendation above is closed: reopen it first.")
