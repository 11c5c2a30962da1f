"""Keyset pages as GraphQL shows them: connections, edges and page info, written once."""

from collections.abc import Callable
from typing import Generic, TypeVar

import strawberry

from api.graphql.descriptions import documented
from api.relay import cursor
from api.relay.cursor import BrokenCursor, Key
from api.relay.paging import Page, PageRequest

__all__ = [
    "BrokenCursor",
    "Connection",
    "Edge",
    "Key",
    "Page",
    "PageInfo",
    "PageRequest",
    "UncountedConnection",
    "connect",
    "connect_uncounted",
]

Row = TypeVar("Row")
Shown = TypeVar("Shown")


@documented
@strawberry.type
class PageInfo:
    """Where a page stands in its list."""

    has_next_page: bool
    """Whether there is more after it."""
    has_previous_page: bool
    """Whether there is more before it."""
    start_cursor: str | None
    """The cursor of its first row; null on an empty page."""
    end_cursor: str | None
    """The cursor of its last row, for `after`; null on an empty page."""


def _cursor_of(root: "Edge[Shown]") -> str:
    return cursor.write(root.key, root.bound_to)


@documented
@strawberry.type
class Edge(Generic[Shown]):
    """A row of a page, with its place in the list."""

    key: strawberry.Private[Key]
    bound_to: strawberry.Private[str]
    cursor: str = strawberry.field(resolver=_cursor_of)
    """Its place, for `after` and `before`; it holds for the same order and filter only."""
    node: Shown
    """The row itself."""


@documented
@strawberry.type(name="Connection")
class UncountedConnection(Generic[Shown]):
    """A page without a total: `edges`, `nodes`, `pageInfo`."""

    edges: list[Edge[Shown]]
    """The rows with their cursors."""
    nodes: list[Shown]
    """The rows."""
    has_next: strawberry.Private[bool]
    has_previous: strawberry.Private[bool]

    @strawberry.field
    def page_info(self) -> PageInfo:
        """Where the page stands in its list."""
        ends = (self.edges[0], self.edges[-1]) if self.edges else (None, None)
        start, end = (cursor.write(edge.key, edge.bound_to) if edge else None for edge in ends)
        return PageInfo(
            has_next_page=self.has_next, has_previous_page=self.has_previous, start_cursor=start, end_cursor=end
        )


@documented
@strawberry.type
class Connection(UncountedConnection[Shown], Generic[Shown]):
    """A page with the number of all rows that fit the filter."""

    total: strawberry.Private[int | None]

    @strawberry.field
    def total_count(self) -> int:
        """How many rows fit the filter, whatever the page; counted only where it is asked for."""
        if self.total is None:
            raise LookupError("totalCount was asked for, but the page was read without counting")
        return self.total


def connect(
    page: Page[Row], requested: PageRequest, key: Callable[[Row], Key], show: Callable[[Row], Shown]
) -> Connection[Shown]:
    """A page as GraphQL shows it: `key` gives the row's place in the order, `show` its GraphQL object."""
    edges = _edges(page, requested, key, show)
    nodes = [edge.node for edge in edges]
    return Connection(
        edges=edges, nodes=nodes, has_next=page.has_next, has_previous=page.has_previous, total=page.total
    )


def connect_uncounted(
    page: Page[Row], requested: PageRequest, key: Callable[[Row], Key], show: Callable[[Row], Shown]
) -> UncountedConnection[Shown]:
    """The same for the connections without `totalCount`."""
    edges = _edges(page, requested, key, show)
    nodes = [edge.node for edge in edges]
    return UncountedConnection(edges=edges, nodes=nodes, has_next=page.has_next, has_previous=page.has_previous)


def _edges(
    page: Page[Row], requested: PageRequest, key: Callable[[Row], Key], show: Callable[[Row], Shown]
) -> list[Edge[Shown]]:
    return [Edge(key=key(row), bound_to=requested.bound_to, node=show(row)) for row in page.rows]
