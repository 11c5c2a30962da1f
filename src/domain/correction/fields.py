"""What can be corrected: of each fact the fields, with what each may hold. The rest is answered by new commands."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from domain.action import events as action
from domain.agency import events as agency
from domain.challenge import events as challenge
from domain.commands import Key, Name, Narrative, Reference, Url, Wording
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
from domain.words import Answer, ChallengeOutcome, ClosureOutcome, Impact, Participant, Rag, TookPart

VOIDED = "voided"
STRUCK_OUT, PUT_BACK = "true", "false"
HAPPENED_ON = "happenedOn"

_WHEN = {"happened_on": Day}
_PAPER = {"received_from": Name | None}
_WORDS = {"wording": Wording, "measure_of_effectiveness": Wording | None, "themes": Several}
_PERCENT = Annotated[int, Field(ge=0, le=100)]
_LIMIT = Annotated[int, Field(ge=1, le=200)]

FIELDS: Mapping[type[Fact], Mapping[str, Any]] = {
    action.Raised: _WHEN | _WORDS,
    recommendation.Raised: _WHEN
    | _WORDS
    | {
        "need": Wording | None,
        "means_of_improvement": Wording | None,
        "proposed_lead": Key | None,
        "addressed_to": Several | None,
        "response_due_on": Day | None,
    },
    recommendation.Responded: _WHEN | _PAPER | {"agency": Key, "answer": Answer, "reason": Wording | None},
    life.Assigned: _WHEN
    | {
        "lead_agency": Key,
        "contributing_agencies": Several | None,
        "lead_officer": Name | None,
        "due_on": Day,
    },
    life.Transferred: _WHEN | {"to_agency": Key, "reason": Wording},
    life.ProgressReported: _WHEN
    | _PAPER
    | {
        "agency": Key,
        "narrative": Narrative,
        "rag": Rag | None,
        "rag_reason": Wording | None,
        "percent_complete": _PERCENT | None,
    },
    life.EvidenceSubmitted: _WHEN | _PAPER | {"agency": Key, "narrative": Narrative, "completed_on": Day},
    life.EvidenceAccepted: _WHEN,
    life.EvidenceReturned: _WHEN | {"reason": Wording, "fix_by": Day | None},
    life.EvidenceWithdrawn: _WHEN | {"reason": Wording},
    life.Completed: _WHEN,
    life.ExtensionRequested: _WHEN | {"agency": Key, "until": Day, "reason": Wording},
    life.ExtensionGranted: _WHEN | {"until": Day, "reason": Wording | None},
    life.ExtensionRefused: _WHEN | {"reason": Wording},
    life.Closed: _WHEN | {"outcome": ClosureOutcome, "reason": Wording, "impact_due_on": Day},
    life.Reopened: _WHEN | {"reason": Wording, "due_on": Day},
    life.ImpactVerified: _WHEN | {"finding": Impact, "measure": Wording, "narrative": Narrative | None},
    review.Commissioned: _WHEN
    | {
        "title": Name,
        "agencies": Several | None,
        "mandated_by": Name | None,
        "lead_reviewer": Name | None,
        "facilitator": Name | None,
        "method": Name | None,
        "shared_reference": Reference | None,
        "aware_on": Day | None,
        "themes": Several | None,
        "reason": Wording | None,
    },
    review.Referred: _WHEN
    | {
        "title": Name,
        "agencies": Several | None,
        "referred_by": Name | None,
        "aware_on": Day | None,
        "circumstances": Several | None,
    },
    review.Advised: _WHEN | {"kind": Key, "advice": Narrative, "no_review": Flag},
    review.Declined: _WHEN | {"reason": Wording},
    review.Agreed: _WHEN,
    review.ClockStarted: {"started_on": Day, "due_on": Day},
    review.ClockStopped: {"stopped_on": Day},
    review.Completed: _WHEN,
    review.LearningIdentified: _WHEN
    | {
        "yields": Name | None,
        "wording": Wording,
        "good_practice": Flag,
        "themes": Several,
        "agencies": Several | None,
    },
    review.LearningDisseminated: _WHEN
    | {
        "audience": Several,
        "agencies": Several | None,
        "method": Key,
        "confirm_by": Day,
        "public": Flag,
        "media": Flag,
    },
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
    review.Published: _WHEN | {"url": Url | None, "board_response": Narrative | None},
    review.PublicationWithheld: _WHEN | {"reason": Wording, "improvements": Narrative | None},
    challenge.Issued: _WHEN
    | {"agency": Key, "grounds": Narrative, "requested": Narrative | None, "response_due_on": Day},
    challenge.Responded: _WHEN | {"agency": Key, "narrative": Narrative},
    challenge.Escalated: _WHEN | {"reason": Wording, "response_due_on": Day},
    challenge.Transferred: _WHEN | {"to_agency": Key, "reason": Wording},
    challenge.Resolved: _WHEN | {"outcome": ChallengeOutcome, "reason": Wording, "reopen_due_on": Day | None},
    challenge.Withdrawn: _WHEN | {"reason": Wording},
    programme.Agreed: _WHEN | {"topics": Several, "limit": _LIMIT | None},
    programme.AuditPlanned: _WHEN | {"kind": Key, "topic": Key, "planned_for": Day},
    programme.AuditWithdrawn: _WHEN | {"reason": Wording},
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

MARKS: frozenset[type[Fact]] = frozenset(fact for fact, why in UNCORRECTED.items() if why is _MARK)
"""What another thing's fact left on this one: corrected with that and never by itself."""

FOLLOWING: Mapping[type[Fact], Mapping[str, Any]] = {
    **dict.fromkeys(MARKS, _WHEN),
    review.LearningJoined: _WHEN | {"agencies": Several},
    review.Commissioned: {"lead_reviewer_independent": Flag | None},
    life.Closed: {"impact_due_on": Day | None},
}
"""What is never corrected by itself, and follows from the correction of something else."""

AGENCIES = frozenset(
    {"agency", "agencies", "lead_agency", "to_agency", "contributing_agencies", "proposed_lead", "addressed_to"}
)
"""The fields that name agencies."""

KEPT: Mapping[type[Fact], str] = {
    **dict.fromkeys(
        (action.Raised, recommendation.Raised, review.Referred, challenge.Issued, returns.ReturnCalled),
        "Nothing would be left of what it began: that is closed, declined or withdrawn, with the reason.",
    ),
    life.Completed: "It stands with the claim and its acceptance: these are struck out.",
    duties.DutiesTransferred: "It follows from the merger of agencies.",
}
"""Facts with fields that can be corrected, but that are not struck out, and why."""

VOIDABLE: frozenset[type[Fact]] = frozenset(FIELDS.keys() - KEPT.keys())


def as_partners_say(name: str) -> str:
    """`due_on` as `dueOn`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


@cache
def correctable(fact: type[Fact]) -> Mapping[str, tuple[str, TypeAdapter[Any]]]:
    """By the name that partners know: the fact's own name for the field, and what reads its value."""
    return _read(FIELDS.get(fact, {}))


@cache
def amendable(fact: type[Fact]) -> Mapping[str, tuple[str, TypeAdapter[Any]]]:
    """The same, with what only follows from the correction of another fact."""
    return _read({**FIELDS.get(fact, {}), **FOLLOWING.get(fact, {})})


def _read(fields: Mapping[str, Any]) -> Mapping[str, tuple[str, TypeAdapter[Any]]]:
    return {as_partners_say(name): (name, TypeAdapter(kind)) for name, kind in fields.items()}
