"""The domain's tables as partners read them: who may send what, what can be corrected, what words are stored."""

import re
from enum import StrEnum
from inspect import getmembers, isclass
from uuid import UUID

import pytest
from pydantic import ValidationError

from domain.catalogue import BY_MUTATION, CATALOGUE
from domain.correction.correctable import Correctable, correctable, names
from domain.correction.fields import FIELDS, VOIDABLE
from domain.shared import vocabulary as words
from domain.shared.vocabulary import Kind, Role
from support.command_examples import EXAMPLES

OF_A_LIFE = """
    Assign Transfer ReportProgress SubmitEvidence AcceptEvidence ReturnEvidence WithdrawEvidence RequestExtension
    GrantExtension RefuseExtension Close Reopen VerifyImpact Correct
"""
JUDGING = """
    AdviseReview AgreeReview AcceptEvidence ReturnEvidence GrantExtension RefuseExtension Close Reopen VerifyImpact
    TakeUpLearning
    JudgeReturns
"""
MAY = {
    Role.AGENCY: """
        ReferReview Respond RaiseAction ReportProgress SubmitEvidence WithdrawEvidence
        RequestExtension RespondToChallenge
        ConfirmLearning ConfirmReturn SubmitReturn
    """,
    Role.BUSINESS_UNIT: """
        ReferReview AdviseReview CommissionReview StartClock StopClock CompleteReview IdentifyLearning
        RaiseRecommendation Respond RaiseAction Assign Transfer ReportProgress SubmitEvidence RespondToChallenge
        TransferChallenge DisseminateLearning ConfirmLearning CallReturns ConfirmReturn PlanAudit WithdrawAudit Correct
        RecordParticipation TakeUpLearning HandOver
        SubmitReturn RaiseImprovements
    """,
    Role.MONITORING_BODY: JUDGING,
    Role.CHAIR: f"""
        {JUDGING} CommissionReview DeclineReview PublishReview WithholdPublication IssueChallenge
        EscalateChallenge TransferChallenge ResolveChallenge WithdrawChallenge AgreeProgramme ConfirmLearning
    """,
    Role.INSPECTOR: "",
    Role.ADMINISTRATOR: """
        AddAgency RenameAgency AddAlias MergeAgencies AddTheme RenameTheme MergeTheme CreatePartnership
        AddFramework AdoptFramework IssueCredential RevokeCredential HandOver
    """,
}

CORRECTABLE = {
    "action.Raised": "happenedOn wording measureOfEffectiveness? themes?",
    "recommendation.Raised": """
        happenedOn wording measureOfEffectiveness? themes? need? meansOfImprovement? proposedLead? addressedTo?
        learning? responseDueOn?
    """,
    "recommendation.Responded": "happenedOn agency answer reason? receivedFrom?",
    "lifecycle.Assigned": "happenedOn leadAgency contributingAgencies? leadOfficer? dueOn",
    "lifecycle.Transferred": "happenedOn toAgency reason",
    "lifecycle.ProgressReported": "happenedOn agency narrative rag? ragReason? percentComplete? receivedFrom?",
    "lifecycle.EvidenceSubmitted": "happenedOn agency narrative claimsComplete completedOn? receivedFrom?",
    "lifecycle.EvidenceAccepted": "happenedOn",
    "lifecycle.EvidenceReturned": "happenedOn reason fixBy?",
    "lifecycle.EvidenceWithdrawn": "happenedOn reason",
    "lifecycle.Completed": "happenedOn",
    "lifecycle.ExtensionRequested": "happenedOn agency until reason",
    "lifecycle.ExtensionGranted": "happenedOn until reason?",
    "lifecycle.ExtensionRefused": "happenedOn reason",
    "lifecycle.Closed": "happenedOn outcome reason impactDueOn",
    "lifecycle.Reopened": "happenedOn reason dueOn",
    "lifecycle.ImpactVerified": "happenedOn finding measure narrative? followUpReason evidencedBy?",
    "review.Commissioned": """
        happenedOn title kind agencies? mandatedBy? leadReviewer? leadReviewerEmployer? followsUp? checks?
        programmeYear?
        reportsThrough? conditionsMet.CONDITION? criteriaMet.CRITERION? stakeholders? facilitator?
        method? sharedReference? awareOn? themes?
        reason?
    """,
    "review.Referred": "happenedOn title kind? agencies? referredBy? awareOn? circumstances?",
    "review.Advised": "happenedOn body kind advice noReview",
    "review.Declined": "happenedOn reason",
    "review.Agreed": "happenedOn body?",
    "review.ClockStarted": "startedOn dueOn",
    "review.ClockStopped": "stoppedOn",
    "review.LearningDisseminated": "happenedOn audience agencies? learning bodies? method confirmBy public media",
    "review.LearningTakenUp": "happenedOn learningId body whatWasDone",
    "review.ParticipationRecorded": "happenedOn participant who? invited tookPart? how? whyNot?",
    "duties.DutiesConfirmed": "happenedOn duties agency assurance",
    "duties.DutiesTransferred": "reason",
    "returns.ReturnCalled": "happenedOn dueOn reviewId?",
    "returns.ReturnSubmitted": """
        happenedOn agency narrative? assessments.DUTY.compliance assessments.DUTY.words?
        improvements.IMPROVEMENT.wording improvements.IMPROVEMENT.dutyId?
    """,
    "returns.ReturnJudged": """
        happenedOn body? narrative? assessments.DUTY.compliance assessments.DUTY.words?
        improvements.IMPROVEMENT.wording improvements.IMPROVEMENT.dutyId?
    """,
    "review.Completed": "happenedOn sections.KEY?",
    "review.LearningIdentified": "happenedOn wording goodPractice themes? agencies? yields?",
    "review.Published": "happenedOn url? boardResponse?",
    "review.PublicationWithheld": "happenedOn reason improvements?",
    "challenge.Issued": "happenedOn agency subjects? aboutPerformance grounds requested? responseDueOn",
    "challenge.Responded": "happenedOn agency narrative",
    "challenge.Escalated": "happenedOn reason responseDueOn",
    "challenge.Transferred": "happenedOn toAgency reason",
    "challenge.Resolved": "happenedOn outcome reason reopenDueOn?",
    "challenge.Withdrawn": "happenedOn reason",
    "programme.Agreed": "happenedOn topics limit? numbers.RHYTHM?",
    "programme.AuditPlanned": "happenedOn kind topic plannedFor",
    "programme.AuditWithdrawn": "happenedOn reason",
}


@pytest.mark.parametrize("role", Role, ids=str)
def test_a_role_sends_what_is_its_own_and_nothing_else(role: Role) -> None:
    assert {each.command.__name__ for each in CATALOGUE if role in each.roles} == set(MAY[role].split())


def _field(fact: type, field: str) -> Correctable:
    """Of parts, with a key that is an id."""
    known = correctable(fact, re.sub("DUTY|IMPROVEMENT", str(UUID(int=1)), field))
    assert known is not None, field
    return known


def _takes_nothing(fact: type, field: str) -> bool:
    try:
        _field(fact, field).reads.validate_python(None)
    except ValidationError:
        return False
    return True


def test_of_each_fact_it_is_known_what_can_be_corrected_and_what_emptied() -> None:
    said = {
        f"{fact.__module__.split('.')[1]}.{fact.__name__}": {
            field + ("?" if _takes_nothing(fact, field) else "") for field in names(fact)
        }
        for fact in FIELDS
    }
    assert said == {fact: set(fields.split()) for fact, fields in CORRECTABLE.items()}


def test_everything_told_by_mistake_can_be_struck_out_but_what_began_a_thing_or_follows() -> None:
    assert {fact.__module__.split(".")[1] + "." + fact.__name__ for fact in FIELDS.keys() - VOIDABLE} == {
        "action.Raised",
        "recommendation.Raised",
        "review.Referred",
        "challenge.Issued",
        "returns.ReturnCalled",
        "lifecycle.Completed",
        "duties.DutiesTransferred",
    }


def test_every_word_is_stored_as_it_is_called() -> None:
    vocabularies = [each for _, each in getmembers(words, isclass) if issubclass(each, StrEnum) and each is not StrEnum]
    assert len(vocabularies) > 10
    for vocabulary in vocabularies:
        lower = str.lower if vocabulary is Kind else str
        assert {word.value for word in vocabulary} == {lower(word.name) for word in vocabulary}


def test_every_command_of_a_life_is_a_mutation_for_each_kind() -> None:
    for kind in ("recommendation", "action"):
        named = {name for name in BY_MUTATION if re.fullmatch(kind + "[A-Z][a-z]+([A-Z][a-z]+)?", name)}
        assert named >= {f"{kind}{each}" for each in OF_A_LIFE.split()}
    assert {each.command for each in BY_MUTATION.values() if "lifecycle" in each.command.__module__} == {
        each.command for each in EXAMPLES if "lifecycle" in each.command.__module__
    }


SENDS = {
    "reviewCommission": "CommissionReview",
    "reviewAgree": "AgreeReview",
    "reviewComplete": "CompleteReview",
    "reviewPublish": "PublishReview",
    "reviewWithholdPublication": "WithholdPublication",
    "reviewRefer": "ReferReview",
    "reviewAdvise": "AdviseReview",
    "reviewDecline": "DeclineReview",
    "reviewCorrect": "Correct",
    "learningIdentify": "IdentifyLearning",
    "learningDisseminate": "DisseminateLearning",
    "learningConfirm": "ConfirmLearning",
    "returnsCall": "CallReturns",
    "returnConfirm": "ConfirmReturn",
    "returnCorrect": "Correct",
    "auditProgrammeAgree": "AgreeProgramme",
    "auditProgrammePlan": "PlanAudit",
    "auditProgrammeWithdraw": "WithdrawAudit",
    "clockStart": "StartClock",
    "clockStop": "StopClock",
    "recommendationRaise": "RaiseRecommendation",
    "recommendationRespond": "Respond",
    "actionRaise": "RaiseAction",
    "actionSubmitEvidenceBatch": "SubmitEvidence",
    "challengeIssue": "IssueChallenge",
    "challengeRespond": "RespondToChallenge",
    "challengeEscalate": "EscalateChallenge",
    "challengeTransfer": "TransferChallenge",
    "challengeResolve": "ResolveChallenge",
    "challengeWithdraw": "WithdrawChallenge",
    "challengeCorrect": "Correct",
    "auditProgrammeCorrect": "Correct",
}


@pytest.mark.parametrize(("name", "command"), SENDS.items())
def test_a_mutation_sends_its_command(name: str, command: str) -> None:
    assert BY_MUTATION[name].command.__name__ == command
