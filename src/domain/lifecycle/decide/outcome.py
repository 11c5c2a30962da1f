"""Closing, reopening and verifying impact: "done" and "made a difference" are two facts."""

from datetime import date

from domain.lifecycle import commands, events, rules
from domain.lifecycle.rules import (
    a_follow_up_fits_the_finding,
    impact_is_due_later,
    impact_is_of_what_was_implemented,
    impact_was_not_found_so_on_that_day,
    the_day_is_in_order,
)
from domain.lifecycle.state import Lifecycle
from domain.shared.dates import a_due_date_is_not_past, add_months
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.reference_rules import a_reason_is_given
from domain.shared.refusals import Invalid
from domain.shared.vocabulary import ClosureOutcome


def close(life: Lifecycle, command: commands.Close, context: DecisionContext) -> list[Fact]:
    rules.the_item_is_not_closed(life)
    rules.no_challenge_is_open(life)
    the_day_is_in_order(life, context)
    _its_outcome_is_earned(life, command)
    return [
        events.Closed(
            happened_on=context.on,
            by=context.by,
            outcome=command.outcome,
            reason=command.reason or None,
            impact_due_on=_impact_due_on(command, context),
            due_stated=command.impact_due_on is not None if command.outcome is ClosureOutcome.IMPLEMENTED else None,
        )
    ]


def _its_outcome_is_earned(life: Lifecycle, command: commands.Close) -> None:
    if command.outcome is ClosureOutcome.IMPLEMENTED:
        rules.closing_needs_accepted_evidence(life)
        rules.closing_leaves_no_evidence_awaiting(life)
    if command.outcome is ClosureOutcome.NOT_IMPLEMENTED:
        a_reason_is_given(command.reason)


def _impact_due_on(command: commands.Close, context: DecisionContext) -> date | None:
    if command.outcome is not ClosureOutcome.IMPLEMENTED:
        if command.impact_due_on is not None:
            raise Invalid("Impact is verified of what was implemented.", "impactDueOn")
        return None
    impact_is_due_later(context, command.impact_due_on)
    return command.impact_due_on or add_months(context.on, context.framework.impact_due_months)


def reopen(life: Lifecycle, command: commands.Reopen, context: DecisionContext) -> list[Fact]:
    return [reopened(life, command.due_on, a_reason_is_given(command.reason), context, "dueOn")]


def reopened(life: Lifecycle, due_on: date, reason: str, context: DecisionContext, *field: str) -> events.Reopened:
    """The fact that it is open again until `due_on`; `field` is where that date was given."""
    rules.the_item_is_closed(life)
    the_day_is_in_order(life, context)
    a_due_date_is_not_past(context, due_on, *field)
    return events.Reopened(happened_on=context.on, by=context.by, reason=reason, due_on=due_on)


def verify_impact(life: Lifecycle, command: commands.VerifyImpact, context: DecisionContext) -> list[Fact]:
    """A follow-up by reopening is recorded here; a further action is its own stream's, and only named here."""
    impact_is_of_what_was_implemented(rules.the_item_is_closed(life))
    rules.no_challenge_is_open(life)
    the_day_is_in_order(life, context)
    impact_was_not_found_so_on_that_day(life, command, context)
    a_follow_up_fits_the_finding(command)
    follow_up = command.follow_up
    further = follow_up is not None and follow_up.further_action is not None
    until = None if follow_up is None or further else follow_up.reopen_until
    found = events.ImpactVerified(
        happened_on=context.on,
        by=context.by,
        finding=command.finding,
        measure=command.measure,
        narrative=command.narrative,
        follow_up_reason=follow_up.reason if follow_up else None,
        follow_up_action=context.new_id if further else None,
        reopened=until is not None,
        evidenced_by=command.evidenced_by,
    )
    if follow_up is None or until is None:
        return [found]
    return [found, reopened(life, until, follow_up.reason, context, "followUp", "reopenUntil")]
