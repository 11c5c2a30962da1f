"""One step: who asks for what, when and by which way; written as a line that can be read, and taken again."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID, uuid5

from domain.shared.commands import Command
from random_steps.moves import MOVES

SPACE = UUID("00000000-0000-0000-0000-0000000057e9")
BY_NAME = {command.__name__: command for command in MOVES}
DESK, OTHER_DESK, EDGE = "desk", "other desk", "edge"
WAYS = (DESK, OTHER_DESK, EDGE)
"""Two processes on one register, and GraphQL text."""


@dataclass(frozen=True)
class Step:
    """`key_of` is the step whose idempotency key it uses, its own or an earlier one's.

    `corrects` names the fact that a correction is about by its stream's version, wherever it stands in the log.
    """

    number: int
    at: datetime
    who: str
    way: str
    command: Command
    key_of: int
    corrects: int | None = None

    @property
    def key(self) -> UUID:
        return uuid5(SPACE, f"key {self.key_of}")

    def new_id(self, nth: int) -> UUID:
        """The same for a step whatever was left out before it."""
        return uuid5(SPACE, f"{self.number}/{nth}")

    def told(self) -> str:
        asked = self.command.model_dump(mode="json", exclude_defaults=True)
        parts = (self.number, self.at.isoformat(), self.who, self.way, self.key_of, self.corrects)
        words = json.dumps(asked, ensure_ascii=False)
        return " | ".join((*map(str, parts), f"{type(self.command).__name__} {words}"))

    @classmethod
    def heard(cls, line: str) -> Self:
        """The step that `told` wrote."""
        number, at, who, way, key_of, corrects, asked = line.strip().split(" | ", 6)
        name, _, words = asked.partition(" ")
        command = BY_NAME[name].model_validate(json.loads(words))
        version = None if corrects == "None" else int(corrects)
        return cls(int(number), datetime.fromisoformat(at), who, way, command, int(key_of), version)
