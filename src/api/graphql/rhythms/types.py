"""What a framework expects again and again in a year, and how often it was held."""

from datetime import date

import strawberry

from api.graphql.descriptions import documented
from api.graphql.frameworks.review_kinds import ReviewKind


@documented
@strawberry.type
class RhythmPeriod:
    """One of a year's periods, with what was held in it."""

    since: date
    """The first day of the period."""
    until: date
    """The last day of the period."""
    expected: int | None
    """Null where the framework leaves the number to be agreed and none was agreed for the year."""
    held: int
    """Reviews of these kinds that were commissioned in the period."""
    met: bool | None
    """
    Whether as many were held; null where nothing is expected, and while the period is not over and some are lacking.
    """


@documented
@strawberry.type
class Rhythm:
    """Reviews or audits that the framework expects again and again."""

    key: str
    """Its key, as `auditProgrammeAgree(numbers:)` takes it."""
    name: str
    """In the framework's words."""
    kinds: list[ReviewKind]
    """The kinds of review that count."""
    by_default: bool
    """Ours, where the framework itself gives none."""
    periods: list[RhythmPeriod]
    """A year, or its halves, quarters or months, as the framework says."""
