"""The register's four lists, one statement each."""

from typing import Annotated, Any

import strawberry
from strawberry import UNSET

from api.arguments import FILTERED, ORDERED, After, Before, First, Last
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
    filter: Annotated[ReviewFilter | None, FILTERED] = UNSET,
    order_by: Annotated[ReviewOrder | None, ORDERED] = UNSET,
    first: First = UNSET,
    after: After = UNSET,
    last: Last = UNSET,
    before: Before = UNSET,
) -> Any:
    order = order_by or ReviewOrder.COMMISSIONED_ON_DESC
    return listed(info, root, Kind.REVIEW, order, filter, first=first, after=after, last=last, before=before)


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
    return listed(info, root, Kind.RECOMMENDATION, order, filter, first=first, after=after, last=last, before=before)


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
    return listed(info, root, Kind.ACTION, order, filter, first=first, after=after, last=last, before=before)


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
    return listed(info, root, Kind.CHALLENGE, order, filter, first=first, after=after, last=last, before=before)
