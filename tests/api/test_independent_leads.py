"""Whether a lead reviewer is independent, through the edge: known, or not known."""

from typing import Any

import pytest

from api.app.founding import FOUNDER
from domain.agency.commands import AddAlias
from support.partnership_world import World

SHOWN = "leadReviewer leadReviewerEmployer leadReviewerIndependent"


@pytest.mark.parametrize(
    ("given", "independent"),
    [
        ({"leadReviewer": "Dr Day", "leadReviewerEmployer": "A university"}, True),
        ({"leadReviewer": "Dr Day", "leadReviewerEmployer": "school"}, True),
        ({"leadReviewer": "Dr Day", "leadReviewerEmployer": "The  Police"}, False),
        ({"leadReviewer": "Dr Day", "leadReviewerEmployer": "The Police Service"}, False),
        ({"leadReviewer": "Dr Day"}, None),
        ({"leadReviewerEmployer": "A university"}, None),
        ({}, None),
    ],
)
def test_independence_is_known_where_a_lead_and_their_employer_are(
    world: World, given: dict[str, Any], independent: bool | None
) -> None:
    world.register.handle(AddAlias(key="police", alias="The Police Service"), FOUNDER)
    review = world.a_review(**given)
    found = world.read("unit", f'review(id: "{review}") {{ {SHOWN} }}')["review"]
    assert found == {"leadReviewer": None, "leadReviewerEmployer": None} | given | {
        "leadReviewerIndependent": independent
    }
