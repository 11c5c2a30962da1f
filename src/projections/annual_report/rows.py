"""What a period brought, as it was known at a moment and stood on a day."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID


@dataclass(slots=True)
class ReportRead:
    """Figures of a period; `reviewed` by kind of review, `of_recommendations` and `of_actions` what became of these.

    What nobody asked for is not counted, and nought or empty here.
    """

    since: date
    until: date
    reviewed: list[dict[str, Any]] = field(default_factory=list)
    recommended: int = 0
    answered: Mapping[str, int] = field(default_factory=dict)
    improvement: int = 0
    good_practice: int = 0
    of_recommendations: Mapping[str, int] = field(default_factory=dict)
    of_actions: Mapping[str, int] = field(default_factory=dict)
    batch: Any = None


FIGURES = tuple(each.name for each in fields(ReportRead) if each.name not in {"since", "until", "batch"})
"""What can be asked for of a period, beside its days."""


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


@dataclass(frozen=True, slots=True)
class ChallengesRead:
    """`asked`: answers that were due in the period, one for each level; the rest counts challenges."""

    issued: int
    escalated: int
    asked: int
    in_time: int
    late: int
    upheld: int
    answered: int
    withdrawn: int
    open_at_the_end: int


@dataclass(frozen=True, slots=True)
class TimelinessRead:
    kind: str
    due: int
    in_time: int
    late: int
    outstanding: int


@dataclass(frozen=True, slots=True)
class DisseminatedRead:
    method: str
    times: int
    to_the_public: int
    learning: int


@dataclass(frozen=True, slots=True)
class DutiesRead:
    kind: str
    due: int
    in_time: int
    late: int
    outstanding: int
    met: int
    partly_met: int
    not_met: int


@dataclass(frozen=True, slots=True)
class ReturnsRead:
    called: int
    answered: int
    judged: int
    improvements: int


@dataclass(frozen=True, slots=True)
class YieldRead:
    """Points of learning of one yield, in reviews of one kind of a framework."""

    yields: str
    framework: str
    kind: str
    points: int
