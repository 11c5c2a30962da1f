"""Issuing and revoking credentials."""

from domain.credential import events, rules
from domain.credential.commands import IssueCredential, RevokeCredential
from domain.credential.state import Credential
from domain.shared.dates import nothing_happens_before_it_existed, nothing_happens_in_the_future
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.reference_rules import a_reason_is_given


def issue(command: IssueCredential, context: DecisionContext) -> list[Fact]:
    nothing_happens_in_the_future(context)
    rules.an_agency_is_named(command, context)
    rules.bodies_are_of_the_framework(command, context)
    rules.a_monitoring_body_says_whose_it_is(command)
    return [
        events.Issued(
            happened_on=context.on,
            by=context.by,
            subject=command.subject,
            role=command.role,
            agency=command.agency,
            bodies=tuple(dict.fromkeys(command.bodies)),
            independent=command.independent,
            expires_at=command.expires_at,
            framework=context.framework.key if command.bodies else None,
        )
    ]


def revoke(credential: Credential, command: RevokeCredential, context: DecisionContext) -> list[Fact]:
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, credential.issued_on)
    if credential.revoked:
        return []
    return [events.Revoked(happened_on=context.on, by=context.by, reason=a_reason_is_given(command.reason))]
