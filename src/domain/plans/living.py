"""The shared life: most of its commands touch one stream, some look above or below."""

from dataclasses import replace

from domain.action.rules import it_arises_since_the_latest_reopening, the_recommendation_above_is_open
from domain.action.state import Action
from domain.authority import may_act, may_withdraw
from domain.changing import changed
from domain.given import Given
from domain.lifecycle.commands import Assign, Close, LifeCommand, Reopen, WithdrawEvidence
from domain.lifecycle.decide import decide
from domain.lifecycle.rules import it_is_not_closed, no_challenge_is_open
from domain.plans.reading import Decided, Read, action, living, on, recommendation, the
from domain.plans.reporting import passing_on, reported
from domain.recommendation.rules import every_action_is_closed, it_closes_after_its_actions, it_is_no_draft
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
    """A recommendation is implemented when every action under it is closed."""
    thing, given = acting(command, read, given)
    if isinstance(thing, Recommendation) and command.outcome is ClosureOutcome.IMPLEMENTED:
        _its_actions_are_closed(thing, read, given)
    given = given.under(the(read, Kind.REVIEW, thing.review_id, Review).framework)
    return on(command.kind, command.id, decide(thing.life, command, given))


def _its_actions_are_closed(thing: Recommendation, read: Read, given: Given) -> None:
    it_is_not_closed(thing.life)
    no_challenge_is_open(thing.life)
    actions = [action(read, each).life for each in thing.actions]
    every_action_is_closed(actions)
    it_closes_after_its_actions(actions, given)


def reopen(command: Reopen, read: Read, given: Given) -> list[Decided]:
    thing, given = acting(command, read, given)
    facts = decide(thing.life, command, given)
    if isinstance(thing, Action):
        above = recommendation(read, thing.recommendation_id).life
        the_recommendation_above_is_open(above)
        it_arises_since_the_latest_reopening(above, given)
    return list(passing_on(on(command.kind, command.id, facts), read, given))
