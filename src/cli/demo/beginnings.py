"""How each thing of the story begins: the command that makes it."""

from datetime import date

from cli.demo.people import ADMINISTRATOR, CHAIR, UNIT, officer
from cli.demo.script import Action, Agency, Challenge, Recommendation, Referral, Review, Said, Says, Step, Thing
from domain.action.commands import RaiseAction
from domain.agency.commands import AddAgency, MergeAgencies, RenameAgency
from domain.challenge.commands import IssueChallenge
from domain.challenge.events import Subject
from domain.recommendation.commands import RaiseRecommendation
from domain.review.commands import CommissionReview, ReferReview
from domain.words import Kind

MARKS = {0: Kind.REVIEW, 1: Kind.RECOMMENDATION, 2: Kind.ACTION}
"""How many slashes a reference holds."""


def agency(added: Agency) -> Says:
    command = AddAgency(key=added.key, name=added.name, aliases=added.aliases)
    return lambda _: Said(command, ADMINISTRATOR)


def renamed(on: str, key: str, name: str) -> Step:
    return Step(on, lambda _: Said(RenameAgency(key=key, name=name), ADMINISTRATOR))


def merged(on: str, key: str, into: str) -> Step:
    return Step(on, lambda _: Said(MergeAgencies(key=key, into=into), ADMINISTRATOR))


def referral(told: Referral) -> Says:
    command = ReferReview(
        title=told.title,
        kind=told.kind,
        referred_by=told.by,
        agencies=told.agencies,
        aware_on=date.fromisoformat(told.aware_on),
    )
    return lambda _: Said(command, UNIT)


def review(told: Review) -> Says:
    """About what was referred the chair decides."""

    def says(it: Thing) -> Said:
        command = CommissionReview(
            reference=told.reference,
            kind=told.kind,
            title=told.title,
            agencies=told.agencies,
            lead_reviewer=told.lead,
            lead_reviewer_employer=told.employer,
            method=told.method,
            aware_on=date.fromisoformat(told.aware_on) if told.aware_on else None,
            follows_up=it.find(told.follows) if told.follows else None,
            referral_id=it.find(told.referral) if told.referral else None,
            checks=tuple(map(it.find, told.checks)),
            programme_year=told.programme,
            themes=told.themes,
        )
        return Said(command, CHAIR if told.referral else UNIT)

    return says


def recommendation(told: Recommendation, of_review: str) -> Says:
    def says(it: Thing) -> Said:
        command = RaiseRecommendation(
            review_id=it.find(of_review),
            learning=tuple(it.learned(of_review)[number - 1] for number in told.of),
            wording=told.wording,
            need=told.need,
            means_of_improvement=told.means,
            measure_of_effectiveness=told.measure,
            themes=told.themes,
            lead_agency=told.to[0],
            addressed_to=told.to,
            response_due_on=date.fromisoformat(told.answer_by) if told.answer_by else None,
        )
        return Said(command, UNIT)

    return says


def action(told: Action, above: str) -> Says:
    def says(it: Thing) -> Said:
        command = RaiseAction(
            recommendation_id=it.find(above), wording=told.wording, measure_of_effectiveness=told.measure
        )
        return Said(command, officer(told.by) if told.by else UNIT)

    return says


def challenge(told: Challenge) -> Says:
    def says(it: Thing) -> Said:
        subjects = [{"kind": MARKS[each.count("/")], "id": it.find(each)} for each in told.about]
        command = IssueChallenge(
            agency=told.agency,
            subjects=tuple(map(Subject.model_validate, subjects)),
            grounds=told.grounds,
            requested=told.requested,
            response_due_on=date.fromisoformat(told.respond_by) if told.respond_by else None,
        )
        return Said(command, CHAIR)

    return says
