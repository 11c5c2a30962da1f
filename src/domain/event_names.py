"""The names under which facts are stored: ours, stable, never derived. A new meaning is a new version and an upcast."""

import json
from collections.abc import Callable
from typing import Any

from domain.action import events as action
from domain.agency import events as agency
from domain.challenge import events as challenge
from domain.correction.events import Corrected
from domain.credential import events as credential
from domain.duties import events as duties
from domain.lifecycle import events as life
from domain.partnership import events as partnership
from domain.programme import events as programme
from domain.recommendation import events as recommendation
from domain.returns import events as returns
from domain.review import events as review
from domain.shared.facts import Fact
from domain.shared.vocabulary import Kind, RunsFrom
from domain.theme import events as theme

_REVIEW: dict[str, type[Fact]] = {
    "review.referred.v1": review.Referred,
    "review.advised.v1": review.Advised,
    "review.declined.v1": review.Declined,
    "review.commissioned.v1": review.Commissioned,
    "review.agreed.v1": review.Agreed,
    "review.completed.v1": review.Completed,
    "review.recommendation_arisen.v1": review.RecommendationArisen,
    "review.learning_identified.v1": review.LearningIdentified,
    "review.learning_disseminated.v1": review.LearningDisseminated,
    "review.learning_joined.v1": review.LearningJoined,
    "review.duties_confirmed.v1": duties.DutiesConfirmed,
    "review.duties_transferred.v1": duties.DutiesTransferred,
    "review.learning_taken_up.v1": review.LearningTakenUp,
    "review.participation_recorded.v1": review.ParticipationRecorded,
    "review.published.v1": review.Published,
    "review.publication_withheld.v1": review.PublicationWithheld,
    "review.clock_started.v1": review.ClockStarted,
    "review.clock_stopped.v1": review.ClockStopped,
    "review.bodies_succeeded.v1": life.BodiesSucceeded,
    "review.challenged.v1": life.Challenged,
    "review.challenge_ended.v1": life.ChallengeEnded,
    "review.corrected.v1": Corrected,
}
_RECOMMENDATION: dict[str, type[Fact]] = {
    "recommendation.raised.v1": recommendation.Raised,
    "recommendation.draft_agreed.v1": recommendation.DraftAgreed,
    "recommendation.responded.v1": recommendation.Responded,
    "recommendation.action_planned.v1": recommendation.ActionPlanned,
    "recommendation.check_commissioned.v1": recommendation.CheckCommissioned,
    "recommendation.assigned.v1": life.Assigned,
    "recommendation.transferred.v1": life.Transferred,
    "recommendation.progress_reported.v1": life.ProgressReported,
    "recommendation.evidence_submitted.v1": life.EvidenceSubmitted,
    "recommendation.evidence_accepted.v1": life.EvidenceAccepted,
    "recommendation.evidence_returned.v1": life.EvidenceReturned,
    "recommendation.evidence_withdrawn.v1": life.EvidenceWithdrawn,
    "recommendation.completed.v1": life.Completed,
    "recommendation.extension_requested.v1": life.ExtensionRequested,
    "recommendation.extension_granted.v1": life.ExtensionGranted,
    "recommendation.extension_refused.v1": life.ExtensionRefused,
    "recommendation.closed.v1": life.Closed,
    "recommendation.reopened.v1": life.Reopened,
    "recommendation.impact_verified.v1": life.ImpactVerified,
    "recommendation.bodies_succeeded.v1": life.BodiesSucceeded,
    "recommendation.challenged.v1": life.Challenged,
    "recommendation.challenge_ended.v1": life.ChallengeEnded,
    "recommendation.corrected.v1": Corrected,
}
_ACTION: dict[str, type[Fact]] = {
    "action.raised.v1": action.Raised,
    "action.assigned.v1": life.Assigned,
    "action.transferred.v1": life.Transferred,
    "action.progress_reported.v1": life.ProgressReported,
    "action.evidence_submitted.v1": life.EvidenceSubmitted,
    "action.evidence_accepted.v1": life.EvidenceAccepted,
    "action.evidence_returned.v1": life.EvidenceReturned,
    "action.evidence_withdrawn.v1": life.EvidenceWithdrawn,
    "action.completed.v1": life.Completed,
    "action.extension_requested.v1": life.ExtensionRequested,
    "action.extension_granted.v1": life.ExtensionGranted,
    "action.extension_refused.v1": life.ExtensionRefused,
    "action.closed.v1": life.Closed,
    "action.reopened.v1": life.Reopened,
    "action.impact_verified.v1": life.ImpactVerified,
    "action.bodies_succeeded.v1": life.BodiesSucceeded,
    "action.challenged.v1": life.Challenged,
    "action.challenge_ended.v1": life.ChallengeEnded,
    "action.corrected.v1": Corrected,
}
_CHALLENGE: dict[str, type[Fact]] = {
    "challenge.issued.v1": challenge.Issued,
    "challenge.responded.v1": challenge.Responded,
    "challenge.escalated.v1": challenge.Escalated,
    "challenge.transferred.v1": challenge.Transferred,
    "challenge.resolved.v1": challenge.Resolved,
    "challenge.withdrawn.v1": challenge.Withdrawn,
    "challenge.corrected.v1": Corrected,
}
_PROGRAMME: dict[str, type[Fact]] = {
    "programme.agreed.v1": programme.Agreed,
    "programme.audit_planned.v1": programme.AuditPlanned,
    "programme.audit_withdrawn.v1": programme.AuditWithdrawn,
    "programme.audit_commissioned.v1": programme.AuditCommissioned,
    "programme.corrected.v1": Corrected,
}
_RETURN: dict[str, type[Fact]] = {
    "return.called.v1": returns.ReturnCalled,
    "return.submitted.v1": returns.ReturnSubmitted,
    "return.judged.v1": returns.ReturnJudged,
    "return.improvements_raised.v1": returns.ImprovementsRaised,
    "return.duties_confirmed.v1": duties.DutiesConfirmed,
    "return.duties_transferred.v1": duties.DutiesTransferred,
    "return.corrected.v1": Corrected,
}
_AGENCIES: dict[str, type[Fact]] = {
    "agencies.agency_added.v1": agency.AgencyAdded,
    "agencies.agency_renamed.v1": agency.AgencyRenamed,
    "agencies.alias_added.v1": agency.AliasAdded,
    "agencies.agency_merged.v1": agency.AgencyMerged,
}
_THEMES: dict[str, type[Fact]] = {
    "themes.theme_added.v1": theme.ThemeAdded,
    "themes.theme_renamed.v1": theme.ThemeRenamed,
    "themes.theme_merged.v1": theme.ThemeMerged,
}
_PARTNERSHIP: dict[str, type[Fact]] = {
    "partnership.partnership_created.v1": partnership.PartnershipCreated,
    "partnership.framework_added.v2": partnership.FrameworkAdded,
    "partnership.framework_adopted.v1": partnership.FrameworkAdopted,
}
_CREDENTIAL: dict[str, type[Fact]] = {
    "credential.issued.v1": credential.Issued,
    "credential.revoked.v1": credential.Revoked,
}

CLASSES: dict[str, tuple[Kind, type[Fact]]] = {
    name: (kind, fact)
    for kind, names in {
        Kind.REVIEW: _REVIEW,
        Kind.RECOMMENDATION: _RECOMMENDATION,
        Kind.ACTION: _ACTION,
        Kind.CHALLENGE: _CHALLENGE,
        Kind.PROGRAMME: _PROGRAMME,
        Kind.RETURN: _RETURN,
        Kind.AGENCIES: _AGENCIES,
        Kind.THEMES: _THEMES,
        Kind.PARTNERSHIP: _PARTNERSHIP,
        Kind.CREDENTIAL: _CREDENTIAL,
    }.items()
    for name, fact in names.items()
}
EVENT_NAMES: dict[tuple[Kind, type[Fact]], str] = {of: name for name, of in CLASSES.items()}

_RAN_FROM = {
    "becoming aware": RunsFrom.AWARENESS,
    "notification (some count from awareness)": RunsFrom.NOTIFICATION,
    "sending of the report": RunsFrom.SENDING,
}


def _starts_by_a_fact(stored: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What a clock runs from was any words; those that frameworks shipped with are known, the rest is by hand."""
    framework = stored["framework"]
    deadlines, printed = framework.get("deadlines", []), framework.get("printed_deadlines", [])
    counted = {
        "deadlines": [
            {**each, "runs_from": _RAN_FROM.get(each.get("runs_from")), "counted_from": each.get("runs_from")}
            for each in deadlines
        ],
        "printed_deadlines": [
            {**each, "runs_from": RunsFrom.PRINTED_DATE, "counted_from": each.get("runs_from")} for each in printed
        ],
    }
    return "partnership.framework_added.v2", {**stored, "framework": {**framework, **counted}}


UPCASTS: dict[str, Callable[[dict[str, Any]], tuple[str, dict[str, Any]]]] = {
    "partnership.framework_added.v1": _starts_by_a_fact,
}
"""From a name no longer written, and what is stored under it, to the next name and what it would hold."""


def name_of(kind: Kind, fact: Fact | type[Fact]) -> str:
    """The stored name of a fact on a stream of this kind; KeyError for one that does not belong there."""
    return EVENT_NAMES[kind, fact if isinstance(fact, type) else type(fact)]


def class_of(name: str) -> tuple[Kind, type[Fact]]:
    """What is stored under a name; KeyError for a name that was never ours."""
    return CLASSES[name]


def upcast(name: str, stored: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """What is stored under an old name, brought forward to the name in use."""
    while name in UPCASTS:
        name, stored = UPCASTS[name](stored)
    return name, stored


def encode(fact: Fact) -> bytes:
    """A fact as the log keeps it: readable JSON with every field."""
    return fact.model_dump_json().encode()


def decode(name: str, stored: bytes | str) -> tuple[Kind, Fact]:
    """The fact stored under a name, be it of an earlier version. KeyError for a name that was never ours."""
    if name in UPCASTS:
        name, values = upcast(name, json.loads(stored))
        stored = json.dumps(values)
    kind, fact = class_of(name)
    return kind, fact.model_validate_json(stored)
