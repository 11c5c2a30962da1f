"""Agencies' returns on their standing duties, and the rounds in which they were called."""

from typing import Any

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import FirstYear, LastYear, SomeAgencies, Year
from api.graphql.dissemination.types import together
from api.graphql.duties.queries import known_agencies
from api.graphql.returns.types import ReturnRound, rounds_of
from domain.shared.refusals import Invalid
from projections.queries.returns import query as returns

MOST_YEARS = 50


YEARS = range(1989, 2201)


def yearly_returns(root: strawberry.Parent[Reading], year: Year, agencies: SomeAgencies = UNSET) -> Any:
    return together(root, returns.of_year(root.query_context, year, known_agencies(root, agencies)))


def return_rounds(root: strawberry.Parent[Reading], since: FirstYear, until: LastYear) -> list[ReturnRound]:
    if until < since or until - since >= MOST_YEARS or {since, until} - set(YEARS):
        expected = f"Years from {YEARS[0]} to {YEARS[-1]}, the last not before the first, {MOST_YEARS} at most."
        raise Invalid(expected, "until")
    return list(rounds_of(root, returns.rounds(root.query_context, since, until), since, until))
