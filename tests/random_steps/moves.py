"""Every command with the rule that tries it, and how often, in parts of the whole."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from domain.action.commands import RaiseAction
from domain.agency.commands import AddAgency, AddAlias, MergeAgencies, RenameAgency
from domain.challenge import commands as challenge
from domain.correction.commands import Correct
from domain.credential.commands import IssueCredential, RevokeCredential
from domain.lifecycle import commands as life
from domain.partnership.commands import AddFramework, AdoptFramework, CreatePartnership
from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from domain.recommendation.commands import RaiseRecommendation, Respond
from domain.returns.commands import CallReturns, ConfirmReturn, JudgeReturns, RaiseImprovements, SubmitReturn
from domain.review import commands as review
from domain.shared.commands import Command
from domain.theme.commands import AddTheme, MergeTheme, RenameTheme
from random_steps import moves_of_administration as administering
from random_steps import moves_of_challenges as challenging
from random_steps import moves_of_duties as owing
from random_steps import moves_of_lives as living
from random_steps import moves_of_programmes as programming
from random_steps import moves_of_reviews as reviewing
from random_steps.scene import Scene


class Move(NamedTuple):
    parts: int
    make: Callable[[Scene], Command]


MOVES: Mapping[type[Command], Move] = {
    review.ReferReview: Move(3, reviewing.refer),
    review.AdviseReview: Move(3, reviewing.advise),
    review.DeclineReview: Move(1, reviewing.decline),
    review.CommissionReview: Move(6, reviewing.commission),
    review.AgreeReview: Move(4, reviewing.agree),
    review.CompleteReview: Move(3, reviewing.complete),
    review.PublishReview: Move(2, reviewing.publish),
    review.WithholdPublication: Move(2, reviewing.withhold),
    review.StartClock: Move(3, reviewing.start_clock),
    review.StopClock: Move(3, reviewing.stop_clock),
    review.IdentifyLearning: Move(4, reviewing.identify_learning),
    review.DisseminateLearning: Move(5, owing.disseminate_learning),
    review.ConfirmLearning: Move(6, owing.confirm_learning),
    review.TakeUpLearning: Move(3, owing.take_up_learning),
    review.RecordParticipation: Move(3, reviewing.record_participation),
    CallReturns: Move(2, owing.call_returns),
    ConfirmReturn: Move(3, owing.confirm_return),
    SubmitReturn: Move(4, owing.submit_return),
    JudgeReturns: Move(3, owing.judge_returns),
    RaiseImprovements: Move(2, owing.raise_improvements),
    RaiseRecommendation: Move(8, reviewing.raise_recommendation),
    Respond: Move(6, reviewing.respond),
    RaiseAction: Move(9, reviewing.raise_action),
    life.Assign: Move(14, living.assign),
    life.HandOver: Move(3, living.hand_over),
    life.Transfer: Move(4, living.transfer),
    life.ReportProgress: Move(6, living.report_progress),
    life.SubmitEvidence: Move(18, living.submit_evidence),
    life.AcceptEvidence: Move(12, living.accept_evidence),
    life.ReturnEvidence: Move(5, living.return_evidence),
    life.WithdrawEvidence: Move(4, living.withdraw_evidence),
    life.RequestExtension: Move(9, living.request_extension),
    life.GrantExtension: Move(8, living.grant_extension),
    life.RefuseExtension: Move(3, living.refuse_extension),
    life.Close: Move(14, living.close),
    life.Reopen: Move(5, living.reopen),
    life.VerifyImpact: Move(8, living.verify_impact),
    challenge.IssueChallenge: Move(6, challenging.issue),
    challenge.RespondToChallenge: Move(4, challenging.respond),
    challenge.EscalateChallenge: Move(4, challenging.escalate),
    challenge.TransferChallenge: Move(4, challenging.transfer),
    challenge.ResolveChallenge: Move(4, challenging.resolve),
    challenge.WithdrawChallenge: Move(2, challenging.withdraw),
    Correct: Move(16, challenging.correct),
    AddAgency: Move(2, administering.add_agency),
    RenameAgency: Move(2, administering.rename_agency),
    AddAlias: Move(2, administering.add_alias),
    MergeAgencies: Move(3, administering.merge_agencies),
    AddTheme: Move(2, administering.add_theme),
    RenameTheme: Move(1, administering.rename_theme),
    MergeTheme: Move(1, administering.merge_theme),
    CreatePartnership: Move(1, administering.create_partnership),
    AgreeProgramme: Move(2, programming.agree_programme),
    PlanAudit: Move(3, programming.plan_audit),
    WithdrawAudit: Move(1, programming.withdraw_audit),
    AddFramework: Move(1, programming.add_framework),
    AdoptFramework: Move(1, administering.adopt_framework),
    IssueCredential: Move(4, administering.issue_credential),
    RevokeCredential: Move(2, administering.revoke_credential),
}

WITHOUT_A_RULE: Mapping[type[Command], str] = {}
"""Commands that no rule tries, each with its reason."""

ACCEPTED_ONCE: Mapping[type[Command], str] = {
    CreatePartnership: "a partnership is created before its first step; asked again, it is always refused",
}
"""Commands that are accepted in no step, each with its reason."""
