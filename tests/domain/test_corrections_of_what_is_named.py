"""What a fact names is corrected, part by part where it has parts; what followed from it follows, and back again."""

from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.challenge import events as challenge
from domain.challenge.commands import IssueChallenge, ResolveChallenge, TransferChallenge, WithdrawChallenge
from domain.correction.amending import apply_corrections
from domain.correction.commands import Correct
from domain.duties import events as duties
from domain.duties.state import Duty
from domain.frameworks import ResponseTime, shipped_frameworks
from domain.lifecycle import events as life
from domain.lifecycle.commands import VerifyImpact
from domain.partnership.commands import AdoptFramework, CreatePartnership
from domain.programme import events as programme
from domain.programme.commands import AgreeProgramme
from domain.recommendation import events as recommendation
from domain.returns import events as returns
from domain.returns.commands import CallReturns, JudgeReturns, RaiseImprovements, SubmitReturn
from domain.review import events
from domain.review.commands import (
    AgreeReview,
    CommissionReview,
    CompleteReview,
    ConfirmLearning,
    ReferReview,
    StartClock,
    TakeUpLearning,
)
from domain.shared import refusals
from domain.shared.actor import Caller
from domain.shared.facts import Decided, Fact
from domain.shared.identifiers import programme_of
from domain.shared.vocabulary import ChallengeOutcome, DeadlineUnit, Impact, Kind, Role
from support.in_memory_register import LED, Story

SCR = "serious-case-review"
LESSONS = "learning-lessons-review"
GROUP = Caller("member", Role.MONITORING_BODY, bodies=("learning-and-improvement",), independent=True)
PRACTICE = "issues with practice in the case"


def query_context(
    story: Story, kind: Kind, thing: UUID, fact: type[Fact], field: str, value: Any, nth: int = -1
) -> Correct:
    places = [each.position for each in story.streams[kind, thing] if isinstance(each.fact, fact)]
    said = None if value is None else value if isinstance(value, str) else str(value)
    told = {"kind": kind, "id": thing, "event_id": places[nth], "field": field, "new_value": said}
    return Correct.model_validate(told | {"reason": "Misread minutes"})


def correct(
    story: Story, kind: Kind, thing: UUID, fact: type[Fact], field: str, value: Any, nth: int = -1
) -> list[Decided]:
    return story.when(query_context(story, kind, thing, fact, field, value, nth), story.unit)


def refused(story: Story, refusal: type[refusals.Refusal], *asked: Any) -> str:
    """What is corrected, as for `correct`; the sentence that refuses it."""
    found: refusals.Refusal = story.refused(refusal, query_context(story, *asked), story.unit)
    assert found.field == ("newValue",)
    return found.message


def standing(story: Story, kind: Kind, thing: UUID, fact: type[Fact]) -> list[Any]:
    return [each.fact for each in apply_corrections(story.streams[kind, thing]) if isinstance(each.fact, fact)]


def days(story: Story, kind: Kind, thing: UUID, fact: type[Fact]) -> list[date]:
    return [each.happened_on for each in standing(story, kind, thing, fact)]


def states(story: Story) -> dict[Any, Any]:
    """Of everything that there is, but for how often it was written about."""
    found = {}
    for kind, thing in [key for key, facts in story.streams.items() if facts]:
        state = story.state(kind, thing)
        for part in (state, getattr(state, "life", None)):
            names = () if part is None else {field.name for field in fields(part)} - {"version", "life"}
            found[kind, thing, type(part)] = {name: getattr(part, name) for name in names}
    return found


def there_and_back(story: Story, kind: Kind, thing: UUID, fact: type[Fact], field: str, value: Any, back: Any) -> None:
    """Corrected and corrected back, everything is as it was; it is left corrected."""
    before = states(story)
    correct(story, kind, thing, fact, field, value)
    assert states(story) != before
    correct(story, kind, thing, fact, field, back)
    assert states(story) == before
    correct(story, kind, thing, fact, field, value)


# ---- challenges ----


def challenged(story: Story, *subjects: dict[str, Any], **fields: Any) -> UUID:
    told = {"agency": "police", "grounds": "Late", "subjects": subjects} | fields
    return story.create(IssueChallenge.model_validate(told), story.chair)


def test_a_challenge_about_the_wrong_action_is_corrected_to_the_right_one_with_its_marks(story: Story) -> None:
    wrong, right = story.assigned(Kind.ACTION), story.assigned(Kind.ACTION)
    story.day = 5
    thing = challenged(story, {"kind": Kind.ACTION, "id": wrong})
    story.day = 9
    story.accept(Kind.ACTION, right, story.submit(Kind.ACTION, right))
    there_and_back(story, Kind.CHALLENGE, thing, challenge.Issued, "subjects", f"action:{right}", f"action:{wrong}")
    assert story.action(wrong).life.challenges == frozenset()
    assert story.action(right).life.challenges == {thing}
    assert days(story, Kind.ACTION, right, life.Challenged) == [story.on(5)]
    story.when(WithdrawChallenge(id=thing, reason="It has come"), story.chair)
    assert story.action(right).life.challenges == frozenset()


def test_the_subjects_of_a_challenge_that_has_ended_are_corrected_with_its_end(story: Story) -> None:
    wrong, right = story.assigned(Kind.ACTION), story.assigned(Kind.ACTION)
    thing = challenged(story, {"kind": Kind.ACTION, "id": wrong})
    story.day = 5
    story.when(WithdrawChallenge(id=thing, reason="It has come"), story.chair)
    there_and_back(story, Kind.CHALLENGE, thing, challenge.Issued, "subjects", f"action:{right}", f"action:{wrong}")
    assert days(story, Kind.ACTION, wrong, life.ChallengeEnded) == []
    assert days(story, Kind.ACTION, right, life.ChallengeEnded) == [story.on(5)]
    correct(story, Kind.CHALLENGE, thing, challenge.Withdrawn, "happenedOn", story.on(3))
    assert days(story, Kind.ACTION, right, life.ChallengeEnded) == [story.on(3)]
    correct(story, Kind.CHALLENGE, thing, challenge.Withdrawn, "voided", "true")
    assert [story.action(each).life.challenges for each in (wrong, right)] == [frozenset(), {thing}]


def test_what_is_challenged_is_the_agencys_is_there_and_can_be_closed_so(story: Story) -> None:
    thing = challenged(story, {"kind": Kind.ACTION, "id": story.assigned(Kind.ACTION)})
    others = story.assigned(Kind.ACTION, "health")
    closed = story.implemented(Kind.ACTION)
    told = (story, Kind.CHALLENGE, thing, challenge.Issued, "subjects")
    for value, refusal in (
        (f"action:{others}", refusals.SubjectNotOfAgency),
        (f"action:{thing}", refusals.NotFound),
        (f"recommendation:{others}", refusals.NotFound),
        (str(others), refusals.Invalid),
        (f"action:{others}/wall:7", refusals.Invalid),
        (None, refusals.Invalid),
    ):
        found = story.refused(refusal, query_context(*told, value), story.unit)
        assert found.field == ("newValue",), value
    upheld = {"id": thing, "outcome": ChallengeOutcome.UPHELD, "reason": "So it is"}
    story.when(ResolveChallenge.model_validate(upheld), story.chair)
    assert "closed" in refused(story, refusals.NotClosed, *told[1:], f"action:{closed}")


def test_a_challenge_is_corrected_to_be_about_a_duty_a_clock_a_return_or_performance(story: Story) -> None:
    action = story.assigned(Kind.ACTION)
    review = story.disseminated()
    owed = next(id for id, duty in story.review(review).duties.items() if duty.agency == "police")
    started = {"review_id": review, "clock": "50%, or so", "started_on": story.today, "due_on": story.on(10)}
    story.when(StartClock.model_validate(started), story.unit)
    called = story.when(CallReturns(year=2024, agencies=("police",)), story.unit)[0][1]
    thing = challenged(story, {"kind": Kind.ACTION, "id": action})
    several = f"review:{review}/duty:{owed}, review:{review}/clock:50%25%2C or so, return:{called}"
    there_and_back(story, Kind.CHALLENGE, thing, challenge.Issued, "subjects", several, f"action:{action}")
    assert [(each.kind, each.duty, each.clock) for each in story.challenge(thing).subjects] == [
        (Kind.REVIEW, owed, None),
        (Kind.REVIEW, None, "50%, or so"),
        (Kind.RETURN, None, None),
    ]
    assert story.action(action).life.challenges == frozenset()
    there_and_back(story, Kind.CHALLENGE, thing, challenge.Issued, "aboutPerformance", "true", "false")
    correct(story, Kind.CHALLENGE, thing, challenge.Issued, "subjects", None)
    assert story.challenge(thing).subjects == ()
    refused(story, refusals.Invalid, Kind.CHALLENGE, thing, challenge.Issued, "aboutPerformance", "false")


def test_a_challenge_of_a_day_before_the_duty_arose_or_after_it_was_met_is_not_possible(story: Story) -> None:
    thing = challenged(story, about_performance=True)
    story.day = 3
    review = story.disseminated()
    owed = next(id for id, duty in story.review(review).duties.items() if duty.agency == "police")
    about = (story, refusals.DateBeforeStart, Kind.CHALLENGE, thing, challenge.Issued, "subjects")
    assert "before" in refused(*about, f"review:{review}/duty:{owed}")
    later = challenged(story, about_performance=True, grounds="Silence")
    told = {"review_id": review, "duty_id": owed, "assurance": "Done"}
    story.when(ConfirmLearning.model_validate(told), story.agency("police"))
    value = f"review:{review}/duty:{owed}"
    refused(story, refusals.ConditionsNotMet, Kind.CHALLENGE, later, challenge.Issued, "subjects", value)


def test_no_correction_makes_two_challenges_that_are_open_the_same(story: Story) -> None:
    """Whichever of their parts it changes, or whose end it takes back; another open one is named."""
    one, other = story.assigned(Kind.ACTION, contributing_agencies=("health",)), story.assigned(Kind.ACTION)
    about = {"kind": Kind.ACTION, "id": one}
    first = challenged(story, about)
    reference = story.challenge(first).reference
    for unlike, fact, field, value in (
        ({"grounds": "Never begun"}, challenge.Issued, "grounds", "late"),
        ({"agency": "health"}, challenge.Issued, "agency", "police"),
        ({"subjects": ({"kind": Kind.ACTION, "id": other},)}, challenge.Issued, "subjects", f"action:{one}"),
        ({"about_performance": True}, challenge.Issued, "aboutPerformance", "false"),
    ):
        second = challenged(story, **({"subjects": (about,)} | unlike))
        sentence = refused(story, refusals.ChallengeOpen, Kind.CHALLENGE, second, fact, field, value)
        assert reference in sentence
        assert "Late" not in sentence
    story.when(WithdrawChallenge(id=first, reason="It has come"), story.chair)
    again = challenged(story, about)
    refused(story, refusals.ChallengeOpen, Kind.CHALLENGE, first, challenge.Withdrawn, "voided", "true")
    story.when(WithdrawChallenge(id=again, reason="It has come"), story.chair)
    correct(story, Kind.CHALLENGE, first, challenge.Withdrawn, "voided", "true")
    assert not story.challenge(first).ended


def test_a_transfer_that_is_taken_back_or_was_to_another_leaves_no_challenge_twice(story: Story) -> None:
    about = {"kind": Kind.ACTION, "id": story.assigned(Kind.ACTION, contributing_agencies=("health", "schools"))}
    moved = challenged(story, about)
    story.when(TransferChallenge(id=moved, to_agency="health", reason="They do it"), story.unit)
    challenged(story, about)
    challenged(story, about, agency="schools")
    for field, value in (("voided", "true"), ("toAgency", "schools")):
        refused(story, refusals.ChallengeOpen, Kind.CHALLENGE, moved, challenge.Transferred, field, value)


def test_performance_is_not_what_a_challenge_that_was_transferred_is_about(story: Story) -> None:
    action = story.assigned(Kind.ACTION, contributing_agencies=("health",))
    thing = challenged(story, {"kind": Kind.ACTION, "id": action})
    story.when(TransferChallenge(id=thing, to_agency="health", reason="They do it"), story.unit)
    asked = (story, refusals.SubjectNotOfAgency, Kind.CHALLENGE, thing, challenge.Issued)
    assert "challenge.transferred.v1" in refused(*asked, "aboutPerformance", "true")
    refused(*asked, "subjects", f"action:{story.assigned(Kind.ACTION)}")


# ---- learning ----


def test_which_learning_a_recommendation_answers_is_corrected(story: Story) -> None:
    review = story.a_review()
    one, other = story.learning(review), story.learning(review)
    elsewhere = story.learning(story.a_review())
    thing = story.a_recommendation(review_id=review, learning=(one,))
    correct(story, Kind.RECOMMENDATION, thing, recommendation.Raised, "learning", f"{other}, {one}")
    (raised,) = standing(story, Kind.RECOMMENDATION, thing, recommendation.Raised)
    assert raised.learning == (other, one)
    told = (story, refusals.Invalid, Kind.RECOMMENDATION, thing, recommendation.Raised, "learning")
    refused(*told, str(elsewhere))
    refused(*told, "nothing")
    correct(story, Kind.RECOMMENDATION, thing, recommendation.Raised, "learning", None)
    correct(story, Kind.REVIEW, review, events.LearningIdentified, "voided", "true")


def obliged(story: Story, review: UUID) -> set[tuple[str | None, str]]:
    return {(duty.agency, id) for id, duty in ((str(id), duty) for id, duty in story.review(review).duties.items())}


def test_which_learning_was_brought_is_corrected_with_the_reviews_that_it_joined(story: Story) -> None:
    home, joined, other = (story.a_review() for _ in range(3))
    own, theirs, anothers = (story.learning(each) for each in (home, joined, other))
    story.disseminated(home, learning=(own, theirs))
    told = (story, Kind.REVIEW, home, events.LearningDisseminated, "learning")
    there_and_back(*told, f"{own}, {anothers}", f"{own}, {theirs}")
    assert [len(standing(story, Kind.REVIEW, each, events.LearningJoined)) for each in (joined, other)] == [0, 1]
    assert story.review(home).obliged.keys() == {own, anothers}
    story.refused(refusals.NotFound, query_context(*told, str(home)), story.unit)
    there_and_back(*told, str(own), f"{own}, {anothers}")
    assert story.review(other).joined == {}


def test_a_duty_that_was_confirmed_keeps_its_learning_brought(story: Story) -> None:
    review = story.a_review()
    one, other = story.learning(review), story.learning(review)
    story.disseminated(review, learning=(one,))
    story.disseminated(review, learning=(one, other))
    last = standing(story, Kind.REVIEW, review, events.LearningDisseminated)[-1]
    assert {point for each in last.obliges for point in each.learning} == {other}
    story.when(ConfirmLearning(review_id=review, assurance="Done"), story.agency("police"))
    told = (story, refusals.Invalid, Kind.REVIEW, review, events.LearningDisseminated, "learning")
    assert "review.duties_confirmed.v1" in refused(*told, str(one))
    correct(story, Kind.REVIEW, review, duties.DutiesConfirmed, "voided", "true")
    before = story.review(review).duties
    there_and_back(story, Kind.REVIEW, review, events.LearningDisseminated, "learning", one, f"{one}, {other}")
    assert len(story.review(review).duties) < len(before)


def test_to_which_bodies_learning_went_is_corrected_by_the_framework_of_its_day(story: Story) -> None:
    story.when(CreatePartnership(key="k", name="K", framework="knowsley-2015"), story.administrator)
    review = story.disseminated()
    story.day = 5
    story.when(AdoptFramework(framework="knowsley-2020", happened_on=story.today), story.administrator)
    told = (story, Kind.REVIEW, review, events.LearningDisseminated, "bodies")
    there_and_back(*told, "training", None)
    (fact,) = standing(story, Kind.REVIEW, review, events.LearningDisseminated)
    assert (fact.bodies, fact.bodies_of) == (("training",), "knowsley-2015")
    story.refused(refusals.UnknownBody, query_context(*told, "the-choir"), story.unit)


def test_who_took_up_which_learning_is_corrected(story: Story) -> None:
    review = story.a_review()
    one, other = story.learning(review), story.learning(review)
    taken = TakeUpLearning(review_id=review, learning_id=one, body="training", what_was_done="A course")
    story.when(taken, story.unit)
    there_and_back(story, Kind.REVIEW, review, events.LearningTakenUp, "learningId", other, one)
    told = (story, Kind.REVIEW, review, events.LearningTakenUp, "body")
    story.refused(refusals.NotPermitted, query_context(*told, "executive"), story.unit)
    story.disseminated(review, bodies=("executive",), agencies=())
    there_and_back(*told, "executive", "training")


# ---- the kind of a review, and who is involved in it ----


def of_its_kind(story: Story, review: UUID) -> tuple[Any, ...]:
    now = story.review(review)
    told = now.published_with_response, now.chair_decides
    return now.kind, now.reporting.bodies, *told, now.agreed_by, set(now.clocks)


def test_the_kind_of_a_review_is_corrected_with_all_that_followed_from_it(story: Story) -> None:
    review = story.a_review(kind="multi-agency-case-audit", lead_reviewer="Dr Day")
    thing = story.an_action(recommendation_id=story.a_recommendation(review_id=review))
    neighbour = story.a_review(kind="multi-agency-case-audit")
    told = (story, Kind.REVIEW, review, events.Commissioned, "kind")
    story.refused(refusals.UnknownReviewKind, query_context(*told, "a-wedding"), story.unit)
    story.refused(refusals.ConditionsNotMet, query_context(*told, SCR), story.unit)
    correct(story, Kind.REVIEW, review, events.Commissioned, "leadReviewerEmployer", "The police")
    story.refused(refusals.NotIndependent, query_context(*told, SCR), story.unit)
    correct(story, Kind.REVIEW, review, events.Commissioned, "leadReviewerEmployer", "A university")
    there_and_back(*told, SCR, "multi-agency-case-audit")
    scr = story.a_review(kind=SCR, **LED)
    assert of_its_kind(story, review) == of_its_kind(story, scr)
    (commissioned,) = standing(story, Kind.REVIEW, review, events.Commissioned)
    (like,) = standing(story, Kind.REVIEW, scr, events.Commissioned)
    for name in ("statutory", "stakeholders", "asked_sections", "lead_reviewer_independent"):
        assert getattr(commissioned, name) == getattr(like, name), name
    above = story.action(thing).recommendation_id
    (raised,) = standing(story, Kind.RECOMMENDATION, above, recommendation.Raised)
    assert (raised.review_kind, raised.monitored_by) == (SCR, like.monitored_by)
    assert story.action(thing).reporting.bodies == like.monitored_by
    assert story.review(neighbour).kind == "multi-agency-case-audit"


def test_what_a_body_went_on_in_follows_the_corrected_kind(story: Story) -> None:
    story.when(CreatePartnership(key="k", name="K", framework="knowsley-2015"), story.administrator)
    review, like = story.a_review(kind="multi-agency-case-audit"), story.a_review()
    above = story.a_recommendation(review_id=review)
    story.day = 5
    story.when(AdoptFramework(framework="knowsley-2020", happened_on=story.today), story.administrator)
    told = (story, Kind.REVIEW, review, events.Commissioned, "kind")
    there_and_back(*told, "practice-learning-review", "multi-agency-case-audit")
    assert story.review(review).reported == story.review(like).reported
    assert story.recommendation(above).reporting.bodies == story.review(like).reporting.bodies


def sunderland(story: Story) -> Story:
    story.framework = shipped_frameworks()["sunderland-2015"]
    return story


def in_sunderland(story: Story, kind: str = LESSONS, **fields: Any) -> UUID:
    asked = {"kind": kind, "title": "K", "mandated_by": "board", "agencies": ("police", "health"), "facilitator": "F"}
    return story.create(CommissionReview.model_validate(asked | fields), story.unit)


def test_a_review_that_is_completed_is_not_corrected_to_a_kind_that_somebody_would_have_had_to_agree(
    story: Story,
) -> None:
    review = in_sunderland(sunderland(story), "live-observation")
    story.when(CompleteReview(id=review), story.unit)
    told = (story, refusals.ConditionsNotMet, Kind.REVIEW, review, events.Commissioned, "kind")
    assert "review.completed.v1" in refused(*told, LESSONS)


def test_a_draft_is_none_once_its_review_is_known_to_be_of_a_kind_that_nobody_agrees(story: Story) -> None:
    review = in_sunderland(sunderland(story))
    draft = story.a_recommendation(review_id=review, addressed_to=("police",))
    told = (story, Kind.REVIEW, review, events.Commissioned, "kind")
    there_and_back(*told, "live-observation", LESSONS)
    now = story.recommendation(draft)
    assert (now.draft, now.may_answer) == (False, ("police",))
    story.assign(Kind.RECOMMENDATION, draft)
    assert "recommendation.assigned.v1" in refused(
        story, refusals.ConditionsNotMet, Kind.REVIEW, review, events.Commissioned, "kind", LESSONS
    )


def test_a_referral_names_another_kind_and_advice_is_another_bodys(story: Story) -> None:
    case = story.create(ReferReview(title="Child L", kind=SCR, agencies=("police",)), story.unit)
    there_and_back(story, Kind.REVIEW, case, events.Referred, "kind", "practice-learning-review", SCR)
    correct(story, Kind.REVIEW, case, events.Referred, "kind", None)
    refused(story, refusals.UnknownReviewKind, Kind.REVIEW, case, events.Referred, "kind", "a-wedding")


def test_through_what_a_review_reports_what_it_follows_up_and_checks_is_corrected(story: Story) -> None:
    sunderland(story)
    first, other = in_sunderland(story, "live-observation", mandated_by="quality-assurance"), in_sunderland(story)
    one, two = story.a_recommendation(review_id=first), story.a_recommendation(review_id=first)
    anothers = story.a_recommendation(review_id=other)
    review = in_sunderland(story, "live-observation", mandated_by="quality-assurance", follows_up=first, checks=(one,))
    told = (story, Kind.REVIEW, review, events.Commissioned)
    there_and_back(*told, "reportsThrough", "quality-assurance", None)
    assert story.review(review).reporting.bodies == ("quality-assurance",)
    story.refused(refusals.UnknownBody, query_context(*told, "reportsThrough", "the-choir"), story.unit)
    correct(*told, "checks", two)
    checked = [standing(story, Kind.RECOMMENDATION, each, recommendation.CheckCommissioned) for each in (one, two)]
    assert [len(marks) for marks in checked] == [0, 1]
    for field, value, refusal in (
        ("checks", anothers, refusals.Invalid),
        ("followsUp", other, refusals.Invalid),
        ("followsUp", review, refusals.Invalid),
        ("followsUp", one, refusals.NotFound),
    ):
        refused(story, refusal, *told[1:], field, value)
    correct(*told, "followsUp", None)
    correct(*told, "checks", f"{two}, {anothers}")
    (commissioned,) = standing(story, Kind.REVIEW, review, events.Commissioned)
    assert (commissioned.follows_up, commissioned.checks) == (None, (two, anothers))


def test_who_employs_the_lead_is_corrected_with_whether_that_was_independent(story: Story) -> None:
    review = story.a_review(kind=SCR, **LED)
    told = (story, Kind.REVIEW, review, events.Commissioned, "leadReviewerEmployer")
    correct(*told, "A hospital trust")
    (commissioned,) = standing(story, Kind.REVIEW, review, events.Commissioned)
    assert (commissioned.lead_reviewer_employer, commissioned.lead_reviewer_independent) == ("A hospital trust", True)
    for value, refusal in (("health service", refusals.NotIndependent), (None, refusals.ConditionsNotMet)):
        refused(story, refusal, *told[1:], value)
    audit = story.a_review(kind="multi-agency-case-audit", lead_reviewer="Dr Day")
    asked = (story, Kind.REVIEW, audit, events.Commissioned, "leadReviewerEmployer")
    for employer, independent in (("health service", False), ("A university", True), (None, None)):
        correct(*asked, employer)
        (fact,) = standing(story, Kind.REVIEW, audit, events.Commissioned)
        assert fact.lead_reviewer_independent is independent


def test_what_was_said_of_conditions_criteria_and_stakeholders_is_corrected(story: Story) -> None:
    said = [{"condition": PRACTICE, "words": "Two referrals"}]
    review = in_sunderland(sunderland(story), "after-action-review", conditions_met=said)
    told = (story, Kind.REVIEW, review, events.Commissioned)
    correct(*told, f"conditionsMet.{PRACTICE}", "Three referrals were not acted on")
    (fact,) = standing(story, Kind.REVIEW, review, events.Commissioned)
    assert [(each.condition, each.words) for each in fact.conditions_met] == [
        (PRACTICE, "Three referrals were not acted on")
    ]
    story.refused(refusals.Invalid, query_context(*told, "conditionsMet.it rains", "Often"), story.unit)
    correct(*told, "stakeholders", "parents, schools")
    correct(*told, f"conditionsMet.{PRACTICE}", None)
    (fact,) = standing(story, Kind.REVIEW, review, events.Commissioned)
    assert (fact.conditions_met, fact.stakeholders) == ((), ("parents", "schools"))
    story.framework = shipped_frameworks()["knowsley-2015"]
    scr = story.a_review(kind=SCR, **LED)
    correct(story, Kind.REVIEW, scr, events.Commissioned, "criteriaMet.child-died", "In March")
    asked = query_context(story, Kind.REVIEW, scr, events.Commissioned, "criteriaMet.it-rained", "Often")
    story.refused(refusals.Invalid, asked, story.unit)
    (fact,) = standing(story, Kind.REVIEW, scr, events.Commissioned)
    assert [(each.criterion, each.words) for each in fact.criteria_met] == [("child-died", "In March")]


def test_a_section_is_corrected_by_its_key_and_keeps_its_place(story: Story) -> None:
    review = story.a_review()
    sections = [{"key": key, "text": f"About {key}"} for key in ("summary", "what.next", "method")]
    story.when(CompleteReview.model_validate({"id": review, "sections": sections}), story.unit)
    told = (story, Kind.REVIEW, review, events.Completed)

    def texts() -> list[tuple[str, str]]:
        (fact,) = standing(story, Kind.REVIEW, review, events.Completed)
        return [(each.key, each.text) for each in fact.sections]

    before = texts()
    correct(*told, "sections.what.next", "Nothing")
    assert texts()[1] == ("what.next", "Nothing")
    correct(*told, "sections.summary", None)
    correct(*told, "sections.appendix", "Letters")
    assert [key for key, _ in texts()] == ["what.next", "method", "appendix"]
    for field, value in (("sections.summary", "About summary"), ("sections.what.next", "About what.next")):
        correct(*told, field, value)
    correct(*told, "sections.appendix", None)
    assert texts() == before
    for field in ("sections", "sections.", "title.x"):
        assert story.refused(refusals.Invalid, query_context(*told, field, "x"), story.unit).field == ("field",)


def test_a_section_that_its_kind_asks_for_stays_told(story: Story) -> None:
    kind = sunderland(story).framework.kinds["index-of-excellence"]
    review = in_sunderland(story, kind.key)
    told = [{"key": key, "text": "Told"} for key in kind.sections]
    story.when(CompleteReview.model_validate({"id": review, "sections": told}), story.unit)
    asked = (story, refusals.ConditionsNotMet, Kind.REVIEW, review, events.Completed)
    assert "missing" in refused(*asked, f"sections.{next(iter(kind.sections))}", None)


# ---- agreement and drafts ----


def agreed_draft(story: Story) -> tuple[UUID, UUID]:
    framework = sunderland(story).framework
    within = ResponseTime(length=10, unit=DeadlineUnit.DAYS)
    story.frameworks[framework.key] = story.framework = framework.model_copy(update={"recommendation_response": within})
    review = in_sunderland(story)
    story.day = 2
    draft = story.a_recommendation(review_id=review, addressed_to=("police",))
    story.day = 6
    story.when(AgreeReview(id=review), story.chair)
    story.day = 8
    story.when(AgreeReview(id=review, body="learning-and-improvement"), GROUP)
    return review, draft


def test_drafts_are_real_from_the_corrected_day_of_the_agreement_on_and_answered_by_then(story: Story) -> None:
    review, draft = agreed_draft(story)
    told = (story, Kind.REVIEW, review, events.Agreed, "happenedOn")
    there_and_back(*told, story.on(7), story.on(8))
    assert days(story, Kind.RECOMMENDATION, draft, recommendation.DraftAgreed) == [story.on(7)]
    assert story.recommendation(draft).response_due_on == story.on(17)
    early = query_context(story, Kind.REVIEW, review, events.Agreed, "happenedOn", story.on(3), 0)
    story.when(early, story.unit)
    assert days(story, Kind.RECOMMENDATION, draft, recommendation.DraftAgreed) == [story.on(7)]


def test_an_agreement_that_is_struck_out_leaves_a_draft_until_something_was_done_about_it(story: Story) -> None:
    review, draft = agreed_draft(story)
    there_and_back(story, Kind.REVIEW, review, events.Agreed, "voided", "true", "false")
    assert (story.recommendation(draft).draft, story.recommendation(draft).may_answer) == (True, ())
    correct(story, Kind.REVIEW, review, events.Agreed, "voided", "false", 1)
    story.assign(Kind.RECOMMENDATION, draft)
    told = (story, refusals.ConditionsNotMet, Kind.REVIEW, review, events.Agreed, "voided")
    assert "recommendation.assigned.v1" in refused(*told, "true")


def test_what_was_drafted_is_not_disseminated_before_a_corrected_agreement(story: Story) -> None:
    review = in_sunderland(sunderland(story))
    story.learning(review)
    story.when(AgreeReview(id=review), story.chair)
    story.when(AgreeReview(id=review, body="learning-and-improvement"), GROUP)
    story.disseminated(review)
    told = (story, refusals.ConditionsNotMet, Kind.REVIEW, review, events.Agreed, "voided")
    assert "review.learning_disseminated.v1" in refused(*told, "true")


def test_who_agreed_is_corrected_among_those_who_must(story: Story) -> None:
    review = in_sunderland(sunderland(story))
    story.when(AgreeReview(id=review), story.chair)
    there_and_back(story, Kind.REVIEW, review, events.Agreed, "body", "learning-and-improvement", None)
    (agreed,) = standing(story, Kind.REVIEW, review, events.Agreed)
    assert agreed.framework == story.review(review).reporting.framework
    refused(story, refusals.UnknownBody, Kind.REVIEW, review, events.Agreed, "body", "training")
    story.when(AgreeReview(id=review), story.chair)
    told = (story, refusals.ConditionsNotMet, Kind.REVIEW, review, events.Agreed, "body")
    refused(*told, "learning-and-improvement")


# ---- evidence and impact ----


def test_evidence_that_claimed_completion_and_did_not_is_corrected_and_back(story: Story, kind: Kind) -> None:
    thing, neighbour = story.assigned(kind, due=5), story.assigned(kind, due=5)
    story.day = 3
    for each in (thing, neighbour):
        story.accept(kind, each, story.submit(kind, each, completed_on=story.on(2)))
    there_and_back(story, kind, thing, life.EvidenceSubmitted, "claimsComplete", "false", "true")
    assert story.state(kind, thing).life.completed_on is None
    assert standing(story, kind, thing, life.EvidenceSubmitted)[0].completed_on is None
    assert story.state(kind, neighbour).life.completed_on == story.on(2)
    told = (story, kind, thing, life.EvidenceSubmitted, "completedOn", story.on(1))
    assert story.refused(refusals.Invalid, query_context(*told), story.unit).field == ("field",)


def test_evidence_that_did_claim_completion_completes_what_was_accepted(story: Story, kind: Kind) -> None:
    thing, waiting = story.assigned(kind), story.assigned(kind)
    story.day = 3
    story.accept(kind, thing, story.submit(kind, thing, claims_complete=False))
    story.submit(kind, waiting, claims_complete=False)
    there_and_back(story, kind, thing, life.EvidenceSubmitted, "claimsComplete", "true", "false")
    now = story.state(kind, thing).life
    assert (now.completed_on, now.completion_day_known) == (story.on(3), False)
    correct(story, kind, thing, life.EvidenceSubmitted, "completedOn", story.on(1))
    now = story.state(kind, thing).life
    assert (now.completed_on, now.completion_day_known) == (story.on(1), True)
    assert len(standing(story, kind, thing, life.Completed)) == 1
    correct(story, kind, waiting, life.EvidenceSubmitted, "claimsComplete", "true")
    assert standing(story, kind, waiting, life.Completed) == []


def test_whoever_does_not_lead_claims_no_completion_by_a_correction(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, contributing_agencies=("schools",))
    story.submit(kind, thing, by="schools", claims_complete=False)
    refused(story, refusals.NotPermitted, kind, thing, life.EvidenceSubmitted, "claimsComplete", "true")


def test_which_review_gave_the_evidence_of_impact_is_corrected(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    own = story.state(kind, thing).review_id
    done, later, running = (story.a_review(kind="multi-agency-case-audit") for _ in range(3))
    story.when(CompleteReview(id=done), story.unit)
    story.day = 4
    found = {"kind": kind, "id": thing, "finding": Impact.EMBEDDED, "measure": "Twenty files", "evidenced_by": done}
    story.when(VerifyImpact.model_validate(found), story.body)
    story.day = 6
    story.when(CompleteReview(id=later), story.unit)
    told = (kind, thing, life.ImpactVerified, "evidencedBy")
    for value, refusal in (
        (own, refusals.Invalid),
        (running, refusals.ReviewNotCompleted),
        (later, refusals.ReviewNotCompleted),
        (thing, refusals.NotFound),
        ("yes", refusals.Invalid),
    ):
        refused(story, refusal, *told, value)
    correct(story, *told, None)
    assert standing(story, kind, thing, life.ImpactVerified)[0].evidenced_by is None
    correct(story, *told, done)
    refused(story, refusals.Invalid, kind, thing, life.ImpactVerified, "followUpReason", "It slipped")


# ---- duties and returns ----


def police_duty(story: Story, review: UUID) -> Duty:
    return next(duty for duty in story.review(review).duties.values() if duty.agency == "police")


def test_whose_word_it_was_and_which_duties_it_met_is_corrected(story: Story) -> None:
    review = story.disseminated()
    mine = [id for id, duty in story.review(review).duties.items() if duty.agency == "police"]
    theirs = [id for id, duty in story.review(review).duties.items() if duty.agency == "health"]
    told = {"review_id": review, "duty_ids": (mine[0],), "agency": "police", "assurance": "Briefed"}
    story.when(ConfirmLearning.model_validate(told), story.unit)
    asked = (story, Kind.REVIEW, review, duties.DutiesConfirmed)
    for field, value, refusal in (
        ("duties", theirs[0], refusals.Invalid),
        ("duties", review, refusals.NotFound),
        ("agency", "health", refusals.Invalid),
        ("agency", "moon", refusals.UnknownAgency),
    ):
        refused(story, refusal, *asked[1:], field, value)
    if len(mine) > 1:
        there_and_back(*asked, "duties", mine[1], mine[0])


EXECUTIVE = Caller("member", Role.MONITORING_BODY, bodies=("executive",), independent=True)


def judged_return(story: Story) -> tuple[UUID, UUID, UUID]:
    """The round's review, the return of the police, judged, and its first duty."""
    review = story.a_review(kind="section-11-audit")
    thing = story.when(CallReturns(year=2024, agencies=("police",), review_id=review), story.unit)[0][1]
    duty = next(iter(story.state(Kind.RETURN, thing).duties))
    assessed = {"assessments": ({"duty_id": duty, "compliance": "PARTLY_MET", "words": "Two of three teams"},)}
    points = {"improvements": ({"wording": "Train the third team", "duty_id": duty},)}
    submitted = SubmitReturn.model_validate({"id": thing, **assessed, **points})
    story.when(submitted, story.agency("police"))
    verdict = {"id": thing, "assessments": ({"duty_id": duty, "compliance": "NOT_MET"},)}
    story.when(JudgeReturns.model_validate({"verdicts": (verdict,)}), EXECUTIVE)
    return review, thing, duty


def test_what_was_assessed_judged_and_to_be_improved_is_corrected_standard_by_standard(story: Story) -> None:
    _, thing, duty = judged_return(story)
    another = list(story.state(Kind.RETURN, thing).duties)[1]
    told = (story, Kind.RETURN, thing, returns.ReturnSubmitted)
    correct(*told, f"assessments.{duty}.compliance", "MET")
    correct(*told, f"assessments.{duty}.words", None)
    correct(*told, f"assessments.{another}.compliance", "MET")
    correct(story, Kind.RETURN, thing, returns.ReturnJudged, f"assessments.{duty}.compliance", "MET")
    (submitted,) = standing(story, Kind.RETURN, thing, returns.ReturnSubmitted)
    assert [(each.duty_id, each.compliance, each.words) for each in submitted.assessments] == [
        (duty, "MET", None),
        (another, "MET", None),
    ]
    point = submitted.improvements[0].improvement_id
    correct(*told, f"improvements.{point}.wording", "Train all teams")
    correct(*told, f"improvements.{point}.dutyId", None)
    for field, value, refusal in (
        (f"assessments.{thing}.compliance", "MET", refusals.NotFound),
        (f"assessments.{duty}.compliance", "NEARLY", refusals.Invalid),
        (f"assessments.{list(story.state(Kind.RETURN, thing).duties)[2]}.words", "Words alone", refusals.Invalid),
        (f"improvements.{thing}.wording", "Something new", refusals.NotFound),
        (f"improvements.{point}.dutyId", thing, refusals.NotFound),
        ("agency", "health", refusals.Invalid),
    ):
        refused(story, refusal, *told[1:], field, value)
    correct(story, Kind.RETURN, thing, returns.ReturnJudged, "body", None)
    refused(story, refusals.UnknownBody, Kind.RETURN, thing, returns.ReturnJudged, "body", "training")
    review = story.a_review()
    correct(story, Kind.RETURN, thing, returns.ReturnCalled, "reviewId", review)
    assert story.state(Kind.RETURN, thing).review_id == review


@pytest.mark.parametrize("as_actions", [False, True], ids=["recommendations", "actions"])
def test_improvements_became_work_on_the_corrected_day_of_what_was_raised(story: Story, as_actions: bool) -> None:
    review, thing, _ = judged_return(story)
    above = story.a_recommendation(review_id=review) if as_actions else None
    story.day = 9
    asked = {"id": review, "returns": (thing,), "recommendation_id": above, "due_on": story.on(60)}
    raised = story.when(RaiseImprovements.model_validate(asked), story.unit)
    kind, work = next((kind, id) for kind, id, fact in raised if type(fact).__name__ == "Raised")
    fact = type(story.facts(kind, work)[0])
    correct(story, kind, work, fact, "happenedOn", story.on(6))
    assert days(story, Kind.RETURN, thing, returns.ImprovementsRaised) == [story.on(6)]
    correct(story, kind, work, fact, "happenedOn", story.on(9))
    assert days(story, Kind.RETURN, thing, returns.ImprovementsRaised) == [story.on(9)]
    story.day = 10
    correct(story, Kind.RETURN, thing, returns.ReturnSubmitted, "narrative", "As it was")
    late = query_context(story, Kind.RETURN, thing, returns.ReturnSubmitted, "happenedOn", story.on(10))
    story.refused(refusals.DateOutOfOrder, late, story.unit)


def test_several_improvements_became_work_when_the_last_of_them_was_raised(story: Story) -> None:
    review, thing, duty = judged_return(story)
    points = ({"wording": "Audit files", "duty_id": duty}, {"wording": "Report"})
    again = {"id": thing, "assessments": (), "improvements": points}
    story.when(JudgeReturns.model_validate({"verdicts": (again,)}), EXECUTIVE)
    story.day = 9
    asked = RaiseImprovements(id=review, returns=(thing,), due_on=story.on(60))
    work = [id for _, id, fact in story.when(asked, story.unit) if isinstance(fact, recommendation.Raised)]
    assert len(work) == 3
    for nth, (id, day) in enumerate(zip(work, (6, 7, 5), strict=True)):
        correct(story, Kind.RECOMMENDATION, id, recommendation.Raised, "happenedOn", story.on(day))
        expected = 9 if nth < 2 else 7
        assert days(story, Kind.RETURN, thing, returns.ImprovementsRaised) == [story.on(expected)]


# ---- programmes ----


def test_the_programme_of_another_year_is_the_one_that_a_review_has_a_place_in(story: Story) -> None:
    for year in (2023, 2024):
        story.when(AgreeProgramme(year=year, topics=("neglect",)), story.chair)
    review = story.a_review(kind="multi-agency-case-audit", programme_year=2024)
    asked = (story, Kind.REVIEW, review, events.Commissioned, "programmeYear")
    there_and_back(*asked, 2023, 2024)
    places = [
        len(standing(story, Kind.PROGRAMME, programme_of(year), programme.AuditCommissioned)) for year in (2023, 2024)
    ]
    assert places == [1, 0]
    refused(story, refusals.DateBeforeStart, Kind.REVIEW, review, events.Commissioned, "programmeYear", 2022)
    correct(story, Kind.REVIEW, review, events.Commissioned, "kind", "thematic-audit")
    (place,) = standing(story, Kind.PROGRAMME, programme_of(2023), programme.AuditCommissioned)
    assert place.kind == "thematic-audit"


def test_how_many_visits_were_agreed_is_corrected(story: Story) -> None:
    story.framework = story.frameworks["knowsley-2020"]
    agreed = {"year": 2024, "topics": ("neglect",), "numbers": ({"rhythm": "frontline-visits", "times": 6},)}
    story.when(AgreeProgramme.model_validate(agreed), story.chair)
    told = (story, Kind.PROGRAMME, programme_of(2024), programme.Agreed)
    correct(*told, "numbers.frontline-visits", 4)
    correct(*told, "numbers.visits-with-children", 2)
    (fact,) = standing(*told)
    assert {each.rhythm: each.times for each in fact.numbers} == {"frontline-visits": 4, "visits-with-children": 2}
    correct(*told, "numbers.frontline-visits", None)
    story.refused(refusals.Invalid, query_context(*told, "numbers.sundays", 4), story.unit)
