"""Verifying impact: not embedded carries its follow-up in the same transaction (rules.md, "Lifecycle")."""

from uuid import UUID

from domain.action.rules import an_action_arises_since_the_latest_reopening
from domain.action.state import Action
from domain.handlers.framework_adoption import passing_on, reported
from domain.handlers.lifecycle import item_to_judge
from domain.handlers.programme import the_evidence_stands
from domain.handlers.raising import new_action, planned
from domain.lifecycle import decide
from domain.lifecycle.commands import FollowUp, VerifyImpact
from domain.recommendation.state import Recommendation
from domain.session import Repository
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, facts_on
from domain.shared.refusals import FollowUpRequired
from domain.shared.vocabulary import Kind


def verify_impact(command: VerifyImpact, repository: Repository, context: DecisionContext) -> list[Decided]:
    item, context = item_to_judge(command, repository, context)
    the_evidence_stands(command, item.review_id, repository, context)
    found = facts_on(command.kind, command.id, decide.verify_impact(item.life, command, context))
    return list(passing_on(found + _following_up(command, item, repository, context), repository, context))


def _following_up(
    command: VerifyImpact, item: Recommendation | Action, repository: Repository, context: DecisionContext
) -> list[Decided]:
    if command.follow_up is None:
        return []
    if isinstance(item, Recommendation):
        return _further(command, item, command.id, repository, context)
    return _for_an_action(command, command.follow_up, item, repository, context)


def _for_an_action(
    command: VerifyImpact, follow_up: FollowUp, action: Action, repository: Repository, context: DecisionContext
) -> list[Decided]:
    """A closed recommendation above is reopened too, whether the action is or a further one is raised."""
    above_id = action.recommendation_id
    above = repository.recommendation(above_id)
    further = _further(command, above, above_id, repository, context)
    if above.life.closure is None:
        an_action_arises_since_the_latest_reopening(above.life, context)
        return further
    return _reopened_above(above, above_id, follow_up, context) + further


def _reopened_above(
    above: Recommendation, above_id: UUID, follow_up: FollowUp, context: DecisionContext
) -> list[Decided]:
    if follow_up.reopen_until is None:
        raise FollowUpRequired(
            "The recommendation above is closed: until when is it reopened?", "followUp", "reopenUntil"
        )
    field = ("followUp", "reopenUntil")
    fact = decide.reopened(above.life, follow_up.reopen_until, follow_up.reason, context, *field)
    return [(Kind.RECOMMENDATION, above_id, fact)]


def _further(
    command: VerifyImpact, above: Recommendation, above_id: UUID, repository: Repository, context: DecisionContext
) -> list[Decided]:
    if command.follow_up is None or command.follow_up.further_action is None:
        return []
    through = reported(above, repository)
    action = new_action(above, above_id, command.follow_up.further_action, through, context)
    return planned(action.model_copy(update={"follows": command.id}), through, context)
