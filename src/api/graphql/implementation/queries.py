"""How far the plans have been carried out."""

from typing import Any

import strawberry
from strawberry import UNSET
from strawberry.utils.str_converters import to_camel_case

from api.context import Reading
from api.graphql.arguments import AfterReview, FirstReviews, MonitoringBody, OneReview, optional
from api.graphql.selection import selects
from api.loaders.records import Batch
from api.relay import global_id
from api.relay.paging import LARGEST_SIZE
from domain.shared.refusals import Invalid, UnknownBody
from domain.shared.vocabulary import Kind
from projections.queries.implementation.query import COLUMNS
from projections.queries.implementation.query import implementation as carried_out

SAID_AS = {"review_id": "review", "agencies": "byAgency"}
FIELDS = {column: SAID_AS.get(column, to_camel_case(column)) for column in COLUMNS}
"""What is read for which field."""


def implementation(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    monitored_by: MonitoringBody = UNSET,
    review_id: OneReview = UNSET,
    first: FirstReviews = UNSET,
    after: AfterReview = UNSET,
) -> Any:
    """`after` is the review of the last row of the page before; without `first` there is one page of all."""
    review = global_id.perhaps(optional(review_id), Kind.REVIEW, field=("reviewId",))
    behind = global_id.perhaps(optional(after), Kind.REVIEW, field=("after",))
    wanted = [column for column, name in FIELDS.items() if selects(info, name)]
    rows = carried_out(
        root.query_context, _body(root, optional(monitored_by)), review, _size(optional(first)), behind, wanted
    )
    Batch(root, rows)
    return rows


def _size(first: int | None) -> int | None:
    if first is not None and not 1 <= first <= LARGEST_SIZE:
        raise Invalid(f"A page has 1 to {LARGEST_SIZE} rows, not {first}.", "first")
    return first


def _body(reading: Reading, key: str | None) -> str | None:
    if key is not None and reading.partnership_frameworks.body(key) is None:
        raise UnknownBody(f"There is no body {key!r}.", "monitoredBy")
    return key
