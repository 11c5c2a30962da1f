"""What a framework asks of whoever receives learning, as partners read it."""

import pytest

from support.partnership_world import Stage, World, establish

ASKED = """partnership { framework { confirmWithinDays returnEveryMonths returnWithinDays
  duties { key role roleName heldBy wording byDefault } standingDuties { key wording byDefault } } }"""


def sunderland_too(world: World) -> dict[str, str]:
    return establish(world.installation, "sunderland", "sunderland-2015", ("board",))


@pytest.fixture
def sunderland(stage: Stage) -> World:
    staged = stage(sunderland_too)
    return World(staged.world.installation, staged.told, "sunderland")


def test_defaults_are_told_apart_from_what_the_framework_gives(world: World) -> None:
    shown = world.read("police", ASKED)["partnership"]["framework"]
    assert [shown[name] for name in ("confirmWithinDays", "returnEveryMonths", "returnWithinDays")] == [28, 12, 28]
    assert [(each["key"], each["heldBy"], each["byDefault"]) for each in shown["duties"]] == [
        ("disseminate-onward", "AGENCY", True),
        ("embed", "AGENCY", True),
    ]
    assert len(shown["standingDuties"]) == 10
    assert {each["byDefault"] for each in shown["standingDuties"]} == {False}


def test_the_roles_of_sunderland_are_named(sunderland: World) -> None:
    shown = sunderland.read("inspector", ASKED)["partnership"]["framework"]
    assert shown["duties"][2] == {
        "key": "chair-challenges",
        "role": "independent-chair",
        "roleName": "Independent chair",
        "heldBy": "CHAIR",
        "wording": "A formal challenge if improvements are not made",
        "byDefault": False,
    }
    assert {each["byDefault"] for each in shown["standingDuties"]} == {True}


def test_in_sunderland_the_chair_and_the_unit_confirm_their_own(sunderland: World) -> None:
    review = sunderland.a_review(kind="participation", mandatedBy="board")
    learned = {"reviewId": review, "wording": "Nobody asked", "themes": ["neglect"]}
    sunderland.do("unit", "learningIdentify", **learned)
    told = {"reviewId": review, "method": "training", "audience": ["social workers"]}
    sunderland.do("unit", "learningDisseminate", **told)
    asked = {"reviewId": review, "assurance": "Sent to all"}
    sunderland.do("chair", "learningConfirm", **asked)
    assert sunderland.refused("chair", "learningConfirm", **asked) == ["CONDITIONS_NOT_MET"]
    found = sunderland.read("unit", f'review(id: "{review}") {{ duties {{ role agency {{ key }} doneOn }} }}')
    done = {each["role"] for each in found["review"]["duties"] if each["doneOn"]}
    assert (done, len(found["review"]["duties"])) == ({"independent-chair"}, 42)
