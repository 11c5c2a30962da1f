"""The register's four lists, one statement each."""

from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import FILTERED, ORDERED, After, Before, First, Last
from api.graphql.enums import ActionOrder, ChallengeOrder, RecommendationOrder, ReviewOrder
from api.graphql.filters.conditions import conditions, filter_key, given
from api.graphql.filters.inputs import ActionFilter, ChallengeFilter, RecommendationFilter, ReviewFilter
from api.graphql.pages import page_asked, shown
from api.graphql.selection import selects
from api.loaders.records import page
from api.relay.connection import Connection
from domain.shared.vocabulary import Kind
from projections.engine.query_context import Condition

Shown = Connection[Any]


def list_page(
    info: strawberry.Info, reading: Reading, kind: Kind, order: str, filter: object, **requested: Any
) -> Shown:
    """One page of a kind of thing, filtered."""
    filters = given(filter)
    wanted = page_asked(kind, order, filter_key(filters), **requested)
    where = conditions(reading, filters)
    return shown(page(reading, kind, order, where, wanted, counted=selects(info, "totalCount")), wanted, kind, order)


def reviews(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    filter: Annotated[ReviewFilter | None, FILTERED] = UNSET,
    order_by: Annotated[ReviewOrder | None, ORDERED] = UNSET,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Any:
    order = order_by or ReviewOrder.COMMISSIONED_ON_DESC
    return list_page(info, root, Kind.REVIEW, order, filter, first=first, after=after, last=last, before=before)


def under_review(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Any:
    """Headers are listed here: by reference, which a header shows, and without filters, which would tell more."""
    kind, order = Kind.REVIEW, ReviewOrder.REFERENCE_ASC
    wanted = page_asked(kind, order, "under review", first=first, after=after, last=last, before=before)
    where, counted = (Condition("under_review"),), selects(info, "totalCount")
    return shown(page(root, kind, order, where, wanted, counted=counted, headers=True), wanted, kind, order)


def recommendations(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    filter: Annotated[RecommendationFilter | None, FILTERED] = UNSET,
    order_by: Annotated[RecommendationOrder | None, ORDERED] = UNSET,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Any:
    order = order_by or RecommendationOrder.DUE_ON_ASC
    return list_page(info, root, Kind.RECOMMENDATION, order, filter, first=first, after=after, last=last, before=before)


def actions(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    filter: Annotated[ActionFilter | None, FILTERED] = UNSET,
    order_by: Annotated[ActionOrder | None, ORDERED] = UNSET,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Any:
    order = order_by or ActionOrder.DUE_ON_ASC
    return list_page(info, root, Kind.ACTION, order, filter, first=first, after=after, last=last, before=before)


def challenges(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    filter: Annotated[ChallengeFilter | None, FILTERED] = UNSET,
    order_by: Annotated[ChallengeOrder | None, ORDERED] = UNSET,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Any:
    order = order_by or ChallengeOrder.RESPONSE_DUE_ASC
    return list_page(info, root, Kind.CHALLENGE, order, filter, first=first, after=after, last=last, before=before)
