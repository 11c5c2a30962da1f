from typing import Annotated

from pydantic import Field

from domain.commands import Command, Key, Name, NewKey
from domain.words import AgencyKind


class AddAgency(Command, frozen=True):
    key: NewKey
    name: Name
    aliases: Annotated[tuple[Name, ...], Field(max_length=200)] = ()
    agency_kind: AgencyKind = AgencyKind.PARTNER


class RenameAgency(Command, frozen=True):
    key: Key
    name: Name


class AddAlias(Command, frozen=True):
    key: Key
    alias: Name
