"""A story in the order in which it was recorded: day by day, whatever review a step belongs to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, assert_never

from cli.demo import beginnings
from cli.demo.people import CHAIR
from cli.demo.script import Action, Agency, Challenge, Recommendation, Referral, Review, Says, Step
from domain.shared.actor import Caller
from domain.shared.vocabulary import Kind

Part: TypeAlias = Agency | Referral | Review | Challenge | Step


@dataclass(frozen=True, slots=True)
class PlacedStep:
    """One step in its place; a `begins` step gives `reference` its thing, the others speak about it."""

    on: date
    kind: Kind
    reference: str
    says: Says
    lead: str = ""
    judge: Caller = CHAIR
    begins: bool = False


def course(parts: Iterable[Part]) -> list[PlacedStep]:
    """Every step of a story by its day; steps of one day keep the order of the script."""
    return sorted((placed for part in parts for placed in _of(part)), key=lambda placed: placed.on)


def _of(part: Part) -> Iterator[PlacedStep]:
    match part:
        case Agency():
            yield PlacedStep(_day(part.on), Kind.AGENCIES, part.key, beginnings.agency(part))
        case Referral():
            yield PlacedStep(_day(part.on), Kind.REVIEW, part.name, beginnings.referral(part), begins=True)
            yield from (PlacedStep(_day(step.on), Kind.REVIEW, part.name, step.says) for step in part.steps)
        case Review():
            yield from _of_review(part)
        case Challenge():
            yield from _of_challenge(part)
        case Step():
            yield PlacedStep(_day(part.on), Kind.AGENCIES, "agencies", part.says)
        case _:
            assert_never(part)


def _of_review(review: Review) -> Iterator[PlacedStep]:
    yield PlacedStep(_day(review.on), Kind.REVIEW, review.reference, beginnings.review(review), begins=True)
    for step in review.steps:
        yield PlacedStep(_day(step.on), Kind.REVIEW, review.reference, step.says)
    for number, recommendation in enumerate(review.recommendations, 1):
        yield from _of_recommendation(recommendation, f"{review.reference}/{number}", review)


def _of_recommendation(recommendation: Recommendation, reference: str, review: Review) -> Iterator[PlacedStep]:
    says = beginnings.recommendation(recommendation, review.reference)
    yield PlacedStep(_day(recommendation.on), Kind.RECOMMENDATION, reference, says, begins=True)
    first_action = min((action.on for action in recommendation.actions if action.on), default="")
    life = list(_of_life(recommendation.life, Kind.RECOMMENDATION, reference, review.judge))
    yield from (placed for placed in life if placed.on.isoformat() <= first_action)
    for number, action in enumerate(recommendation.actions, 1):
        yield from _of_action(action, f"{reference}/A{number}", reference, review.judge)
    yield from (placed for placed in life if placed.on.isoformat() > first_action)


def _of_action(action: Action, reference: str, above: str, judge: Caller) -> Iterator[PlacedStep]:
    if action.on is not None:
        yield PlacedStep(_day(action.on), Kind.ACTION, reference, beginnings.action(action, above), begins=True)
    yield from _of_life(action.life, Kind.ACTION, reference, judge)


def _of_life(steps: Iterable[Step], kind: Kind, reference: str, judge: Caller) -> Iterator[PlacedStep]:
    lead = ""
    for step in steps:
        yield PlacedStep(_day(step.on), kind, reference, step.says, lead, judge)
        lead = step.lead or lead


def _of_challenge(challenge: Challenge) -> Iterator[PlacedStep]:
    yield PlacedStep(_day(challenge.on), Kind.CHALLENGE, challenge.name, beginnings.challenge(challenge), begins=True)
    for step in challenge.steps:
        yield PlacedStep(_day(step.on), Kind.CHALLENGE, challenge.name, step.says)


def _day(text: str) -> date:
    return date.fromisoformat(text)
