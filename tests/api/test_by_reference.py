"""One thing by the reference that people write: as by its id, at any moment, and nothing that is not seen."""

from typing import Any

import pytest

from support.partnership_world import Stage, World

SHOWN = "id reference"


def story(world: World) -> dict[str, str]:
    review = world.a_review(reference="LPR 7/é")
    above = world.a_recommendation(reviewId=review)
    action = world.assigned("health", recommendationId=above)
    issued = world.do("chair", "challengeIssue", agency="health", subjects=[action], grounds="Late")["id"]
    return {"review": review, "recommendation": above, "action": action, "challenge": str(issued)}


@pytest.fixture
def world(stage: Stage) -> World:
    return stage(story).world


@pytest.fixture
def ids(stage: Stage) -> dict[str, str]:
    return stage(story).told


def by(world: World, who: str, kind: str, given: str, **moment: str) -> Any:
    return world.read(who, f"{kind}({given}) {{ {SHOWN} }}", **moment)[kind]


@pytest.mark.parametrize("kind", ["review", "recommendation", "action", "challenge"])
def test_it_is_what_its_id_finds(world: World, ids: dict[str, str], kind: str) -> None:
    found = by(world, "inspector", kind, f'id: "{ids[kind]}"')
    assert by(world, "inspector", kind, f'reference: "{found["reference"]}"') == found
    assert by(world, "inspector", kind, f'reference: "{found["reference"]}"', knownAt="2024-01-07T00:00:00Z") is None


def test_another_kinds_reference_finds_nothing(world: World) -> None:
    assert by(world, "inspector", "review", 'reference: "LPR 7/é"')["reference"] == "LPR 7/é"
    assert by(world, "inspector", "action", 'reference: "LPR 7/é"') is None


@pytest.mark.parametrize("reference", ["", "R9999", "lpr 7/é", "%", "\\ud83d\\ude00"])
def test_a_reference_that_nobody_gave_finds_nothing(world: World, reference: str) -> None:
    assert by(world, "inspector", "review", f'reference: "{reference}"') is None


def test_an_agency_finds_nothing_of_anothers(world: World) -> None:
    assert by(world, "police", "action", 'reference: "LPR 7/é/1/A1"') is None
    assert by(world, "police", "challenge", 'reference: "C0001"') is None
    assert by(world, "health", "action", 'reference: "LPR 7/é/1/A1"')["reference"] == "LPR 7/é/1/A1"


@pytest.mark.parametrize("given", ["id: null", 'id: "x", reference: "y"', "reference: null"])
def test_one_of_the_two_is_needed(world: World, given: str) -> None:
    error = world.answer("inspector", f"{{ register {{ review({given}) {{ id }} }} }}")["errors"][0]
    assert (error["extensions"]["code"], error["extensions"]["field"]) == ("INVALID", ["id"])
