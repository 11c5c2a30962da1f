"""Every command and its plan; whether the caller's role may at all is asked before anything is read."""

from collections.abc import Callable
from typing import Any, TypeAlias

from domain.action.commands import RaiseAction
from domain.agency.commands import AddAgency, AddAlias, MergeAgencies, RenameAgency
from domain.authority import its_agency_goes_on, may_command
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
from domain.given import Given
from domain.lifecycle import commands as life
from domain.partnership.commands import AddFramework, AdoptFramework, CreatePartnership
from domain.plans import (
    administering,
    challenging,
    correcting,
    impact,
    informing,
    living,
    merging,
    programming,
    raising,
    returns,
    reviewing,
    succeeding,
)
from domain.plans.reading import Decided, Read
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

Plan: TypeAlias = Callable[[Any, Read, Given], list[Decided]]

_PLANS: dict[type[Command], Plan] = {
    CommissionReview: reviewing.commission,
    ReferReview: reviewing.refer,
    AdviseReview: reviewing.advise,
    DeclineReview: reviewing.decline,
    StartClock: reviewing.start_clock,
    StopClock: reviewing.stop_clock,
    AgreeReview: reviewing.agree,
    CompleteReview: reviewing.complete,
    PublishReview: reviewing.publish,
    WithholdPublication: reviewing.withhold,
    IdentifyLearning: reviewing.identify_learning,
    DisseminateLearning: informing.disseminate_learning,
    ConfirmLearning: informing.confirm_learning,
    RecordParticipation: reviewing.record_participation,
    TakeUpLearning: informing.take_up_learning,
    CallReturns: returns.call_returns,
    ConfirmReturn: returns.confirm_return,
    SubmitReturn: returns.submit_return,
    JudgeReturns: returns.judge_returns,
    RaiseImprovements: returns.raise_improvements,
    RaiseRecommendation: raising.raise_recommendation,
    Respond: reviewing.respond,
    RaiseAction: raising.raise_action,
    life.Assign: living.live,
    life.Transfer: living.live,
    life.ReportProgress: living.live,
    life.SubmitEvidence: living.live,
    life.AcceptEvidence: living.live,
    life.ReturnEvidence: living.live,
    life.WithdrawEvidence: living.withdraw_evidence,
    life.RequestExtension: living.live,
    life.GrantExtension: living.live,
    life.RefuseExtension: living.live,
    life.Close: living.close,
    life.Reopen: living.reopen,
    life.VerifyImpact: impact.verify_impact,
    IssueChallenge: challenging.issue,
    RespondToChallenge: challenging.respond,
    EscalateChallenge: challenging.escalate,
    TransferChallenge: challenging.transfer,
    ResolveChallenge: challenging.resolve,
    WithdrawChallenge: challenging.withdraw,
    AgreeProgramme: programming.agree,
    PlanAudit: programming.plan,
    WithdrawAudit: programming.withdraw,
    AddAgency: administering.add_agency,
    RenameAgency: administering.rename_agency,
    AddAlias: administering.add_alias,
    AddTheme: administering.add_theme,
    RenameTheme: administering.rename_theme,
    MergeTheme: administering.merge_theme,
    CreatePartnership: administering.create_partnership,
    AddFramework: administering.add_framework,
    AdoptFramework: succeeding.adopt_framework,
    IssueCredential: administering.issue_credential,
    RevokeCredential: administering.revoke_credential,
    Correct: correcting.correct,
    MergeAgencies: merging.merge_agencies,
}


def _if_permitted(plan: Plan) -> Plan:
    def permitted(command: Command, read: Read, given: Given) -> list[Decided]:
        may_command(command, given.caller)
        its_agency_goes_on(given)
        return plan(command, read, given)

    return permitted


PLANS: dict[type[Command], Plan] = {command: _if_permitted(plan) for command, plan in _PLANS.items()}
