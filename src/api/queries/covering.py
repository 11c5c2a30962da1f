"""Duties and how far learning has reached."""

from typing import Any

import strawberry
from strawberry import UNSET

from api import global_id
from api.arguments import FirstYear, LastYear, OneReview, ReviewId, SomeAgencies, Year
from api.left_out import said
from api.reading import Reading
from api.things import one
from api.types.dissemination import together
from api.types.return_round import ReturnRound, rounds_of
from domain.refusals import Invalid, UnknownAgency
from domain.words import Kind
from projections.coverage import view as coverage
from projections.duties import view as duties
from projections.returns import view as returns

Keys = list[str] | None
MOST_YEARS = 50
YEARS = range(1989, 2201)


def standing_duties(root: strawberry.Parent[Reading], year: Year, agencies: SomeAgencies = UNSET) -> Any:
    return together(root, duties.standing(root.asking, year, _known(root, agencies)))


def yearly_returns(root: strawberry.Parent[Reading], year: Year, agencies: SomeAgencies = UNSET) -> Any:
    return together(root, returns.of_year(root.asking, year, _known(root, agencies)))


def return_rounds(root: strawberry.Parent[Reading], since: FirstYear, until: LastYear) -> list[ReturnRound]:
    if until < since or until - since >= MOST_YEARS or {since, until} - set(YEARS):
        expected = f"Years from {YEARS[0]} to {YEARS[-1]}, the last not before the first, {MOST_YEARS} at most."
        raise Invalid(expected, "until")
    return list(rounds_of(root, returns.rounds(root.asking, since, until), since, until))


def learning_coverage(root: strawberry.Parent[Reading], review_id: ReviewId) -> Any:
    review = global_id.decode(review_id, Kind.REVIEW, field=("reviewId",)).uuid
    if one(root, Kind.REVIEW, review) is None:
        return []
    return together(root, coverage.by_learning(root.asking, review))


def coverage_by_agency(
    root: strawberry.Parent[Reading], review_id: OneReview = UNSET, agencies: SomeAgencies = UNSET
) -> Any:
    review = global_id.perhaps(said(review_id), Kind.REVIEW, field=("reviewId",))
    return together(root, coverage.by_agency(root.asking, review, _known(root, agencies)))


def _known(reading: Reading, agencies: Keys) -> Keys:
    wanted = said(agencies)
    for key in wanted or ():
        if key not in reading.agencies:
            raise UnknownAgency(f"There is no agency {key!r:.80}.", "agencies")
    return wanted
