"""Recording facts as the application does, without deciding them."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID, uuid4

from domain.facts import Fact, Recorded
from domain.store import Append, Store
from domain.words import Kind
from projections.writer import histories
from storage.database import Database


@dataclass(frozen=True)
class Ground:
    """Where tests without an application keep their facts."""

    conninfo: str
    database: Database
    store: Store


def record(ground: Ground, kind: Kind, told: Iterable[list[Fact]]) -> list[Recorded]:
    """Append save by save, as the application does."""
    thing, kept = uuid4(), list[Recorded]()
    for facts in told:
        now = [Recorded(kind, thing, len(kept) + nth, fact) for nth, fact in enumerate(facts, 1)]
        kept += ground.store.append(now, Append(histories=histories([(kept, now)])))
    return kept


def unique_entries(told: list[list[Fact]]) -> list[list[Fact]]:
    """The same life with ids of its own: an entry belongs to one thing for good."""
    own = {str(UUID(int=number)): str(uuid4()) for number in range(1, 4)}

    def renamed(fact: Fact) -> Fact:
        text = fact.model_dump_json()
        for old, new in own.items():
            text = text.replace(old, new)
        return type(fact).model_validate_json(text)

    return [[renamed(fact) for fact in facts] for facts in told]
