"""In how many reviews children, families and professionals were invited and took part, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from psycopg.rows import class_row
from psycopg.types.json import Jsonb

from domain.shared.vocabulary import GROUPS
from projections.engine.query_context import QueryContext
from storage.sql import statements

SQL = statements("projections.queries.participation")
ASKED = [
    {"grouped": group.value, "participant": each and each.value, "people": [one.value for one in people]}
    for group, members in GROUPS.items()
    for each, people in ((None, members), *((member, (member,)) for member in members))
]


@dataclass(frozen=True, slots=True)
class ParticipationRead:
    """Counts of reviews, of a group or, with `participant`, of one kind of people in it."""

    grouped: str
    participant: str | None
    reviews: int
    recorded: int
    invited: int
    took_part: int
    declined: int


def counted(
    query_context: QueryContext, since: date | None, until: date | None, kinds: Sequence[str] | None
) -> list[ParticipationRead]:
    """Of the reviews that were commissioned from `since` to `until`."""
    groups = Jsonb([{"nth": nth, **each} for nth, each in enumerate(ASKED)])
    values = {"groups": groups, "since": since, "until": until, "kinds": None if kinds is None else list(kinds)}
    with query_context.conn.cursor(row_factory=class_row(ParticipationRead)) as cursor:
        return cursor.execute(SQL["counted"], query_context.values | values).fetchall()
