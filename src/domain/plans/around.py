"""What a corrected day must still fit: the thing above it, and the things below."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from domain.action.state import Action
from domain.facts import Recorded
from domain.given import Given
from domain.lifecycle.spells import closed_spells, open_spells
from domain.plans.reading import Read, action, recommendation, the
from domain.recommendation.state import Recommendation
from domain.refusals import DateBeforeStart, DateOutOfOrder
from domain.replay import replay
from domain.review.state import Review
from domain.words import ClosureOutcome, Kind

FIELD = "newValue"


def it_fits_what_stands_around(stream: Sequence[Recorded], read: Read, given: Given) -> None:
    """`stream`: as the correction would leave it."""
    now = replay(stream[0].kind, stream)
    if isinstance(now, Action):
        above = recommendation(read, now.recommendation_id)
        _not_raised_before(now.life.raised_on, above.life.raised_on)
        _closed_first(now, above)
    elif isinstance(now, Recommendation):
        _not_raised_before(now.life.raised_on, the(read, Kind.REVIEW, now.review_id, Review).commissioned_on)
        for below in (action(read, each) for each in now.actions):
            _not_raised_before(below.life.raised_on, now.life.raised_on)
            _closed_first(below, now)
    elif isinstance(now, Review):
        _identified_before_it_was_brought(now, read, given)


def _not_raised_before(day: date | None, above: date | None) -> None:
    if day is not None and above is not None and day < above:
        raise DateBeforeStart(f"{day} is before {above}, when what it arose from began.", FIELD)


def _closed_first(below: Action, above: Recommendation) -> None:
    """Whenever the recommendation was implemented, then and until it was reopened."""
    for closure, until in closed_spells(above.life):
        closed_on, implemented = closure.closed_on, closure.outcome is ClosureOutcome.IMPLEMENTED
        if implemented and not _asked_for_since(below, closed_on) and _open_within(below, closed_on, until):
            raise DateOutOfOrder(f"The recommendation, closed on {closed_on}, closes after its actions.", FIELD)


def _asked_for_since(below: Action, closed_on: date) -> bool:
    """A finding of not embedded on the recommendation itself leaves that closed, and its further action open."""
    raised_on = below.life.raised_on
    return below.follows == below.recommendation_id and raised_on is not None and closed_on <= raised_on


def _open_within(below: Action, closed_on: date, until: date) -> bool:
    return any(began < until and closed_on < ended for began, ended in open_spells(below.life))


def _identified_before_it_was_brought(now: Review, read: Read, given: Given) -> None:
    """Learning of this review joined by others, and learning of others that this one joined."""
    for home in dict.fromkeys(now.joined.values()):
        _follows(the(read, Kind.REVIEW, home, Review).brought, now.learning)
    for other in dict.fromkeys(given.learned_in[point] for point in now.brought if point not in now.learning):
        _follows(now.brought, the(read, Kind.REVIEW, other, Review).learning)


def _follows(brought: Mapping[UUID, date], identified: Mapping[UUID, date]) -> None:
    for point in brought.keys() & identified.keys():
        if brought[point] < identified[point]:
            raise DateOutOfOrder(
                f"{brought[point]} would be before {identified[point]}, when it was identified.", FIELD
            )
