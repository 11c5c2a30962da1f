"""Extensions: asked for by the lead, decided by the body, in effect on the day of the decision at the earliest."""

from domain.dates import a_due_date_is_not_past
from domain.facts import Fact
from domain.given import Given
from domain.known import a_reason_is_given
from domain.lifecycle import commands, events, rules
from domain.lifecycle.rules_of_dates import a_decision_follows_its_request, it_is_in_order, it_lies_in_its_life
from domain.lifecycle.state import Life


def request(life: Life, command: commands.RequestExtension, given: Given) -> list[Fact]:
    rules.it_is_not_closed(life)
    rules.it_is_assigned(life)
    rules.no_extension_is_pending(life)
    it_lies_in_its_life(life, given)
    a_due_date_is_not_past(given, command.until, "until")
    rules.an_extension_is_longer(life, command.until)
    return [
        events.ExtensionRequested(
            happened_on=given.on,
            by=given.by,
            extension_id=given.new_id,
            agency=given.caller.agency,
            until=command.until,
            reason=a_reason_is_given(command.reason),
        )
    ]


def grant(life: Life, command: commands.GrantExtension, given: Given) -> list[Fact]:
    rules.it_is_not_closed(life)
    pending = rules.an_extension_is_requested(life)
    a_decision_follows_its_request(given, pending.requested_on)
    it_is_in_order(life, given)
    until = command.until or pending.until
    a_due_date_is_not_past(given, until, "until")
    rules.an_extension_is_longer(life, until)
    return [
        events.ExtensionGranted(
            happened_on=given.on, by=given.by, extension_id=pending.id, until=until, reason=command.reason or None
        )
    ]


def refuse(life: Life, command: commands.RefuseExtension, given: Given) -> list[Fact]:
    rules.it_is_not_closed(life)
    pending = rules.an_extension_is_requested(life)
    it_lies_in_its_life(life, given)
    a_decision_follows_its_request(given, pending.requested_on)
    reason = a_reason_is_given(command.reason)
    return [events.ExtensionRefused(happened_on=given.on, by=given.by, extension_id=pending.id, reason=reason)]
