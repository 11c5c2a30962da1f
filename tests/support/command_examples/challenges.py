"""Examples of what is asked of a formal challenge."""

from typing import Any

from domain.challenge.commands import (
    EscalateChallenge,
    IssueChallenge,
    ResolveChallenge,
    RespondToChallenge,
    TransferChallenge,
    WithdrawChallenge,
)
from domain.lifecycle.commands import Transfer
from domain.shared.vocabulary import ChallengeOutcome, Kind
from support.command_examples.example import Example
from support.in_memory_register import Story


def subjects(story: Story) -> dict[str, Any]:
    return {"subjects": ({"kind": Kind.ACTION, "id": story.assigned(Kind.ACTION)},)}


def issued(story: Story) -> dict[str, Any]:
    asked = {"agency": "police", "grounds": "No progress"} | subjects(story)
    return {"id": story.create(IssueChallenge.model_validate(asked), story.chair)}


def moved(story: Story) -> dict[str, Any]:
    """Its subject has gone to another agency already."""
    challenge = issued(story)
    (subject,) = story.challenge(challenge["id"]).subjects
    told = {"kind": Kind.ACTION, "id": subject.id, "to_agency": "health", "reason": "They moved"}
    story.when(Transfer.model_validate(told), story.unit)
    return challenge


ISSUING = {
    "agency": "police",
    "grounds": "No progress",
    "requested": "A plan by May",
    "response_due_on": Story.on(5),
}
UPHOLDING = {"outcome": ChallengeOutcome.UPHELD, "reason": "Nothing was done", "reopen_due_on": Story.on(40)}

OF_CHALLENGES = (
    Example(IssueChallenge, Story.chair, ISSUING, subjects),
    Example(RespondToChallenge, Story.agency("police"), {"narrative": "Staff are in post"}, issued),
    Example(EscalateChallenge, Story.chair, {"reason": "No date", "response_due_on": Story.on(5)}, issued),
    Example(TransferChallenge, Story.unit, {"to_agency": "health", "reason": "They moved"}, moved),
    Example(ResolveChallenge, Story.chair, UPHOLDING, issued),
    Example(WithdrawChallenge, Story.chair, {"reason": "Made in error"}, issued),
)
