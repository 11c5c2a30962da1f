"""A framework is succeeded: every review keeps its own, and what is open passes to the bodies that took over."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.challenge.commands import IssueChallenge, ResolveChallenge
from domain.correction.commands import Correct
from domain.frameworks import Framework, goes_on, shipped_frameworks, successors
from domain.lifecycle import commands as life
from domain.lifecycle.events import BodiesSucceeded
from domain.lifecycle.reporting_bodies import reported_on
from domain.partnership.commands import AdoptFramework, CreatePartnership
from domain.recommendation.commands import RaiseRecommendation
from domain.review.commands import (
    AdviseReview,
    AgreeReview,
    CommissionReview,
    CompleteReview,
    ReferReview,
    StartClock,
)
from domain.review.events import Agreed, ClockStarted
from domain.shared import refusals
from domain.shared.actor import Caller
from domain.shared.commands import Command
from domain.shared.vocabulary import ChallengeOutcome, ClosureOutcome, Impact, Kind, Role
from support.in_memory_register import BODY, LED, Story

FRAMEWORKS = shipped_frameworks()
OLD, NEW = FRAMEWORKS["knowsley-2015"], FRAMEWORKS["knowsley-2020"]
GROUP = "review-and-learning-group"
THEN = Caller("member", Role.MONITORING_BODY, bodies=(BODY,), independent=True, framework=OLD.key)
NOW = Caller("member", Role.MONITORING_BODY, bodies=(GROUP,), independent=True, framework=NEW.key)


@pytest.fixture
def knowsley(story: Story) -> Story:
    story.when(CreatePartnership(key="knowsley", name="Knowsley", framework=OLD.key), story.administrator)
    return story


def adopt(story: Story, framework: str = NEW.key, **fields: Any) -> list[tuple[Kind, UUID]]:
    """What passed, beside the adoption itself."""
    command = AdoptFramework.model_validate({"framework": framework} | fields)
    return [(kind, id) for kind, id, _ in story.when(command, story.administrator)[1:]]


def bodies(story: Story, kind: Kind, thing: UUID, on: date | None = None) -> tuple[str | None, tuple[str, ...]]:
    """Whose bodies it reports through, and which."""
    found = reported_on(story.state(kind, thing).reported, on or story.today)
    return found.framework, found.bodies


def judged(kind: Kind, thing: UUID, evidence: UUID) -> life.AcceptEvidence:
    return life.AcceptEvidence(kind=kind, id=thing, evidence_id=evidence)


# ---- which body takes over ----


def test_the_work_of_a_body_that_nothing_succeeded_passes_to_the_board() -> None:
    passes = successors(OLD, NEW, FRAMEWORKS)
    assert passes["merseyside-cdop"] == "board"
    assert passes[BODY] == GROUP
    assert passes["board"] == "strategic-forum"


def test_of_a_framework_that_succeeds_nothing_the_board_takes_everything_over() -> None:
    for earlier in FRAMEWORKS.values():
        for later in FRAMEWORKS.values():
            if earlier is later or later.succeeds == earlier.key:
                continue
            assert set(successors(earlier, later, FRAMEWORKS).values()) == {"board"}, (earlier.key, later.key)


@given(st.sampled_from(list(FRAMEWORKS.values())), st.sampled_from(list(FRAMEWORKS.values())))
def test_whatever_succeeds_whatever_all_work_passes_to_a_body_inside_the_partnership(
    earlier: Framework, later: Framework
) -> None:
    passes = successors(earlier, later, FRAMEWORKS)
    assert passes.keys() == earlier.bodies.keys()
    inside = [later.bodies[to] for body, to in passes.items() if not earlier.bodies[body].outside]
    assert [body.key for body in inside if body.outside] == []


def extended(**changes: Any) -> dict[str, Any]:
    """Frameworks with one more that succeeds the newer of Knowsley's."""
    own = NEW.model_copy(update={"key": "own", "succeeds": NEW.key} | changes)
    return {**FRAMEWORKS, "own": own}


def test_a_body_goes_on_under_its_key_and_over_several_successions() -> None:
    frameworks = extended()
    assert successors(OLD, frameworks["own"], frameworks)[BODY] == GROUP
    assert successors(OLD, frameworks["own"], frameworks)["merseyside-cdop"] == "board"
    assert goes_on(GROUP, NEW, frameworks["own"], frameworks)
    assert not goes_on("board", OLD, frameworks["own"], frameworks)
    assert not goes_on(GROUP, frameworks["own"], NEW, frameworks)


def test_a_framework_says_from_whom_its_bodies_took_over() -> None:
    forum = NEW.bodies["strategic-forum"].model_copy(update={"succeeds": (GROUP,)})
    without = {key: body for key, body in NEW.bodies.items() if key != GROUP}
    frameworks = extended(bodies={**without, "strategic-forum": forum}, reporting_body="strategic-forum")
    assert successors(OLD, frameworks["own"], frameworks)[BODY] == "strategic-forum"
    assert not goes_on(GROUP, NEW, frameworks["own"], frameworks)


def test_frameworks_in_a_circle_descend_from_no_other() -> None:
    frameworks = {**extended(), NEW.key: NEW.model_copy(update={"succeeds": "own"})}
    assert set(successors(OLD, frameworks["own"], frameworks).values()) == {"board"}


def test_a_body_that_moved_outside_takes_nothing_over() -> None:
    outside = NEW.bodies[GROUP].model_copy(update={"outside": True})
    frameworks = extended(bodies={**NEW.bodies, GROUP: outside})
    assert successors(NEW, frameworks["own"], frameworks)[GROUP] == "board"
    assert successors(NEW, frameworks["own"], frameworks)["national-panel"] == "national-panel"


# ---- what passes ----


def test_open_work_passes_from_the_day_of_adoption_and_the_past_stays(knowsley: Story, kind: Kind) -> None:
    thing = knowsley.assigned(kind)
    knowsley.day = 30
    passed = adopt(knowsley, happened_on=knowsley.on(20))
    assert (kind, thing) in passed
    assert {bodies(knowsley, kind, thing, knowsley.on(day)) for day in (-1, 0, 19)} == {(OLD.key, (BODY,))}
    assert bodies(knowsley, kind, thing, knowsley.on(20)) == (NEW.key, (GROUP,))
    assert knowsley.state(kind, thing).life.lead == "police"
    assert knowsley.state(kind, thing).version == len(knowsley.facts(kind, thing))


def test_what_was_raised_since_passes_on_the_day_it_was_raised(knowsley: Story, kind: Kind) -> None:
    knowsley.day = 25
    thing = knowsley.assigned(kind)
    knowsley.day = 30
    adopt(knowsley, happened_on=knowsley.on(20))
    fact = knowsley.facts(kind, thing)[-1]
    assert isinstance(fact, BodiesSucceeded)
    assert fact.happened_on == knowsley.on(25)


@pytest.mark.parametrize("finding", [Impact.EMBEDDED, Impact.PARTLY_EMBEDDED])
def test_what_is_finished_stays_with_whom_it_was(knowsley: Story, kind: Kind, finding: Impact) -> None:
    verified, superseded, closed = (knowsley.assigned(kind) for _ in range(3))
    knowsley.implement(kind, verified)
    verify = life.VerifyImpact(kind=kind, id=verified, finding=finding, measure="Audit")
    knowsley.when(verify, knowsley.body)
    knowsley.when(life.Close(kind=kind, id=superseded, outcome=ClosureOutcome.SUPERSEDED), knowsley.body)
    knowsley.implement(kind, closed)
    passed = adopt(knowsley)
    assert (kind, closed) in passed
    assert not {(kind, verified), (kind, superseded)} & set(passed)


def test_every_review_keeps_its_framework_and_reports_through_who_took_over(knowsley: Story) -> None:
    review = knowsley.a_review()
    adopt(knowsley)
    state = knowsley.review(review)
    assert state.framework == OLD.key
    assert bodies(knowsley, Kind.REVIEW, review) == (NEW.key, (GROUP,))


def test_adopting_what_is_in_force_passes_nothing(knowsley: Story) -> None:
    knowsley.a_review()
    command = AdoptFramework(framework=OLD.key)
    assert knowsley.when(command, knowsley.administrator) == []


def test_a_second_adoption_passes_on_what_the_first_passed(knowsley: Story) -> None:
    review = knowsley.a_review(kind="child-death-review")
    adopt(knowsley)
    assert bodies(knowsley, Kind.REVIEW, review) == (NEW.key, ("board",))
    knowsley.day = 5
    adopt(knowsley, "hull-2015")
    assert bodies(knowsley, Kind.REVIEW, review) == ("hull-2015", ("board",))
    assert bodies(knowsley, Kind.REVIEW, review, knowsley.on(4)) == (NEW.key, ("board",))


# ---- what comes afterwards ----


def test_what_arises_in_an_old_review_reports_through_who_took_over(knowsley: Story) -> None:
    review = knowsley.a_review()
    knowsley.day = 10
    adopt(knowsley)
    recommendation = knowsley.a_recommendation(review_id=review)
    action = knowsley.an_action(recommendation_id=recommendation)
    for kind, thing in ((Kind.RECOMMENDATION, recommendation), (Kind.ACTION, action)):
        assert bodies(knowsley, kind, thing) == (NEW.key, (GROUP,))


def test_what_is_told_of_an_earlier_day_has_passed_since(knowsley: Story) -> None:
    review = knowsley.a_review()
    knowsley.day = 10
    adopt(knowsley)
    knowsley.day = 20
    recommendation = knowsley.a_recommendation(review_id=review, happened_on=knowsley.on(5))
    action = knowsley.an_action(recommendation_id=recommendation, happened_on=knowsley.on(6))
    for kind, thing in ((Kind.RECOMMENDATION, recommendation), (Kind.ACTION, action)):
        assert bodies(knowsley, kind, thing, knowsley.on(9)) == (OLD.key, (BODY,))
        assert bodies(knowsley, kind, thing, knowsley.on(10)) == (NEW.key, (GROUP,))


def test_a_review_told_of_late_is_of_the_framework_of_its_day_and_has_passed_since(knowsley: Story) -> None:
    knowsley.day = 10
    adopt(knowsley)
    knowsley.day = 20
    adopt(knowsley, "hull-2015")
    knowsley.day = 30
    review = knowsley.a_review(happened_on=knowsley.on(3))
    assert knowsley.review(review).framework == OLD.key
    held = [bodies(knowsley, Kind.REVIEW, review, knowsley.on(day)) for day in (3, 10, 20)]
    assert held == [(OLD.key, (BODY,)), (NEW.key, (GROUP,)), ("hull-2015", ("board",))]


def finished(story: Story, kind: Kind) -> UUID:
    thing = story.implemented(kind)
    verify = life.VerifyImpact(kind=kind, id=thing, finding=Impact.EMBEDDED, measure="Audit")
    story.when(verify, story.body)
    return thing


def test_what_was_finished_goes_on_under_the_body_of_today_once_it_is_reopened(knowsley: Story, kind: Kind) -> None:
    thing, neighbour = finished(knowsley, kind), finished(knowsley, kind)
    knowsley.day = 10
    adopt(knowsley)
    knowsley.day = 12
    reopen = life.Reopen(kind=kind, id=thing, reason="It happened again", due_on=knowsley.on(60))
    knowsley.refused(refusals.NotPermitted, reopen, THEN)
    knowsley.when(reopen, NOW)
    assert bodies(knowsley, kind, thing, knowsley.on(11)) == (OLD.key, (BODY,))
    assert bodies(knowsley, kind, thing) == (NEW.key, (GROUP,))
    assert bodies(knowsley, kind, neighbour) == (OLD.key, (BODY,))


def test_an_upheld_challenge_reopens_it_under_the_body_of_today(knowsley: Story, kind: Kind) -> None:
    thing = finished(knowsley, kind)
    adopt(knowsley)
    told = {"agency": "police", "grounds": "Late", "subjects": [{"kind": kind, "id": thing}]}
    challenge = knowsley.create(IssueChallenge.model_validate(told), knowsley.chair)
    upheld = {"id": challenge, "outcome": ChallengeOutcome.UPHELD, "reason": "So it is"}
    resolve = ResolveChallenge.model_validate(upheld | {"reopen_due_on": knowsley.on(90)})
    knowsley.when(resolve, knowsley.chair)
    assert bodies(knowsley, kind, thing) == (NEW.key, (GROUP,))


def test_impact_that_did_not_last_reopens_it_under_the_body_of_today(knowsley: Story, kind: Kind) -> None:
    thing = finished(knowsley, kind)
    adopt(knowsley)
    follow_up = life.FollowUp(reason="Not any more", reopen_until=knowsley.on(90))
    verify = life.VerifyImpact(kind=kind, id=thing, finding=Impact.NOT_EMBEDDED, measure="Audit", follow_up=follow_up)
    knowsley.when(verify, NOW)
    assert bodies(knowsley, kind, thing) == (NEW.key, (GROUP,))
    passings = [fact for fact in knowsley.facts(kind, thing) if isinstance(fact, BodiesSucceeded)]
    assert len(passings) == 1


@pytest.mark.parametrize("caller", [NOW, Story.chair])
def test_a_further_action_below_what_was_finished_reports_through_the_body_of_today(
    knowsley: Story, caller: Caller
) -> None:
    thing = finished(knowsley, Kind.RECOMMENDATION)
    adopt(knowsley)
    follow_up = life.FollowUp(reason="Not any more", further_action="Ask again")
    verify = life.VerifyImpact(
        kind=Kind.RECOMMENDATION, id=thing, finding=Impact.NOT_EMBEDDED, measure="Audit", follow_up=follow_up
    )
    decided = knowsley.when(verify, caller)
    further = next(id for kind, id, _ in decided if kind is Kind.ACTION)
    assert bodies(knowsley, Kind.ACTION, further) == (NEW.key, (GROUP,))
    assert bodies(knowsley, Kind.RECOMMENDATION, thing) == (NEW.key, (GROUP,))


def test_what_passed_before_it_was_finished_passes_no_second_time(knowsley: Story, kind: Kind) -> None:
    thing = knowsley.assigned(kind)
    adopt(knowsley)
    accept = judged(kind, thing, knowsley.submit(kind, thing))
    close = life.Close(kind=kind, id=thing, outcome=ClosureOutcome.IMPLEMENTED)
    verify = life.VerifyImpact(kind=kind, id=thing, finding=Impact.EMBEDDED, measure="Audit")
    reopen = life.Reopen(kind=kind, id=thing, reason="It happened again", due_on=knowsley.on(60))
    commands: list[Command] = [accept, close, verify, reopen]
    decided = [fact for command in commands for _, _, fact in knowsley.when(command, NOW)]
    assert not any(isinstance(fact, BodiesSucceeded) for fact in decided)


def test_where_no_framework_is_recorded_nothing_passes_until_another_is_adopted(knowsley: Story, kind: Kind) -> None:
    thing, open_still = finished(knowsley, kind), knowsley.assigned(kind)
    for each in (thing, open_still):
        raised_as(knowsley, kind, each, framework=None)
    reopen = life.Reopen(kind=kind, id=thing, reason="It happened again", due_on=knowsley.on(60))
    assert len(knowsley.when(reopen, THEN)) == 1
    adopt(knowsley)
    assert bodies(knowsley, kind, thing) == bodies(knowsley, kind, open_still) == (NEW.key, (GROUP,))


def test_a_body_that_takes_over_from_several_is_named_once(knowsley: Story) -> None:
    review = knowsley.a_review()
    raised_as(knowsley, Kind.REVIEW, review, monitored_by=(BODY, "board"))
    adopt(knowsley, "hull-2015")
    assert bodies(knowsley, Kind.REVIEW, review) == ("hull-2015", ("board",))


def test_a_review_of_the_day_of_an_adoption_is_the_adopted_frameworks_from_its_beginning(knowsley: Story) -> None:
    knowsley.day = 10
    for framework in ("hull-2015", NEW.key):
        adopt(knowsley, framework)
    review = knowsley.a_review()
    assert [(each.framework, each.bodies) for each in knowsley.review(review).reported] == [(NEW.key, (GROUP,))]


def test_a_review_told_of_late_has_passed_back_to_a_framework_that_was_adopted_again(knowsley: Story) -> None:
    for day, framework in ((10, "hull-2015"), (20, OLD.key)):
        knowsley.day = day
        adopt(knowsley, framework)
    review = knowsley.a_review(happened_on=knowsley.on(3))
    passed = [(each.since, each.framework) for each in knowsley.review(review).reported]
    assert passed == [(knowsley.on(3), OLD.key), (knowsley.on(10), "hull-2015"), (knowsley.on(20), OLD.key)]


# ---- who may ----


def test_pending_evidence_and_extensions_are_the_successors_to_judge(knowsley: Story, kind: Kind) -> None:
    thing = knowsley.assigned(kind)
    evidence = knowsley.submit(kind, thing)
    ask = life.RequestExtension(kind=kind, id=thing, until=knowsley.on(90), reason="Illness")
    knowsley.when(ask, knowsley.agency("police"))
    adopt(knowsley)
    accept, grant = judged(kind, thing, evidence), life.GrantExtension(kind=kind, id=thing)
    commands: list[Command] = [accept, grant]
    for command in commands:
        knowsley.refused(refusals.NotPermitted, command, THEN)
        decided = knowsley.when(command, NOW)
        assert {fact.by.body for _, _, fact in decided} == {GROUP}


def test_before_the_adoption_it_is_the_other_way_round(knowsley: Story, kind: Kind) -> None:
    thing = knowsley.assigned(kind)
    accept = judged(kind, thing, knowsley.submit(kind, thing))
    for caller in (NOW, replace(THEN, bodies=("training",))):
        knowsley.refused(refusals.NotPermitted, accept, caller)
    knowsley.when(accept, THEN)


def raised_as(story: Story, kind: Kind, thing: UUID, **fields: Any) -> None:
    """As if this had been recorded when it was raised."""
    raised, *rest = story.streams[kind, thing]
    story.streams[kind, thing] = [replace(raised, fact=raised.fact.model_copy(update=fields)), *rest]


def test_where_no_framework_is_recorded_the_body_of_that_key_decides(knowsley: Story, kind: Kind) -> None:
    thing = knowsley.assigned(kind)
    accept = judged(kind, thing, knowsley.submit(kind, thing))
    raised_as(knowsley, kind, thing, framework=None)
    knowsley.refused(refusals.NotPermitted, accept, NOW)
    knowsley.when(accept, THEN)


def test_where_no_body_is_recorded_the_chair_alone_decides(knowsley: Story, kind: Kind) -> None:
    thing = knowsley.assigned(kind)
    accept = judged(kind, thing, knowsley.submit(kind, thing))
    raised_as(knowsley, kind, thing, monitored_by=())
    knowsley.refused(refusals.NotPermitted, accept, THEN)
    knowsley.when(accept, knowsley.chair)


def test_what_has_passed_stays_so_though_the_beginning_is_read_after_it(knowsley: Story, kind: Kind) -> None:
    thing = knowsley.assigned(kind)
    review = knowsley.state(kind, thing).review_id
    adopt(knowsley)
    for about, id in ((kind, thing), (Kind.REVIEW, review)):
        raised_as(knowsley, about, id, happened_on=knowsley.on(2))
        assert knowsley.state(about, id).reporting.framework == NEW.key


def test_a_credential_is_of_its_frameworks_body_and_of_no_other_with_the_same_key(knowsley: Story) -> None:
    review = knowsley.a_review(kind="child-death-review")
    thing = knowsley.assign(Kind.RECOMMENDATION, knowsley.a_recommendation(review_id=review))
    accept = judged(Kind.RECOMMENDATION, thing, knowsley.submit(Kind.RECOMMENDATION, thing))
    adopt(knowsley)
    board_of_2015 = replace(THEN, bodies=("board",))
    knowsley.refused(refusals.NotPermitted, accept, board_of_2015)
    knowsley.when(accept, replace(board_of_2015, framework=NEW.key))


def test_the_chair_may_throughout(knowsley: Story, kind: Kind) -> None:
    thing = knowsley.assigned(kind)
    accept = judged(kind, thing, knowsley.submit(kind, thing))
    adopt(knowsley)
    knowsley.when(accept, knowsley.chair)


# ---- agreement, clocks, closing ----


def in_sunderland(story: Story, **fields: Any) -> UUID:
    story.when(CreatePartnership(key="s", name="S", framework="sunderland-2015"), story.administrator)
    asked = {"kind": "learning-lessons-review", "title": "K", "agencies": ("police", "health"), "mandated_by": "board"}
    return story.create(CommissionReview.model_validate(asked | {"facilitator": "Dr F"} | fields))


def test_a_review_awaiting_agreement_is_the_successors_to_agree(story: Story) -> None:
    review = in_sunderland(story)
    adopt(story, "hull-2015")
    learning = replace(NOW, bodies=("learning-and-improvement",), framework="sunderland-2015")
    board = replace(NOW, bodies=("board",), framework="hull-2015")
    for caller in (learning, replace(board, framework="sunderland-2015")):
        story.refused(refusals.NotPermitted, AgreeReview(id=review), caller)
    story.when(AgreeReview(id=review), board)
    fact = story.facts(Kind.REVIEW, review)[-1]
    assert isinstance(fact, Agreed)
    assert (fact.body, fact.framework) == ("board", "hull-2015")
    story.refused(refusals.ConditionsNotMet, CompleteReview(id=review))
    story.when(AgreeReview(id=review), story.chair)
    story.when(CompleteReview(id=review))


def test_a_review_told_of_late_is_the_successors_to_agree(story: Story) -> None:
    in_sunderland(story)
    story.day = 10
    adopt(story, "hull-2015")
    asked = {"mandated_by": "board", "facilitator": "Dr F", "happened_on": story.on(3)}
    review = story.a_review(kind="learning-lessons-review", **asked)
    assert story.review(review).lacking == ("board", None)


def test_what_has_been_agreed_by_all_passes_with_nothing_to_agree(story: Story) -> None:
    review = in_sunderland(story)
    story.day = 6
    for body in ("learning-and-improvement", None):
        story.when(AgreeReview(id=review, body=body), story.chair)
    adopt(story, "hull-2015", happened_on=story.on(3))
    fact = story.facts(Kind.REVIEW, review)[-1]
    assert isinstance(fact, BodiesSucceeded)
    assert (fact.happened_on, fact.agreed_by) == (story.on(3), ())


def test_a_referral_reports_through_nobody_and_passes_to_nobody(knowsley: Story) -> None:
    case = knowsley.create(ReferReview(title="Child L", agencies=("police",)), knowsley.unit)
    assert adopt(knowsley) == []
    assert len(knowsley.facts(Kind.REVIEW, case)) == 1


def test_what_the_earlier_body_has_agreed_stays_agreed(story: Story) -> None:
    review = in_sunderland(story)
    story.when(AgreeReview(id=review, body="learning-and-improvement"), story.chair)
    adopt(story, "hull-2015")
    assert story.review(review).lacking == (None,)
    story.when(AgreeReview(id=review), story.chair)
    story.when(CompleteReview(id=review))


def test_the_chairs_agreement_stands_when_the_body_that_has_not_agreed_is_succeeded(story: Story) -> None:
    review = in_sunderland(story)
    story.when(AgreeReview(id=review), story.chair)
    adopt(story, "hull-2015")
    assert story.review(review).lacking == ("board",)


def test_whoever_has_agreed_the_whole_review_stays_who_agreed_it(story: Story) -> None:
    review = in_sunderland(story)
    for body in ("learning-and-improvement", None):
        story.when(AgreeReview(id=review, body=body), story.chair)
    adopt(story, "hull-2015")
    assert bodies(story, Kind.REVIEW, review) == ("hull-2015", ("board",))
    assert story.review(review).agreed_by == ("learning-and-improvement",)
    story.when(CompleteReview(id=review))


def test_bodies_that_went_on_in_one_agree_once(knowsley: Story) -> None:
    review = asking_boards(knowsley)
    adopt(knowsley, "hull-2015")
    assert knowsley.review(review).lacking == ("board", None)


def test_who_has_agreed_as_one_body_has_not_agreed_as_another_of_the_same_key(knowsley: Story) -> None:
    kind = OLD.kinds["single-agency-review"].model_copy(
        update={"agreed_by": ("board", "merseyside-cdop"), "maximum_agencies": None}
    )
    knowsley.frameworks[OLD.key] = OLD.model_copy(update={"kinds": {**OLD.kinds, kind.key: kind}})
    review = knowsley.a_review(kind=kind.key)
    knowsley.when(AgreeReview(id=review, body="board"), knowsley.chair)
    adopt(knowsley)
    assert knowsley.review(review).agreed_by == ("strategic-forum", "board")
    assert knowsley.review(review).lacking == ("board", None)


def test_clocks_of_a_review_are_its_own_frameworks(story: Story) -> None:
    review = in_sunderland(story, kind="live-observation")
    adopt(story, "hull-2015")
    start = StartClock(review_id=review, clock="serious-incident-notification", started_on=story.today)
    fact = story.when(start)[0][2]
    assert isinstance(fact, ClockStarted)
    assert fact.working_days
    hulls = StartClock(review_id=review, clock="notifiable-incident", started_on=story.today)
    story.refused(refusals.Invalid, hulls)


def test_impact_is_due_by_the_reviews_own_framework(knowsley: Story, kind: Kind) -> None:
    knowsley.frameworks = extended(impact_due_months=1)
    thing = knowsley.assigned(kind)
    knowsley.accept(kind, thing, knowsley.submit(kind, thing))
    adopt(knowsley, "own")
    knowsley.when(life.Close(kind=kind, id=thing, outcome=ClosureOutcome.IMPLEMENTED), knowsley.chair)
    closure = knowsley.state(kind, thing).life.closure
    assert closure.impact_due_on == date(2024, 7, 8)


def test_what_is_asked_of_a_review_stays_what_its_framework_asked(story: Story) -> None:
    review = in_sunderland(story, kind="serious-case-review", **LED)
    adopt(story, "hull-2015")
    story.refused(refusals.ConditionsNotMet, CompleteReview(id=review))
    story.when(AgreeReview(id=review), story.chair)
    story.when(CompleteReview(id=review))


def test_a_recommendation_names_its_own_kind_of_review_whatever_is_in_force(knowsley: Story) -> None:
    review = knowsley.a_review()
    adopt(knowsley)
    raised = knowsley.create(RaiseRecommendation(review_id=review, wording="Ask"), knowsley.unit)
    knowsley.refused(
        refusals.UnknownReviewKind,
        CommissionReview(kind="serious-case-review", title="N", agencies=("police",)),
        knowsley.unit,
    )
    assert knowsley.recommendation(raised).review_id == review


# ---- which body has agreed, and on which day ----


def asking_boards(story: Story) -> UUID:
    """A review that asks two bodies of 2015 to agree it; from day 5 on, the forum and the other `board` of 2020."""
    kind = OLD.kinds["single-agency-review"].model_copy(
        update={"agreed_by": ("board", "merseyside-cdop"), "maximum_agencies": None}
    )
    story.frameworks[OLD.key] = OLD.model_copy(update={"kinds": {**OLD.kinds, kind.key: kind}})
    review = story.a_review(kind=kind.key)
    story.day = 10
    adopt(story, happened_on=story.on(5))
    return review


@pytest.mark.parametrize("caller", [Story.chair, replace(NOW, bodies=("board",))])
def test_a_body_agrees_from_the_day_on_which_it_took_over(knowsley: Story, caller: Caller) -> None:
    review = asking_boards(knowsley)
    early = AgreeReview(id=review, body="board", happened_on=knowsley.on(4))
    assert knowsley.refused(refusals.DateOutOfOrder, early, caller).field == ("happenedOn",)
    knowsley.when(AgreeReview(id=review, body="board", happened_on=knowsley.on(5)), caller)
    assert knowsley.review(review).lacking == ("strategic-forum", None)


def test_the_chairs_own_agreement_is_of_any_day_since_the_commissioning(knowsley: Story) -> None:
    review = asking_boards(knowsley)
    knowsley.when(AgreeReview(id=review, happened_on=knowsley.on(3)), knowsley.chair)
    assert knowsley.review(review).lacking == ("strategic-forum", "board")


def test_an_adoption_dated_back_leaves_agreed_what_has_been_agreed_since(story: Story) -> None:
    review, neighbour = in_sunderland(story), story.a_review(kind="live-observation", mandated_by="board")
    story.day = 6
    story.when(AgreeReview(id=review, body="learning-and-improvement"), story.chair)
    story.when(AgreeReview(id=neighbour), story.chair)
    story.day = 10
    adopt(story, "hull-2015", happened_on=story.on(3))
    assert story.review(review).lacking == (None,)
    days = [story.facts(Kind.REVIEW, each)[-1].happened_on for each in (review, neighbour)]
    assert days == [story.on(6), story.on(3)]
    story.when(AgreeReview(id=review), story.chair)
    story.when(CompleteReview(id=review))


def agreement_moved(story: Story, review: UUID, which: int, day: int) -> Correct:
    """The day of one of its agreements corrected."""
    agreements = [each.position for each in story.streams[Kind.REVIEW, review] if isinstance(each.fact, Agreed)]
    told = {"kind": Kind.REVIEW, "id": review, "event_id": agreements[which], "field": "happenedOn"}
    return Correct.model_validate(told | {"new_value": str(story.on(day)), "reason": "Misread minutes"})


def test_no_correction_moves_a_bodys_agreement_to_after_it_was_succeeded(story: Story) -> None:
    review = in_sunderland(story)
    story.day = 3
    story.when(AgreeReview(id=review, body="learning-and-improvement"), story.chair)
    story.day = 5
    adopt(story, "hull-2015")
    story.day = 8
    story.when(AgreeReview(id=review), story.chair)
    story.when(CompleteReview(id=review))
    refusal = story.refused(refusals.DateOutOfOrder, agreement_moved(story, review, 0, 6), story.unit)
    assert refusal.field == ("newValue",)
    story.when(agreement_moved(story, review, 0, 5), story.unit)
    story.when(agreement_moved(story, review, 1, 5), story.unit)
    assert story.review(review).lacking == ()


def test_no_correction_moves_a_bodys_agreement_to_before_it_took_over(story: Story) -> None:
    review = in_sunderland(story)
    story.day = 5
    adopt(story, "hull-2015")
    story.day = 8
    story.when(AgreeReview(id=review), story.chair)
    story.when(AgreeReview(id=review, body="board"), story.chair)
    story.when(agreement_moved(story, review, 0, 3), story.unit)
    story.refused(refusals.DateOutOfOrder, agreement_moved(story, review, 1, 4), story.unit)
    story.when(agreement_moved(story, review, 1, 5), story.unit)
    assert story.review(review).lacking == ()


# ---- which body has advised ----


def advised_by(framework: Framework, kind: str, body: str) -> Framework:
    query_context = framework.kinds[kind].model_copy(update={"advised_by": (body,)})
    return framework.model_copy(update={"kinds": {**framework.kinds, kind: query_context}})


def test_advice_of_one_body_is_not_that_of_another_of_the_same_key(knowsley: Story) -> None:
    kind = "child-safeguarding-practice-review-local"
    knowsley.frameworks[NEW.key] = advised_by(NEW, kind, "board")
    case = knowsley.create(ReferReview(title="Child L", agencies=("police",)), knowsley.unit)
    advice = AdviseReview(id=case, body="board", kind="serious-case-review", advice="The criteria are met")
    knowsley.when(advice, knowsley.chair)
    knowsley.day = 5
    adopt(knowsley)
    commission = CommissionReview(kind=kind, title="Child L", agencies=("police",), referral_id=case, **LED)
    knowsley.refused(refusals.ConditionsNotMet, commission, knowsley.chair)
    knowsley.when(advice.model_copy(update={"kind": kind}), knowsley.chair)
    refusal = knowsley.refused(refusals.ReasonRequired, commission, knowsley.chair)
    assert refusal.field == ("reason",)
    knowsley.when(commission.model_copy(update={"reason": "What succeeded a serious case review"}), knowsley.chair)


def test_advice_of_a_body_that_goes_on_under_its_key_stands(story: Story) -> None:
    story.when(CreatePartnership(key="knowsley", name="Knowsley", framework=NEW.key), story.administrator)
    story.frameworks = extended()
    story.frameworks["own"] = advised_by(story.frameworks["own"], "case-review", GROUP)
    case = story.create(ReferReview(title="Child L", agencies=("police",)), story.unit)
    story.when(AdviseReview(id=case, body=GROUP, kind="case-review", advice="Let us learn"), story.chair)
    story.day = 5
    adopt(story, "own")
    commission = CommissionReview(kind="case-review", title="L", agencies=("police",), referral_id=case)
    story.when(commission, story.chair)
