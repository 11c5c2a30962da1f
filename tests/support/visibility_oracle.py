"""What an agency sees (rules.md, "What an agency sees"); everybody else reads everything of the partnership."""

from collections.abc import Iterable
from enum import Enum, auto
from typing import TypeAlias, assert_never

from domain.action.state import Action
from domain.challenge.state import Challenge
from domain.programme.state import Programme
from domain.recommendation.state import Recommendation
from domain.returns.state import Return
from domain.review.rules.stages import UNDECIDED
from domain.review.state import Review
from domain.shared.vocabulary import ReviewStage


class Access(Enum):
    """
    FULL: with everybody's progress and evidence. LEAD_ABOVE: an action under a recommendation that it leads, without
    other agencies' evidence. PUBLISHED: as published, never progress, evidence or challenges.
    HEADER: reference, title or wording, kind, stage, clocks. NONE: as if it did not exist.
    """

    FULL = auto()
    LEAD_ABOVE = auto()
    PUBLISHED = auto()
    HEADER = auto()
    NONE = auto()


Thing: TypeAlias = Review | Recommendation | Action | Challenge | Programme | Return


def may_read(mine: frozenset[str], thing: Thing, above: Iterable[Thing] = (), below: Iterable[Thing] = ()) -> Access:
    """
    What an agency may see of a thing today. `mine`: the agency with its predecessors, never with a successor: one that
    ended reads what was its own, wherever that has gone on, and nothing of what is its successor's own.

    `above` holds the review and recommendation above the thing, `below` the recommendations and actions below it and
    the challenges about it, if it is a review.
    """
    match thing:
        case Action():
            return _of_action(mine, thing, above)
        case Recommendation():
            return _of_recommendation(mine, thing, above, below)
        case Review():
            return _published(thing) or _own_header(mine, thing) or _header(mine, below)
        case Challenge():
            return Access.FULL if mine & thing.readers else Access.NONE
        case Return():
            return Access.FULL if thing.agency in mine else Access.NONE
        case Programme():
            return Access.PUBLISHED if thing.agreed_on is not None else Access.NONE
        case _:
            assert_never(thing)


def _of_action(mine: frozenset[str], action: Action, above: Iterable[Thing]) -> Access:
    if mine & action.life.readers:
        return Access.FULL
    recommendations = (each.life for each in above if isinstance(each, Recommendation))
    leads_above = any(life.led_for(key, action.life.raised_on) for life in recommendations for key in mine)
    return Access.LEAD_ABOVE if leads_above else Access.NONE


def _of_recommendation(
    mine: frozenset[str], recommendation: Recommendation, above: Iterable[Thing], below: Iterable[Thing]
) -> Access:
    if mine & recommendation.life.readers:
        return Access.FULL
    published = next((_published(each) for each in above if isinstance(each, Review)), None)
    return published or _header(mine, below)


def _published(review: Review) -> Access | None:
    return Access.PUBLISHED if review.stage is ReviewStage.PUBLISHED else None


def _own_header(mine: frozenset[str], review: Review) -> Access | None:
    return _reported(mine, review) or _under_review(mine, review) or _of_learning(mine, review)


def _reported(mine: frozenset[str], review: Review) -> Access | None:
    """An agency that itself reported a case sees what became of it, and the clocks that run from its awareness."""
    return Access.HEADER if review.reported_by in mine else None


def _under_review(mine: frozenset[str], review: Review) -> Access | None:
    """An agency that is under review sees the header; of a case that is only referred it is told nothing."""
    return Access.HEADER if review.stage not in UNDECIDED and mine.intersection(review.agencies) else None


def _of_learning(mine: frozenset[str], review: Review) -> Access | None:
    """Above the learning that was disseminated to it an agency sees the header of the review."""
    return Access.HEADER if mine & review.informed_agencies else None


def _header(mine: frozenset[str], below: Iterable[Thing]) -> Access:
    return Access.HEADER if any(may_read(mine, each) is Access.FULL for each in below) else Access.NONE
