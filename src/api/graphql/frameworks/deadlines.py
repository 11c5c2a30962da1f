"""The deadlines of a framework."""

from typing import Any

import strawberry

from api.graphql.descriptions import documented
from domain import frameworks as data
from domain.frameworks import DeadlineUnit
from domain.shared.vocabulary import RunsFrom, StoppedBy


def _in_words(root: strawberry.Parent[Any]) -> str | None:
    return root.start_in_words  # type: ignore[no-any-return]


def _starts_from(root: strawberry.Parent[Any]) -> RunsFrom | None:
    return root.runs_from  # type: ignore[no-any-return]


@documented
@strawberry.type
class Deadline:
    """A time limit that the framework sets, and from which fact it runs."""

    key: str
    """Its key, as `clockStart(clock:)` takes it."""
    name: str
    """In the framework's words."""
    length: int
    """How long it is, in `unit`."""
    unit: DeadlineUnit
    """What `length` counts."""
    runs_from: str | None = strawberry.field(resolver=_in_words)
    """From what it runs, in the framework's words."""
    starts_from: RunsFrom | None = strawberry.field(resolver=_starts_from)
    """
    The fact that starts its clock by itself; a report's `SENDING` and a `PRINTED_DATE` are stated by `clockStart`.
    `runsFrom` is the same in words.
    """
    kinds: list[str]
    """The kinds of review whose commissioning or completion starts it."""
    stopping_is: RunsFrom | None
    """The fact that is stated by stopping it, from which other clocks may run."""
    standing: str | None
    """Where the limit comes from, such as a statute; null where it is the framework's own."""
    stopped_by: StoppedBy | None
    """The fact that stops its clock by itself; null where it is stopped by hand."""

    @classmethod
    def is_type_of(cls, found: object, _: object) -> bool:
        return isinstance(found, data.Deadline)


@documented
@strawberry.type
class ResponseTime:
    """A length of time."""

    length: int
    """How long it is, in `unit`."""
    unit: DeadlineUnit
    """What `length` counts."""

    @classmethod
    def is_type_of(cls, found: object, _: object) -> bool:
        return isinstance(found, data.ResponseTime)


def _printed_in_words(root: strawberry.Parent[Any]) -> str:
    return root.start_in_words  # type: ignore[no-any-return]


@documented
@strawberry.type
class PrintedDeadline:
    """One without a length: `due` tells where its day is printed, and a clock is started with that day."""

    key: str
    """Its key, as `clockStart(clock:)` takes it."""
    name: str
    """In the framework's words."""
    runs_from: str = strawberry.field(resolver=_printed_in_words)
    """From what it runs, in the framework's words."""
    due: str
    """Where its day is printed."""
    standing: str | None
    """Where the limit comes from, such as a statute; null where it is the framework's own."""

    @classmethod
    def is_type_of(cls, found: object, _: object) -> bool:
        return isinstance(found, data.PrintedDeadline)
