"""What can be corrected: of each fact the fields, with what each may hold. The rest is answered by new commands."""

from collections.abc import Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field

from domain.action import events as action
from domain.challenge import events as challenge
from domain.correction.reasons import KEPT, MARK, UNCORRECTED
from domain.correction.values import AsJson, Day, Flag, Ids, InOrder, Names, Parts, Several, Subjects
from domain.duties import events as duties
from domain.lifecycle import events as life
from domain.programme import events as programme
from domain.recommendation import events as recommendation
from domain.returns import events as returns
from domain.review import events as review
from domain.shared.commands import Key, Name, Narrative, Reference, Url, Wording
from domain.shared.facts import Fact
from domain.shared.vocabulary import (
    Answer,
    ChallengeOutcome,
    ClosureOutcome,
    Compliance,
    Impact,
    Participant,
    Rag,
    TookPart,
)

VOIDED = "voided"
STRUCK_OUT, PUT_BACK = "true", "false"
HAPPENED_ON = "happenedOn"

_WHEN = {"happened_on": Day}
_PAPER = {"received_from": Name | None}
_WORDS = {"wording": Wording, "measure_of_effectiveness": Wording | None, "themes": Several | None}
_ASSESSED = Parts(returns.StandardAssessed, "duty_id", {"compliance": Compliance, "words": Narrative | None})
_IMPROVED = Parts(returns.Improvement, "improvement_id", {"wording": Wording, "duty_id": UUID | None})
_CLOCKS = Annotated[tuple[review.ClockRule, ...], AsJson] | None
_PERCENT = Annotated[int, Field(ge=0, le=100)]
_YEAR = Annotated[int, Field(ge=1989, le=2200)]
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
        "learning": Ids | None,
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
    life.EvidenceSubmitted: _WHEN
    | _PAPER
    | {"agency": Key, "narrative": Narrative, "claims_complete": Flag, "completed_on": Day | None},
    life.EvidenceAccepted: _WHEN,
    life.EvidenceReturned: _WHEN | {"reason": Wording, "fix_by": Day | None},
    life.EvidenceWithdrawn: _WHEN | {"reason": Wording},
    life.Completed: _WHEN,
    life.ExtensionRequested: _WHEN | {"agency": Key, "until": Day, "reason": Wording},
    life.ExtensionGranted: _WHEN | {"until": Day, "reason": Wording | None},
    life.ExtensionRefused: _WHEN | {"reason": Wording},
    life.Closed: _WHEN | {"outcome": ClosureOutcome, "reason": Wording, "impact_due_on": Day},
    life.Reopened: _WHEN | {"reason": Wording, "due_on": Day},
    life.ImpactVerified: _WHEN
    | {
        "finding": Impact,
        "measure": Wording,
        "narrative": Narrative | None,
        "follow_up_reason": Wording,
        "evidenced_by": UUID | None,
    },
    review.Commissioned: _WHEN
    | {
        "title": Name,
        "kind": Key,
        "agencies": Several | None,
        "mandated_by": Name | None,
        "lead_reviewer": Name | None,
        "lead_reviewer_employer": Name | None,
        "facilitator": Name | None,
        "method": Name | None,
        "shared_reference": Reference | None,
        "aware_on": Day | None,
        "themes": Several | None,
        "follows_up": UUID | None,
        "checks": Ids | None,
        "programme_year": _YEAR | None,
        "reports_through": Key | None,
        "conditions_met": Parts(review.ConditionMet, "condition", {"words": Narrative | None}),
        "criteria_met": Parts(review.CriterionMet, "criterion", {"words": Narrative | None}),
        "stakeholders": Names | None,
        "reason": Wording | None,
    },
    review.Referred: _WHEN
    | {
        "title": Name,
        "kind": Key | None,
        "agencies": Several | None,
        "referred_by": Name | None,
        "aware_on": Day | None,
        "circumstances": Several | None,
    },
    review.Advised: _WHEN | {"body": Key, "kind": Key, "advice": Narrative, "no_review": Flag},
    review.Declined: _WHEN | {"reason": Wording},
    review.Agreed: _WHEN | {"body": Key | None},
    review.ClockStarted: {"started_on": Day, "due_on": Day},
    review.ClockStopped: {"stopped_on": Day},
    review.Completed: _WHEN | {"sections": Parts(review.Section, "key", {"text": Narrative | None})},
    review.LearningIdentified: _WHEN
    | {
        "yields": Name | None,
        "wording": Wording,
        "good_practice": Flag,
        "themes": Several | None,
        "agencies": Several | None,
    },
    review.LearningDisseminated: _WHEN
    | {
        "audience": Several,
        "agencies": Several | None,
        "learning": Ids,
        "bodies": Several | None,
        "method": Key,
        "confirm_by": Day,
        "public": Flag,
        "media": Flag,
    },
    review.LearningTakenUp: _WHEN | {"learning_id": UUID, "body": Key, "what_was_done": Narrative},
    review.ParticipationRecorded: _WHEN
    | {
        "participant": Participant,
        "who": Name | None,
        "invited": Flag,
        "took_part": TookPart | None,
        "how": Narrative | None,
        "why_not": Narrative | None,
    },
    duties.DutiesConfirmed: _WHEN | {"duties": Ids, "agency": Key, "assurance": Narrative},
    duties.DutiesTransferred: {"reason": Wording},
    returns.ReturnCalled: _WHEN | {"due_on": Day, "review_id": UUID | None},
    returns.ReturnSubmitted: _WHEN
    | {"agency": Key, "assessments": _ASSESSED, "improvements": _IMPROVED, "narrative": Narrative | None},
    returns.ReturnJudged: _WHEN
    | {"body": Key | None, "assessments": _ASSESSED, "improvements": _IMPROVED, "narrative": Narrative | None},
    review.Published: _WHEN | {"url": Url | None, "board_response": Narrative | None},
    review.PublicationWithheld: _WHEN | {"reason": Wording, "improvements": Narrative | None},
    challenge.Issued: _WHEN
    | {
        "agency": Key,
        "subjects": Subjects,
        "about_performance": Flag,
        "grounds": Narrative,
        "requested": Narrative | None,
        "response_due_on": Day,
    },
    challenge.Responded: _WHEN | {"agency": Key, "narrative": Narrative},
    challenge.Escalated: _WHEN | {"reason": Wording, "response_due_on": Day},
    challenge.Transferred: _WHEN | {"to_agency": Key, "reason": Wording},
    challenge.Resolved: _WHEN | {"outcome": ChallengeOutcome, "reason": Wording, "reopen_due_on": Day | None},
    challenge.Withdrawn: _WHEN | {"reason": Wording},
    programme.Agreed: _WHEN
    | {
        "topics": Several,
        "limit": _LIMIT | None,
        "numbers": Parts(programme.AgreedNumber, "rhythm", {"times": _LIMIT | None}),
    },
    programme.AuditPlanned: _WHEN | {"kind": Key, "topic": Key, "planned_for": Day},
    programme.AuditWithdrawn: _WHEN | {"reason": Wording},
}

DAY_OF_EFFECT: Mapping[type[Fact], str] = {review.ClockStarted: "started_on", review.ClockStopped: "stopped_on"}
"""Where a fact itself says on which day it takes effect, with the beginning of its review at the earliest."""

MARKS: frozenset[type[Fact]] = frozenset(fact for fact, why in UNCORRECTED.items() if why is MARK)
"""What another thing's fact left on this one: corrected with that and never by itself."""

FOLLOWING: Mapping[type[Fact], Mapping[str, Any]] = {
    **dict.fromkeys(MARKS, _WHEN),
    review.LearningJoined: _WHEN | {"agencies": Several},
    review.Agreed: {"framework": Key | None},
    review.LearningDisseminated: {"bodies_of": Key | None},
    review.ClockStopped: {"clocks": _CLOCKS},
    review.Completed: {"clocks": _CLOCKS},
    review.Commissioned: {
        "lead_reviewer_independent": Flag | None,
        "statutory": Flag,
        "monitored_by": Several | None,
        "agreed_by": Several | None,
        "decided_by_chair": Flag,
        "asked_sections": Several | None,
        "published_with_response": Flag,
        "clocks": _CLOCKS,
    },
    recommendation.Raised: {"review_kind": Key, "monitored_by": Several | None},
    recommendation.DraftAgreed: _WHEN | {"response_due_on": Day | None},
    action.Raised: {"monitored_by": Several | None},
    programme.AuditCommissioned: _WHEN | {"kind": Key},
    life.BodiesSucceeded: {"monitored_by": Several | None, "agreed_by": InOrder | None},
    life.Closed: {"impact_due_on": Day | None},
}
"""What is never corrected by itself, and follows from the correction of something else."""

AGENCIES = frozenset(
    {"agency", "agencies", "lead_agency", "to_agency", "contributing_agencies", "proposed_lead", "addressed_to"}
)
"""The fields that name agencies."""

VOIDABLE: frozenset[type[Fact]] = frozenset(FIELDS.keys() - KEPT.keys())
