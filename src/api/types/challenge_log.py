"""The challenge log as a board reads it: every challenge of a filter, and what they come to."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Any

import strawberry

from api.connection import Connection
from api.types.agency import Agency
from api.types.challenge import Challenge
from api.types.enums import ChallengeOrder
from domain.cached import cached_property
from projections.challenges.rows import ChallengesCounted

OPEN = "Neither resolved nor withdrawn."
AWAITING = "Not answered yet at the level that they have reached."
OVERDUE = "Of these, late."
ESCALATED = "Beyond the first level."
BY_AGENCY = "Whom they are made to, in order of their keys."
GROUPS = frozenset({"agency", "level"})
BY_LEVEL = "By the level that each has reached."


@strawberry.type
class ChallengeTotals:
    issued: int
    open: int = strawberry.field(description=OPEN)
    awaiting_answer: int = strawberry.field(description=AWAITING)
    overdue: int = strawberry.field(description=OVERDUE)
    escalated: int = strawberry.field(description=ESCALATED)
    upheld: int
    answered: int
    withdrawn: int

    @classmethod
    def of(cls, row: ChallengesCounted) -> "ChallengeTotals":
        return cls(
            **{each.name: getattr(row, each.name) for each in fields(row) if each.name not in {"agency", "level"}}
        )


@strawberry.type
class AgencyChallenges:
    agency: Agency
    totals: ChallengeTotals


@strawberry.type
class LevelChallenges:
    level: int
    totals: ChallengeTotals


def _totals(root: strawberry.Parent["ChallengeLog"]) -> ChallengeTotals:
    return next(ChallengeTotals.of(row) for row in root.counted if row.agency is None and row.level is None)


def _by_agency(root: strawberry.Parent["ChallengeLog"]) -> list[AgencyChallenges]:
    counted = ((row.agency, ChallengeTotals.of(row)) for row in root.counted if row.agency is not None)
    return [AgencyChallenges(agency=root.reading.agencies[key], totals=totals) for key, totals in counted]


def _by_level(root: strawberry.Parent["ChallengeLog"]) -> list[LevelChallenges]:
    counted = ((row.level, ChallengeTotals.of(row)) for row in root.counted if row.level is not None)
    return [LevelChallenges(level=level, totals=totals) for level, totals in counted]


def _challenges(
    root: strawberry.Parent["ChallengeLog"],
    info: strawberry.Info,
    order_by: ChallengeOrder | None = strawberry.UNSET,
    first: int | None = strawberry.UNSET,
    after: str | None = strawberry.UNSET,
    last: int | None = strawberry.UNSET,
    before: str | None = strawberry.UNSET,
) -> Any:
    order = order_by or ChallengeOrder.ISSUED_DESC
    return root.page(info, order, first=first, after=after, last=last, before=before)


@strawberry.type
class ChallengeLog:
    reading: strawberry.Private[Any]
    count: strawberry.Private[Callable[[], Sequence[ChallengesCounted]]]
    page: strawberry.Private[Callable[..., Any]]
    totals: ChallengeTotals = strawberry.field(resolver=_totals)
    by_agency: list[AgencyChallenges] = strawberry.field(resolver=_by_agency, description=BY_AGENCY)
    by_level: list[LevelChallenges] = strawberry.field(resolver=_by_level, description=BY_LEVEL)
    challenges: Connection[Challenge] = strawberry.field(resolver=_challenges)

    @cached_property
    def counted(self) -> Sequence[ChallengesCounted]:
        """Read once, whichever of the counts are asked for."""
        return self.count()
