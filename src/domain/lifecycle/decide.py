"""What follows from a command for one life: its facts, or a refusal. `[]` means nothing new."""

from collections.abc import Callable
from typing import Any

from domain.dates import a_due_date_is_not_past
from domain.facts import Fact
from domain.given import Given
from domain.known import a_reason_is_given, agencies_are_known, the_agency_is_known
from domain.lifecycle import commands, decide_evidence, decide_extension, decide_outcome, events, rules
from domain.lifecycle.commands import LifeCommand
from domain.lifecycle.rules_of_dates import (
    it_follows_what_the_lead_filed,
    it_is_in_order,
    it_lies_in_its_life,
    it_was_open_on_that_day,
)
from domain.lifecycle.speaking import the_agency_that_speaks, whom_the_paper_came_from
from domain.lifecycle.state import Life
from domain.refusals import Invalid


def decide(life: Life, command: LifeCommand, given: Given) -> list[Fact]:
    return DECISIONS[type(command)](life, command, given)


def _assign(life: Life, command: commands.Assign, given: Given) -> list[Fact]:
    rules.it_is_not_closed(life)
    it_is_in_order(life, given)
    fact = _assigned(command, given)
    if _says_nothing_new(life, fact):
        return []
    if life.lead in given.agencies.kin(fact.lead_agency):
        rules.the_same_lead_keeps_its_due_date(life, fact.due_on)
        return [fact]
    rules.no_evidence_is_accepted_yet(life)
    it_follows_what_the_lead_filed(life, given)
    a_due_date_is_not_past(given, fact.due_on, "dueOn")
    return [fact]


def _assigned(command: commands.Assign, given: Given) -> events.Assigned:
    lead = the_agency_is_known(given, command.lead_agency, "leadAgency")
    contributing = agencies_are_known(given, command.contributing_agencies, "contributingAgencies")
    return events.Assigned(
        happened_on=given.on,
        by=given.by,
        lead_agency=lead,
        contributing_agencies=tuple(key for key in contributing if key != lead),
        lead_officer=command.lead_officer,
        due_on=command.due_on,
    )


def _says_nothing_new(life: Life, fact: events.Assigned) -> bool:
    stands = (life.lead, life.contributing, life.lead_officer, life.due_on)
    return stands == (fact.lead_agency, fact.contributing_agencies, fact.lead_officer, fact.due_on)


def _transfer(life: Life, command: commands.Transfer, given: Given) -> list[Fact]:
    rules.it_is_not_closed(life)
    lead = rules.it_is_assigned(life)
    it_is_in_order(life, given)
    it_follows_what_the_lead_filed(life, given)
    to = the_agency_is_known(given, command.to_agency, "toAgency")
    if to == lead:
        raise Invalid(f"{to!r} leads it already.", "toAgency")
    reason = a_reason_is_given(command.reason)
    return [events.Transferred(happened_on=given.on, by=given.by, from_agency=lead, to_agency=to, reason=reason)]


def _report_progress(life: Life, command: commands.ReportProgress, given: Given) -> list[Fact]:
    rules.it_was_not_closed_by_then(life, given)
    rules.it_is_assigned(life)
    it_lies_in_its_life(life, given)
    it_was_open_on_that_day(life, given)
    return [
        events.ProgressReported(
            happened_on=given.on,
            by=given.by,
            agency=the_agency_that_speaks(life, command.agency, given),
            narrative=command.narrative,
            rag=command.rag,
            rag_reason=command.rag_reason,
            percent_complete=command.percent_complete,
            received_from=whom_the_paper_came_from(command.received_from, given),
        )
    ]


DECISIONS: dict[type[LifeCommand], Callable[[Life, Any, Given], list[Fact]]] = {
    commands.Assign: _assign,
    commands.Transfer: _transfer,
    commands.ReportProgress: _report_progress,
    commands.SubmitEvidence: decide_evidence.submit,
    commands.AcceptEvidence: decide_evidence.accept,
    commands.ReturnEvidence: decide_evidence.send_back,
    commands.WithdrawEvidence: decide_evidence.withdraw,
    commands.RequestExtension: decide_extension.request,
    commands.GrantExtension: decide_extension.grant,
    commands.RefuseExtension: decide_extension.refuse,
    commands.Close: decide_outcome.close,
    commands.Reopen: decide_outcome.reopen,
    commands.VerifyImpact: decide_outcome.verify_impact,
}
