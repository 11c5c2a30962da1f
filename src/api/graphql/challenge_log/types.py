"""The challenge log as a board reads it: every challenge of a filter, and what they come to."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from typing import Annotated, Any

import strawberry

from api.graphql.agencies.types import Agency
from api.graphql.arguments import ORDERED, After, Before, First, Last
from api.graphql.challenges.types import Challenge
from api.graphql.descriptions import documented
from api.graphql.enums import ChallengeOrder
from api.relay.connection import Connection
from domain.shared.cached_property import cached_property
from projections.queries.challenges.query import ChallengesCounted


@documented
@strawberry.type
class ChallengeTotals:
    """How many formal challenges there are, and what became of them."""

    issued: int
    """All of them."""
    open: int
    """Neither resolved nor withdrawn."""
    awaiting_answer: int
    """Not answered yet at the level that they have reached."""
    overdue: int
    """Of these, late."""
    escalated: int
    """Beyond the first level."""
    upheld: int
    """Resolved as upheld: what was challenged is reopened."""
    answered: int
    """Resolved as answered."""
    withdrawn: int
    """Withdrawn."""

    @classmethod
    def of(cls, row: ChallengesCounted) -> "ChallengeTotals":
        return cls(
            **{each.name: getattr(row, each.name) for each in fields(row) if each.name not in {"agency", "level"}}
        )


@documented
@strawberry.type
class AgencyChallenges:
    """The challenges to one agency."""

    agency: Agency
    """The agency."""
    totals: ChallengeTotals
    """How many there are."""


@documented
@strawberry.type
class LevelChallenges:
    """The challenges that have reached one level."""

    level: int
    """The level, counted from 1."""
    totals: ChallengeTotals
    """How many there are."""


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
    order_by: Annotated[ChallengeOrder | None, ORDERED] = strawberry.UNSET,
    first: First = strawberry.UNSET,
    after: After = strawberry.UNSET,
    last: Last = strawberry.UNSET,
    before: Before = strawberry.UNSET,
) -> Any:
    order = order_by or ChallengeOrder.ISSUED_DESC
    return root.page(info, order, first=first, after=after, last=last, before=before)


@documented
@strawberry.type
class ChallengeLog:
    """The formal challenges of a filter: counted, and listed."""

    reading: strawberry.Private[Any]
    count: strawberry.Private[Callable[[], Sequence[ChallengesCounted]]]
    page: strawberry.Private[Callable[..., Any]]
    totals: ChallengeTotals = strawberry.field(resolver=_totals)
    """All of them."""
    by_agency: list[AgencyChallenges] = strawberry.field(resolver=_by_agency)
    """Whom they are made to, in order of their keys."""
    by_level: list[LevelChallenges] = strawberry.field(resolver=_by_level)
    """By the level that each has reached."""
    challenges: Connection[Challenge] = strawberry.field(resolver=_challenges)
    """The challenges themselves."""

    @cached_property
    def counted(self) -> Sequence[ChallengesCounted]:
        """Read once, whichever of the counts are asked for."""
        return self.count()
