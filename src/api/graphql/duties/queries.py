"""What the framework obliges every agency to, year by year."""

from typing import Any

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import SomeAgencies, Year, optional
from api.graphql.dissemination.types import together
from api.graphql.filters.conditions import known_keys
from domain.shared.refusals import UnknownAgency
from projections.queries.duties import query as duties

Keys = list[str] | None


def standing_duties(root: strawberry.Parent[Reading], year: Year, agencies: SomeAgencies = UNSET) -> Any:
    return together(root, duties.standing(root.query_context, year, known_agencies(root, agencies)))


def known_agencies(reading: Reading, agencies: Keys) -> Keys:
    """The keys that an argument of this name gave; None where it was left out."""
    wanted = optional(agencies)
    known = reading.agencies.__contains__
    return None if wanted is None else known_keys(wanted, known, UnknownAgency, "agency", "agencies")
