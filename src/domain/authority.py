"""The one place that says who may do what (language.md, "People and their authority"; rulings.md, "Authority")."""

from collections.abc import Callable
from typing import TypeAlias

from domain import authority_rules as rules
from domain.action.commands import RaiseAction
from domain.actor import Actor, Caller
from domain.agency.commands import AddAgency, AddAlias, MergeAgencies, RenameAgency
from domain.authority_rules import Living
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
from domain.lifecycle.work import whose_work
from domain.mutations import MUTATIONS
from domain.partnership.commands import AddFramework, AdoptFramework, CreatePartnership
from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from domain.reading import Access, may_read
from domain.recommendation.commands import RaiseRecommendation, Respond
from domain.refusals import Invalid, NotFound, NotPermitted
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
from domain.words import Role

__all__ = [
    "Access",
    "actor",
    "its_agency_goes_on",
    "may_act",
    "may_command",
    "may_read",
    "may_withdraw",
    "permitted_commands",
]

Rule: TypeAlias = Callable[[Living, Given], None]

_AGENCY = frozenset({Role.AGENCY})
_UNIT = frozenset({Role.BUSINESS_UNIT})
_REPORTERS = _AGENCY | _UNIT
_CHAIR = frozenset({Role.CHAIR})
_JUDGES = frozenset({Role.MONITORING_BODY}) | _CHAIR
_ADMINISTRATOR = frozenset({Role.ADMINISTRATOR})

ROLES: dict[type[Command], frozenset[Role]] = {
    ReferReview: _REPORTERS,
    AdviseReview: _JUDGES | _UNIT,
    DeclineReview: _CHAIR,
    CommissionReview: _UNIT | _CHAIR,
    StartClock: _UNIT,
    StopClock: _UNIT,
    AgreeReview: _JUDGES,
    CompleteReview: _UNIT,
    IdentifyLearning: _UNIT,
    DisseminateLearning: _UNIT,
    RecordParticipation: _UNIT,
    TakeUpLearning: _JUDGES | _UNIT,
    ConfirmLearning: _REPORTERS | _CHAIR,
    CallReturns: _UNIT,
    ConfirmReturn: _REPORTERS,
    SubmitReturn: _REPORTERS,
    JudgeReturns: _JUDGES,
    RaiseImprovements: _UNIT,
    PublishReview: _CHAIR,
    WithholdPublication: _CHAIR,
    RaiseRecommendation: _UNIT,
    Respond: _REPORTERS,
    RaiseAction: _REPORTERS,
    life.Assign: _UNIT,
    life.Transfer: _UNIT,
    life.ReportProgress: _REPORTERS,
    life.SubmitEvidence: _REPORTERS,
    life.WithdrawEvidence: _AGENCY,
    life.RequestExtension: _AGENCY,
    life.AcceptEvidence: _JUDGES,
    life.ReturnEvidence: _JUDGES,
    life.GrantExtension: _JUDGES,
    life.RefuseExtension: _JUDGES,
    life.Close: _JUDGES,
    life.Reopen: _JUDGES,
    life.VerifyImpact: _JUDGES,
    IssueChallenge: _CHAIR,
    RespondToChallenge: _REPORTERS,
    EscalateChallenge: _CHAIR,
    TransferChallenge: _UNIT | _CHAIR,
    ResolveChallenge: _CHAIR,
    WithdrawChallenge: _CHAIR,
    AgreeProgramme: _CHAIR,
    PlanAudit: _UNIT,
    WithdrawAudit: _UNIT,
    AddAgency: _ADMINISTRATOR,
    RenameAgency: _ADMINISTRATOR,
    AddAlias: _ADMINISTRATOR,
    AddTheme: _ADMINISTRATOR,
    RenameTheme: _ADMINISTRATOR,
    MergeTheme: _ADMINISTRATOR,
    CreatePartnership: _ADMINISTRATOR,
    AddFramework: _ADMINISTRATOR,
    AdoptFramework: _ADMINISTRATOR,
    IssueCredential: _ADMINISTRATOR,
    RevokeCredential: _ADMINISTRATOR,
    Correct: _UNIT,
    MergeAgencies: _ADMINISTRATOR,
}

# An import acts as the business unit, and its mapping declares agencies, aliases and themes to create.
ON_PAPER: frozenset[type[Command]] = frozenset({AddAgency, AddAlias, AddTheme})

ON_ITS_LIFE: dict[type[life.LifeCommand], tuple[Rule, ...]] = {
    life.Assign: (),
    life.Transfer: (),
    life.ReportProgress: (rules.an_agency_leads_or_contributes,),
    life.SubmitEvidence: (rules.an_agency_leads_or_contributes,),
    life.WithdrawEvidence: (rules.an_agency_leads_or_contributes,),
    life.RequestExtension: (rules.an_agency_leads_it,),
    life.AcceptEvidence: (rules.the_body_decides_about_it,),
    life.ReturnEvidence: (rules.the_body_decides_about_it,),
    life.GrantExtension: (rules.the_body_decides_about_it,),
    life.RefuseExtension: (rules.the_body_decides_about_it,),
    life.Close: (rules.the_body_decides_about_it,),
    life.Reopen: (rules.the_body_decides_about_it,),
    life.VerifyImpact: (rules.the_body_decides_about_it,),
}

JUDGING: frozenset[type[life.LifeCommand]] = frozenset(
    {life.AcceptEvidence, life.ReturnEvidence, life.GrantExtension, life.Close, life.VerifyImpact}
)


def actor(caller: Caller) -> Actor:
    """The caller as facts name it; one with several bodies acts for the one that decides, which the plan knows."""
    body = caller.bodies[0] if caller.role is Role.MONITORING_BODY and len(caller.bodies) == 1 else None
    return Actor(subject=caller.subject, role=caller.role, agency=caller.agency, body=body)


def may_command(command: Command, caller: Caller) -> None:
    """Raises NotPermitted for a role that never may, and Invalid where an agency states a day of effect."""
    if not _may_ever(type(command), caller):
        raise NotPermitted(f"{caller.role} may not do this.")
    if caller.role is Role.AGENCY and command.happened_on is not None:
        raise Invalid("An agency's facts happen on the day they are recorded.", "happenedOn")


def its_agency_goes_on(given: Given) -> None:
    """Credentials of an agency that ended read what it could read, and record nothing."""
    caller = given.caller
    successor = given.agencies.successor(caller.agency) if caller.role is Role.AGENCY and caller.agency else None
    if successor is not None:
        raise NotPermitted(f"{caller.agency!r} has gone on in {successor!r}, which records from now on.")


def may_act(command: life.LifeCommand, thing: Living, given: Given) -> None:
    """Raises NotPermitted or NotIndependent where the caller may not do this to this thing."""
    for rule in ON_ITS_LIFE[type(command)]:
        rule(thing, given)
    if type(command) in JUDGING:
        rules.nobody_marks_their_own_homework(whose_work(command, thing.life), given)
        rules.the_chair_judges_the_boards_work(whose_work(command, thing.life), given)


def may_withdraw(command: life.WithdrawEvidence, thing: Living, given: Given) -> None:
    """Only its own evidence."""
    evidence = thing.life.evidence_of(command.evidence_id)
    if evidence is None:
        raise NotFound("There is no such evidence.", "evidenceId")
    if evidence.agency not in rules.own(given):
        raise NotPermitted("An agency withdraws its own evidence only.", "evidenceId")


def permitted_commands(caller: Caller, its_agency_ended: bool = False) -> list[str]:
    """What the caller's role may ever send, in the contract's order; nothing for an agency that ended."""
    if caller.role is Role.AGENCY and its_agency_ended:
        return []
    return [name for name, command in MUTATIONS.items() if _may_ever(command, caller)]


def _may_ever(command: type[Command], caller: Caller) -> bool:
    imports = caller.on_paper and caller.role is Role.BUSINESS_UNIT and command in ON_PAPER
    return imports or caller.role in ROLES[command]
