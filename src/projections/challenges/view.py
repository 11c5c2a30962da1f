"""Reading challenges: pages and by id, each in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from projections.asking import Asking, Condition, Conditions, Slice, Window
from projections.challenges.rows import ChallengeRead
from projections.pages import read_pages, read_rows
from storage.sql import statements

SQL = statements("projections.challenges")
LISTED = Condition("listed")
EVERYWHERE = "*"

ORDERED_BY: Mapping[str, str] = {
    "RESPONSE_DUE_ASC": "response_due_on",
    "ISSUED_DESC": "issued_on",
}
"""The column that each order goes by, before the thing's own id."""


def page(asking: Asking, order: str, where: Conditions, window: Window) -> Slice[ChallengeRead]:
    """One page of all challenges that the asker may list."""
    found = read_pages(asking, SQL, ChallengeRead, order, (LISTED, *where), window, [EVERYWHERE])
    return found[EVERYWHERE]


def pages_of(
    asking: Asking, tie: str, parents: Sequence[object], order: str, window: Window, where: Conditions = ()
) -> Mapping[object, Slice[ChallengeRead]]:
    """A page a parent; `tie` names the condition that ties a challenge to it."""
    keys = [str(parent) for parent in parents]
    found = read_pages(asking, SQL, ChallengeRead, order, (LISTED, Condition(tie), *where), window, keys)
    return {parent: found[str(parent)] for parent in parents}


def by_id(asking: Asking, ids: Iterable[UUID]) -> dict[UUID, ChallengeRead]:
    """The challenges that exist at the moment and that the asker may see at least the header of."""
    wanted = Condition("things", {"things": list(ids)})
    return {row.thing: row for row in read_rows(asking, SQL, ChallengeRead, (wanted,))}
