"""Who may act on a given thing, one named rule each (language.md, "People and their authority")."""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

from domain.decision_context import DecisionContext
from domain.frameworks import goes_on
from domain.independence import is_of_no_known_side, is_their_own_work, of_the_board
from domain.lifecycle.questions import lead_answer
from domain.lifecycle.reporting import Reporting
from domain.lifecycle.state import Life
from domain.recommendation.state import Recommendation
from domain.refusals import Invalid, NotFound, NotIndependent, NotPermitted, UnknownBody
from domain.review.state import Review
from domain.words import Answer, Role


class Living(Protocol):
    """A recommendation or an action."""

    @property
    def life(self) -> Life: ...
    @property
    def reporting(self) -> Reporting: ...


def own(context: DecisionContext) -> frozenset[str]:
    """The caller's agency with its predecessors and successors; nobody where it has none."""
    return context.agencies.kin(context.caller.agency) if context.caller.agency else frozenset()


def an_agency_leads_it(thing: Living, context: DecisionContext) -> None:
    if context.caller.role is Role.AGENCY and thing.life.lead not in own(context):
        raise NotPermitted("Only the agency that leads it may.")


def an_agency_leads_or_contributes(thing: Living, context: DecisionContext) -> None:
    if context.caller.role is Role.AGENCY and not own(context).intersection(thing.life.parties):
        raise NotPermitted("Only an agency that leads it or contributes to it may.")


def an_agency_withdraws_its_own_evidence(thing: Living, evidence_id: UUID, context: DecisionContext) -> None:
    evidence = thing.life.evidence_of(evidence_id)
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


def it_is_asked_to_answer(recommendation: Recommendation, context: DecisionContext) -> None:
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


def the_body_decides_about_it(thing: Living, context: DecisionContext) -> None:
    """A monitoring body acts on what reports through it first; the chair may all that it may."""
    first, framework = thing.reporting.bodies[:1], thing.reporting.framework
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
