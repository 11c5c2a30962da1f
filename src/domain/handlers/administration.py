"""The administrator's commands: agencies, themes, the partnership, credentials."""

from domain.agency import decide as agency
from domain.agency.commands import AddAgency, AddAlias, RenameAgency
from domain.credential import decide as credential
from domain.credential.commands import IssueCredential, RevokeCredential
from domain.partnership import decide as partnership
from domain.partnership.commands import AddFramework, CreatePartnership
from domain.session import Repository
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, Fact, facts_on
from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import Kind
from domain.theme import decide as theme
from domain.theme.commands import AddTheme, MergeTheme, RenameTheme


def add_agency(command: AddAgency, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _on_the_only(Kind.AGENCIES, agency.add(repository.agencies(), command, context))


def rename_agency(command: RenameAgency, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _on_the_only(Kind.AGENCIES, agency.rename(repository.agencies(), command, context))


def add_alias(command: AddAlias, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _on_the_only(Kind.AGENCIES, agency.add_alias(repository.agencies(), command, context))


def add_theme(command: AddTheme, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _on_the_only(Kind.THEMES, theme.add(repository.themes(), command, context))


def rename_theme(command: RenameTheme, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _on_the_only(Kind.THEMES, theme.rename(repository.themes(), command, context))


def merge_theme(command: MergeTheme, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _on_the_only(Kind.THEMES, theme.merge(repository.themes(), command, context))


def create_partnership(command: CreatePartnership, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _on_the_only(Kind.PARTNERSHIP, partnership.create(repository.partnership(), command, context))


def add_framework(command: AddFramework, repository: Repository, context: DecisionContext) -> list[Decided]:
    return _on_the_only(Kind.PARTNERSHIP, partnership.add(repository.partnership(), command, context))


def issue_credential(command: IssueCredential, _: Repository, context: DecisionContext) -> list[Decided]:
    return facts_on(Kind.CREDENTIAL, context.new_id, credential.issue(command, context))


def revoke_credential(command: RevokeCredential, repository: Repository, context: DecisionContext) -> list[Decided]:
    issued = repository.credential(command.id)
    return facts_on(Kind.CREDENTIAL, command.id, credential.revoke(issued, command, context))


def _on_the_only(kind: Kind, facts: list[Fact]) -> list[Decided]:
    """On the one stream of its kind that a partnership has."""
    return facts_on(kind, SINGLE[kind], facts)
