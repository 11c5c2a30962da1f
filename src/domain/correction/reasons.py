"""Why something that a fact says is not corrected, as whoever asks for it is told."""

from collections.abc import Mapping

from pydantic import BaseModel

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
from domain.shared.attachments import Attachment
from domain.shared.facts import Fact
from domain.theme import events as theme

MARK = "It follows from another thing's fact: that one is corrected."
_ADMINISTRATORS = "The administrator answers it by a new command."

UNCORRECTED: Mapping[type[Fact], str] = {
    recommendation.ActionPlanned: MARK,
    recommendation.DraftAgreed: MARK,
    recommendation.CheckCommissioned: MARK,
    returns.ImprovementsRaised: MARK,
    review.RecommendationArisen: MARK,
    review.LearningJoined: MARK,
    life.Challenged: MARK,
    life.ChallengeEnded: MARK,
    life.BodiesSucceeded: "It follows from the framework that was adopted.",
    programme.AuditCommissioned: MARK,
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

KEPT: Mapping[type[Fact], str] = {
    **dict.fromkeys(
        (action.Raised, recommendation.Raised, review.Referred, challenge.Issued, returns.ReturnCalled),
        "Nothing would be left of what it began: that is closed, declined or withdrawn, with the reason.",
    ),
    life.Completed: "It stands with the claim and its acceptance: these are struck out.",
    duties.DutiesTransferred: "It follows from the merger of agencies.",
}
"""Facts with fields that can be corrected, but that are not struck out, and why."""

_KEY = "Other facts and partners know it by this."
_PLACE = "It is ended where it stands, and told anew where it belongs."
_FRAMEWORK = "It is what the framework said on the day."
_DERIVED = "It follows from what else was told and corrected."
_STATED = "It says how another field came about."
_MERGER = "It follows from the merger of agencies."
_VERDICT = "A verdict on other evidence is another one: this one is struck out, and that one given."
_REFERENCES: Mapping[str, str] = {"reference": _KEY}

OF_EVERY_FACT: Mapping[str, str] = {"by": "Who recorded it, and in which role, is as the log holds it."}
BESIDE: Mapping[type[BaseModel], Mapping[str, str]] = {
    review.Referred: {**_REFERENCES, "framework": _FRAMEWORK, "clocks": _FRAMEWORK},
    review.Advised: {"framework": _FRAMEWORK},
    review.Commissioned: {**_REFERENCES, "framework": _FRAMEWORK},
    review.LearningIdentified: {"learning_id": _KEY, "draft": _DERIVED},
    review.LearningDisseminated: {
        "dissemination_id": _KEY,
        "duties": _FRAMEWORK,
        "obliges": "It follows from whom the learning went to.",
        "due_stated": _STATED,
    },
    review.LearningTakenUp: {"framework": _FRAMEWORK},
    review.ClockStarted: {
        "happened_on": "It follows from the day on which the clock started.",
        "clock_id": _KEY,
        "clock": "Another clock is another run: this one is struck out, and that one started.",
        "working_days": _FRAMEWORK,
        "stopped_by": _FRAMEWORK,
        "due_stated": _STATED,
    },
    review.ClockStopped: {
        "happened_on": "It follows from the day on which the clock stopped.",
        "clock_id": _KEY,
        "clock": "Another clock is another run: this stop is struck out, and that one stopped.",
    },
    duties.DutiesTransferred: {
        "happened_on": "It is the day of the merger.",
        "from_agency": _MERGER,
        "to_agency": _MERGER,
    },
    recommendation.Raised: {
        **_REFERENCES,
        "review_id": _PLACE,
        "addressed_by_name": _STATED,
        "framework": _FRAMEWORK,
        "draft": _DERIVED,
        "due_stated": _STATED,
        "found_in_return_of": "It follows from the return of which it was an improvement point.",
    },
    action.Raised: {
        **_REFERENCES,
        "recommendation_id": _PLACE,
        "review_id": _PLACE,
        "framework": _FRAMEWORK,
        "follows": "It follows from the finding that asked for it.",
    },
    life.Transferred: {
        "from_agency": "It is whoever led it until then.",
        "merged": _MERGER,
    },
    life.EvidenceSubmitted: {
        "evidence_id": _KEY,
        "by_lead": "It follows from who led on the day, and whose evidence it is.",
        "attachments": "Files stay with the evidence that they came with: it is struck out, and filed anew.",
    },
    Attachment: dict.fromkeys(Attachment.model_fields, "It is what the file was when it was received."),
    life.EvidenceAccepted: {"evidence_id": _VERDICT},
    life.EvidenceReturned: {"evidence_id": _VERDICT},
    life.EvidenceWithdrawn: {"evidence_id": _VERDICT},
    life.Completed: {"evidence_id": _KEY, "day_known": "It follows from the day that the evidence claims."},
    life.ExtensionRequested: {"extension_id": _KEY},
    life.ExtensionGranted: {"extension_id": _KEY},
    life.ExtensionRefused: {"extension_id": _KEY},
    life.Closed: {"due_stated": _STATED},
    life.ImpactVerified: {
        "follow_up_action": "It is the action that was raised with it.",
        "reopened": "It follows from the finding.",
    },
    challenge.Issued: {**_REFERENCES, "level": _FRAMEWORK, "working_days": _FRAMEWORK},
    challenge.Responded: {"level": "It is the level that the challenge had reached."},
    challenge.Escalated: {"level": "It is the level above the one that it had reached.", "working_days": _FRAMEWORK},
    challenge.Transferred: {
        "from_agency": "It is whoever had it to answer until then.",
        "merged": _MERGER,
    },
    programme.Agreed: {"year": _PLACE, "kinds": _FRAMEWORK, "framework": _FRAMEWORK},
    programme.AuditPlanned: {"year": _PLACE, "audit_id": _KEY, "framework": _FRAMEWORK},
    programme.AuditWithdrawn: {
        "year": _PLACE,
        "audit_id": "The withdrawal of another audit is another one: this one is struck out.",
    },
    returns.ReturnCalled: {
        "agency": "A return is one agency's: another is called for its own.",
        "year": _PLACE,
        "period": _PLACE,
        "framework": _FRAMEWORK,
        "since": _FRAMEWORK,
        "until": _FRAMEWORK,
        "duties": _FRAMEWORK,
        "judged_by": _FRAMEWORK,
    },
    review.Section: {"key": _KEY},
    review.ConditionMet: {"condition": _KEY},
    review.CriterionMet: {"criterion": _KEY},
    review.ClockRule: dict.fromkeys(review.ClockRule.model_fields, _FRAMEWORK),
    programme.AgreedNumber: {"rhythm": _KEY},
    duties.DutyOwed: dict.fromkeys(duties.DutyOwed.model_fields, _FRAMEWORK),
    duties.Obliged: dict.fromkeys(duties.Obliged.model_fields, "It follows from whom the learning went to."),
    returns.StandardAssessed: {"duty_id": _KEY},
    returns.Improvement: {"improvement_id": _KEY},
    challenge.Subject: dict.fromkeys(challenge.Subject.model_fields, "The subjects are corrected together."),
}
"""Of facts that can be corrected, and of their parts, what cannot, and why."""


def why_not(fact: type[Fact], attribute: str) -> str | None:
    return BESIDE.get(fact, {}).get(attribute) or OF_EVERY_FACT.get(attribute)
