"""The audit programme of a year as it was known at a moment and stood on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(slots=True)
class ProgrammeRead:
    """One year's programme; `places` are its audits, planned or taken by a review."""

    thing: UUID
    version: int
    year: int
    agreed_on: date | None
    topic_keys: list[str]
    kind_keys: list[str]
    limited_to: int | None
    framework_key: str | None
    places: list[dict[str, Any]]
    access: str
    batch: Any = None
