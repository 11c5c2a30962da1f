"""Verifying impact: not embedded carries its follow-up in the same transaction (rulings.md, "Lifecycle")."""

from uuid import UUID

from domain.action.rules import it_arises_since_the_latest_reopening
from domain.action.state import Action
from domain.given import Given
from domain.lifecycle.commands import FollowUp, VerifyImpact
from domain.lifecycle.decide import decide
from domain.lifecycle.decide_outcome import reopened
from domain.plans.checking import the_evidence_stands
from domain.plans.living import acting
from domain.plans.raising import new_action, planned
from domain.plans.reading import Decided, Read, on, recommendation
from domain.plans.reporting import passing_on, reported
from domain.recommendation.state import Recommendation
from domain.refusals import FollowUpRequired
from domain.words import Kind


def verify_impact(command: VerifyImpact, read: Read, given: Given) -> list[Decided]:
    thing, given = acting(command, read, given)
    the_evidence_stands(command, thing.review_id, read, given)
    found = on(command.kind, command.id, decide(thing.life, command, given))
    return list(passing_on(found + _following_up(command, thing, read, given), read, given))


def _following_up(command: VerifyImpact, thing: Recommendation | Action, read: Read, given: Given) -> list[Decided]:
    if command.follow_up is None:
        return []
    if isinstance(thing, Recommendation):
        return _further(command, thing, command.id, read, given)
    return _for_an_action(command, command.follow_up, thing, read, given)


def _for_an_action(
    command: VerifyImpact, follow_up: FollowUp, action: Action, read: Read, given: Given
) -> list[Decided]:
    """A closed recommendation above is reopened too, whether the action is or a further one is raised."""
    above_id = action.recommendation_id
    above = recommendation(read, above_id)
    further = _further(command, above, above_id, read, given)
    if above.life.closure is None:
        it_arises_since_the_latest_reopening(above.life, given)
        return further
    return _reopened_above(above, above_id, follow_up, given) + further


def _reopened_above(above: Recommendation, above_id: UUID, follow_up: FollowUp, given: Given) -> list[Decided]:
    if follow_up.reopen_until is None:
        raise FollowUpRequired(
            "The recommendation above is closed: until when is it reopened?", "followUp", "reopenUntil"
        )
    fact = reopened(above.life, follow_up.reopen_until, follow_up.reason, given, "followUp", "reopenUntil")
    return [(Kind.RECOMMENDATION, above_id, fact)]


def _further(command: VerifyImpact, above: Recommendation, above_id: UUID, read: Read, given: Given) -> list[Decided]:
    if command.follow_up is None or command.follow_up.further_action is None:
        return []
    through = reported(above, read)
    action = new_action(above, above_id, command.follow_up.further_action, through, given)
    return planned(action.model_copy(update={"follows": command.id}), through, given)
