"""What an agency sees."""

from domain.authority import Access, may_read
from domain.challenge.commands import IssueChallenge
from domain.challenge.events import Subject
from domain.frameworks import shipped_frameworks
from domain.programme.commands import AgreeProgramme, PlanAudit
from domain.recommendation.state import Recommendation
from domain.review.commands import CompleteReview, DeclineReview, PublishReview, ReferReview
from domain.review.state import Review
from domain.singles import programme_of
from domain.words import Kind
from telling import Story

POLICE, HEALTH, SCHOOLS = (frozenset({key}) for key in ("police", "health", "schools"))


def test_an_agency_reads_whole_what_it_leads_contributes_to_or_must_answer(story: Story) -> None:
    action = story.action(story.assigned(Kind.ACTION, contributing_agencies=("health",)))
    asked = story.recommendation(story.a_recommendation(addressed_to=("health",)))
    assert (may_read(POLICE, action), may_read(HEALTH, action)) == (Access.FULL, Access.FULL)
    assert may_read(HEALTH, asked) is Access.FULL
    assert may_read(SCHOOLS, action) is may_read(SCHOOLS, asked) is Access.NONE


def test_a_recommendations_lead_sees_its_actions_without_others_evidence(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION, lead="health")
    action = story.action(story.assign(Kind.ACTION, story.an_action(recommendation_id=above)))
    assert may_read(HEALTH, action, above=[story.recommendation(above)]) is Access.LEAD_ABOVE
    assert may_read(SCHOOLS, action, above=[story.recommendation(above)]) is Access.NONE


def test_what_stands_above_is_told_apart_whatever_order_it_comes_in(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION, lead="health", contributing_agencies=("schools",))
    recommendation = story.recommendation(above)
    review = story.review(recommendation.review_id)
    action = story.action(story.assign(Kind.ACTION, story.an_action(recommendation_id=above)))
    assert action.review_id == recommendation.review_id
    both: list[list[Review | Recommendation]] = [[review, recommendation], [recommendation, review]]
    for stands_above in both:
        assert may_read(HEALTH, action, above=stands_above) is Access.LEAD_ABOVE
        assert may_read(SCHOOLS, action, above=stands_above) is Access.NONE
    for kin in (HEALTH, SCHOOLS):
        assert may_read(kin, recommendation) is Access.FULL
    assert may_read(POLICE, recommendation, above=[recommendation, review]) is Access.NONE


def test_above_what_it_sees_an_agency_sees_headers(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION, lead="health")
    action = story.action(story.assign(Kind.ACTION, story.an_action(recommendation_id=above)))
    recommendation = story.recommendation(above)
    review = story.review(recommendation.review_id)
    assert may_read(POLICE, recommendation, below=[action]) is Access.HEADER
    assert may_read(POLICE, review, below=[recommendation, action]) is Access.HEADER
    assert may_read(SCHOOLS, recommendation, below=[action]) is Access.NONE
    assert may_read(SCHOOLS, review, below=[recommendation, action]) is Access.NONE


def test_what_is_published_is_read_by_all(story: Story) -> None:
    thing = story.a_review()
    recommendation = story.recommendation(story.a_recommendation(review_id=thing))
    story.when(CompleteReview(id=thing))
    assert may_read(SCHOOLS, recommendation, above=[story.review(thing)]) is Access.NONE
    story.when(PublishReview(id=thing, board_response="We accept it"), story.chair)
    review = story.review(thing)
    assert may_read(SCHOOLS, review) is may_read(SCHOOLS, recommendation, above=[review]) is Access.PUBLISHED


def test_a_challenge_is_read_by_the_agency_it_is_made_to(story: Story) -> None:
    subject = Subject(kind=Kind.ACTION, id=story.assigned(Kind.ACTION))
    issue = IssueChallenge(agency="police", subjects=(subject,), grounds="No progress")
    challenge = story.challenge(story.create(issue, story.chair))
    assert (may_read(POLICE, challenge), may_read(HEALTH, challenge)) == (Access.FULL, Access.NONE)


def test_above_the_learning_that_it_was_told_an_agency_sees_the_header_of_the_review(story: Story) -> None:
    elsewhere = {"agencies": ("housing",)}
    told = story.review(story.disseminated(story.a_review(**elsewhere), agencies=("police", "health")))
    untold = story.review(story.a_review(**elsewhere))
    assert may_read(POLICE, told) is may_read(HEALTH, told) is Access.HEADER
    assert may_read(SCHOOLS, told) is may_read(POLICE, untold) is Access.NONE


def test_an_agency_under_review_sees_the_header_and_of_a_case_that_is_only_referred_nothing(story: Story) -> None:
    review = story.review(story.a_review(agencies=("police",)))
    assert (may_read(POLICE, review), may_read(HEALTH, review)) == (Access.HEADER, Access.NONE)
    case = story.create(ReferReview(title="Child L", kind="single-agency-review", agencies=("police",)))
    assert may_read(POLICE, story.review(case)) is Access.NONE
    story.when(DeclineReview(id=case, reason="No concern"), story.chair)
    assert may_read(POLICE, story.review(case)) is Access.NONE


def test_an_audit_programme_is_read_by_all_once_it_is_agreed_and_as_a_draft_by_no_agency(story: Story) -> None:
    story.framework = shipped_frameworks()["windsor-maidenhead"]
    draft = PlanAudit(year=2024, kind="multi-agency-case-audit", topic="neglect", planned_for=story.on(100))
    story.when(draft, story.unit)
    assert may_read(POLICE, story.state(Kind.PROGRAMME, programme_of(2024))) is Access.NONE
    story.when(AgreeProgramme(year=2024, topics=("neglect",)), story.chair)
    assert may_read(POLICE, story.state(Kind.PROGRAMME, programme_of(2024))) is Access.PUBLISHED
