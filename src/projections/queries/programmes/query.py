"""Reading audit programmes by id; the year gives the id."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from projections.engine.list_query import ListQuery

# The audit programme of a year as it was known at a moment and stood on a day.


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


programmes = ListQuery("projections.queries.programmes", ProgrammeRead, {})
