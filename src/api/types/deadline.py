"""The deadlines of a framework."""

import strawberry

from domain import frameworks as data
from domain.frameworks import DeadlineUnit
from domain.words import StoppedBy

STOPPED_BY = "The fact that stops its clock by itself; null where it is stopped by hand."


@strawberry.type
class Deadline:
    key: str
    name: str
    length: int
    unit: DeadlineUnit
    runs_from: str | None
    standing: str | None
    stopped_by: StoppedBy | None = strawberry.field(description=STOPPED_BY)

    @classmethod
    def is_type_of(cls, found: object, _: object) -> bool:
        return isinstance(found, data.Deadline)


@strawberry.type
class ResponseTime:
    length: int
    unit: DeadlineUnit

    @classmethod
    def is_type_of(cls, found: object, _: object) -> bool:
        return isinstance(found, data.ResponseTime)


@strawberry.type
class PrintedDeadline:
    """One without a length: `due` tells where its day is printed, and a clock is started with that day."""

    key: str
    name: str
    runs_from: str
    due: str
    standing: str | None

    @classmethod
    def is_type_of(cls, found: object, _: object) -> bool:
        return isinstance(found, data.PrintedDeadline)
