"""Whether what the framework expects again and again was held in a year."""

from collections.abc import Iterator
from datetime import date, timedelta

import strawberry

from api.context import Reading
from api.graphql.arguments import Year
from api.graphql.frameworks.review_kinds import ReviewKind
from api.graphql.rhythms.types import Rhythm, RhythmPeriod
from domain import frameworks as data
from domain.shared.dates import add_months
from domain.shared.identifiers import programme_of
from domain.shared.refusals import Invalid
from domain.shared.vocabulary import Role
from projections.queries.rhythms.query import Held, held

FIRST, LAST = 1989, 2200
"""The years that an audit programme may be of."""


def rhythms(root: strawberry.Parent[Reading], year: Year) -> list[Rhythm] | None:
    """By the framework in force on the day that is asked about; null for an agency, which counts no reviews."""
    if not FIRST <= year <= LAST:
        raise Invalid(f"{year} is no year of an audit programme.", "year")
    if root.context.caller.role is Role.AGENCY:
        return None
    framework = root.partnership_frameworks.frameworks[root.partnership_frameworks.in_force]
    kinds = list(dict.fromkeys(kind for each in framework.rhythms for kind in each.kinds))
    found = held(root.query_context, programme_of(year), year, kinds)
    return [
        Rhythm(
            key=each.key,
            name=each.name,
            kinds=[
                ReviewKind.of(root.partnership_frameworks.frameworks, framework.key, framework.kinds[kind])
                for kind in each.kinds
            ],
            by_default=framework.is_default(f"rhythms.{nth}"),
            periods=list(_periods(each, year, found, root.query_context.moment.on)),
        )
        for nth, each in enumerate(framework.rhythms)
    ]


def _periods(rhythm: data.Rhythm, year: int, found: Held, today: date) -> Iterator[RhythmPeriod]:
    expected = rhythm.times or found.agreed.get(rhythm.key)
    for month in range(0, 12, rhythm.every_months):
        since = add_months(date(year, 1, 1), month)
        until = add_months(since, rhythm.every_months) - timedelta(days=1)
        count = found.between(rhythm.kinds, since, until)
        yield RhythmPeriod(
            since=since, until=until, expected=expected, held=count, met=_met(expected, count, until < today)
        )


def _met(expected: int | None, count: int, is_over: bool) -> bool | None:
    if expected is None:
        return None
    return True if count >= expected else (False if is_over else None)
