"""Not embedded carries its follow-up: each case of the ruling, one by one."""

from typing import Any
from uuid import UUID

import pytest

from domain.lifecycle.commands import VerifyImpact
from domain.lifecycle.state import stage
from domain.shared import refusals
from domain.shared.vocabulary import Impact, Kind, Stage
from support.in_memory_register import Story

UNTIL = Story.on(90)
REOPENED, FURTHER = {"reopen_until": UNTIL}, {"further_action": "Train again"}


def not_embedded(kind: Kind, thing: UUID, **follow_up: Any) -> VerifyImpact:
    asked = {"kind": kind, "id": thing, "finding": Impact.NOT_EMBEDDED, "measure": "Audit of twenty files"}
    return VerifyImpact.model_validate(asked | {"follow_up": {"reason": "Practice slipped"} | follow_up})


def a_closed_action(story: Story, *, above_closed: bool) -> tuple[UUID, UUID]:
    """Under a recommendation due on day 60."""
    above = story.assigned(Kind.RECOMMENDATION)
    action = story.implement(Kind.ACTION, story.assign(Kind.ACTION, story.an_action(recommendation_id=above)))
    if above_closed:
        story.implement(Kind.RECOMMENDATION, above)
    return above, action


@pytest.mark.parametrize(
    ("above_closed", "follow_up", "item", "above", "due", "raised"),
    [
        (False, REOPENED, Stage.ASSIGNED, Stage.ASSIGNED, Story.on(60), 0),
        (False, FURTHER, Stage.CLOSED, Stage.ASSIGNED, Story.on(60), 1),
        (False, REOPENED | FURTHER, Stage.CLOSED, Stage.ASSIGNED, Story.on(60), 1),
        (True, REOPENED, Stage.ASSIGNED, Stage.ASSIGNED, UNTIL, 0),
        (True, REOPENED | FURTHER, Stage.CLOSED, Stage.ASSIGNED, UNTIL, 1),
    ],
)
def test_an_action_that_is_not_embedded(
    story: Story, above_closed: bool, follow_up: dict[str, Any], item: Stage, above: Stage, due: Any, raised: int
) -> None:
    recommendation, action = a_closed_action(story, above_closed=above_closed)
    story.when(not_embedded(Kind.ACTION, action, **follow_up), story.body)
    life, over = story.action(action).life, story.recommendation(recommendation)
    assert (stage(life), life.impact) == (item, Impact.NOT_EMBEDDED if item is Stage.CLOSED else None)
    assert life.due_on == (UNTIL if item is Stage.ASSIGNED else story.on(60))
    assert (stage(over.life), over.life.due_on, len(over.actions)) == (above, due, 1 + raised)
    for further in over.actions[1:]:
        assert stage(story.action(further).life) is Stage.RAISED


def test_a_further_action_under_a_closed_recommendation_says_until_when_that_is_reopened(story: Story) -> None:
    _, action = a_closed_action(story, above_closed=True)
    refusal = story.refused(refusals.FollowUpRequired, not_embedded(Kind.ACTION, action, **FURTHER), story.body)
    assert refusal.field == ("followUp", "reopenUntil")


@pytest.mark.parametrize(
    ("follow_up", "item", "due", "raised"),
    [
        (REOPENED, Stage.ASSIGNED, UNTIL, 0),
        (FURTHER, Stage.CLOSED, Story.on(60), 1),
        (REOPENED | FURTHER, Stage.CLOSED, Story.on(60), 1),
    ],
)
def test_a_recommendation_that_is_not_embedded(
    story: Story, follow_up: dict[str, Any], item: Stage, due: Any, raised: int
) -> None:
    thing = story.implemented(Kind.RECOMMENDATION)
    story.when(not_embedded(Kind.RECOMMENDATION, thing, **follow_up), story.body)
    found = story.recommendation(thing)
    assert (stage(found.life), found.life.due_on, len(found.actions)) == (item, due, raised)


@pytest.mark.parametrize("kind", [Kind.RECOMMENDATION, Kind.ACTION])
def test_no_follow_up_makes_what_is_not_embedded_verified(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    story.when(not_embedded(kind, thing, **REOPENED, **FURTHER), story.body)
    assert stage(story.state(kind, thing).life) is not Stage.IMPACT_VERIFIED
