"""The field's word for every command, and what a person types for those that no mutation sends."""

from domain.action.commands import RaiseAction
from domain.agency.commands import AddAgency, AddAlias, MergeAgencies, RenameAgency
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
from domain.credential.commands import IssueCredential, RevokeCredential
from domain.lifecycle import commands as life
from domain.partnership.commands import AddFramework, AdoptFramework, CreatePartnership
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
from domain.theme.commands import AddTheme, MergeTheme, RenameTheme

WORDS: dict[type[Command], str] = {
    ReferReview: "refer a case",
    AdviseReview: "advise about it",
    DeclineReview: "decline it",
    CommissionReview: "commission a review",
    AgreeReview: "agree it",
    StartClock: "start one of its clocks",
    StopClock: "stop the clock",
    CompleteReview: "complete it",
    PublishReview: "publish it",
    WithholdPublication: "withhold it",
    IdentifyLearning: "identify learning",
    DisseminateLearning: "disseminate learning",
    TakeUpLearning: "take up learning that a body was fed",
    RecordParticipation: "record how families and professionals took part",
    ConfirmLearning: "confirm a duty that follows",
    CallReturns: "call for returns on standing duties",
    ConfirmReturn: "give the return",
    SubmitReturn: "give a return, standard by standard",
    JudgeReturns: "judge returns",
    RaiseImprovements: "raise what returns showed is to be put right",
    AgreeProgramme: "agree the audit programme of a year",
    PlanAudit: "plan an audit",
    WithdrawAudit: "withdraw it from the programme",
    RaiseRecommendation: "raise a recommendation",
    Respond: "respond to it",
    RaiseAction: "raise an action",
    life.Assign: "assign",
    life.Transfer: "transfer",
    life.ReportProgress: "report progress",
    life.SubmitEvidence: "submit evidence, claim completion",
    life.AcceptEvidence: "accept evidence",
    life.ReturnEvidence: "return evidence",
    life.WithdrawEvidence: "withdraw evidence",
    life.RequestExtension: "request an extension",
    life.GrantExtension: "grant it",
    life.RefuseExtension: "refuse it",
    life.Close: "close",
    life.Reopen: "reopen",
    life.VerifyImpact: "verify impact",
    IssueChallenge: "issue a formal challenge",
    RespondToChallenge: "respond to it",
    EscalateChallenge: "escalate it",
    TransferChallenge: "move it to another agency",
    ResolveChallenge: "resolve it",
    WithdrawChallenge: "withdraw it",
    CreatePartnership: "create a partnership",
    AddFramework: "add a framework of its own",
    AdoptFramework: "adopt a framework",
    AddAgency: "add an agency",
    RenameAgency: "rename an agency",
    AddAlias: "know it by another spelling",
    MergeAgencies: "merge an agency into another",
    Correct: "correct the record",
    AddTheme: "add a theme",
    RenameTheme: "rename a theme",
    MergeTheme: "merge a theme into another",
    IssueCredential: "issue a credential",
    RevokeCredential: "revoke it",
}

TYPED: dict[type[Command], str] = {
    CreatePartnership: "partnership create",
    AddFramework: "framework add",
    AdoptFramework: "partnership adopt",
    AddAgency: "agency add",
    RenameAgency: "agency rename",
    AddAlias: "agency alias",
    MergeAgencies: "agency merge",
    AddTheme: "theme add",
    RenameTheme: "theme rename",
    MergeTheme: "theme merge",
    IssueCredential: "token",
    RevokeCredential: "credential revoke",
}
