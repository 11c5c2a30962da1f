"""The second of the register's two questions: which learning recurs."""

from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import FILTERED, After, Before, First, Last
from api.graphql.filters import conditions
from api.graphql.filters.conditions import filter_key, given
from api.graphql.filters.inputs import RecurrenceFilter
from api.loaders.records import Batch
from api.relay.connection import connect_uncounted
from api.relay.paging import Page, PageRequest
from projections.queries.recurring_learning.query import Recurrences, recurring


def recurring_learning(
    root: strawberry.Parent[Reading],
    filter: Annotated[RecurrenceFilter | None, FILTERED] = UNSET,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Any:
    wanted_filter = given(filter)
    requested = PageRequest.parse(first, after, last, before, "recurrence", filter_key(wanted_filter), shape=(int, str))
    rows = recurring(root.query_context, _wanted(root, wanted_filter), requested.window())
    Batch(root, rows)
    return connect_uncounted(
        Page.of(rows, requested), requested, lambda row: (row.occurrences, row.theme), lambda row: row
    )


def _wanted(reading: Reading, wanted_filter: dict[str, Any]) -> Recurrences:
    checked: dict[str, Any] = {}
    for name, known in (("themes", conditions.themes), ("agencies", conditions.agencies)):
        if name in wanted_filter:
            checked[name] = known(reading, wanted_filter[name], name)
    return Recurrences(**(wanted_filter | checked))
