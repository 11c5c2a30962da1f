"""What the framework obliges every agency to, year by year."""

from typing import Any

import strawberry
from strawberry import UNSET

from api.graphql.arguments import SomeAgencies, Year, optional
from api.graphql.dissemination.types import together
from api.reading import Reading
from domain.shared.refusals import UnknownAgency
from projections.queries.duties import query as duties

Keys = list[str] | None


def standing_duties(root: strawberry.Parent[Reading], year: Year, agencies: SomeAgencies = UNSET) -> Any:
    return together(root, duties.standing(root.query_context, year, _known(root, agencies)))


def _known(reading: Reading, agencies: Keys) -> Keys:
    wanted = optional(agencies)
    for key in wanted or ():
        if key not in reading.agencies:
            raise UnknownAgency(f"There is no agency {key!r:.80}.", "agencies")
    return wanted
