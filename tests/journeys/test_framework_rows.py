"""Every row of every framework's table is told as a whole story, text in, JSON out; a new row brings its own test.

A partnership per framework is shared by its rows; each row has a review of its own.
"""

from collections.abc import Iterator

import pytest

from domain.frameworks import shipped_frameworks
from support.framework_rows import Edge, Row, edge, installed
from support.in_memory_framework_rows import Story

ROWS = [Row(framework, kind) for framework in shipped_frameworks().values() for kind in framework.kinds.values()]
TABLES = {
    "hull-2015": 5,
    "knowsley-2015": 13,
    "knowsley-2020": 16,
    "sunderland-2015": 18,
    "windsor-maidenhead": 29,
}
"""How many rows the published tables have; a framework may come, none of these rows may go."""


@pytest.fixture(scope="module")
def edges(server: str) -> Iterator[dict[str, Edge]]:
    """A partnership for each framework."""
    with installed(server, "framework_rows") as (installation, portal):
        yield {key: edge(installation, key, key, portal) for key in shipped_frameworks()}


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_a_row_is_told_from_referral_to_publication(edges: dict[str, Edge], row: Row) -> None:
    story = Story(edges[row.framework.key], row)
    review = story.commissioned()
    learning = story.learned(review)
    recommendation = story.recommended(review, learning)
    story.completed(review)
    story.carried_out(recommendation)
    story.disseminated(review, learning)
    story.published(review)


def test_every_row_of_the_published_tables_has_its_test() -> None:
    told = {key: sum(row.framework.key == key for row in ROWS) for key in TABLES}
    assert {key: count for key, count in told.items() if count < TABLES[key]} == {}
