"""The deadlines of a framework."""

from typing import Any

import strawberry

from domain import frameworks as data
from domain.frameworks import DeadlineUnit
from domain.words import RunsFrom, StoppedBy

STOPPED_BY = "The fact that stops its clock by itself; null where it is stopped by hand."
STARTS_FROM = (
    "The fact that starts its clock by itself; a report's `SENDING` and a `PRINTED_DATE` are stated by `clockStart`. "
    "`runsFrom` is the same in words."
)
KINDS = "The kinds of review whose commissioning or completion starts it."
STOPPING = "The fact that is stated by stopping it, from which other clocks may run."


def _in_words(root: strawberry.Parent[Any]) -> str | None:
    return root.start_in_words  # type: ignore[no-any-return]


def _starts_from(root: strawberry.Parent[Any]) -> RunsFrom | None:
    return root.runs_from  # type: ignore[no-any-return]


@strawberry.type
class Deadline:
    key: str
    name: str
    length: int
    unit: DeadlineUnit
    runs_from: str | None = strawberry.field(resolver=_in_words)
    starts_from: RunsFrom | None = strawberry.field(resolver=_starts_from, description=STARTS_FROM)
    kinds: list[str] = strawberry.field(description=KINDS)
    stopping_is: RunsFrom | None = strawberry.field(description=STOPPING)
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


def _printed_in_words(root: strawberry.Parent[Any]) -> str:
    return root.start_in_words  # type: ignore[no-any-return]


@strawberry.type
class PrintedDeadline:
    """One without a length: `due` tells where its day is printed, and a clock is started with that day."""

    key: str
    name: str
    runs_from: str = strawberry.field(resolver=_printed_in_words)
    due: str
    standing: str | None

    @classmethod
    def is_type_of(cls, found: object, _: object) -> bool:
        return isinstance(found, data.PrintedDeadline)
