"""The register's two questions: what is overdue, and which learning recurs."""

from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from api.arguments import FILTERED, After, Before, First, IncludeUpToDate, Last, SomeAgencies
from api.batches import Batch
from api.connection import connect_uncounted
from api.paging import Page, PageRequest
from api.queries import filters
from api.queries.filters import filter_key, given
from api.queries.inputs import RecurrenceFilter
from api.reading import Reading
from api.things import page
from domain.refusals import UnknownAgency
from domain.words import Kind, Stage
from projections.asking import Condition
from projections.overdue_by_agency.view import overdue
from projections.recurring_learning.view import Recurrences, recurring


def overdue_by_agency(
    root: strawberry.Parent[Reading], agencies: SomeAgencies = UNSET, include_up_to_date: IncludeUpToDate = False
) -> Any:
    wanted = agencies if agencies is not UNSET else None
    for key in wanted or ():
        if key not in root.agencies:
            raise UnknownAgency(f"There is no agency {key!r:.80}.", "agencies")
    rows = overdue(root.asking, root.context.served.zone.key, wanted, bool(include_up_to_date))
    Batch(root, rows)
    return rows


def recurring_learning(
    root: strawberry.Parent[Reading],
    filter: Annotated[RecurrenceFilter | None, FILTERED] = UNSET,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Any:
    said = given(filter)
    asked = PageRequest.parse(first, after, last, before, "recurrence", filter_key(said), shape=(int, str))
    rows = recurring(root.asking, _wanted(root, said), asked.window())
    Batch(root, rows)
    return connect_uncounted(Page.of(rows, asked), asked, lambda row: (row.occurrences, row.theme), lambda row: row)


def _wanted(reading: Reading, said: dict[str, Any]) -> Recurrences:
    checked: dict[str, Any] = {}
    for name, known in (("themes", filters.themes), ("agencies", filters.agencies)):
        if name in said:
            checked[name] = known(reading, said[name], name)
    return Recurrences(**(said | checked))


def unassigned(root: strawberry.Parent[Reading]) -> int:
    """Recommendations and actions that were raised and never assigned."""
    asked = PageRequest.parse(1, None, None, None, "", "")
    raised = Condition("stages", {"stages": [Stage.RAISED.value]})
    pages = (
        page(root, kind, "REFERENCE_ASC", (raised,), asked, counted=True) for kind in (Kind.RECOMMENDATION, Kind.ACTION)
    )
    return sum(each.total or 0 for each in pages)
