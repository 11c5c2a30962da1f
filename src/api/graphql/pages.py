"""Pages of things below another one, read for all siblings at once."""

from datetime import date
from typing import Any
from uuid import UUID

import strawberry

from api.graphql.selection import selects
from api.loaders.records import LIST_QUERIES, Batch, pages_under
from api.relay.connection import Connection, connect
from api.relay.paging import PageRequest
from domain.shared.vocabulary import Kind

SHAPES = {"reference": str}


def below(info: strawberry.Info, row: Any, kind: Kind, tie: str, order: str, **page: Any) -> Connection[Any]:
    """One page of what is tied to `row`; `tie` names the condition, which goes by `row.thing`."""
    return tied(info, row.batch, kind, tie, order, lambda each: each.thing, row, **page)


def tied(
    info: strawberry.Info, batch: Batch[Any], kind: Kind, tie: str, order: str, parent: Any, row: Any, **page: Any
) -> Connection[Any]:
    """As `below`, where a parent goes by something else than its id."""
    counted = selects(info, "totalCount")
    requested = page_asked(kind, order, f"under {tie} {parent(row)}", **page)
    relation = (tie, requested.size, requested.forward, requested.after, requested.before, counted)
    parents = [parent(each) for each in batch.rows]
    pages = batch.once(relation, lambda: pages_under(batch, kind, tie, parents, order, requested, counted=counted))
    return shown(pages[parent(row)], requested, kind, order)


def page_asked(
    kind: Kind,
    order: str,
    filter_key: str,
    first: int | None = None,
    after: str | None = None,
    last: int | None = None,
    before: str | None = None,
) -> PageRequest:
    """The page asked for of a list of things in an order."""
    column = SHAPES.get(LIST_QUERIES[kind].orders[order].shown, date)
    return PageRequest.parse(first, after, last, before, f"{kind} {order}", filter_key, shape=(column, UUID))


def shown(page: Any, requested: PageRequest, kind: Kind, order: str) -> Connection[Any]:
    column = LIST_QUERIES[kind].orders[order].shown
    return connect(page, requested, lambda row: (getattr(row, column), row.thing), lambda row: row)
