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
from domain.shared.vocabulary import Kind

MARKS = {0: Kind.REVIEW, 1: Kind.RECOMMENDATION, 2: Kind.ACTION}
"""How many slashes a reference holds."""


def agency(added: Agency) -> Says:
    command = AddAgency(key=added.key, name=added.name, aliases=added.aliases)
    return lambda _: Said(command, ADMINISTRATOR)


def renamed(on: str, key: str, name: str) -> Step:
    return Step(on, lambda _: Said(RenameAgency(key=key, name=name), ADMINISTRATOR))


def merged(on: str, key: str, into: str) -> Step:
    return Step(on, lambda _: Said(MergeAgencies(key=key, into=into), ADMINISTRATOR))


def referral(part: Referral) -> Says:
    command = ReferReview(
        title=part.title,
        kind=part.kind,
        referred_by=part.by,
        agencies=part.agencies,
        aware_on=date.fromisoformat(part.aware_on),
    )
    return lambda _: Said(command, UNIT)


def review(part: Review) -> Says:
    """About what was referred the chair decides."""

    def says(it: Thing) -> Said:
        command = CommissionReview(
            reference=part.reference,
            kind=part.kind,
            title=part.title,
            agencies=part.agencies,
            lead_reviewer=part.lead,
            lead_reviewer_employer=part.employer,
            method=part.method,
            aware_on=date.fromisoformat(part.aware_on) if part.aware_on else None,
            follows_up=it.find(part.follows) if part.follows else None,
            referral_id=it.find(part.referral) if part.referral else None,
            checks=tuple(map(it.find, part.checks)),
            programme_year=part.programme,
            themes=part.themes,
        )
        return Said(command, CHAIR if part.referral else UNIT)

    return says


def recommendation(part: Recommendation, of_review: str) -> Says:
    def says(it: Thing) -> Said:
        command = RaiseRecommendation(
            review_id=it.find(of_review),
            learning=tuple(it.learned(of_review)[number - 1] for number in part.of),
            wording=part.wording,
            need=part.need,
            means_of_improvement=part.means,
            measure_of_effectiveness=part.measure,
            themes=part.themes,
            lead_agency=part.to[0],
            addressed_to=part.to,
            response_due_on=date.fromisoformat(part.answer_by) if part.answer_by else None,
        )
        return Said(command, UNIT)

    return says


def action(part: Action, above: str) -> Says:
    def says(it: Thing) -> Said:
        command = RaiseAction(
            recommendation_id=it.find(above), wording=part.wording, measure_of_effectiveness=part.measure
        )
        return Said(command, officer(part.by) if part.by else UNIT)

    return says


def challenge(part: Challenge) -> Says:
    def says(it: Thing) -> Said:
        subjects = [{"kind": MARKS[each.count("/")], "id": it.find(each)} for each in part.about]
        command = IssueChallenge(
            agency=part.agency,
            subjects=tuple(map(Subject.model_validate, subjects)),
            grounds=part.grounds,
            requested=part.requested,
            response_due_on=date.fromisoformat(part.respond_by) if part.respond_by else None,
        )
        return Said(command, CHAIR)

    return says
