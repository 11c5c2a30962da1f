"""The shared life: most of its commands touch one stream, some look above or below."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from domain.action.rules import it_arises_since_the_latest_reopening, the_recommendation_above_is_open
from domain.action.state import Action
from domain.action.state import evolve as evolve_action
from domain.authority import may_act, may_withdraw
from domain.changing import changed
from domain.facts import Recorded
from domain.given import Given
from domain.lifecycle.commands import Assign, Close, LifeCommand, Reopen, WithdrawEvidence
from domain.lifecycle.decide import decide
from domain.lifecycle.evolve import evolve as evolve_life
from domain.lifecycle.rules import has_accepted_evidence, it_is_not_closed, no_challenge_is_open
from domain.plans.reading import Decided, Read, action, living, on, recommendation, the
from domain.plans.reporting import passing_on, reported
from domain.recommendation.by_its_actions import shown_by_actions
from domain.recommendation.rules import (
    a_recommendation_has_none_above,
    every_action_is_closed,
    it_closes_after_its_actions,
    it_is_no_draft,
    only_a_recommendation_is_closed_by_its_actions,
)
from domain.recommendation.state import Recommendation
from domain.review.state import Review
from domain.words import ClosureOutcome, Kind, Role


def acting(command: LifeCommand, read: Read, given: Given) -> tuple[Recommendation | Action, Given]:
    """The thing, once the caller may act on it; a monitoring body acts as the one through which it reports first."""
    thing = living(read, command.kind, command.id)
    if given.caller.role is not Role.MONITORING_BODY:
        may_act(command, thing, given)
        return thing, given
    thing = changed(thing, reported=reported(thing, read))
    may_act(command, thing, given)
    return thing, replace(given, by=given.by.model_copy(update={"body": thing.reporting.bodies[0]}))


def live(command: LifeCommand, read: Read, given: Given) -> list[Decided]:
    """Any command that concerns one life and nothing else."""
    thing, given = acting(command, read, given)
    if isinstance(thing, Recommendation) and isinstance(command, Assign):
        it_is_no_draft(thing)
    return on(command.kind, command.id, decide(thing.life, command, given))


def withdraw_evidence(command: WithdrawEvidence, read: Read, given: Given) -> list[Decided]:
    thing, given = acting(command, read, given)
    may_withdraw(command, thing, given)
    return on(command.kind, command.id, decide(thing.life, command, given))


def close(command: Close, read: Read, given: Given) -> list[Decided]:
    """A recommendation is implemented when every action under it is closed; its last action may close it as well."""
    thing, given = acting(command, read, given)
    given = given.under(the(read, Kind.REVIEW, thing.review_id, Review).framework)
    if isinstance(thing, Recommendation):
        a_recommendation_has_none_above(command)
        return _closed_recommendation(command, thing, [(each, action(read, each)) for each in thing.actions], given)
    only_a_recommendation_is_closed_by_its_actions(command)
    closed = on(command.kind, command.id, decide(thing.life, command, given))
    return closed + _closed_above(command, thing, closed, read, given) if command.close_recommendation else closed


def _closed_above(command: Close, last: Action, closed: Iterable[Decided], read: Read, given: Given) -> list[Decided]:
    """The recommendation above the last action that was open, by the body that decides about it."""
    above = Close(
        kind=Kind.RECOMMENDATION,
        id=last.recommendation_id,
        outcome=ClosureOutcome.IMPLEMENTED,
        impact_due_on=command.impact_due_on if command.outcome is ClosureOutcome.IMPLEMENTED else None,
        by_its_actions=True,
    )
    thing, as_its_body = acting(above, read, given)
    if not isinstance(thing, Recommendation):
        raise TypeError("an action has a recommendation above it")
    actions = {each: action(read, each) for each in thing.actions}
    for _, id, fact in closed:
        actions[id] = evolve_action(last, Recorded(Kind.ACTION, id, last.version + 1, fact))
    return _closed_recommendation(above, thing, list(actions.items()), as_its_body)


def _closed_recommendation(
    command: Close, thing: Recommendation, actions: Sequence[tuple[UUID, Action]], given: Given
) -> list[Decided]:
    """By evidence of its own, or by what was accepted of its actions, which is written down as its evidence."""
    life, shown = thing.life, list[Decided]()
    if command.outcome is ClosureOutcome.IMPLEMENTED:
        it_is_not_closed(life)
        no_challenge_is_open(life)
        below = [each.life for _, each in actions]
        every_action_is_closed(below)
        it_closes_after_its_actions(below, given)
        if command.by_its_actions and not has_accepted_evidence(life):
            shown = on(Kind.RECOMMENDATION, command.id, shown_by_actions(life, [each for _, each in actions], given))
            for number, (_, id, fact) in enumerate(shown, 1):
                life = evolve_life(life, Recorded(Kind.RECOMMENDATION, id, thing.version + number, fact))
    return shown + on(Kind.RECOMMENDATION, command.id, decide(life, command, given))


def reopen(command: Reopen, read: Read, given: Given) -> list[Decided]:
    thing, given = acting(command, read, given)
    facts = decide(thing.life, command, given)
    if isinstance(thing, Action):
        above = recommendation(read, thing.recommendation_id).life
        the_recommendation_above_is_open(above)
        it_arises_since_the_latest_reopening(above, given)
    return list(passing_on(on(command.kind, command.id, facts), read, given))
