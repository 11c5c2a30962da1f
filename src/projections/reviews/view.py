"""Reading reviews: pages and by id, each in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from projections.asking import Asking, Condition, Conditions, Slice, Window
from projections.pages import read_pages, read_rows
from projections.reviews.rows import ReviewRead
from storage.sql import statements

SQL = statements("projections.reviews")
LISTED = Condition("listed")
EVERYWHERE = "*"

ORDERED_BY: Mapping[str, str] = {
    "COMMISSIONED_ON_DESC": "commissioned_on",
    "COMMISSIONED_ON_ASC": "commissioned_on",
    "REFERENCE_ASC": "reference",
}
"""The column that each order goes by, before the thing's own id."""


def page(asking: Asking, order: str, where: Conditions, window: Window) -> Slice[ReviewRead]:
    """One page of all reviews that the asker may list."""
    found = read_pages(asking, SQL, ReviewRead, order, (LISTED, *where), window, [EVERYWHERE])
    return found[EVERYWHERE]


def pages_of(
    asking: Asking, tie: str, parents: Sequence[object], order: str, window: Window, where: Conditions = ()
) -> Mapping[object, Slice[ReviewRead]]:
    """A page a parent; `tie` names the condition that ties a review to it."""
    keys = [str(parent) for parent in parents]
    found = read_pages(asking, SQL, ReviewRead, order, (LISTED, Condition(tie), *where), window, keys)
    return {parent: found[str(parent)] for parent in parents}


def by_id(asking: Asking, ids: Iterable[UUID]) -> dict[UUID, ReviewRead]:
    """The reviews that exist at the moment and that the asker may see at least the header of."""
    wanted = Condition("things", {"things": list(ids)})
    return {row.thing: row for row in read_rows(asking, SQL, ReviewRead, (wanted,))}
