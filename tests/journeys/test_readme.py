"""What the README shows is what its reader gets."""

import re
from collections.abc import Iterator

import pytest

from api.app.installation import Installation
from journeys.readme_tour import IMPORT, OFSTED, README, STOP, Tour, england, fellmoor

TEXT = README.read_text(encoding="utf-8")
LINK = re.compile(r"\]\((?!https?://|#)([^)]+)\)")


@pytest.fixture(scope="module")
def made() -> Iterator[tuple[Installation, Tour]]:
    with fellmoor() as made:
        yield made


def told(of_england: bool) -> list[re.Match[str]]:
    return [stop for stop in STOP.finditer(TEXT) if (stop["who"] == "ENGLAND") is of_england]


def test_every_question_of_the_tour_gets_the_answer_that_the_readme_shows(made: tuple[Installation, Tour]) -> None:
    _, tour = made
    asked = [(stop["query"], stop["answer"], tour.answers(stop)) for stop in told(of_england=False)]
    assert len(asked) >= 8
    assert [(query, was) for query, was, _ in asked] == [(query, now) for query, _, now in asked]


@pytest.mark.skipif(not README.parents[1].joinpath("shared").exists(), reason="the collection is not at hand")
def test_the_real_recommendations_are_counted_and_answer_as_the_readme_says(made: tuple[Installation, Tour]) -> None:
    opened, tour = made
    assert OFSTED.exists()
    shown = IMPORT.search(TEXT)
    assert shown is not None
    assert england(opened, tour) == shown[2]
    assert [tour.answers(stop) for stop in told(of_england=True)] == [stop["answer"] for stop in told(of_england=True)]


def test_every_place_that_the_readme_points_to_exists() -> None:
    places = LINK.findall(TEXT)
    assert places
    assert [place for place in places if not (README.parent / place.partition("#")[0]).exists()] == []


def test_no_block_of_the_readme_is_without_its_answer() -> None:
    assert TEXT.count("<!-- tour ") == len(STOP.findall(TEXT))
    assert all(stop["answer"].strip() for stop in STOP.finditer(TEXT))
