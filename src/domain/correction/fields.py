"""What can be corrected: of each fact the fields, with what each may hold. The rest is answered by new commands."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from domain.action import events as action
from domain.agency import events as agency
from domain.challenge import events as challenge
from domain.commands import Key, Name, Narrative, Reference, Wording
from domain.correction.events import Corrected
from domain.correction.values import Day, Flag, Several
from domain.credential import events as credential
from domain.duties import events as duties
from domain.facts import Fact
from domain.lifecycle import events as life
from domain.partnership import events as partnership
from domain.programme import events as programme
from domain.recommendation import events as recommendation
from domain.returns import events as returns
from domain.review import events as review
from domain.theme import events as theme
from domain.words import Answer, Participant, Rag, TookPart

VOIDED = "voided"
HAPPENED_ON = "happenedOn"

_WHEN = {"happened_on": Day}
_PAPER = {"received_from": Name | None}
_WORDS = {"wording": Wording, "measure_of_effectiveness": Wording | None, "themes": Several}

FIELDS: Mapping[type[Fact], Mapping[str, Any]] = {
    action.Raised: _WHEN | _WORDS,
    recommendation.Raised: _WHEN
    | _WORDS
    | {"need": Wording | None, "means_of_improvement": Wording | None, "response_due_on": Day | None},
    recommendation.Responded: _WHEN | _PAPER | {"answer": Answer, "reason": Wording | None},
    life.Assigned: _WHEN
    | {
        "lead_agency": Key,
        "contributing_agencies": Several | None,
        "lead_officer": Name | None,
        "due_on": Day,
    },
    life.Transferred: _WHEN | {"reason": Wording},
    life.ProgressReported: _WHEN | _PAPER | {"narrative": Narrative, "rag": Rag | None, "rag_reason": Wording | None},
    life.EvidenceSubmitted: _WHEN | _PAPER | {"narrative": Narrative, "completed_on": Day},
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
        "reason": Wording | None,
    },
    review.Referred: {
        "title": Name,
        "referred_by": Name | None,
        "aware_on": Day | None,
        "circumstances": Several | None,
    },
    review.Advised: _WHEN | {"advice": Narrative},
    review.Declined: _WHEN | {"reason": Wording},
    review.Agreed: _WHEN,
    review.ClockStarted: {"started_on": Day, "due_on": Day},
    review.ClockStopped: {"stopped_on": Day},
    review.Completed: _WHEN,
    review.LearningIdentified: _WHEN
    | {"yields": Name | None, "wording": Wording, "good_practice": Flag, "themes": Several},
    review.LearningDisseminated: _WHEN | {"audience": Several, "confirm_by": Day, "public": Flag, "media": Flag},
    review.LearningTakenUp: _WHEN | {"what_was_done": Narrative},
    review.ParticipationRecorded: _WHEN
    | {
        "participant": Participant,
        "who": Name | None,
        "invited": Flag,
        "took_part": TookPart | None,
        "how": Narrative | None,
        "why_not": Narrative | None,
    },
    duties.DutiesConfirmed: _WHEN | {"assurance": Narrative},
    duties.DutiesTransferred: {"reason": Wording},
    returns.ReturnCalled: _WHEN | {"due_on": Day},
    returns.ReturnSubmitted: _WHEN | {"narrative": Narrative | None},
    returns.ReturnJudged: _WHEN | {"narrative": Narrative | None},
    review.Published: _WHEN | {"board_response": Narrative | None},
    review.PublicationWithheld: _WHEN | {"reason": Wording, "improvements": Narrative | None},
    challenge.Issued: {"grounds": Narrative, "requested": Narrative | None, "response_due_on": Day},
    challenge.Responded: _WHEN | {"narrative": Narrative},
    challenge.Escalated: _WHEN | {"reason": Wording, "response_due_on": Day},
    challenge.Transferred: _WHEN | {"reason": Wording},
    challenge.Resolved: {"reason": Wording},
    challenge.Withdrawn: {"reason": Wording},
}

_MARK = "It follows from another thing's fact: that one is corrected."
_ADMINISTRATORS = "The administrator answers it by a new command."

UNCORRECTED: Mapping[type[Fact], str] = {
    recommendation.ActionPlanned: _MARK,
    recommendation.DraftAgreed: "It follows from the agreement of the review.",
    recommendation.CheckCommissioned: _MARK,
    returns.ImprovementsRaised: _MARK,
    review.RecommendationArisen: _MARK,
    review.LearningJoined: _MARK,
    life.Challenged: _MARK,
    life.ChallengeEnded: _MARK,
    life.BodiesSucceeded: "It follows from the framework that was adopted.",
    programme.AuditCommissioned: _MARK,
    programme.Agreed: "It is agreed again.",
    programme.AuditPlanned: "It is withdrawn, and planned again.",
    programme.AuditWithdrawn: "It is planned again.",
    Corrected: "A correction is answered by correcting the same fact again.",
    agency.AgencyAdded: _ADMINISTRATORS,
    agency.AgencyRenamed: _ADMINISTRATORS,
    agency.AliasAdded: _ADMINISTRATORS,
    agency.AgencyMerged: "What moved with the merger has its own history since.",
    theme.ThemeAdded: _ADMINISTRATORS,
    theme.ThemeRenamed: _ADMINISTRATORS,
    theme.ThemeMerged: "What was counted together since would have to be counted anew: it is merged on instead.",
    partnership.PartnershipCreated: "It is what all else was decided in.",
    partnership.FrameworkAdopted: "Reviews were decided by it since: another framework is adopted instead.",
    partnership.FrameworkAdded: "It was decided by since: the same framework is added again, as it should read.",
    credential.Issued: "What was done with it stands: it is revoked, and another one issued.",
    credential.Revoked: "It was refused since: another one is issued.",
}
"""Facts of which nothing can be corrected, and why."""

DAY_OF_EFFECT: Mapping[type[Fact], str] = {review.ClockStarted: "started_on", review.ClockStopped: "stopped_on"}
"""Where a fact itself says on which day it takes effect, with the beginning of its review at the earliest."""

VOIDABLE: frozenset[type[Fact]] = frozenset(
    {
        life.Assigned,
        life.ProgressReported,
        life.EvidenceSubmitted,
        life.ExtensionRequested,
        recommendation.Responded,
        challenge.Responded,
        duties.DutiesConfirmed,
        review.LearningTakenUp,
        review.ParticipationRecorded,
        returns.ReturnSubmitted,
        returns.ReturnJudged,
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
