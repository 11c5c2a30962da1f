"""What an agency sees."""

from uuid import UUID

from domain.agency.commands import MergeAgencies
from domain.agency.state import Agencies
from domain.challenge.commands import IssueChallenge
from domain.challenge.events import Subject
from domain.frameworks import shipped_frameworks
from domain.lifecycle import commands as life
from domain.programme.commands import AgreeProgramme, PlanAudit
from domain.recommendation.state import Recommendation
from domain.review.commands import CompleteReview, DeclineReview, PublishReview, ReferReview
from domain.review.state import Review
from domain.shared.identifiers import programme_of
from domain.shared.vocabulary import Kind
from support.in_memory_register import Story
from support.visibility_oracle import Access, may_read

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


def merge(story: Story, key: str, into: str, day: int | None = None) -> None:
    on = None if day is None else story.on(day)
    story.when(MergeAgencies(key=key, into=into, happened_on=on), story.administrator)


def readers(story: Story, kind: Kind, thing: UUID, above: UUID | None = None) -> dict[str, Access]:
    """What each agency may read of it, those left out that may read nothing."""
    agencies = story.single(Kind.AGENCIES)
    assert isinstance(agencies, Agencies)
    stands_above = [story.recommendation(above)] if above else []
    mine = {key: agencies.with_predecessors(key) for key in agencies.by_key}
    access = {key: may_read(each, story.state(kind, thing), stands_above) for key, each in mine.items()}
    return {key: each for key, each in access.items() if each is not Access.NONE}


WHOLE = Access.FULL


def led(story: Story, kind: Kind, review: UUID, lead: str) -> UUID:
    """A new thing below a review that stands already, whoever has been merged since."""
    raised = story.a_recommendation(review_id=review)
    return story.assign(kind, story.an_action(recommendation_id=raised) if kind is Kind.ACTION else raised, lead)


def test_an_agency_that_ended_reads_on_what_came_to_its_successor_and_nothing_that_is_the_successors_own(
    story: Story, kind: Kind
) -> None:
    review = story.a_review()
    moved, closed, own = story.assigned(kind), story.implemented(kind), led(story, kind, review, "health")
    helped = story.assigned(kind, lead="schools", contributing_agencies=("police",))
    story.day = 3
    merge(story, "police", "health")
    later = led(story, kind, review, "health")
    both = {"police": WHOLE, "health": WHOLE}
    for thing in (moved, closed):
        assert readers(story, kind, thing) == both
    assert readers(story, kind, helped) == {"schools": WHOLE, **both}
    for thing in (own, later):
        assert readers(story, kind, thing) == {"health": WHOLE}


def test_through_a_chain_of_mergers_each_reads_what_had_come_as_far_as_itself(story: Story, kind: Kind) -> None:
    review, first = story.a_review(), story.assigned(kind)
    merge(story, "police", "health")
    second = led(story, kind, review, "health")
    merge(story, "health", "schools")
    third = led(story, kind, review, "schools")
    chain = {"police": WHOLE, "health": WHOLE, "schools": WHOLE}
    assert readers(story, kind, first) == chain
    assert readers(story, kind, second) == {"health": WHOLE, "schools": WHOLE}
    assert readers(story, kind, third) == {"schools": WHOLE}


def test_what_leaves_the_successor_is_read_no_more_by_the_agency_that_ended(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    merge(story, "police", "health")
    for lead, reading in (("schools", {"schools"}), ("health", {"health"})):
        story.day += 1
        to = {"kind": kind, "id": thing, "to_agency": lead, "reason": "The team moved"}
        story.when(life.Transfer.model_validate(to), story.unit)
        assert readers(story, kind, thing).keys() == reading


def test_what_was_asked_of_an_agency_by_its_name_is_read_by_it_however_late_its_merger_is_told(story: Story) -> None:
    asked = story.a_recommendation(addressed_to=("police", "schools"))
    story.day = 5
    named = story.assigned(Kind.RECOMMENDATION, lead="police")
    story.day = 9
    merge(story, "police", "health", 2)
    assert readers(story, Kind.RECOMMENDATION, asked).keys() == {"police", "schools", "health"}
    assert readers(story, Kind.RECOMMENDATION, named).keys() == {"police", "health"}


def test_of_actions_below_it_sees_those_that_were_raised_while_it_led_the_recommendation(story: Story) -> None:
    above = story.assigned(Kind.RECOMMENDATION, contributing_agencies=("housing",))
    before = story.assign(Kind.ACTION, story.an_action(recommendation_id=above), lead="schools")
    story.day = 2
    merge(story, "housing", "police")
    merge(story, "police", "health")
    after = story.assign(Kind.ACTION, story.an_action(recommendation_id=above), lead="schools")
    assert readers(story, Kind.RECOMMENDATION, above).keys() == {"police", "housing", "health"}
    led = {"schools": WHOLE, "health": Access.LEAD_ABOVE}
    assert readers(story, Kind.ACTION, before, above) == led | {"police": Access.LEAD_ABOVE}
    assert readers(story, Kind.ACTION, after, above) == led


def test_a_challenge_is_read_by_the_agency_that_ended_only_if_it_was_made_to_it(story: Story) -> None:
    subject = Subject(kind=Kind.ACTION, id=story.assigned(Kind.ACTION))
    issue = {"agency": "police", "subjects": (subject,), "grounds": "No progress"}
    made = story.create(IssueChallenge.model_validate(issue), story.chair)
    story.day = 1
    merge(story, "police", "health")
    later = story.create(IssueChallenge.model_validate(issue | {"agency": "health", "grounds": "b"}), story.chair)
    assert readers(story, Kind.CHALLENGE, made).keys() == {"police", "health"}
    assert readers(story, Kind.CHALLENGE, later).keys() == {"health"}
