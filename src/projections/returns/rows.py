"""An agency's return as it was known at a moment and stood on a day."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID


@dataclass(slots=True)
class ReturnRead:
    """One return; `since` and `until` are the first and last day that it covers."""

    thing: UUID
    version: int
    agency_key: str
    framework_key: str
    year: int
    period: int
    since: date
    until: date
    called_on: date
    due_on: date
    access: str
    batch: Any = None
