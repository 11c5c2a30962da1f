"""A refusal names the field that is wrong, in the words of the input: an example of a command with one thing wrong."""

from typing import Any
from uuid import UUID

import pytest

from domain.agency.commands import AddAgency, AddAlias, MergeAgencies, RenameAgency
from domain.challenge.commands import EscalateChallenge, IssueChallenge, ResolveChallenge, TransferChallenge
from domain.correction.commands import Correct
from domain.credential.commands import IssueCredential, RevokeCredential
from domain.lifecycle import commands as life
from domain.partnership.commands import AddFramework, AdoptFramework, CreatePartnership
from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from domain.recommendation.commands import RaiseRecommendation, Respond
from domain.returns.commands import CallReturns, ConfirmReturn
from domain.review import commands as review
from domain.shared.commands import Command
from domain.shared.refusals import Invalid, Refusal, UnknownAgency
from domain.shared.vocabulary import Answer, ChallengeOutcome, ClosureOutcome, Impact, Kind, Role
from domain.theme.commands import AddTheme, MergeTheme, RenameTheme
from support.command_examples import EXAMPLES
from support.in_memory_register import BODY, Story

NOBODY = UUID(int=77)
PAST, TODAY, TOMORROW = Story.on(-1), Story.on(0), Story.on(1)

CASES: list[tuple[type[Command], dict[str, Any], str, str]] = [
    (life.Assign, {"lead_agency": "moon"}, "UNKNOWN_AGENCY", "leadAgency"),
    (life.Assign, {"contributing_agencies": ("health", "moon")}, "UNKNOWN_AGENCY", "contributingAgencies.1"),
    (life.Assign, {"due_on": PAST}, "DUE_DATE_IN_PAST", "dueOn"),
    (life.Transfer, {"to_agency": "moon"}, "UNKNOWN_AGENCY", "toAgency"),
    (life.Transfer, {"to_agency": "police"}, "INVALID", "toAgency"),
    (life.Transfer, {"reason": ""}, "REASON_REQUIRED", "reason"),
    (life.ReportProgress, {"agency": "moon"}, "UNKNOWN_AGENCY", "agency"),
    (life.ReportProgress, {"agency": "schools"}, "INVALID", "agency"),
    (life.SubmitEvidence, {"agency": "health"}, "NOT_PERMITTED", "claimsComplete"),
    (life.SubmitEvidence, {"completed_on": TOMORROW}, "DATE_IN_FUTURE", "completedOn"),
    (life.SubmitEvidence, {"completed_on": PAST}, "DATE_BEFORE_START", "completedOn"),
    (life.SubmitEvidence, {"claims_complete": False}, "INVALID", "completedOn"),
    (life.AcceptEvidence, {"evidence_id": NOBODY}, "NOT_FOUND", "evidenceId"),
    (life.ReturnEvidence, {"evidence_id": NOBODY}, "NOT_FOUND", "evidenceId"),
    (life.ReturnEvidence, {"reason": ""}, "REASON_REQUIRED", "reason"),
    (life.WithdrawEvidence, {"evidence_id": NOBODY}, "NOT_FOUND", "evidenceId"),
    (life.WithdrawEvidence, {"reason": ""}, "REASON_REQUIRED", "reason"),
    (life.RequestExtension, {"until": PAST}, "DUE_DATE_IN_PAST", "until"),
    (life.RequestExtension, {"until": Story.on(60)}, "INVALID", "until"),
    (life.RequestExtension, {"reason": ""}, "REASON_REQUIRED", "reason"),
    (life.GrantExtension, {"until": Story.on(60)}, "INVALID", "until"),
    (life.GrantExtension, {"until": PAST}, "DUE_DATE_IN_PAST", "until"),
    (life.RefuseExtension, {"reason": ""}, "REASON_REQUIRED", "reason"),
    (life.Close, {"impact_due_on": PAST}, "DUE_DATE_IN_PAST", "impactDueOn"),
    (life.Close, {"outcome": ClosureOutcome.SUPERSEDED}, "INVALID", "impactDueOn"),
    (life.Close, {"outcome": ClosureOutcome.NOT_IMPLEMENTED, "reason": ""}, "REASON_REQUIRED", "reason"),
    (life.Reopen, {"due_on": PAST}, "DUE_DATE_IN_PAST", "dueOn"),
    (life.Reopen, {"reason": ""}, "REASON_REQUIRED", "reason"),
    (life.VerifyImpact, {"finding": Impact.NOT_EMBEDDED}, "FOLLOW_UP_REQUIRED", "followUp"),
    (life.VerifyImpact, {"follow_up": {"reason": "x", "further_action": "y"}}, "INVALID", "followUp"),
    (review.ReferReview, {"kind": "palm-reading"}, "UNKNOWN_REVIEW_KIND", "kind"),
    (review.ReferReview, {"aware_on": TOMORROW}, "DATE_IN_FUTURE", "awareOn"),
    (review.ReferReview, {"agencies": ("moon",)}, "UNKNOWN_AGENCY", "agencies.0"),
    (review.AdviseReview, {"kind": "palm-reading"}, "UNKNOWN_REVIEW_KIND", "kind"),
    (review.AdviseReview, {"body": "the-choir"}, "UNKNOWN_BODY", "body"),
    (review.AdviseReview, {"body": "training"}, "NOT_PERMITTED", "body"),
    (review.AdviseReview, {"by": Story.unit}, "NOT_PERMITTED", "body"),
    (review.DeclineReview, {"reason": ""}, "REASON_REQUIRED", "reason"),
    (review.CommissionReview, {"kind": "palm-reading"}, "UNKNOWN_REVIEW_KIND", "kind"),
    (review.CommissionReview, {"agencies": ("moon",)}, "UNKNOWN_AGENCY", "agencies.0"),
    (review.CommissionReview, {"themes": ("moons",)}, "UNKNOWN_THEME", "themes.0"),
    (review.CommissionReview, {"aware_on": TOMORROW}, "DATE_IN_FUTURE", "awareOn"),
    (review.CommissionReview, {"lead_reviewer_employer": "police"}, "NOT_INDEPENDENT", "leadReviewerEmployer"),
    (review.CommissionReview, {"by": Story.chair}, "NOT_PERMITTED", "referralId"),
    (review.CommissionReview, {"checks": (NOBODY,)}, "NOT_FOUND", "checks.0"),
    (review.CommissionReview, {"planned_audit": NOBODY}, "NOT_FOUND", "plannedAudit"),
    (review.CommissionReview, {"programme_year": None}, "INVALID", "programmeYear"),
    (review.AgreeReview, {"body": "the-choir"}, "UNKNOWN_BODY", "body"),
    (review.AgreeReview, {"body": "training"}, "NOT_PERMITTED", "body"),
    (review.AgreeReview, {"body": "training", "by": Story.body}, "NOT_PERMITTED", "body"),
    (review.WithholdPublication, {"reason": ""}, "REASON_REQUIRED", "reason"),
    (review.StartClock, {"started_on": TOMORROW}, "DATE_IN_FUTURE", "startedOn"),
    (review.StartClock, {"due_on": PAST}, "DUE_DATE_IN_PAST", "dueOn"),
    (review.StartClock, {"due_on": None}, "INVALID", "dueOn"),
    (review.StopClock, {"stopped_on": TOMORROW}, "DATE_IN_FUTURE", "stoppedOn"),
    (review.StopClock, {"stopped_on": PAST}, "DATE_OUT_OF_ORDER", "stoppedOn"),
    (review.StopClock, {"clock": "another"}, "CONDITIONS_NOT_MET", "clock"),
    (review.IdentifyLearning, {"themes": ("moons",)}, "UNKNOWN_THEME", "themes.0"),
    (review.IdentifyLearning, {"agencies": ("moon",)}, "UNKNOWN_AGENCY", "agencies.0"),
    (review.DisseminateLearning, {"method": "carrier-pigeon"}, "UNKNOWN_METHOD", "method"),
    (review.DisseminateLearning, {"agencies": ("moon",)}, "UNKNOWN_AGENCY", "agencies.0"),
    (review.DisseminateLearning, {"learning": (NOBODY,)}, "NOT_FOUND", "learning.0"),
    (review.DisseminateLearning, {"confirm_by": PAST}, "DUE_DATE_IN_PAST", "confirmBy"),
    (review.ConfirmLearning, {"agency": "moon"}, "UNKNOWN_AGENCY", "agency"),
    (review.ConfirmLearning, {"duty_id": NOBODY}, "NOT_FOUND", "dutyId"),
    (review.ConfirmLearning, {"agency": "health"}, "NOT_PERMITTED", "dutyId"),
    (CallReturns, {"agencies": ("moon",)}, "UNKNOWN_AGENCY", "agencies.0"),
    (CallReturns, {"year": 2025}, "DATE_IN_FUTURE", "year"),
    (CallReturns, {"period": 2}, "INVALID", "period"),
    (CallReturns, {"due_on": PAST}, "DUE_DATE_IN_PAST", "dueOn"),
    (ConfirmReturn, {"agency": "moon"}, "UNKNOWN_AGENCY", "agency"),
    (ConfirmReturn, {"duty_id": NOBODY}, "NOT_FOUND", "dutyId"),
    (AgreeProgramme, {"topics": ("moons",)}, "UNKNOWN_THEME", "topics.0"),
    (PlanAudit, {"kind": "palm-reading"}, "UNKNOWN_REVIEW_KIND", "kind"),
    (PlanAudit, {"topic": "moons"}, "UNKNOWN_THEME", "topic"),
    (PlanAudit, {"planned_for": Story.on(-8)}, "INVALID", "plannedFor"),
    (WithdrawAudit, {"audit_id": NOBODY}, "NOT_FOUND", "auditId"),
    (WithdrawAudit, {"reason": ""}, "REASON_REQUIRED", "reason"),
    (RaiseRecommendation, {"learning": (NOBODY,)}, "INVALID", "learning.0"),
    (RaiseRecommendation, {"themes": ("moons",)}, "UNKNOWN_THEME", "themes.0"),
    (RaiseRecommendation, {"lead_agency": "moon"}, "UNKNOWN_AGENCY", "leadAgency"),
    (RaiseRecommendation, {"addressed_to": ("moon",)}, "UNKNOWN_AGENCY", "addressedTo.0"),
    (RaiseRecommendation, {"response_due_on": PAST}, "DUE_DATE_IN_PAST", "responseDueOn"),
    (Respond, {"answer": Answer.NOT_ACCEPTED, "reason": ""}, "REASON_REQUIRED", "reason"),
    (Correct, {"event_id": 10_000}, "NOT_FOUND", "eventId"),
    (Correct, {"field": "reference"}, "INVALID", "field"),
    (Correct, {"new_value": ""}, "INVALID", "newValue"),
    (Correct, {"field": "themes", "new_value": "moons"}, "UNKNOWN_THEME", "newValue"),
    (Correct, {"field": "happenedOn", "new_value": "2024-01-09"}, "DATE_IN_FUTURE", "newValue"),
    (Correct, {"field": "happenedOn", "new_value": "2024-01-07"}, "DATE_BEFORE_START", "newValue"),
    (Correct, {"reason": ""}, "REASON_REQUIRED", "reason"),
    (IssueChallenge, {"agency": "moon"}, "UNKNOWN_AGENCY", "agency"),
    (IssueChallenge, {"agency": "schools"}, "SUBJECT_NOT_OF_AGENCY", "subjects.0"),
    (IssueChallenge, {"response_due_on": PAST}, "DUE_DATE_IN_PAST", "responseDueOn"),
    (EscalateChallenge, {"response_due_on": PAST}, "DUE_DATE_IN_PAST", "responseDueOn"),
    (EscalateChallenge, {"reason": ""}, "REASON_REQUIRED", "reason"),
    (TransferChallenge, {"to_agency": "police"}, "INVALID", "toAgency"),
    (TransferChallenge, {"to_agency": "moon"}, "UNKNOWN_AGENCY", "toAgency"),
    (TransferChallenge, {"to_agency": "schools"}, "SUBJECT_NOT_OF_AGENCY", "toAgency"),
    (ResolveChallenge, {"outcome": ChallengeOutcome.ANSWERED}, "INVALID", "reopenDueOn"),
    (ResolveChallenge, {"reason": ""}, "REASON_REQUIRED", "reason"),
    (AddAgency, {"key": "police"}, "INVALID", "key"),
    (AddAgency, {"name": "Police"}, "INVALID", "name"),
    (AddAgency, {"aliases": ("Police",)}, "INVALID", "aliases"),
    (RenameAgency, {"key": "moon"}, "UNKNOWN_AGENCY", "key"),
    (RenameAgency, {"name": "The health"}, "INVALID", "name"),
    (AddAlias, {"alias": "The health"}, "INVALID", "alias"),
    (MergeAgencies, {"key": "moon"}, "UNKNOWN_AGENCY", "key"),
    (MergeAgencies, {"into": "moon"}, "UNKNOWN_AGENCY", "into"),
    (MergeAgencies, {"into": "housing"}, "INVALID", "into"),
    (AddTheme, {"key": "neglect"}, "INVALID", "key"),
    (AddTheme, {"name": "Neglect"}, "INVALID", "name"),
    (AddTheme, {"aliases": ("Neglect",)}, "INVALID", "aliases"),
    (AddTheme, {"parent": "moons"}, "UNKNOWN_THEME", "parent"),
    (RenameTheme, {"key": "moons"}, "UNKNOWN_THEME", "key"),
    (RenameTheme, {"name": "Supervision"}, "INVALID", "name"),
    (MergeTheme, {"key": "moons"}, "UNKNOWN_THEME", "key"),
    (MergeTheme, {"into": "moons"}, "UNKNOWN_THEME", "into"),
    (MergeTheme, {"into": "supervision"}, "INVALID", "into"),
    (CreatePartnership, {"framework": "moon"}, "INVALID", "framework"),
    (CreatePartnership, {"time_zone": "Moon/Sea"}, "INVALID", "timeZone"),
    (AddFramework, {"happened_on": TOMORROW}, "DATE_IN_FUTURE", "happenedOn"),
    (AdoptFramework, {"framework": "moon"}, "INVALID", "framework"),
    (AdoptFramework, {"happened_on": TOMORROW}, "DATE_IN_FUTURE", "happenedOn"),
    (IssueCredential, {"agency": "moon"}, "UNKNOWN_AGENCY", "agency"),
    (IssueCredential, {"agency": None}, "INVALID", "independent"),
    (IssueCredential, {"independent": True}, "INVALID", "independent"),
    (IssueCredential, {"agency": None, "role": Role.AGENCY}, "INVALID", "agency"),
    (IssueCredential, {"bodies": ()}, "INVALID", "bodies"),
    (IssueCredential, {"bodies": (BODY, "the-choir")}, "UNKNOWN_BODY", "bodies.1"),
    (RevokeCredential, {"reason": ""}, "REASON_REQUIRED", "reason"),
]


@pytest.mark.parametrize(
    ("shape", "wrong", "code", "field"), CASES, ids=[f"{case[0].__name__}-{case[3]}-{case[2]}" for case in CASES]
)
def test_a_refusal_names_the_field_that_is_wrong(
    story: Story, shape: type[Command], wrong: dict[str, Any], code: str, field: str
) -> None:
    example = next(each for each in EXAMPLES if each.command is shape)
    asked = example.told(story, **{name: value for name, value in wrong.items() if name != "by"})
    refusal = story.refused(Refusal, asked, wrong.get("by", example.by))
    assert (refusal.code, ".".join(refusal.field)) == (code, field)


def test_an_agency_that_went_on_in_another_is_named_as_the_field_that_is_wrong(story: Story, kind: Kind) -> None:
    thing = story.an_action() if kind is Kind.ACTION else story.a_recommendation()
    story.merge_agencies("housing", into="schools")
    asked = life.Assign(kind=kind, id=thing, lead_agency="housing", due_on=story.on(9))
    refusal = story.refused(UnknownAgency, asked, story.unit)
    assert refusal.field == ("leadAgency",)
    assert "has become 'schools'" in refusal.message


def test_a_key_that_is_another_agencys_name_is_named(story: Story) -> None:
    story.when(AddAlias(key="police", alias="Force"), story.administrator)
    taken = AddAgency(key="force", name="The armed forces")
    assert story.refused(Invalid, taken, story.administrator).field == ("key",)
