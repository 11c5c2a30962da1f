"""Examples of what recommendation and action share."""

from functools import partial
from typing import Any
from uuid import UUID

from domain.lifecycle import commands as life
from domain.shared.vocabulary import ClosureOutcome, Impact, Kind, Rag
from support.command_examples.example import Example
from support.in_memory_register import Story

POLICE = Story.agency("police")


def on(kind: Kind, thing: UUID, **fields: Any) -> dict[str, Any]:
    return {"kind": kind, "id": thing} | fields


def raised(kind: Kind, story: Story) -> dict[str, Any]:
    return on(kind, story.an_action() if kind is Kind.ACTION else story.a_recommendation())


def assigned(kind: Kind, story: Story) -> dict[str, Any]:
    return on(kind, story.assigned(kind, contributing_agencies=("health",)))


def assigned_and_uploaded(kind: Kind, story: Story) -> dict[str, Any]:
    story.upload(UUID(int=9), Story.unit)
    return assigned(kind, story)


def claimed(kind: Kind, story: Story) -> dict[str, Any]:
    thing = story.assigned(kind)
    return on(kind, thing, evidence_id=story.submit(kind, thing))


def asked(kind: Kind, story: Story) -> dict[str, Any]:
    thing = story.assigned(kind)
    request = on(kind, thing, until=story.on(90), reason="Staff left")
    story.when(life.RequestExtension.model_validate(request), POLICE)
    return on(kind, thing)


def accepted(kind: Kind, story: Story) -> dict[str, Any]:
    thing = story.assigned(kind)
    story.accept(kind, thing, story.submit(kind, thing))
    return on(kind, thing)


def closed(kind: Kind, story: Story) -> dict[str, Any]:
    return on(kind, story.implemented(kind))


ASSIGNING = {
    "lead_agency": "police",
    "contributing_agencies": ("health",),
    "lead_officer": "PC Oak",
    "due_on": Story.on(60),
}
REPORTING = {
    "agency": "health",
    "received_from": "The minutes",
    "narrative": "Half",
    "rag": Rag.AMBER,
    "rag_reason": "Staff left",
    "percent_complete": 50,
}
CLAIMING = {
    "agency": "police",
    "received_from": "The minutes",
    "narrative": "Done",
    "claims_complete": True,
    "completed_on": Story.on(0),
    "attachments": (UUID(int=9),),
}
CLOSING = {"outcome": ClosureOutcome.IMPLEMENTED, "reason": "All is done", "impact_due_on": Story.on(100)}
FINDING = {"finding": Impact.EMBEDDED, "measure": "An audit of ten cases", "narrative": "Nine of ten"}


def of_a_life(kind: Kind) -> tuple[Example, ...]:
    body, unit = Story.body, Story.unit
    return (
        Example(life.Assign, unit, ASSIGNING, partial(raised, kind)),
        Example(life.HandOver, unit, {"lead_officer": "PC Elm"}, partial(assigned, kind)),
        Example(life.Transfer, unit, {"to_agency": "schools", "reason": "They moved"}, partial(assigned, kind)),
        Example(life.ReportProgress, unit, REPORTING, partial(assigned, kind)),
        Example(life.SubmitEvidence, unit, CLAIMING, partial(assigned_and_uploaded, kind)),
        Example(life.AcceptEvidence, body, {}, partial(claimed, kind)),
        Example(life.ReturnEvidence, body, {"reason": "Unsigned", "fix_by": Story.on(30)}, partial(claimed, kind)),
        Example(life.WithdrawEvidence, POLICE, {"reason": "The wrong file"}, partial(claimed, kind)),
        Example(life.RequestExtension, POLICE, {"until": Story.on(90), "reason": "Ill"}, partial(assigned, kind)),
        Example(life.GrantExtension, body, {"until": Story.on(80), "reason": "Shorter"}, partial(asked, kind)),
        Example(life.RefuseExtension, body, {"reason": "No plan"}, partial(asked, kind)),
        Example(life.Close, body, CLOSING, partial(accepted, kind)),
        Example(life.Reopen, body, {"reason": "It recurred", "due_on": Story.on(70)}, partial(closed, kind)),
        Example(life.VerifyImpact, body, FINDING, partial(closed, kind)),
    )
