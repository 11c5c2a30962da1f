"""What can be corrected: of each fact the fields, with what each may hold. The rest is answered by new commands."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from domain.action import events as action
from domain.challenge import events as challenge
from domain.commands import Key, Name, Narrative, Reference, Wording
from domain.correction.values import Day, Flag, Several
from domain.duties import events as duties
from domain.facts import Fact
from domain.lifecycle import events as life
from domain.recommendation import events as recommendation
from domain.returns import events as returns
from domain.review import events as review
from domain.words import Rag

VOIDED = "voided"
HAPPENED_ON = "happenedOn"

_WHEN = {"happened_on": Day}
_WORDS = {"wording": Wording, "measure_of_effectiveness": Wording | None, "themes": Several}

FIELDS: Mapping[type[Fact], Mapping[str, Any]] = {
    action.Raised: _WHEN | _WORDS,
    recommendation.Raised: _WHEN
    | _WORDS
    | {"need": Wording | None, "means_of_improvement": Wording | None, "response_due_on": Day | None},
    recommendation.Responded: _WHEN | {"reason": Wording | None},
    life.Assigned: _WHEN
    | {
        "lead_agency": Key,
        "contributing_agencies": Several | None,
        "lead_officer": Name | None,
        "due_on": Day,
    },
    life.Transferred: _WHEN | {"reason": Wording},
    life.ProgressReported: _WHEN | {"narrative": Narrative, "rag": Rag | None, "rag_reason": Wording | None},
    life.EvidenceSubmitted: _WHEN | {"narrative": Narrative, "completed_on": Day},
    life.EvidenceAccepted: _WHEN,
    life.EvidenceReturned: _WHEN | {"reason": Wording, "fix_by": Day | None},
    life.EvidenceWithdrawn: {"reason": Wording},
    life.Completed: _WHEN,
    life.ExtensionRequested: _WHEN | {"until": Day, "reason": Wording},
    life.ExtensionGranted: _WHEN | {"until": Day, "reason": Wording | None},
    life.ExtensionRefused: _WHEN | {"reason": Wording},
    life.Closed: _WHEN | {"reason": Wording, "impact_due_on": Day},
    life.Reopened: {"reason": Wording, "due_on": Day},
    life.ImpactVerified: {"measure": Wording, "narrative": Narrative | None},
    review.Commissioned: {
        "title": Name,
        "lead_reviewer": Name | None,
        "facilitator": Name | None,
        "shared_reference": Reference | None,
        "aware_on": Day | None,
        "themes": Several | None,
    },
    review.Completed: _WHEN,
    review.LearningIdentified: _WHEN | {"wording": Wording, "good_practice": Flag, "themes": Several},
    review.LearningDisseminated: _WHEN | {"audience": Several, "confirm_by": Day},
    duties.DutiesConfirmed: _WHEN | {"assurance": Narrative},
    duties.DutiesTransferred: {"reason": Wording},
    returns.ReturnCalled: _WHEN | {"due_on": Day},
    review.Published: _WHEN | {"board_response": Narrative | None},
    review.PublicationWithheld: _WHEN | {"reason": Wording, "improvements": Narrative | None},
    challenge.Issued: {"grounds": Narrative, "requested": Narrative | None, "response_due_on": Day},
    challenge.Responded: _WHEN | {"narrative": Narrative},
    challenge.Escalated: {"reason": Wording, "response_due_on": Day},
    challenge.Transferred: {"reason": Wording},
    challenge.Resolved: {"reason": Wording},
    challenge.Withdrawn: {"reason": Wording},
}

VOIDABLE: frozenset[type[Fact]] = frozenset(
    {
        life.Assigned,
        life.ProgressReported,
        life.EvidenceSubmitted,
        life.ExtensionRequested,
        recommendation.Responded,
        challenge.Responded,
        duties.DutiesConfirmed,
    }
)


def as_partners_say(name: str) -> str:
    """`due_on` as `dueOn`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


@cache
def correctable(fact: type[Fact]) -> Mapping[str, tuple[str, TypeAdapter[Any]]]:
    """By the name that partners know: the fact's own name for the field, and what reads its value."""
    return {as_partners_say(name): (name, TypeAdapter(kind)) for name, kind in FIELDS.get(fact, {}).items()}
