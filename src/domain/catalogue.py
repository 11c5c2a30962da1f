"""Every command, a line each: its handler, who may send it, its mutation, what it is about, its plain word.

Whatever else is said of commands follows from here: who is permitted (`domain.dispatch`), whose version may be
expected, the mutations of the schema in their order (`api`), and the tables of `docs/`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from domain.action.commands import RaiseAction
from domain.agency.commands import AddAgency, AddAlias, MergeAgencies, RenameAgency
from domain.challenge import commands as challenge
from domain.correction.commands import Correct
from domain.credential.commands import IssueCredential, RevokeCredential
from domain.handlers import (
    administration,
    challenges,
    corrections,
    dissemination,
    framework_adoption,
    impact,
    lifecycle,
    mergers,
    programme,
    raising,
    returns,
    reviews,
)
from domain.lifecycle import commands as life
from domain.partnership.commands import AddFramework, AdoptFramework, CreatePartnership
from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from domain.recommendation.commands import RaiseRecommendation, Respond
from domain.returns.commands import CallReturns, ConfirmReturn, JudgeReturns, RaiseImprovements, SubmitReturn
from domain.review import commands as review
from domain.session import Repository
from domain.shared.actor import Caller
from domain.shared.commands import Command
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided
from domain.shared.vocabulary import Kind, Role
from domain.theme.commands import AddTheme, MergeTheme, RenameTheme

Handler: TypeAlias = Callable[[Any, Repository, DecisionContext], list[Decided]]


@dataclass(frozen=True, slots=True)
class Entry:
    """
    `mutation` sends the command; what none sends is `typed` on the command line. `kind`: what it is about, which is
    what a mutation answers with. `of` is the field with the id (or year) of that thing, whose version may be expected; None
    where the command makes something or is about several. `numbered`: what it makes gets the next number of its kind.
    `by_import`: the business unit's importer sends it too, where a mapping declares what is to be created.
    """

    command: type[Command]
    handler: Handler
    roles: frozenset[Role]
    words: str
    kind: Kind
    of: str | None = None
    mutation: str | None = None
    typed: str | None = None
    numbered: bool = False
    by_import: bool = False

    def permits(self, caller: Caller) -> bool:
        """Whether the caller's role may ever send it."""
        imports = self.by_import and caller.on_paper and caller.role is Role.BUSINESS_UNIT
        return imports or caller.role in self.roles


AGENCY = frozenset({Role.AGENCY})
UNIT = frozenset({Role.BUSINESS_UNIT})
REPORTERS = AGENCY | UNIT
CHAIR = frozenset({Role.CHAIR})
JUDGES = frozenset({Role.MONITORING_BODY}) | CHAIR
ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})


def _lifecycle(kind: Kind) -> tuple[Entry, ...]:
    """What is asked of a recommendation and of an action alike."""
    of = "id"
    # fmt: off
    return (
        Entry(life.Assign, lifecycle.assign, UNIT, "assign", kind, of, f"{kind}Assign"),
        Entry(life.Transfer, lifecycle.transfer, UNIT, "transfer", kind, of, f"{kind}Transfer"),
        Entry(life.ReportProgress, lifecycle.report_progress, REPORTERS, "report progress", kind, of, f"{kind}ReportProgress"),
        Entry(life.SubmitEvidence, lifecycle.submit_evidence, REPORTERS, "submit evidence, claim completion", kind, of, f"{kind}SubmitEvidence"),
        Entry(life.AcceptEvidence, lifecycle.accept_evidence, JUDGES, "accept evidence", kind, of, f"{kind}AcceptEvidence"),
        Entry(life.ReturnEvidence, lifecycle.return_evidence, JUDGES, "return evidence", kind, of, f"{kind}ReturnEvidence"),
        Entry(life.WithdrawEvidence, lifecycle.withdraw_evidence, AGENCY, "withdraw evidence", kind, of, f"{kind}WithdrawEvidence"),
        Entry(life.RequestExtension, lifecycle.request_extension, AGENCY, "request an extension", kind, of, f"{kind}RequestExtension"),
        Entry(life.GrantExtension, lifecycle.grant_extension, JUDGES, "grant it", kind, of, f"{kind}GrantExtension"),
        Entry(life.RefuseExtension, lifecycle.refuse_extension, JUDGES, "refuse it", kind, of, f"{kind}RefuseExtension"),
        Entry(life.Close, lifecycle.close, JUDGES, "close", kind, of, f"{kind}Close"),
        Entry(life.Reopen, lifecycle.reopen, JUDGES, "reopen", kind, of, f"{kind}Reopen"),
        Entry(life.VerifyImpact, impact.verify_impact, JUDGES, "verify impact", kind, of, f"{kind}VerifyImpact"),
        Entry(life.HandOver, lifecycle.hand_over, UNIT | ADMINISTRATOR, "hand it over to another officer", kind, of, f"{kind}HandOver"),
    )
    # fmt: on


def _correct(kind: Kind, mutation: str) -> Entry:
    return Entry(Correct, corrections.correct, UNIT, "correct the record", kind, "id", mutation)


# fmt: off
CATALOGUE: tuple[Entry, ...] = (
    Entry(review.CommissionReview, reviews.commission, UNIT | CHAIR, "commission a review", Kind.REVIEW, mutation="reviewCommission", numbered=True),
    Entry(review.AgreeReview, reviews.agree, JUDGES, "agree it", Kind.REVIEW, "id", "reviewAgree"),
    Entry(review.CompleteReview, reviews.complete, UNIT, "complete it", Kind.REVIEW, "id", "reviewComplete"),
    Entry(review.PublishReview, reviews.publish, CHAIR, "publish it", Kind.REVIEW, "id", "reviewPublish"),
    Entry(review.WithholdPublication, reviews.withhold, CHAIR, "withhold it", Kind.REVIEW, "id", "reviewWithholdPublication"),
    Entry(review.IdentifyLearning, reviews.identify_learning, UNIT, "identify learning", Kind.REVIEW, "review_id", "learningIdentify"),
    Entry(review.DisseminateLearning, dissemination.disseminate_learning, UNIT, "disseminate learning", Kind.REVIEW, "review_id", "learningDisseminate"),
    Entry(review.ConfirmLearning, dissemination.confirm_learning, REPORTERS | CHAIR, "confirm a duty that follows", Kind.REVIEW, "review_id", "learningConfirm"),
    Entry(RaiseRecommendation, raising.raise_recommendation, UNIT, "raise a recommendation", Kind.RECOMMENDATION, mutation="recommendationRaise"),
    Entry(Respond, reviews.respond, REPORTERS, "respond to it", Kind.RECOMMENDATION, "id", "recommendationRespond"),
    *_lifecycle(Kind.RECOMMENDATION),
    Entry(RaiseAction, raising.raise_action, REPORTERS, "raise an action", Kind.ACTION, mutation="actionRaise"),
    *_lifecycle(Kind.ACTION),
    Entry(life.SubmitEvidence, lifecycle.submit_evidence, REPORTERS, "submit evidence, claim completion", Kind.ACTION, "id", "actionSubmitEvidenceBatch"),
    Entry(challenge.IssueChallenge, challenges.issue, CHAIR, "issue a formal challenge", Kind.CHALLENGE, mutation="challengeIssue", numbered=True),
    Entry(challenge.RespondToChallenge, challenges.respond, REPORTERS, "respond to it", Kind.CHALLENGE, "id", "challengeRespond"),
    Entry(challenge.EscalateChallenge, challenges.escalate, CHAIR, "escalate it", Kind.CHALLENGE, "id", "challengeEscalate"),
    Entry(challenge.ResolveChallenge, challenges.resolve, CHAIR, "resolve it", Kind.CHALLENGE, "id", "challengeResolve"),
    Entry(challenge.WithdrawChallenge, challenges.withdraw, CHAIR, "withdraw it", Kind.CHALLENGE, "id", "challengeWithdraw"),
    Entry(review.StartClock, reviews.start_clock, UNIT, "start one of its clocks", Kind.REVIEW, "review_id", "clockStart"),
    Entry(review.StopClock, reviews.stop_clock, UNIT, "stop the clock", Kind.REVIEW, "review_id", "clockStop"),
    Entry(challenge.TransferChallenge, challenges.transfer, UNIT | CHAIR, "move it to another agency", Kind.CHALLENGE, "id", "challengeTransfer"),
    Entry(review.ReferReview, reviews.refer, REPORTERS, "refer a case", Kind.REVIEW, mutation="reviewRefer", numbered=True),
    Entry(review.AdviseReview, reviews.advise, JUDGES | UNIT, "advise about it", Kind.REVIEW, "id", "reviewAdvise"),
    Entry(review.DeclineReview, reviews.decline, CHAIR, "decline it", Kind.REVIEW, "id", "reviewDecline"),
    _correct(Kind.REVIEW, "reviewCorrect"),
    _correct(Kind.RECOMMENDATION, "recommendationCorrect"),
    _correct(Kind.ACTION, "actionCorrect"),
    _correct(Kind.CHALLENGE, "challengeCorrect"),
    Entry(AgreeProgramme, programme.agree, CHAIR, "agree the audit programme of a year", Kind.PROGRAMME, "year", "auditProgrammeAgree"),
    Entry(PlanAudit, programme.plan, UNIT, "plan an audit", Kind.PROGRAMME, "year", "auditProgrammePlan"),
    Entry(WithdrawAudit, programme.withdraw, UNIT, "withdraw it from the programme", Kind.PROGRAMME, "year", "auditProgrammeWithdraw"),
    Entry(CallReturns, returns.call_returns, UNIT, "call for returns on standing duties", Kind.RETURN, mutation="returnsCall"),
    Entry(ConfirmReturn, returns.confirm_return, REPORTERS, "give the return", Kind.RETURN, "id", "returnConfirm"),
    Entry(SubmitReturn, returns.submit_return, REPORTERS, "give a return, standard by standard", Kind.RETURN, "id", "returnSubmit"),
    Entry(JudgeReturns, returns.judge_returns, JUDGES, "judge returns", Kind.RETURN, mutation="returnsJudge"),
    Entry(RaiseImprovements, returns.raise_improvements, UNIT, "raise what returns showed is to be put right", Kind.REVIEW, "id", "reviewRaiseImprovements"),
    _correct(Kind.RETURN, "returnCorrect"),
    Entry(review.RecordParticipation, reviews.record_participation, UNIT, "record how families and professionals took part", Kind.REVIEW, "id", "reviewRecordParticipation"),
    Entry(review.TakeUpLearning, dissemination.take_up_learning, JUDGES | UNIT, "take up learning that a body was fed", Kind.REVIEW, "review_id", "learningTakeUp"),
    _correct(Kind.PROGRAMME, "auditProgrammeCorrect"),
    Entry(CreatePartnership, administration.create_partnership, ADMINISTRATOR, "create a partnership", Kind.PARTNERSHIP, typed="partnership create"),
    Entry(AddFramework, administration.add_framework, ADMINISTRATOR, "add a framework of its own", Kind.PARTNERSHIP, typed="framework add"),
    Entry(AdoptFramework, framework_adoption.adopt_framework, ADMINISTRATOR, "adopt a framework", Kind.PARTNERSHIP, typed="partnership adopt"),
    Entry(AddAgency, administration.add_agency, ADMINISTRATOR, "add an agency", Kind.AGENCIES, typed="agency add", by_import=True),
    Entry(RenameAgency, administration.rename_agency, ADMINISTRATOR, "rename an agency", Kind.AGENCIES, typed="agency rename"),
    Entry(AddAlias, administration.add_alias, ADMINISTRATOR, "know it by another spelling", Kind.AGENCIES, typed="agency alias", by_import=True),
    Entry(MergeAgencies, mergers.merge_agencies, ADMINISTRATOR, "merge an agency into another", Kind.AGENCIES, typed="agency merge"),
    Entry(AddTheme, administration.add_theme, ADMINISTRATOR, "add a theme", Kind.THEMES, typed="theme add", by_import=True),
    Entry(RenameTheme, administration.rename_theme, ADMINISTRATOR, "rename a theme", Kind.THEMES, typed="theme rename"),
    Entry(MergeTheme, administration.merge_theme, ADMINISTRATOR, "merge a theme into another", Kind.THEMES, typed="theme merge"),
    Entry(IssueCredential, administration.issue_credential, ADMINISTRATOR, "issue a credential", Kind.CREDENTIAL, mutation="credentialIssue", typed="token"),
    Entry(RevokeCredential, administration.revoke_credential, ADMINISTRATOR, "revoke it", Kind.CREDENTIAL, mutation="credentialRevoke", typed="credential revoke"),
)

BY_COMMAND: Mapping[type[Command], Entry] = {entry.command: entry for entry in (*CATALOGUE, *reversed(CATALOGUE))}
"""For what is said of a command by whichever mutation it is sent."""
BY_MUTATION: Mapping[str, Entry] = {entry.mutation: entry for entry in CATALOGUE if entry.mutation}
"""In the order of the schema."""


def permitted_commands(caller: Caller, its_agency_ended: bool = False) -> list[str]:
    """What the caller's role may ever send, in the schema's order; nothing for an agency that ended."""
    if caller.role is Role.AGENCY and its_agency_ended:
        return []
    return [name for name, entry in BY_MUTATION.items() if entry.permits(caller)]
