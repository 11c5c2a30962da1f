"""Assigning, transferring and reporting progress: the facts that follow, or a refusal. `[]` means nothing new."""

from domain.lifecycle import commands, events, rules
from domain.lifecycle.rules import (
    a_decision_follows_its_request,
    the_agency_that_speaks,
    the_day_follows_what_the_lead_filed,
    the_day_is_in_order,
    the_day_lies_in_its_life,
    the_item_was_open_on_that_day,
    whom_the_paper_came_from,
)
from domain.lifecycle.state import Lifecycle
from domain.shared.dates import a_due_date_is_not_past
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.reference_rules import a_reason_is_given, agencies_are_known, the_agency_is_known
from domain.shared.refusals import Invalid


def assign(life: Lifecycle, command: commands.Assign, context: DecisionContext) -> list[Fact]:
    rules.the_item_is_not_closed(life)
    the_day_is_in_order(life, context)
    fact = _assigned(command, context)
    if _says_nothing_new(life, fact):
        return []
    if life.lead in context.agencies.kin(fact.lead_agency):
        rules.the_same_lead_keeps_its_due_date(life, fact.due_on)
        return [fact]
    rules.no_evidence_is_accepted_yet(life)
    the_day_follows_what_the_lead_filed(life, context)
    a_due_date_is_not_past(context, fact.due_on, "dueOn")
    return [fact]


def _assigned(command: commands.Assign, context: DecisionContext) -> events.Assigned:
    lead = the_agency_is_known(context, command.lead_agency, "leadAgency")
    contributing = agencies_are_known(context, command.contributing_agencies, "contributingAgencies")
    return events.Assigned(
        happened_on=context.on,
        by=context.by,
        lead_agency=lead,
        contributing_agencies=tuple(key for key in contributing if key != lead),
        lead_officer=command.lead_officer,
        due_on=command.due_on,
    )


def _says_nothing_new(life: Lifecycle, fact: events.Assigned) -> bool:
    stands = (life.lead, life.contributing, life.lead_officer, life.due_on)
    return stands == (fact.lead_agency, fact.contributing_agencies, fact.lead_officer, fact.due_on)


def transfer(life: Lifecycle, command: commands.Transfer, context: DecisionContext) -> list[Fact]:
    rules.the_item_is_not_closed(life)
    lead = rules.the_item_is_assigned(life)
    the_day_is_in_order(life, context)
    the_day_follows_what_the_lead_filed(life, context)
    to = the_agency_is_known(context, command.to_agency, "toAgency")
    if to == lead:
        raise Invalid(f"{to!r} leads it already.", "toAgency")
    reason = a_reason_is_given(command.reason)
    return [events.Transferred(happened_on=context.on, by=context.by, from_agency=lead, to_agency=to, reason=reason)]


def report_progress(life: Lifecycle, command: commands.ReportProgress, context: DecisionContext) -> list[Fact]:
    rules.the_item_was_not_closed_by_then(life, context)
    rules.the_item_is_assigned(life)
    the_day_lies_in_its_life(life, context)
    the_item_was_open_on_that_day(life, context)
    return [
        events.ProgressReported(
            happened_on=context.on,
            by=context.by,
            agency=the_agency_that_speaks(life, command.agency, context),
            narrative=command.narrative,
            rag=command.rag,
            rag_reason=command.rag_reason,
            percent_complete=command.percent_complete,
            received_from=whom_the_paper_came_from(command.received_from, context),
        )
    ]


# Extensions: asked for by the lead, decided by the body, in effect on the day of the decision at the earliest.


def request_extension(life: Lifecycle, command: commands.RequestExtension, context: DecisionContext) -> list[Fact]:
    rules.the_item_is_not_closed(life)
    rules.the_item_is_assigned(life)
    rules.no_extension_is_pending(life)
    the_day_lies_in_its_life(life, context)
    a_due_date_is_not_past(context, command.until, "until")
    rules.an_extension_is_longer(life, command.until)
    return [
        events.ExtensionRequested(
            happened_on=context.on,
            by=context.by,
            extension_id=context.new_id,
            agency=context.caller.agency,
            until=command.until,
            reason=a_reason_is_given(command.reason),
        )
    ]


def grant_extension(life: Lifecycle, command: commands.GrantExtension, context: DecisionContext) -> list[Fact]:
    rules.the_item_is_not_closed(life)
    pending = rules.an_extension_is_requested(life)
    a_decision_follows_its_request(context, pending.requested_on)
    the_day_is_in_order(life, context)
    until = command.until or pending.until
    a_due_date_is_not_past(context, until, "until")
    rules.an_extension_is_longer(life, until)
    return [
        events.ExtensionGranted(
            happened_on=context.on, by=context.by, extension_id=pending.id, until=until, reason=command.reason or None
        )
    ]


def refuse_extension(life: Lifecycle, command: commands.RefuseExtension, context: DecisionContext) -> list[Fact]:
    rules.the_item_is_not_closed(life)
    pending = rules.an_extension_is_requested(life)
    the_day_lies_in_its_life(life, context)
    a_decision_follows_its_request(context, pending.requested_on)
    reason = a_reason_is_given(command.reason)
    return [events.ExtensionRefused(happened_on=context.on, by=context.by, extension_id=pending.id, reason=reason)]
