"""Issuing and revoking credentials."""

from domain.credential import events, rules
from domain.credential.commands import IssueCredential, RevokeCredential
from domain.credential.state import Credential
from domain.dates import (
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
)
from domain.facts import Fact
from domain.given import Given
from domain.known import a_reason_is_given


def issue(command: IssueCredential, given: Given) -> list[Fact]:
    nothing_happens_in_the_future(given)
    rules.an_agency_is_named(command, given)
    rules.bodies_are_of_the_framework(command, given)
    rules.a_monitoring_body_says_whose_it_is(command)
    return [
        events.Issued(
            happened_on=given.on,
            by=given.by,
            subject=command.subject,
            role=command.role,
            agency=command.agency,
            bodies=tuple(dict.fromkeys(command.bodies)),
            independent=command.independent,
            expires_at=command.expires_at,
            framework=given.framework.key if command.bodies else None,
        )
    ]


def revoke(credential: Credential, command: RevokeCredential, given: Given) -> list[Fact]:
    nothing_happens_in_the_future(given)
    nothing_happens_before_it_existed(given, credential.issued_on)
    if credential.revoked:
        return []
    return [events.Revoked(happened_on=given.on, by=given.by, reason=a_reason_is_given(command.reason))]
