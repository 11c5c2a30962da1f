"""Recording facts as the application does, without deciding them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from domain.duties.state import duty_id
from domain.ports import Append
from domain.shared.facts import Fact, Recorded
from domain.shared.vocabulary import Kind
from projections.engine.history_rows import histories
from storage.database import Database
from storage.ledger import Ledger
from support.random_histories import HOLDERS, IDS, RETURN


@dataclass(frozen=True)
class Ground:
    """Where tests without an application keep their facts."""

    conninfo: str
    database: Database
    ledger: Ledger


def record(ground: Ground, kind: Kind, told: Iterable[list[Fact]]) -> list[Recorded]:
    """Append save by save, as the application does."""
    thing, kept = uuid4(), list[Recorded]()
    for facts in _on_the_stream(told, thing):
        now = [Recorded(kind, thing, len(kept) + nth, fact) for nth, fact in enumerate(facts, 1)]
        kept += ground.ledger.append(now, Append(histories=histories([(kept, now)])))
    return kept


def unique_entries(told: list[list[Fact]]) -> list[list[Fact]]:
    """The same life with ids of its own: an entry belongs to one thing for good."""
    own = {id: uuid4() for id in IDS}
    return _renamed(told, own | {old: new for id in IDS for old, new in _duties(id, own[id])})


def _on_the_stream(told: Iterable[list[Fact]], thing: UUID) -> list[list[Fact]]:
    """The ids of a return's duties follow from its stream."""
    return _renamed(told, dict(_duties(RETURN, thing)))


def _duties(old: UUID, new: UUID) -> Iterable[tuple[UUID, UUID]]:
    return ((duty_id(old, key, agency), duty_id(new, key, agency)) for key, agency in HOLDERS)


def _renamed(told: Iterable[list[Fact]], names: Mapping[UUID, UUID]) -> list[list[Fact]]:
    def renamed(fact: Fact) -> Fact:
        text = fact.model_dump_json()
        for old, new in names.items():
            text = text.replace(str(old), str(new))
        return type(fact).model_validate_json(text)

    return [[renamed(fact) for fact in facts] for facts in told]
