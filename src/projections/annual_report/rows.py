"""What a period brought, as it was known at a moment and stood on a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(slots=True)
class ReportRead:
    """Figures of a period; `reviewed` by kind of review, `carried_out` for recommendations and for actions."""

    since: date
    until: date
    reviewed: list[dict[str, Any]]
    recommended: int
    answered: Mapping[str, int]
    improvement: int
    good_practice: int
    carried_out: Mapping[str, Mapping[str, int]]
    batch: Any = None


@dataclass(slots=True)
class FindingRead:
    """One finding on impact; `about` says whether `thing` is a recommendation or an action."""

    thing: UUID
    entry: UUID
    kind: str
    noted_version: int
    noted_at: datetime
    detail: dict[str, Any]
    about: str
    verified_on: date
    batch: Any = None
