"""What was accepted of its actions, written down as the evidence of a recommendation (docs/decisions/0024)."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Protocol

from domain.lifecycle import events
from domain.lifecycle.rules import the_day_is_in_order, the_item_is_assigned
from domain.lifecycle.state import Closure, Lifecycle
from domain.recommendation.rules import an_action_shows_that_it_was_implemented
from domain.shared.dates import later
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.vocabulary import ClosureOutcome


class NumberedAction(Protocol):
    """An action, as far as it is read here."""

    @property
    def reference(self) -> str: ...
    @property
    def life(self) -> Lifecycle: ...


def shown_by_actions(life: Lifecycle, actions: Iterable[NumberedAction], context: DecisionContext) -> list[Fact]:
    """The evidence, its acceptance, and the day on which the last of what they claim was done, where each says one.

    Nobody claims it: `by` is whoever closes. What each action showed was judged when it was closed.
    """
    the_item_is_assigned(life)
    the_day_is_in_order(life, context)
    implemented = dict(_implemented(life, actions))
    an_action_shows_that_it_was_implemented(implemented)
    narrative = f"Closed as implemented: {', '.join(implemented)}."
    evidence = events.EvidenceSubmitted(
        happened_on=context.on,
        by=context.by,
        evidence_id=context.new_id,
        by_lead=False,
        narrative=narrative,
        claims_complete=False,
    )
    accepted = events.EvidenceAccepted(happened_on=context.on, by=context.by, evidence_id=context.new_id)
    return [evidence, accepted, *_completed(life, implemented.values(), context)]


def _implemented(life: Lifecycle, actions: Iterable[NumberedAction]) -> Iterator[tuple[str, Closure]]:
    """By reference; what was closed before it was last reopened shows nothing of what is to be done since."""
    for each in actions:
        closure = each.life.closure
        if closure is None or closure.outcome is not ClosureOutcome.IMPLEMENTED:
            continue
        if life.reopened_on is None or closure.closed_on >= life.reopened_on:
            yield each.reference, closure


def _completed(life: Lifecycle, closures: Iterable[Closure], context: DecisionContext) -> Iterator[Fact]:
    days: list[date | None] = [closure.completed_on for closure in closures]
    known = [day for day in days if day is not None]
    began_on = life.reopened_on or life.raised_on
    if len(known) == len(days) and began_on is not None:
        day = later(began_on, max(known))
        yield events.Completed(happened_on=day, by=context.by, evidence_id=context.new_id)
