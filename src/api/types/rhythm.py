"""What a framework expects again and again in a year, and how often it was held."""

from datetime import date

import strawberry

from api.types.review_kind import ReviewKind

PERIODS = "A year, or its halves, quarters or months, as the framework says."
EXPECTED = "Null where the framework leaves the number to be agreed and none was agreed for the year."
HELD = "Reviews of these kinds that were commissioned in the period."
MET = (
    "Whether as many were held; null where nothing is expected, and while the period is not over and some are lacking."
)


@strawberry.type
class RhythmPeriod:
    since: date
    until: date
    expected: int | None = strawberry.field(description=EXPECTED)
    held: int = strawberry.field(description=HELD)
    met: bool | None = strawberry.field(description=MET)


@strawberry.type
class Rhythm:
    key: str
    name: str
    kinds: list[ReviewKind]
    by_default: bool
    periods: list[RhythmPeriod] = strawberry.field(description=PERIODS)
