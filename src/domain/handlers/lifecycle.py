"""What is asked of a recommendation and of an action alike: who may act on it, and the decision that follows."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from domain.action.rules import an_action_arises_since_the_latest_reopening, the_recommendation_above_is_open
from domain.action.state import Action
from domain.action.state import evolve as evolve_action
from domain.authority import (
    an_agency_leads_it,
    an_agency_leads_or_contributes,
    an_agency_withdraws_its_own_evidence,
    nobody_marks_their_own_homework,
    the_body_decides_about_it,
    the_chair_judges_the_boards_work,
)
from domain.handlers.framework_adoption import passing_on, reported
from domain.lifecycle import decide
from domain.lifecycle.commands import (
    AcceptEvidence,
    Assign,
    Close,
    GrantExtension,
    HandOver,
    LifecycleCommand,
    RefuseExtension,
    Reopen,
    ReportProgress,
    RequestExtension,
    ReturnEvidence,
    SubmitEvidence,
    Transfer,
    WithdrawEvidence,
)
from domain.lifecycle.evolve import evolve as evolve_life
from domain.lifecycle.rules import has_accepted_evidence, judged_agencies, no_challenge_is_open, the_item_is_not_closed
from domain.recommendation.by_its_actions import shown_by_actions
from domain.recommendation.rules import (
    a_recommendation_closes_after_its_actions,
    a_recommendation_has_none_above,
    every_action_is_closed,
    only_a_recommendation_is_closed_by_its_actions,
    the_recommendation_is_no_draft,
)
from domain.recommendation.state import Recommendation
from domain.session import Repository
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, Recorded, facts_on, fast_replace
from domain.shared.vocabulary import ClosureOutcome, Kind, Role


def item_to_decide(
    command: LifecycleCommand, repository: Repository, context: DecisionContext
) -> tuple[Recommendation | Action, DecisionContext]:
    """The item, for the body that decides about it; a member acts as the body through which it reports first."""
    item = repository.item(command.kind, command.id)
    if context.caller.role is not Role.MONITORING_BODY:
        return item, context
    item = fast_replace(item, reported=reported(item, repository))
    the_body_decides_about_it(item, context)
    return item, replace(context, by=context.by.model_copy(update={"body": item.reporting.bodies[0]}))


def item_to_judge(
    command: LifecycleCommand, repository: Repository, context: DecisionContext
) -> tuple[Recommendation | Action, DecisionContext]:
    """The item, for a judge who is independent of those whose work is judged."""
    item, context = item_to_decide(command, repository, context)
    judged = judged_agencies(command, item.life)
    nobody_marks_their_own_homework(judged, context)
    the_chair_judges_the_boards_work(judged, context)
    return item, context


def assign(command: Assign, repository: Repository, context: DecisionContext) -> list[Decided]:
    item = repository.item(command.kind, command.id)
    if isinstance(item, Recommendation):
        the_recommendation_is_no_draft(item)
    return facts_on(command.kind, command.id, decide.assign(item.life, command, context))


def hand_over(command: HandOver, repository: Repository, context: DecisionContext) -> list[Decided]:
    item = repository.item(command.kind, command.id)
    return facts_on(command.kind, command.id, decide.hand_over(item.life, command, context))


def transfer(command: Transfer, repository: Repository, context: DecisionContext) -> list[Decided]:
    item = repository.item(command.kind, command.id)
    return facts_on(command.kind, command.id, decide.transfer(item.life, command, context))


def report_progress(command: ReportProgress, repository: Repository, context: DecisionContext) -> list[Decided]:
    item = repository.item(command.kind, command.id)
    an_agency_leads_or_contributes(item, context)
    return facts_on(command.kind, command.id, decide.report_progress(item.life, command, context))


def submit_evidence(command: SubmitEvidence, repository: Repository, context: DecisionContext) -> list[Decided]:
    item = repository.item(command.kind, command.id)
    an_agency_leads_or_contributes(item, context)
    return facts_on(command.kind, command.id, decide.submit_evidence(item.life, command, context))


def withdraw_evidence(command: WithdrawEvidence, repository: Repository, context: DecisionContext) -> list[Decided]:
    item = repository.item(command.kind, command.id)
    an_agency_leads_or_contributes(item, context)
    an_agency_withdraws_its_own_evidence(item, command.evidence_id, context)
    return facts_on(command.kind, command.id, decide.withdraw_evidence(item.life, command, context))


def accept_evidence(command: AcceptEvidence, repository: Repository, context: DecisionContext) -> list[Decided]:
    item, context = item_to_judge(command, repository, context)
    return facts_on(command.kind, command.id, decide.accept_evidence(item.life, command, context))


def return_evidence(command: ReturnEvidence, repository: Repository, context: DecisionContext) -> list[Decided]:
    item, context = item_to_judge(command, repository, context)
    return facts_on(command.kind, command.id, decide.return_evidence(item.life, command, context))


def request_extension(command: RequestExtension, repository: Repository, context: DecisionContext) -> list[Decided]:
    item = repository.item(command.kind, command.id)
    an_agency_leads_it(item, context)
    return facts_on(command.kind, command.id, decide.request_extension(item.life, command, context))


def grant_extension(command: GrantExtension, repository: Repository, context: DecisionContext) -> list[Decided]:
    item, context = item_to_judge(command, repository, context)
    return facts_on(command.kind, command.id, decide.grant_extension(item.life, command, context))


def refuse_extension(command: RefuseExtension, repository: Repository, context: DecisionContext) -> list[Decided]:
    item, context = item_to_decide(command, repository, context)
    return facts_on(command.kind, command.id, decide.refuse_extension(item.life, command, context))


def close(command: Close, repository: Repository, context: DecisionContext) -> list[Decided]:
    """A recommendation is implemented when every action under it is closed; its last action may close it as well."""
    item, context = item_to_judge(command, repository, context)
    context = context.under(repository.review(item.review_id).framework)
    if isinstance(item, Recommendation):
        a_recommendation_has_none_above(command)
        actions = [(each, repository.action(each)) for each in item.actions]
        return _closed_recommendation(command, item, actions, context)
    only_a_recommendation_is_closed_by_its_actions(command)
    closed = facts_on(command.kind, command.id, decide.close(item.life, command, context))
    return (
        closed + _closed_above(command, item, closed, repository, context) if command.close_recommendation else closed
    )


def _closed_above(
    command: Close, last: Action, closed: Iterable[Decided], repository: Repository, context: DecisionContext
) -> list[Decided]:
    """The recommendation above the last action that was open, by the body that decides about it."""
    above = Close(
        kind=Kind.RECOMMENDATION,
        id=last.recommendation_id,
        outcome=ClosureOutcome.IMPLEMENTED,
        impact_due_on=command.impact_due_on if command.outcome is ClosureOutcome.IMPLEMENTED else None,
        by_its_actions=True,
    )
    item, as_its_body = item_to_judge(above, repository, context)
    if not isinstance(item, Recommendation):
        raise TypeError("an action has a recommendation above it")
    actions = {each: repository.action(each) for each in item.actions}
    for _, id, fact in closed:
        actions[id] = evolve_action(last, Recorded(Kind.ACTION, id, last.version + 1, fact))
    return _closed_recommendation(above, item, list(actions.items()), as_its_body)


def _closed_recommendation(
    command: Close, item: Recommendation, actions: Sequence[tuple[UUID, Action]], context: DecisionContext
) -> list[Decided]:
    """By evidence of its own, or by what was accepted of its actions, which is written down as its evidence."""
    life, shown = item.life, list[Decided]()
    if command.outcome is ClosureOutcome.IMPLEMENTED:
        the_item_is_not_closed(life)
        no_challenge_is_open(life)
        below = [each.life for _, each in actions]
        every_action_is_closed(below)
        a_recommendation_closes_after_its_actions(below, context)
        if command.by_its_actions and not has_accepted_evidence(life):
            facts = shown_by_actions(life, [each for _, each in actions], context)
            shown = facts_on(Kind.RECOMMENDATION, command.id, facts)
            for number, (_, id, fact) in enumerate(shown, 1):
                life = evolve_life(life, Recorded(Kind.RECOMMENDATION, id, item.version + number, fact))
    return shown + facts_on(Kind.RECOMMENDATION, command.id, decide.close(life, command, context))


def reopen(command: Reopen, repository: Repository, context: DecisionContext) -> list[Decided]:
    item, context = item_to_decide(command, repository, context)
    facts = decide.reopen(item.life, command, context)
    if isinstance(item, Action):
        above = repository.recommendation(item.recommendation_id).life
        the_recommendation_above_is_open(above)
        an_action_arises_since_the_latest_reopening(above, context)
    return list(passing_on(facts_on(command.kind, command.id, facts), repository, context))
