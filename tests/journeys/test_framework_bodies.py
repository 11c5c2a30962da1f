"""Every body's chain of need, means of improvement and measure of effectiveness, told from its row to verified impact.

A new row in a data file brings its own tests. A kind of review reports through every body that lists means and
measures, so that it has reviews, a filled oversight and verdicts of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice

import pytest

from domain.frameworks import Body, Framework, ReviewKind, shipped_frameworks
from support.framework_rows import Edge, Row, edge, installed
from support.in_memory_framework_rows import THEME, Story

TABLES = {"windsor-maidenhead": 8}
"""How many bodies the published tables have rows for; a framework may come, none of these rows may go."""


@dataclass(frozen=True)
class BodyRow(Row):
    """A body's row, told by a kind of review."""

    body: Body

    def __str__(self) -> str:
        return f"{self.framework.key}/{self.body.key}"

    @property
    def means(self) -> str:
        return self.body.means_of_improvement[-1]

    @property
    def measure(self) -> str:
        return self.body.measures_of_effectiveness[-1]

    @property
    def routed(self) -> bool:
        """Whether the body itself decides about what arises from the kind."""
        return self.monitored_by.key == self.body.key

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Every one of its means and every one of its measures, some of the shorter list more than once."""
        means, measures = self.body.means_of_improvement, self.body.measures_of_effectiveness
        return islice(zip(cycle(means), cycle(measures), strict=False), max(len(means), len(measures)))


def of(framework: Framework, body: Body) -> BodyRow:
    """By the plainest kind that reports through the body."""

    def asks(kind: ReviewKind) -> tuple[bool, bool, bool]:
        row = BodyRow(framework, kind, body)
        return (not row.routed, row.needs_the_chair, row.limit is not None)

    return BodyRow(framework, min(framework.kinds.values(), key=asks), body)


def listing(framework: Framework) -> list[Body]:
    return [each for each in framework.bodies.values() if each.means_of_improvement and each.measures_of_effectiveness]


FRAMEWORKS = {key: each for key, each in shipped_frameworks().items() if listing(each)}
SHIPPED = [of(framework, body) for framework in FRAMEWORKS.values() for body in listing(framework)]


@pytest.fixture(scope="module")
def edges(server: str) -> Iterator[dict[str, Edge]]:
    """A partnership for each framework that lists them."""
    with installed(server, "framework_bodies") as (installation, portal):
        yield {key: edge(installation, key, key, portal) for key in FRAMEWORKS}


def test_the_register_offers_the_means_and_measures_of_each_body(edges: dict[str, Edge]) -> None:
    asked = "partnership { framework { bodies { key meansOfImprovement measuresOfEffectiveness } } }"
    for key, framework in FRAMEWORKS.items():
        found = edges[key].read("police", asked)["partnership"]["framework"]["bodies"]
        offered = {each["key"]: (each["meansOfImprovement"], each["measuresOfEffectiveness"]) for each in found}
        for body in listing(framework):
            assert offered[body.key] == (list(body.means_of_improvement), list(body.measures_of_effectiveness))


@pytest.mark.parametrize("row", SHIPPED, ids=str)
def test_a_body_recommends_by_its_means_and_judges_by_its_measures(edges: dict[str, Edge], row: BodyRow) -> None:
    assert row.routed
    told(edges[row.framework.key], row)


def told(world: Edge, row: BodyRow) -> None:
    """Each of its means and measures is recommended; one of them is carried to impact that a measure of it verified."""
    story = Story(world, row)
    review = story.commissioned()
    learning = story.learned(review)
    for means, measure in row.pairs():
        chain = {"need": "Nobody knew", "meansOfImprovement": means, "measureOfEffectiveness": measure}
        raised = {"reviewId": review, "wording": "Improve it", "themes": [THEME], "addressedTo": ["health"]}
        found = world.do("unit", "recommendationRaise", f"{' '.join(chain)} monitoredBy {{ key }}", **raised, **chain)
        assert found == chain | {"monitoredBy": [{"key": key} for key in row.kind.monitored_by]}
    recommendation = story.recommended(review, learning)
    story.carried_out(recommendation)
    shown = "meansOfImprovement impact { measure }"
    found = world.read(row.body.key, f'recommendation(id: "{recommendation}") {{ {shown} }}')["recommendation"]
    assert (found["meansOfImprovement"], found["impact"]) == (row.means, {"measure": row.measure})


def test_every_body_of_the_published_tables_has_its_test() -> None:
    rows = {key: sum(row.framework.key == key for row in SHIPPED) for key in TABLES}
    assert {key: count for key, count in rows.items() if count < TABLES[key]} == {}
    said = {
        (key, body.key) for key, each in shipped_frameworks().items() for body in each.bodies.values() if says(body)
    }
    assert {(row.framework.key, row.body.key) for row in SHIPPED if row.routed} == said


def says(body: Body) -> bool:
    return bool(body.means_of_improvement or body.measures_of_effectiveness)
