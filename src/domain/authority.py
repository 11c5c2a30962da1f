"""Who sends commands at all, and how facts name them (language.md, "People and their authority").

Which roles may send a command stands in `domain.catalogue`; what they may do it to, in the rules here, each a function.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Protocol
from uuid import UUID

from domain.duties.state import Duty
from domain.frameworks import goes_on
from domain.lifecycle.reporting_bodies import Reporting
from domain.lifecycle.state import Lifecycle, lead_answer
from domain.recommendation.state import Recommendation
from domain.returns.state import Return
from domain.review.state import Review
from domain.shared.actor import Actor, Caller
from domain.shared.commands import Command
from domain.shared.decision_context import DecisionContext
from domain.shared.reference_rules import the_agency_is_of_the_register
from domain.shared.refusals import Invalid, NotFound, NotIndependent, NotPermitted, UnknownBody
from domain.shared.vocabulary import AgencyKind, Answer, DutyHolder, Role


def actor(caller: Caller) -> Actor:
    """The caller as facts name it; one with several bodies acts for the one that decides, which its handler knows."""
    body = caller.bodies[0] if caller.role is Role.MONITORING_BODY and len(caller.bodies) == 1 else None
    return Actor(subject=caller.subject, role=caller.role, agency=caller.agency, body=body)


def an_agency_states_no_day_of_effect(command: Command, caller: Caller) -> None:
    if caller.role is Role.AGENCY and command.happened_on is not None:
        raise Invalid("An agency's facts happen on the day they are recorded.", "happenedOn")


def the_callers_agency_goes_on(context: DecisionContext) -> None:
    """Credentials of an agency that ended read what it could read, and record nothing."""
    caller = context.caller
    successor = context.agencies.successor(caller.agency) if caller.role is Role.AGENCY and caller.agency else None
    if successor is not None:
        raise NotPermitted(f"{caller.agency!r} has gone on in {successor!r}, which records from now on.")


if TYPE_CHECKING:
    from domain.agency.state import Agencies


# Who may judge whose work (language.md, "Nobody marks their own homework").


def answers_for(agency: str | None, agencies: "Agencies") -> frozenset[str]:
    """The agencies whose work is somebody's own: the one they belong to, and what has become the same as it."""
    if agency is None:
        return frozenset()
    concerned = {*agencies.merged, *agencies.merged.values()}
    return frozenset({agency, *(each for each in concerned if agencies.are_kin(agency, each))})


def of_the_board(agencies: "Agencies") -> frozenset[str]:
    """The agencies that are a board, with what became or had been one: its groups do not judge its work."""
    boards = [each.key for each in agencies.all if each.kind is AgencyKind.BOARD]
    return frozenset(key for board in boards for key in agencies.kin(board))


def is_of_no_known_side(agency: str | None, independent: bool) -> bool:
    """A member of a body who names no agency, nor is said to be independent of all, judges nothing."""
    return agency is None and not independent


def is_their_own_work(agency: str | None, parties: Iterable[str], agencies: "Agencies") -> bool:
    return not answers_for(agency, agencies).isdisjoint(parties)


class HasLifecycle(Protocol):
    """A recommendation or an action."""

    @property
    def life(self) -> Lifecycle: ...
    @property
    def reporting(self) -> Reporting: ...


def own(context: DecisionContext) -> frozenset[str]:
    """The caller's agency with its predecessors and successors; nobody where it has none."""
    return context.agencies.kin(context.caller.agency) if context.caller.agency else frozenset()


def an_agency_leads_it(item: HasLifecycle, context: DecisionContext) -> None:
    if context.caller.role is Role.AGENCY and item.life.lead not in own(context):
        raise NotPermitted("Only the agency that leads it may.")


def an_agency_leads_or_contributes(item: HasLifecycle, context: DecisionContext) -> None:
    if context.caller.role is Role.AGENCY and not own(context).intersection(item.life.parties):
        raise NotPermitted("Only an agency that leads it or contributes to it may.")


def an_agency_withdraws_its_own_evidence(item: HasLifecycle, evidence_id: UUID, context: DecisionContext) -> None:
    evidence = item.life.evidence_of(evidence_id)
    if evidence is None:
        raise NotFound("There is no such evidence.", "evidenceId")
    if evidence.agency not in own(context):
        raise NotPermitted("An agency withdraws its own evidence only.", "evidenceId")


def an_agency_has_accepted_it(recommendation: Recommendation, context: DecisionContext) -> None:
    """Accepted, be it in principle, by the latest response of its lead, which the agency is."""
    if context.caller.role is not Role.AGENCY:
        return
    if lead_answer(recommendation.life) not in {Answer.ACCEPTED, Answer.ACCEPTED_IN_PRINCIPLE}:
        raise NotPermitted("An agency raises actions on a recommendation that it has accepted.")


def an_agency_numbers_below_it(recommendation: Recommendation, reference: str | None, context: DecisionContext) -> None:
    """So that a reference that is taken tells an agency of nothing that it may not see."""
    if context.caller.role is not Role.AGENCY or reference is None:
        return
    above, _, own_number = reference.rpartition("/")
    if above != recommendation.reference or not own_number:
        raise Invalid(f"An agency's reference begins with {recommendation.reference}/.", "reference")


def the_agency_is_asked_to_answer(recommendation: Recommendation, context: DecisionContext) -> None:
    if context.caller.role is Role.AGENCY and not own(context).intersection(recommendation.may_answer):
        raise NotPermitted("The recommendation is not addressed to the agency.")


def acts_for(body: str, framework: str | None, context: DecisionContext) -> bool:
    """Whether the caller's credential names this body of a framework, and not one of the same key that it succeeded."""
    caller, frameworks = context.caller, context.frameworks
    return body in caller.bodies and (
        caller.framework is None
        or framework is None
        or goes_on(body, frameworks[caller.framework], frameworks[framework], frameworks)
    )


def the_body_decides_about_it(item: HasLifecycle, context: DecisionContext) -> None:
    """A monitoring body acts on what reports through it first; the chair may all that it may."""
    first, framework = item.reporting.bodies[:1], item.reporting.framework
    if context.caller.role is Role.MONITORING_BODY and not any(acts_for(each, framework, context) for each in first):
        raise NotPermitted("It reports through another body first.")


def nobody_marks_their_own_homework(work_of: Iterable[str], context: DecisionContext) -> None:
    """Neither of an agency whose work it is, nor of one that has become the same as one of them."""
    caller = context.caller
    if caller.role is Role.MONITORING_BODY and is_of_no_known_side(caller.agency, caller.independent):
        raise NotIndependent("The credential names no agency and does not say that its holder is independent.")
    if is_their_own_work(caller.agency, work_of, context.agencies):
        raise NotIndependent("The caller belongs to an agency that leads it, contributes to it or did what is judged.")


def the_chair_judges_the_boards_work(work_of: Iterable[str], context: DecisionContext) -> None:
    """A body of the board would judge the board; the independent chair does, and the fact says in which role."""
    if context.caller.role is Role.MONITORING_BODY and not of_the_board(context.agencies).isdisjoint(work_of):
        raise NotIndependent("It is the board's own work, which the independent chair judges.")


def the_body_that_agrees(review: Review, body: str | None, context: DecisionContext) -> str | None:
    """A member agrees for a body that the kind names and that it acts for; the chair for itself, or for a body."""
    if context.caller.role is not Role.MONITORING_BODY:
        return body
    framework = review.reporting.framework if review.reported else None
    its = [each for each in review.agreed_by if acts_for(each, framework, context)]
    if body is not None and not acts_for(body, framework, context):
        raise NotPermitted(f"The caller does not act for {body!r}.", "body")
    if body is None and len(its) > 1:
        raise Invalid(f"For which body: {', '.join(its)}?", "body")
    if body is None and not its:
        raise NotPermitted("The kind of review names no body that the caller acts for.")
    return body or its[0]


def the_body_judges_returns(
    body: str | None, judge: str | None, framework: str, context: DecisionContext
) -> str | None:
    """A member judges for the body that the framework names, if they act for it; the chair for it, or for itself."""
    if context.caller.role is not Role.MONITORING_BODY:
        if body is not None and body != judge:
            raise UnknownBody(f"{body!r} does not judge returns.", "body")
        return body
    if judge is None or not acts_for(judge, framework, context):
        raise NotPermitted("The caller acts for no body that judges returns.", "body")
    if body is not None and body != judge:
        raise NotPermitted(f"{body!r} does not judge returns.", "body")
    return judge


def the_chair_decides_about_referrals(referral: UUID | None, context: DecisionContext) -> None:
    """Whatever else is commissioned, the business unit commissions."""
    if context.caller.role is Role.CHAIR and referral is None:
        raise NotPermitted("The chair decides about what has been referred.", "referralId")


def the_body_may_advise(body: str, context: DecisionContext) -> None:
    """A member for a body of its own; the chair for any; the business unit writes down what one outside advises."""
    if body not in context.framework.bodies:
        raise UnknownBody(f"There is no body {body!r}.", "body")
    if context.caller.role is Role.MONITORING_BODY and not acts_for(body, context.framework.key, context):
        raise NotPermitted(f"The caller does not act for {body!r}.", "body")
    if context.caller.role is Role.BUSINESS_UNIT and not context.framework.bodies[body].outside:
        raise NotPermitted(f"{body!r} advises by itself.", "body")


def the_body_that_takes_up(body: str | None, context: DecisionContext) -> str:
    """A member for a body of its own; the chair, and the business unit from minutes, for any."""
    if body is None:
        if context.caller.role is not Role.MONITORING_BODY or len(context.caller.bodies) != 1:
            raise Invalid("For which body?", "body")
        body = context.caller.bodies[0]
    if body not in context.framework.bodies:
        raise UnknownBody(f"There is no body {body!r}.", "body")
    if context.caller.role is Role.MONITORING_BODY and not acts_for(body, context.framework.key, context):
        raise NotPermitted(f"The caller does not act for {body!r}.", "body")
    return body


def the_challenge_is_made_to_it(agency: str, context: DecisionContext) -> None:
    """Whoever is challenged and has no system of its own, the board itself above all, answers on paper."""
    if context.caller.role is Role.AGENCY and agency not in own(context):
        raise NotPermitted("The challenge is made to another agency.")


# Whose duty it is to say that a duty is done (language.md, "People and their authority").
HELD_BY: dict[Role, DutyHolder] = {Role.CHAIR: DutyHolder.CHAIR, Role.BUSINESS_UNIT: DutyHolder.BUSINESS_UNIT}


def an_agency_names_no_version(command: Command, context: DecisionContext) -> None:
    """It is not shown the version of a review, and does not learn it from a refusal either."""
    if context.caller.role is Role.AGENCY and command.expected_version is not None:
        raise NotPermitted("An agency confirms its duties whatever the version.", "expectedVersion")


def whoever_is_spoken_for_may_be(agency: str | None, context: DecisionContext) -> None:
    """The business unit records an assurance received on paper; an agency speaks for itself, the chair for none."""
    if agency is None:
        return
    for_itself = context.caller.role is Role.AGENCY and agency in own(context)
    if context.caller.role is not Role.BUSINESS_UNIT and not for_itself:
        raise NotPermitted("Only the business unit records what another agency has assured.", "agency")
    the_agency_is_of_the_register(context, agency, "agency")


def the_return_is_the_callers(called: Return, context: DecisionContext) -> None:
    """Whether another agency was called for one is not an agency's to learn."""
    if context.caller.role is Role.AGENCY and called.agency not in own(context):
        raise NotFound("There is no such thing, or you may not see it.", "id")


def the_duty_is_the_callers(duty: Duty, agency: str | None, context: DecisionContext, *field: str) -> None:
    """An agency never learns of another's duty; the business unit may confirm an agency's, on paper."""
    if context.caller.role is Role.AGENCY:
        if duty.agency not in own(context):
            raise NotFound("There is no such duty.", *field)
        return
    on_paper = context.caller.role is Role.BUSINESS_UNIT and duty.held_by is DutyHolder.AGENCY
    if not on_paper and duty.held_by is not HELD_BY[context.caller.role]:
        raise NotPermitted("The duty is somebody else's to confirm.", *field)
    if agency is not None and not is_asked_of(duty, agency, context):
        raise NotPermitted(f"The duty is not {agency!r}'s.", *field)


def the_callers_own(duties: Iterable[Duty], agency: str | None, context: DecisionContext) -> list[Duty]:
    """What is open for whoever asks: an agency's own, the chair's, the business unit's, or whom this speaks for."""
    held_by = None if agency else HELD_BY.get(context.caller.role)
    pending = [duty for duty in duties if duty.done_on is None]
    if held_by is not None:
        return [duty for duty in pending if duty.held_by is held_by]
    return [duty for duty in pending if _speaks_for_it(duty, agency, context)]


def _speaks_for_it(duty: Duty, agency: str | None, context: DecisionContext) -> bool:
    return duty.agency in own(context) if agency is None else is_asked_of(duty, agency, context)


def is_asked_of(duty: Duty, agency: str, context: DecisionContext) -> bool:
    """An agency that has ended speaks for what was asked of it, and not for what its successor owes beside that."""
    return not context.agencies.with_predecessors(agency).isdisjoint({duty.agency, duty.asked_of})
