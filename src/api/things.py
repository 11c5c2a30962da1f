"""Reading the kinds of things that have a stream of their own with their siblings, cut to what the asker may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.batches import Batch
from api.cutting import cut
from api.paging import Page, PageRequest
from domain.words import Kind
from projections.actions.view import actions
from projections.asking import Conditions, Window
from projections.challenges.view import challenges
from projections.listing import Listing
from projections.programmes.view import programmes
from projections.recommendations.view import recommendations
from projections.returns.view import returns
from projections.reviews.view import reviews

if TYPE_CHECKING:
    from api.reading import Reading

LISTINGS: Mapping[Kind, Listing[Any]] = {
    Kind.REVIEW: reviews,
    Kind.RECOMMENDATION: recommendations,
    Kind.ACTION: actions,
    Kind.CHALLENGE: challenges,
    Kind.RETURN: returns,
    Kind.PROGRAMME: programmes,
}
ALL_OF_A_THING = 500
"""Challenges about one thing at most; nobody has ever seen ten."""


def found(reading: Reading, kind: Kind, ids: Iterable[UUID]) -> dict[UUID, Any]:
    """The things that exist then and that the asker may see at least the header of."""
    wanted = list(ids)
    rows: dict[UUID, Any] = LISTINGS[kind].by_id(reading.asking, wanted) if wanted else {}
    _together(reading, list(rows.values()))
    return rows


def one(reading: Reading, kind: Kind, id: UUID) -> Any | None:
    return found(reading, kind, [id]).get(id)


def page(
    reading: Reading,
    kind: Kind,
    order: str,
    where: Conditions,
    asked: PageRequest,
    *,
    counted: bool,
    headers: bool = False,
) -> Page[Any]:
    """One page of all things of a kind."""
    read = LISTINGS[kind].page(reading.asking, order, where, _window(asked, counted), headers=headers)
    _together(reading, read.rows)
    return Page.of(read.rows, asked, read.total)


def pages_under(
    batch: Batch[Any], kind: Kind, tie: str, parents: Sequence[object], order: str, asked: PageRequest, *, counted: bool
) -> dict[object, Page[Any]]:
    """A page a parent, all in one statement; together they are the next batch of siblings."""
    window = _window(asked, counted)
    read = LISTINGS[kind].pages_of(batch.reading.asking, tie, parents, order, window)
    _together(batch.reading, [row for each in read.values() for row in each.rows])
    return {parent: Page.of(each.rows, asked, each.total) for parent, each in read.items()}


def all_under(batch: Batch[Any], kind: Kind, tie: str, parents: Sequence[object], order: str) -> dict[object, Any]:
    """Everything of a kind that is tied to each parent."""
    read = LISTINGS[kind].pages_of(batch.reading.asking, tie, parents, order, Window(ALL_OF_A_THING))
    _together(batch.reading, [row for each in read.values() for row in each.rows])
    return {parent: each.rows for parent, each in read.items()}


def _together(reading: Reading, rows: list[Any]) -> None:
    for row in rows:
        cut(row)
    Batch(reading, rows)


def _window(asked: PageRequest, counted: bool) -> Window:
    return asked.window(counted=counted)
