"""Facts to stored events and back, under names that are ours."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent

from domain.event_names import decode, encode, name_of
from domain.shared.facts import Recorded


@dataclass(frozen=True)
class KeptEvent(StoredEvent):
    """A stored event with the two columns that stand beside it."""

    recorded_at: datetime
    position: int


class FactMapper(Mapper[UUID]):
    """Facts under their stable names, as readable JSON."""

    def __init__(self) -> None:
        super().__init__(JSONTranscoder())

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        recorded = cast(Recorded, domain_event)
        name = name_of(recorded.kind, recorded.fact)
        return StoredEvent(recorded.originator_id, recorded.originator_version, name, encode(recorded.fact))

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        kept = cast(KeptEvent, stored_event)
        kind, fact = decode(kept.topic, kept.state)
        return Recorded(
            kind, cast(UUID, kept.originator_id), kept.originator_version, fact, kept.recorded_at, kept.position
        )
