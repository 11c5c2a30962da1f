"""A formal challenge from its issue to its end; its marks on the subjects are its handler's."""

from typing import TYPE_CHECKING, Any

from domain.challenge import events, rules
from domain.challenge.commands import (
    EscalateChallenge,
    IssueChallenge,
    ResolveChallenge,
    RespondToChallenge,
    TransferChallenge,
    WithdrawChallenge,
)
from domain.challenge.state import Challenge
from domain.shared.dates import (
    a_due_date_is_not_past,
    add_working_days,
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
    the_day_follows_what_is_recorded,
)
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.identifiers import numbered
from domain.shared.reference_rules import a_reason_is_given, the_agency_is_known
from domain.shared.vocabulary import Kind

if TYPE_CHECKING:
    from domain.frameworks import ChallengeLevel


def issue(command: IssueChallenge, context: DecisionContext) -> list[Fact]:
    nothing_happens_in_the_future(context)
    rules.a_challenge_is_about_something(command.subjects, command.about_performance)
    first = context.framework.challenge_route[0]
    return [
        events.Issued(
            happened_on=context.on,
            by=context.by,
            reference=numbered(Kind.CHALLENGE, context.number),
            agency=the_agency_is_known(context, command.agency, "agency"),
            subjects=tuple(dict.fromkeys(command.subjects)),
            grounds=command.grounds,
            requested=command.requested,
            about_performance=command.about_performance,
            level=first.level,
            **_answer_due(command, first, context),
        )
    ]


def _answer_due(
    command: IssueChallenge | EscalateChallenge, level: "ChallengeLevel", context: DecisionContext
) -> dict[str, Any]:
    """On the day asked for, or within the working days of the level."""
    a_due_date_is_not_past(context, command.response_due_on, "responseDueOn")
    if command.response_due_on is not None:
        return {"response_due_on": command.response_due_on}
    days = level.working_days
    return {"response_due_on": add_working_days(context.on, days), "working_days": days}


def respond(challenge: Challenge, command: RespondToChallenge, context: DecisionContext) -> list[Fact]:
    _goes_on(challenge, context)
    return [
        events.Responded(
            happened_on=context.on,
            by=context.by,
            narrative=command.narrative,
            level=challenge.level,
            agency=challenge.agency,
        )
    ]


def escalate(challenge: Challenge, command: EscalateChallenge, context: DecisionContext) -> list[Fact]:
    """A clock of its own begins, be the level below answered or not: whether an answer suffices is the chair's."""
    _goes_on(challenge, context)
    above = rules.the_route_climbs_further(challenge, context.framework)
    return [
        events.Escalated(
            happened_on=context.on,
            by=context.by,
            level=above.level,
            reason=a_reason_is_given(command.reason),
            **_answer_due(command, above, context),
        )
    ]


def transfer(challenge: Challenge, command: TransferChallenge, context: DecisionContext) -> list[Fact]:
    _goes_on(challenge, context)
    to = the_agency_is_known(context, command.to_agency, "toAgency")
    rules.a_challenge_moves_to_another_agency(challenge, to)
    rules.performance_is_the_agencys_own(challenge, to, context)
    reason = a_reason_is_given(command.reason)
    return [
        events.Transferred(
            happened_on=context.on, by=context.by, from_agency=challenge.agency, to_agency=to, reason=reason
        )
    ]


def resolve(challenge: Challenge, command: ResolveChallenge, context: DecisionContext) -> list[Fact]:
    _goes_on(challenge, context)
    reason = a_reason_is_given(command.reason)
    rules.only_upheld_reopens(command.outcome, command.reopen_due_on)
    return [
        events.Resolved(
            happened_on=context.on,
            by=context.by,
            outcome=command.outcome,
            reason=reason,
            reopen_due_on=command.reopen_due_on,
        )
    ]


def withdraw(challenge: Challenge, command: WithdrawChallenge, context: DecisionContext) -> list[Fact]:
    _goes_on(challenge, context)
    return [events.Withdrawn(happened_on=context.on, by=context.by, reason=a_reason_is_given(command.reason))]


def _goes_on(challenge: Challenge, context: DecisionContext) -> None:
    rules.the_challenge_has_not_ended(challenge)
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, challenge.issued_on)
    the_day_follows_what_is_recorded(context, challenge.last_bound_on)
