"""The administrator's commands: agencies, themes, the partnership, credentials."""

from collections.abc import Callable
from typing import Any, TypeAlias

from domain.agency import decide as agency
from domain.agency.state import Agencies
from domain.commands import Command
from domain.credential import decide as credential
from domain.credential.commands import IssueCredential, RevokeCredential
from domain.credential.state import Credential
from domain.facts import Fact
from domain.given import Given
from domain.partnership import decide as partnership
from domain.partnership.state import Partnership
from domain.plans.reading import Decided, Read, on, the, the_one
from domain.singles import SINGLE
from domain.theme import decide as theme
from domain.theme.state import Themes
from domain.words import Kind

Decide: TypeAlias = Callable[[Any, Any, Given], list[Fact]]
Plan: TypeAlias = Callable[[Any, Read, Given], list[Decided]]


def _one_stream(kind: Kind, empty: object, decide: Decide) -> Plan:
    def plan(command: Command, read: Read, given: Given) -> list[Decided]:
        return on(kind, SINGLE[kind], decide(the_one(read, kind, empty), command, given))

    return plan


def _agencies(decide: Decide) -> Plan:
    return _one_stream(Kind.AGENCIES, Agencies(), decide)


def _themes(decide: Decide) -> Plan:
    return _one_stream(Kind.THEMES, Themes(), decide)


def _partnership(decide: Decide) -> Plan:
    return _one_stream(Kind.PARTNERSHIP, Partnership(), decide)


add_agency, rename_agency, add_alias = _agencies(agency.add), _agencies(agency.rename), _agencies(agency.add_alias)
add_theme, rename_theme, merge_theme = _themes(theme.add), _themes(theme.rename), _themes(theme.merge)
create_partnership, add_framework = _partnership(partnership.create), _partnership(partnership.add)


def issue_credential(command: IssueCredential, _: Read, given: Given) -> list[Decided]:
    return on(Kind.CREDENTIAL, given.new_id, credential.issue(command, given))


def revoke_credential(command: RevokeCredential, read: Read, given: Given) -> list[Decided]:
    issued = the(read, Kind.CREDENTIAL, command.id, Credential)
    return on(Kind.CREDENTIAL, command.id, credential.revoke(issued, command, given))
