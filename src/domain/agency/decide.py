"""Adding, renaming and naming agencies."""

from domain.agency import events, rules
from domain.agency.commands import AddAgency, AddAlias, MergeAgencies, RenameAgency
from domain.agency.state import Agencies
from domain.shared.dates import nothing_happens_in_the_future
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact
from domain.shared.texts import normalised


def add(agencies: Agencies, command: AddAgency, context: DecisionContext) -> list[Fact]:
    nothing_happens_in_the_future(context)
    rules.the_key_is_new(agencies, command.key)
    rules.nobody_else_is_called_so(agencies, command.key, command.key, "key")
    rules.nobody_else_is_called_so(agencies, command.key, command.name, "name")
    for alias in command.aliases:
        rules.nobody_else_is_called_so(agencies, command.key, alias, "aliases")
    return [
        events.AgencyAdded(
            happened_on=context.on,
            by=context.by,
            key=command.key,
            name=command.name,
            aliases=tuple(dict.fromkeys(command.aliases)),
            agency_kind=command.agency_kind,
        )
    ]


def rename(agencies: Agencies, command: RenameAgency, context: DecisionContext) -> list[Fact]:
    """The earlier name goes on as an alias."""
    nothing_happens_in_the_future(context)
    agency = rules.the_agency_exists(agencies, command.key)
    rules.nobody_else_is_called_so(agencies, command.key, command.name, "name")
    if agency.name == command.name:
        return []
    return [events.AgencyRenamed(happened_on=context.on, by=context.by, key=agency.key, name=command.name)]


def add_alias(agencies: Agencies, command: AddAlias, context: DecisionContext) -> list[Fact]:
    nothing_happens_in_the_future(context)
    agency = rules.the_agency_exists(agencies, command.key)
    rules.nobody_else_is_called_so(agencies, command.key, command.alias, "alias")
    if normalised(command.alias) in {normalised(name) for name in (agency.key, agency.name, *agency.aliases)}:
        return []
    return [events.AliasAdded(happened_on=context.on, by=context.by, key=agency.key, alias=command.alias)]


def merge(agencies: Agencies, command: MergeAgencies, context: DecisionContext) -> list[Fact]:
    """The agency itself; what is open of its moves with it by the handler."""
    nothing_happens_in_the_future(context)
    rules.the_agency_exists(agencies, command.key)
    rules.the_agency_exists(agencies, command.into, "into")
    if agencies.merged.get(command.key) == command.into:
        return []
    rules.an_agency_goes_on_in_another(agencies, command.key, command.into)
    rules.the_agency_went_on_when_others_were_merged_into_it(agencies, command.key, context)
    return [events.AgencyMerged(happened_on=context.on, by=context.by, key=command.key, into=command.into)]
