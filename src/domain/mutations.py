"""Which command each mutation of the contract sends; those of a shared life come once for each kind."""

from domain.action.commands import RaiseAction
from domain.challenge.commands import (
    EscalateChallenge,
    IssueChallenge,
    ResolveChallenge,
    RespondToChallenge,
    TransferChallenge,
    WithdrawChallenge,
)
from domain.commands import Command
from domain.correction.commands import Correct
from domain.lifecycle import commands as life
from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from domain.recommendation.commands import RaiseRecommendation, Respond
from domain.returns.commands import CallReturns, ConfirmReturn, JudgeReturns, RaiseImprovements, SubmitReturn
from domain.review.commands import (
    AdviseReview,
    AgreeReview,
    CommissionReview,
    CompleteReview,
    ConfirmLearning,
    DeclineReview,
    DisseminateLearning,
    IdentifyLearning,
    PublishReview,
    RecordParticipation,
    ReferReview,
    StartClock,
    StopClock,
    TakeUpLearning,
    WithholdPublication,
)

_OF_A_LIFE: dict[str, type[Command]] = {
    "Assign": life.Assign,
    "Transfer": life.Transfer,
    "ReportProgress": life.ReportProgress,
    "SubmitEvidence": life.SubmitEvidence,
    "AcceptEvidence": life.AcceptEvidence,
    "ReturnEvidence": life.ReturnEvidence,
    "WithdrawEvidence": life.WithdrawEvidence,
    "RequestExtension": life.RequestExtension,
    "GrantExtension": life.GrantExtension,
    "RefuseExtension": life.RefuseExtension,
    "Close": life.Close,
    "Reopen": life.Reopen,
    "VerifyImpact": life.VerifyImpact,
}

MUTATIONS: dict[str, type[Command]] = {
    "reviewCommission": CommissionReview,
    "reviewAgree": AgreeReview,
    "reviewComplete": CompleteReview,
    "reviewPublish": PublishReview,
    "reviewWithholdPublication": WithholdPublication,
    "learningIdentify": IdentifyLearning,
    "learningDisseminate": DisseminateLearning,
    "learningConfirm": ConfirmLearning,
    "recommendationRaise": RaiseRecommendation,
    "recommendationRespond": Respond,
    **{f"recommendation{name}": command for name, command in _OF_A_LIFE.items()},
    "actionRaise": RaiseAction,
    **{f"action{name}": command for name, command in _OF_A_LIFE.items()},
    "actionSubmitEvidenceBatch": life.SubmitEvidence,
    "challengeIssue": IssueChallenge,
    "challengeRespond": RespondToChallenge,
    "challengeEscalate": EscalateChallenge,
    "challengeResolve": ResolveChallenge,
    "challengeWithdraw": WithdrawChallenge,
    "clockStart": StartClock,
    "clockStop": StopClock,
    "challengeTransfer": TransferChallenge,
    "reviewRefer": ReferReview,
    "reviewAdvise": AdviseReview,
    "reviewDecline": DeclineReview,
    "reviewCorrect": Correct,
    "recommendationCorrect": Correct,
    "actionCorrect": Correct,
    "challengeCorrect": Correct,
    "auditProgrammeAgree": AgreeProgramme,
    "auditProgrammePlan": PlanAudit,
    "auditProgrammeWithdraw": WithdrawAudit,
    "returnsCall": CallReturns,
    "returnConfirm": ConfirmReturn,
    "returnSubmit": SubmitReturn,
    "returnsJudge": JudgeReturns,
    "reviewRaiseImprovements": RaiseImprovements,
    "returnCorrect": Correct,
    "reviewRecordParticipation": RecordParticipation,
    "learningTakeUp": TakeUpLearning,
    "auditProgrammeCorrect": Correct,
}
