from typing import Annotated

from pydantic import Field

from domain.shared.commands import Command, Key, Name, NewKey
from domain.shared.vocabulary import AgencyKind


class AddAgency(Command, frozen=True):
    key: NewKey
    name: Name
    aliases: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    agency_kind: AgencyKind = AgencyKind.PARTNER


class RenameAgency(Command, frozen=True):
    key: Key
    name: Name


class MergeAgencies(Command, frozen=True):
    """`key` goes on in `into`, with everything of its that is open."""

    key: Key
    into: Key


class AddAlias(Command, frozen=True):
    key: Key
    alias: Name
