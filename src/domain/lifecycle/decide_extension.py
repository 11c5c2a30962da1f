"""Extensions: asked for by the lead, decided by the body, in effect on the day of the decision at the earliest."""

from domain.dates import a_due_date_is_not_past
from domain.decision_context import DecisionContext
from domain.facts import Fact
from domain.lifecycle import commands, events, rules
from domain.lifecycle.rules_of_dates import a_decision_follows_its_request, it_is_in_order, it_lies_in_its_life
from domain.lifecycle.state import Life
from domain.reference_rules import a_reason_is_given


def request(life: Life, command: commands.RequestExtension, context: DecisionContext) -> list[Fact]:
    rules.it_is_not_closed(life)
    rules.it_is_assigned(life)
    rules.no_extension_is_pending(life)
    it_lies_in_its_life(life, context)
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


def grant(life: Life, command: commands.GrantExtension, context: DecisionContext) -> list[Fact]:
    rules.it_is_not_closed(life)
    pending = rules.an_extension_is_requested(life)
    a_decision_follows_its_request(context, pending.requested_on)
    it_is_in_order(life, context)
    until = command.until or pending.until
    a_due_date_is_not_past(context, until, "until")
    rules.an_extension_is_longer(life, until)
    return [
        events.ExtensionGranted(
            happened_on=context.on, by=context.by, extension_id=pending.id, until=until, reason=command.reason or None
        )
    ]


def refuse(life: Life, command: commands.RefuseExtension, context: DecisionContext) -> list[Fact]:
    rules.it_is_not_closed(life)
    pending = rules.an_extension_is_requested(life)
    it_lies_in_its_life(life, context)
    a_decision_follows_its_request(context, pending.requested_on)
    reason = a_reason_is_given(command.reason)
    return [events.ExtensionRefused(happened_on=context.on, by=context.by, extension_id=pending.id, reason=reason)]
