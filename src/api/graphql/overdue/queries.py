"""The first of the register's two questions: what is overdue, per agency."""

from typing import Any

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import IncludeUpToDate, SomeAgencies
from api.graphql.duties.queries import known_agencies
from api.loaders.records import Batch, page
from api.relay.paging import PageRequest
from domain.shared.vocabulary import Kind, Stage
from projections.engine.query_context import Condition
from projections.queries.overdue_by_agency.query import overdue


def overdue_by_agency(
    root: strawberry.Parent[Reading], agencies: SomeAgencies = UNSET, include_up_to_date: IncludeUpToDate = False
) -> Any:
    wanted = known_agencies(root, agencies)
    rows = overdue(root.query_context, root.context.served.zone.key, wanted, bool(include_up_to_date))
    Batch(root, rows)
    return rows


def unassigned(root: strawberry.Parent[Reading]) -> int:
    """Recommendations and actions that were raised and never assigned."""
    requested = PageRequest.parse(1, None, None, None, "", "")
    raised = Condition("stages", {"stages": [Stage.RAISED.value]})
    pages = (
        page(root, kind, "REFERENCE_ASC", (raised,), requested, counted=True)
        for kind in (Kind.RECOMMENDATION, Kind.ACTION)
    )
    return sum(each.total or 0 for each in pages)
