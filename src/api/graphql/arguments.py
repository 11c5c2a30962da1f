"""The arguments of fields: what the schema says of them, and which may be left out."""

from datetime import date, datetime
from typing import Annotated, TypeAlias, TypeVar

import strawberry
from strawberry import UNSET

from api.relay.paging import DEFAULT_SIZE, LARGEST_SIZE
from domain.shared.vocabulary import OversightQueue, OwedKind

# The arguments of fields, with what the schema says of them.
_argument = strawberry.argument
FILTERED = _argument(description="Only those that fit it; without it all that you may see.")
ORDERED = _argument(description="In which order they come.")
INPUT = _argument(description="What is to be recorded, with an idempotency key.")

First: TypeAlias = Annotated[
    int | None, _argument(description=f"Rows from the front: 1 to {LARGEST_SIZE}, by default {DEFAULT_SIZE}.")
]
Last: TypeAlias = Annotated[
    int | None, _argument(description=f"Rows from the back: 1 to {LARGEST_SIZE}, in place of `first`.")
]
After: TypeAlias = Annotated[str | None, _argument(description="The rows that come after this cursor.")]
Before: TypeAlias = Annotated[str | None, _argument(description="The rows that come before this cursor.")]
FirstChanges: TypeAlias = Annotated[
    int | None, _argument(description=f"Facts from the oldest: 1 to {LARGEST_SIZE}, by default {LARGEST_SIZE}.")
]
FirstReviews: TypeAlias = Annotated[
    int | None,
    _argument(
        description=f"Reviews by page, 1 to {LARGEST_SIZE}; without it all in one page, which is refused where that is "
        "too large an answer: of thousands of reviews by agency, ask for pages."
    ),
]
AfterReview: TypeAlias = Annotated[
    strawberry.ID | None, _argument(description="The reviews that come after this one, the last of the page before.")
]

KnownAt: TypeAlias = Annotated[
    datetime | None,
    _argument(description="As known at this instant, by default now; never in the future."),
]
EffectiveOn: TypeAlias = Annotated[
    date | None,
    _argument(description="Judged on this day; by default today, or the day of `knownAt` in the partnership's zone."),
]
Id: TypeAlias = Annotated[strawberry.ID, _argument(description="The id that the register gave.")]
OneId: TypeAlias = Annotated[
    strawberry.ID | None, _argument(description="The id that the register gave; this or `reference`.")
]
Reference: TypeAlias = Annotated[
    str | None, _argument(description="The reference that people write, such as `R0001/2`; this or `id`.")
]
ReviewId: TypeAlias = Annotated[strawberry.ID, _argument(description="The review, by its id.")]
OneReview: TypeAlias = Annotated[strawberry.ID | None, _argument(description="Of this review only, by its id.")]

OneAgency: TypeAlias = Annotated[str | None, _argument(description="Of this agency only, by key.")]
SomeAgencies: TypeAlias = Annotated[
    list[str] | None, _argument(description="Of these agencies only, by key; an empty list is none of them.")
]
SomeKinds: TypeAlias = Annotated[list[str] | None, _argument(description="Of these kinds of review only, by key.")]
OneBody: TypeAlias = Annotated[
    str | None, _argument(description="Of this body only, by key; by default a member's own bodies, or all.")
]
MonitoringBody: TypeAlias = Annotated[
    str | None, _argument(description="Of what reports through this body only, by key.")
]
MandatingBody: TypeAlias = Annotated[
    str | None, _argument(description="The body that mandates the review, by key: it is offered first.")
]
OwedKinds: TypeAlias = Annotated[list[OwedKind] | None, _argument(description="Only what is owed of these kinds.")]
DueBefore: TypeAlias = Annotated[date | None, _argument(description="Only what is due before this day.")]
Overdue: TypeAlias = Annotated[
    bool | None, _argument(description="Only what is late on the day asked about; with `false` only what is not.")
]
IncludeUpToDate: TypeAlias = Annotated[
    bool | None, _argument(description="Whether agencies with nothing open are rows too.")
]
Queues: TypeAlias = Annotated[list[OversightQueue] | None, _argument(description="Only these queues.")]
ChairOnly: TypeAlias = Annotated[
    bool | None, _argument(description="Only what nobody but the chair may decide; with `false` only the rest.")
]
TakenUp: TypeAlias = Annotated[
    bool | None, _argument(description="What waits (`false`, the default), what was taken up (`true`), or both (null).")
]

Year: TypeAlias = Annotated[int, _argument(description="The calendar year.")]
ReportYear: TypeAlias = Annotated[
    int | None, _argument(description="A calendar year; in place of `since` and `until`.")
]
FirstYear: TypeAlias = Annotated[int, _argument(description="The first year.")]
LastYear: TypeAlias = Annotated[int, _argument(description="The last year, at most 49 after the first.")]
Since: TypeAlias = Annotated[date | None, _argument(description="The first day of the period.")]
Until: TypeAlias = Annotated[date | None, _argument(description="The last day of the period.")]
RecordedSince: TypeAlias = Annotated[
    datetime | None, _argument(description="Only what was recorded at this instant or later.")
]
FactNames: TypeAlias = Annotated[
    list[str] | None, _argument(description="Only facts of these stored names, such as `action.assigned.v1`.")
]
ConcernedAgencies: TypeAlias = Annotated[
    list[str] | None, _argument(description="Only facts about what these agencies lead or contribute to, by key.")
]


# Arguments that may be left out.
Value = TypeVar("Value")


def optional(argument: Value | None) -> Value | None:
    """None where it was left out, which GraphQL tells apart from null; an empty word was said."""
    return None if argument is UNSET else argument
