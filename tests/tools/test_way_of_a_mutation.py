"""The way of one mutation is as the page of architecture tells it, and short where somebody has to follow it."""

from page_tables import tables_of

from support.partnership_world import World
from support.way_of_a_mutation import PAGE, RESOLVER, TABLES, followed

FRAMES = 6
"""From the resolver to the decision, both counted."""


def test_the_page_lists_the_files_that_a_mutation_comes_to(world: World) -> None:
    trace = followed(world)
    way = [each.rpartition(" ")[2] for each in trace.frames_since(RESOLVER)]
    assert len(way) <= FRAMES, way
    page = tables_of(PAGE.name)
    for name, written in TABLES.items():
        assert page[name] == written(trace), "`python -m support.way_of_a_mutation` writes it anew"
