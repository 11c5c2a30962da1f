"""Examples of what is asked of the audit programme of a year."""

from typing import Any

from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from support.command_examples.example import Example
from support.in_memory_register import Story

YEAR = 2024
AGREEING = {"topics": ("neglect",), "limit": 3}
PLANNING = {"kind": "serious-case-review", "topic": "neglect", "planned_for": Story.on(30)}


def agreed(story: Story) -> dict[str, Any]:
    story.when(AgreeProgramme(year=YEAR, topics=("neglect", "supervision")), story.chair)
    return {"year": YEAR}


def planned(story: Story) -> dict[str, Any]:
    told = agreed(story)
    ((_, _, fact),) = story.when(PlanAudit.model_validate(told | PLANNING), story.unit)
    return told | {"audit_id": getattr(fact, "audit_id", None)}


OF_PROGRAMMES = (
    Example(AgreeProgramme, Story.chair, AGREEING, agreed),
    Example(PlanAudit, Story.unit, PLANNING, agreed),
    Example(WithdrawAudit, Story.unit, {"reason": "The inspectors look at it"}, planned),
)
