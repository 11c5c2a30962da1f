"""Reading recommendations: pages and by id, each in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from projections.asking import Asking, Condition, Conditions, Slice, Window
from projections.pages import read_pages, read_rows
from projections.recommendations.rows import RecommendationRead
from storage.sql import statements

SQL = statements("projections.recommendations")
LISTED = Condition("listed")
EVERYWHERE = "*"

ORDERED_BY: Mapping[str, str] = {
    "DUE_ON_ASC": "due_on",
    "DUE_ON_DESC": "due_on",
    "REFERENCE_ASC": "reference",
    "RAISED_DESC": "raised_on",
}
"""The column that each order goes by, before the thing's own id."""


def page(asking: Asking, order: str, where: Conditions, window: Window) -> Slice[RecommendationRead]:
    """One page of all recommendations that the asker may list."""
    found = read_pages(asking, SQL, RecommendationRead, order, (LISTED, *where), window, [EVERYWHERE])
    return found[EVERYWHERE]


def pages_of(
    asking: Asking, tie: str, parents: Sequence[object], order: str, window: Window, where: Conditions = ()
) -> Mapping[object, Slice[RecommendationRead]]:
    """A page a parent; `tie` names the condition that ties a recommendation to it."""
    keys = [str(parent) for parent in parents]
    found = read_pages(asking, SQL, RecommendationRead, order, (LISTED, Condition(tie), *where), window, keys)
    return {parent: found[str(parent)] for parent in parents}


def by_id(asking: Asking, ids: Iterable[UUID]) -> dict[UUID, RecommendationRead]:
    """The recommendations that exist at the moment and that the asker may see at least the header of."""
    wanted = Condition("things", {"things": list(ids)})
    return {row.thing: row for row in read_rows(asking, SQL, RecommendationRead, (wanted,))}
