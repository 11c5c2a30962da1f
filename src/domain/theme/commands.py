from typing import Annotated

from pydantic import Field

from domain.shared.commands import Command, Key, Name, NewKey


class AddTheme(Command, frozen=True):
    key: NewKey
    name: Name
    parent: Key | None = None
    aliases: Annotated[tuple[Name, ...], Field(max_length=200)] = ()


class RenameTheme(Command, frozen=True):
    key: Key
    name: Name


class MergeTheme(Command, frozen=True):
    key: Key
    into: Key
