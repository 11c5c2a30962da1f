"""What a period brought, and what was published in place of reviews."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import ReportYear, Since, Until
from api.graphql.selection import selects
from api.loaders.records import Batch
from domain.shared.refusals import Invalid
from projections.queries.annual_report.query import report
from projections.queries.published_improvements.query import published_improvements

Argument = TypeVar("Argument")


READ_FOR: Mapping[str, Sequence[str]] = {
    "reviews": ["reviewed"],
    "learning": ["improvement", "good_practice"],
    "recommended": ["recommended"],
    "answers": ["answered"],
    "recommendations": ["of_recommendations"],
    "actions": ["of_actions"],
}
"""The figures behind each field."""


def annual_report(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    year: ReportYear = UNSET,
    since: Since = UNSET,
    until: Until = UNSET,
) -> Any:
    figures = [figure for name, read in READ_FOR.items() if selects(info, name) for figure in read]
    found = report(root.query_context, *_period(_given(year), _given(since), _given(until)), figures)
    Batch(root, [found])
    return found


def _given(value: Argument | None) -> Argument | None:
    return None if value is UNSET else value


def _period(year: int | None, since: date | None, until: date | None) -> tuple[date, date]:
    """A calendar year, or from one day to another."""
    if year is not None:
        return _the_year(year, since, until)
    if since is None:
        raise Invalid("Give a year, or both since and until.", "since" if until else "year")
    if until is None:
        raise Invalid("Give a year, or both since and until.", "until")
    if until < since:
        raise Invalid(f"{until} is before {since}.", "until")
    return since, until


def _the_year(year: int, since: date | None, until: date | None) -> tuple[date, date]:
    if since is not None or until is not None:
        raise Invalid("Give a year, or since and until, not both.", "year")
    if not date.min.year <= year <= date.max.year:
        raise Invalid(f"{year} is no year of the calendar.", "year")
    return date(year, 1, 1), date(year, 12, 31)


def improvements(root: strawberry.Parent[Reading]) -> Any:
    rows = published_improvements(root.query_context)
    Batch(root, rows)
    return rows
