"""How far learning has reached."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import strawberry

from api.types.agency import Agency
from api.types.learning import LearningPoint, learning_points
from projections.coverage.view import AgencyCoverageRead, LearningCoverageRead
from projections.listed import view as listed

CONFIRMED = "The agencies that have confirmed everything that follows for them."
OUTSTANDING = "Not confirmed yet, be they overdue or not."
SINCE = "The first day on which it was brought to the agency."


@strawberry.type
class AgencyReceipt:
    """One agency that a point of learning has reached."""

    reading: strawberry.Private[Any]
    key: strawberry.Private[str]
    methods: list[str]
    since: date = strawberry.field(description=SINCE)
    duties: int
    done: int
    outstanding: int = strawberry.field(description=OUTSTANDING)
    overdue: int

    @strawberry.field
    def agency(self) -> Agency:
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
    read = listed.by_id(reading.asking, ids)
    return dict(zip(read, learning_points(reading, read.values()), strict=True))


def _outstanding(root: strawberry.Parent[LearningCoverageRead | AgencyCoverageRead]) -> int:
    return root.duties - root.done


def _by_agency(root: strawberry.Parent[LearningCoverageRead]) -> list[AgencyReceipt]:
    return [AgencyReceipt.of(each, root.batch.reading) for each in root.receipts]


@strawberry.type(description="How far one point of learning has reached; an agency's eyes count that agency only.")
class LearningCoverage:
    learning: LearningPoint = strawberry.field(resolver=_learning)
    methods: list[str]
    disseminations: int
    agencies: int = strawberry.field(description="The agencies that it has been brought to.")
    confirmed: int = strawberry.field(description=CONFIRMED)
    duties: int
    done: int
    outstanding: int = strawberry.field(resolver=_outstanding, description=OUTSTANDING)
    overdue: int
    by_agency: list[AgencyReceipt] = strawberry.field(resolver=_by_agency)

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, LearningCoverageRead)


def _agency(root: strawberry.Parent[AgencyCoverageRead]) -> Agency:
    shown: Agency = root.batch.reading.agencies[root.agency]
    return shown


@strawberry.type(description="What one agency has received; counts are of duties unless the name says otherwise.")
class AgencyCoverage:
    agency: Agency = strawberry.field(resolver=_agency)
    learning: int = strawberry.field(description="The points of learning that were brought to it.")
    disseminations: int
    methods: list[str]
    duties: int
    done: int
    outstanding: int = strawberry.field(resolver=_outstanding, description=OUTSTANDING)
    overdue: int
    oldest_due_on: date | None = strawberry.field(description="The earliest due date of what is outstanding.")

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, AgencyCoverageRead)
