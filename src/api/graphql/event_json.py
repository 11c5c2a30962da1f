"""Reading a fact's own words: what its JSON holds, in the types of the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

import strawberry

from api.graphql.agencies.types import Actor, Agency
from api.graphql.node import opaque

if TYPE_CHECKING:
    from api.context import Reading
    from projections.queries.entries.query import EntryRead

NEVER = datetime.min.replace(tzinfo=UTC)
Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class EventJson:
    """A fact's JSON with what became of it; nothing is there that the fact does not say."""

    detail: Mapping[str, Any]
    reading: Reading
    entry: UUID | None = None
    noted_at: datetime = NEVER

    @classmethod
    def of(cls, entry: EntryRead, reading: Reading) -> EventJson:
        return cls(entry.detail, reading, entry.entry, entry.noted_at)

    @property
    def happened_on(self) -> date:
        return self.given_day("happened_on")

    @property
    def by(self) -> Actor:
        return Actor.of(self.detail["by"], self.reading, self.happened_on)

    def id(self, kind: str) -> strawberry.ID:
        return opaque(kind, self.entry)

    def text(self, name: str) -> str | None:
        found = self.detail.get(name)
        return None if found is None else str(found)

    def given_text(self, name: str) -> str:
        return str(self.detail[name])

    def agency(self, name: str = "agency") -> Agency | None:
        shown: Agency | None = self.reading.agencies.named(self.text(name))
        return shown

    def number(self, name: str) -> int | None:
        found = self.detail.get(name)
        return None if found is None else int(found)

    def flag(self, name: str) -> bool:
        return bool(self.detail.get(name))

    def day(self, name: str) -> date | None:
        found = self.detail.get(name)
        return date.fromisoformat(found) if found else None

    def given_day(self, name: str) -> date:
        return date.fromisoformat(self.detail[name])

    def word(self, name: str, words: type[Word]) -> Word | None:
        found = self.detail.get(name)
        return words(found) if found else None

    def actor(self, name: str, on: str) -> Actor | None:
        """Who did what became of it, on the day that the detail `on` tells."""
        found = self.detail.get(name)
        return Actor.of(found, self.reading, self.day(on)) if found else None
