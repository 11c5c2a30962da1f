"""How far learning has reached."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from api.graphql.agencies.types import Agency
from api.graphql.descriptions import documented
from api.graphql.learning.types import LearningPoint, learning_points
from projections.queries.coverage.query import AgencyCoverageRead, LearningCoverageRead
from projections.queries.entries import query as listed


@documented
@strawberry.type
class AgencyReceipt:
    """One agency that a point of learning has reached."""

    reading: strawberry.Private[Any]
    key: strawberry.Private[str]
    methods: list[str]
    """The methods by which it was brought, by key."""
    since: date
    """The first day on which it was brought to the agency."""
    duties: int
    """How many duties followed for the agency."""
    done: int
    """Of these, confirmed."""
    outstanding: int
    """Not confirmed yet, be they overdue or not."""
    overdue: int
    """Of these, past their due day and not confirmed."""

    @strawberry.field
    def agency(self) -> Agency:
        """The agency."""
        shown: Agency = self.reading.agencies[self.key]
        return shown

    @classmethod
    def of(cls, counted: Mapping[str, Any], reading: Any) -> "AgencyReceipt":
        return cls(
            reading=reading,
            key=counted["agency"],
            methods=counted["methods"],
            since=date.fromisoformat(counted["since"]),
            duties=counted["duties"],
            done=counted["done"],
            outstanding=counted["duties"] - counted["done"],
            overdue=counted["overdue"],
        )


def _learning(root: strawberry.Parent[LearningCoverageRead]) -> LearningPoint:
    points = root.batch.once("learning", lambda: _points(root))
    shown: LearningPoint = points[root.learning_id]
    return shown


def _points(root: LearningCoverageRead) -> Mapping[Any, LearningPoint]:
    reading, ids = root.batch.reading, root.batch.ids(lambda each: [each.learning_id])
    read = listed.by_id(reading.query_context, ids)
    return dict(zip(read, learning_points(reading, read.values()), strict=True))


def _outstanding(root: strawberry.Parent[LearningCoverageRead | AgencyCoverageRead]) -> int:
    return root.duties - root.done


def _by_agency(root: strawberry.Parent[LearningCoverageRead]) -> list[AgencyReceipt]:
    return [AgencyReceipt.of(each, root.batch.reading) for each in root.receipts]


@documented
@strawberry.type
class LearningCoverage:
    """How far one point of learning has reached; an agency's eyes count that agency only."""

    learning: LearningPoint = strawberry.field(resolver=_learning)
    """The point of learning."""
    methods: list[str]
    """The methods by which it was brought to anybody, by key."""
    disseminations: int
    """How many times it was disseminated."""
    agencies: int
    """The agencies that it has been brought to."""
    confirmed: int
    """The agencies that have confirmed everything that follows for them."""
    duties: int
    """How many duties followed."""
    done: int
    """Of these, confirmed."""
    outstanding: int = strawberry.field(resolver=_outstanding)
    """Not confirmed yet, be they overdue or not."""
    overdue: int
    """Of these, past their due day and not confirmed."""
    by_agency: list[AgencyReceipt] = strawberry.field(resolver=_by_agency)
    """One row for each agency that it has been brought to."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, LearningCoverageRead)


def _agency(root: strawberry.Parent[AgencyCoverageRead]) -> Agency:
    shown: Agency = root.batch.reading.agencies[root.agency]
    return shown


@documented
@strawberry.type
class AgencyCoverage:
    """What one agency has received; counts are of duties unless the name says otherwise."""

    agency: Agency = strawberry.field(resolver=_agency)
    """The agency."""
    learning: int
    """The points of learning that were brought to it."""
    disseminations: int
    """How many disseminations went to it."""
    methods: list[str]
    """The methods by which learning was brought to it, by key."""
    duties: int
    """How many duties followed for it."""
    done: int
    """Of these, confirmed."""
    outstanding: int = strawberry.field(resolver=_outstanding)
    """Not confirmed yet, be they overdue or not."""
    overdue: int
    """Of these, past their due day and not confirmed."""
    oldest_due_on: date | None
    """The earliest due date of what is outstanding."""

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, AgencyCoverageRead)
