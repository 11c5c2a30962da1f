"""An example of a command."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from domain.shared.actor import Caller
from domain.shared.commands import Command
from support.in_memory_register import Story

Prepare: TypeAlias = Callable[[Story], dict[str, Any]]


def nothing(_: Story) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Example:
    """`prepare` tells the register what the command needs, and gives the ids in it."""

    command: type[Command]
    by: Caller
    fields: dict[str, Any]
    prepare: Prepare = nothing

    def told(self, story: Story, **changes: Any) -> Command:
        """The command, once the register is ready for it, perhaps with something else in it."""
        return self.command.model_validate(self.prepare(story) | self.fields | changes)

    def __str__(self) -> str:
        return self.command.__name__
