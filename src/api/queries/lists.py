"""The register's four lists, one statement each."""

from typing import Any

import strawberry
from strawberry import UNSET

from api.connection import Connection
from api.queries.filters import conditions, filter_key, given
from api.queries.inputs import ActionFilter, ChallengeFilter, RecommendationFilter, ReviewFilter
from api.reading import Reading
from api.selection import selects
from api.things import page
from api.types.connections import page_asked, shown
from api.types.enums import ActionOrder, ChallengeOrder, RecommendationOrder, ReviewOrder
from domain.words import Kind
from projections.asking import Condition

Size = int | None
Cursor = str | None
Shown = Connection[Any]


def listed(info: strawberry.Info, reading: Reading, kind: Kind, order: str, filter: object, **asked: Any) -> Shown:
    """One page of a kind of thing, filtered."""
    said = given(filter)
    wanted = page_asked(kind, order, filter_key(said), **asked)
    where = conditions(reading, said)
    return shown(page(reading, kind, order, where, wanted, counted=selects(info, "totalCount")), wanted, kind, order)


def reviews(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    filter: ReviewFilter | None = UNSET,
    order_by: ReviewOrder | None = UNSET,
    first: Size = UNSET,
    after: Cursor = UNSET,
    last: Size = UNSET,
    before: Cursor = UNSET,
) -> Any:
    order = order_by or ReviewOrder.COMMISSIONED_ON_DESC
    return listed(info, root, Kind.REVIEW, order, filter, first=first, after=after, last=last, before=before)


def under_review(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    first: Size = UNSET,
    after: Cursor = UNSET,
    last: Size = UNSET,
    before: Cursor = UNSET,
) -> Any:
    """Headers are listed here: by reference, which a header shows, and without filters, which would tell more."""
    kind, order = Kind.REVIEW, ReviewOrder.REFERENCE_ASC
    wanted = page_asked(kind, order, "under review", first=first, after=after, last=last, before=before)
    where, counted = (Condition("under_review"),), selects(info, "totalCount")
    return shown(page(root, kind, order, where, wanted, counted=counted, headers=True), wanted, kind, order)


def recommendations(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    filter: RecommendationFilter | None = UNSET,
    order_by: RecommendationOrder | None = UNSET,
    first: Size = UNSET,
    after: Cursor = UNSET,
    last: Size = UNSET,
    before: Cursor = UNSET,
) -> Any:
    order = order_by or RecommendationOrder.DUE_ON_ASC
    return listed(info, root, Kind.RECOMMENDATION, order, filter, first=first, after=after, last=last, before=before)


def actions(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    filter: ActionFilter | None = UNSET,
    order_by: ActionOrder | None = UNSET,
    first: Size = UNSET,
    after: Cursor = UNSET,
    last: Size = UNSET,
    before: Cursor = UNSET,
) -> Any:
    order = order_by or ActionOrder.DUE_ON_ASC
    return listed(info, root, Kind.ACTION, order, filter, first=first, after=after, last=last, before=before)


def challenges(
    root: strawberry.Parent[Reading],
    info: strawberry.Info,
    filter: ChallengeFilter | None = UNSET,
    order_by: ChallengeOrder | None = UNSET,
    first: Size = UNSET,
    after: Cursor = UNSET,
    last: Size = UNSET,
    before: Cursor = UNSET,
) -> Any:
    order = order_by or ChallengeOrder.RESPONSE_DUE_ASC
    return listed(info, root, Kind.CHALLENGE, order, filter, first=first, after=after, last=last, before=before)
