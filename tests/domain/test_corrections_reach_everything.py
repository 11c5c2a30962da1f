"""Any stated day, agency, outcome, finding or target is corrected, and any fact struck out, if that is possible."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.action.events import Raised as ActionRaised
from domain.agency.commands import MergeAgencies
from domain.challenge import events as challenge
from domain.challenge.commands import IssueChallenge, ResolveChallenge, WithdrawChallenge
from domain.correction.amending import apply_corrections
from domain.correction.commands import Correct
from domain.correction.events import Corrected
from domain.frameworks import ResponseTime
from domain.lifecycle import commands as asked
from domain.lifecycle import events as life
from domain.lifecycle.state import overdue, stage
from domain.programme import events as programme
from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from domain.recommendation import events as recommendation
from domain.recommendation.commands import RaiseRecommendation, Respond
from domain.review import events as review
from domain.review.commands import ConfirmLearning, StartClock
from domain.shared import refusals
from domain.shared.dates import add_months, add_working_days
from domain.shared.facts import Decided, Fact
from domain.shared.identifiers import programme_of
from domain.shared.vocabulary import ChallengeOutcome, ClosureOutcome, DeadlineUnit, Impact, Kind, Stage
from support.in_memory_register import Story


def correction(
    story: Story, kind: Kind, thing: UUID, fact: type[Fact], field: str, value: str | None, nth: int = -1
) -> Correct:
    """Of the latest such fact, or of the one in that place."""
    places = [each.position for each in story.streams[kind, thing] if isinstance(each.fact, fact)]
    told = {"kind": kind, "id": thing, "event_id": places[nth], "field": field, "new_value": value}
    return Correct.model_validate(told | {"reason": "Misread minutes"})


def correct(story: Story, kind: Kind, thing: UUID, fact: type[Fact], field: str, value: Any) -> list[Decided]:
    return story.when(correction(story, kind, thing, fact, field, None if value is None else str(value)), story.unit)


def strike_out(story: Story, kind: Kind, thing: UUID, fact: type[Fact], voided: str = "true") -> list[Decided]:
    return correct(story, kind, thing, fact, "voided", voided)


def standing(story: Story, kind: Kind, thing: UUID, fact: type[Fact]) -> list[Any]:
    return [each.fact for each in apply_corrections(story.streams[kind, thing]) if isinstance(each.fact, fact)]


def days(facts: Iterable[Fact]) -> list[date]:
    return [each.happened_on for each in facts]


def challenged(story: Story, thing: UUID, agency: str = "police", **fields: Any) -> UUID:
    told = {"agency": agency, "grounds": "Late", "subjects": [{"kind": Kind.ACTION, "id": thing}]}
    return story.create(IssueChallenge.model_validate(told | fields), story.chair)


# ---- agencies ----


def test_a_wrong_lead_is_corrected_after_whatever_was_told_since_and_its_lateness_goes_with_it(
    story: Story, kind: Kind
) -> None:
    thing, neighbour = story.assigned(kind, due=5), story.assigned(kind, due=5)
    story.day = 10
    told = {"kind": kind, "id": thing, "narrative": "Half", "agency": "police"}
    story.when(asked.ReportProgress.model_validate(told), story.unit)
    story.accept(kind, thing, story.submit(kind, thing, claims_complete=False))
    correct(story, kind, thing, life.Assigned, "leadAgency", "health")
    state = story.state(kind, thing).life
    assert (state.lead, state.lead_on(story.on(1)), overdue(state, story.today)) == ("health", "health", True)
    assert story.state(kind, neighbour).life.lead == "police"
    correct(story, kind, thing, life.ProgressReported, "agency", "health")
    assert standing(story, kind, thing, life.ProgressReported)[0].agency == "health"


def test_a_claim_is_the_leads_by_who_led_as_it_is_known_now(story: Story, kind: Kind) -> None:
    """It was filed in time by whoever was taken for the lead: that clears nothing for the one that led."""
    thing, neighbour = story.assigned(kind, due=5), story.assigned(kind, due=5)
    for each in (thing, neighbour):
        story.submit(kind, each)
    story.day = 10
    assert not overdue(story.state(kind, thing).life, story.today)
    correct(story, kind, thing, life.Assigned, "leadAgency", "health")
    assert overdue(story.state(kind, thing).life, story.today)
    correct(story, kind, thing, life.EvidenceSubmitted, "agency", "health")
    assert not overdue(story.state(kind, thing).life, story.today)
    correct(story, kind, neighbour, life.Assigned, "contributingAgencies", "schools")
    assert story.state(kind, neighbour).life.evidence[0].by_lead


def test_a_report_is_not_corrected_to_be_of_whoever_had_no_part_in_it(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, contributing_agencies=("schools",))
    story.submit(kind, thing)
    other = correction(story, kind, thing, life.EvidenceSubmitted, "agency", "housing")
    assert story.refused(refusals.Invalid, other, story.unit).field == ("newValue",)
    correct(story, kind, thing, life.EvidenceSubmitted, "agency", "schools")
    evidence = story.state(kind, thing).life.evidence[0]
    assert (evidence.agency, evidence.by_lead) == ("schools", False)


def test_the_target_of_a_transfer_is_corrected_but_not_to_whoever_led_already(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.when(asked.Transfer(kind=kind, id=thing, to_agency="health", reason="The team moved"), story.unit)
    story.submit(kind, thing)
    correct(story, kind, thing, life.Transferred, "toAgency", "schools")
    assert story.state(kind, thing).life.lead == "schools"
    own = correction(story, kind, thing, life.Transferred, "toAgency", "police")
    story.refused(refusals.Invalid, own, story.unit)
    unknown = correction(story, kind, thing, life.Transferred, "toAgency", "moon")
    assert story.refused(refusals.UnknownAgency, unknown, story.unit).field == ("newValue",)


def test_to_whom_a_recommendation_is_addressed_and_who_answered_what_is_corrected(story: Story) -> None:
    thing = story.a_recommendation(addressed_to=("police",))
    answer = Respond.model_validate({"id": thing, "answer": "ACCEPTED"})
    story.when(answer, story.agency("police"))
    correct(story, Kind.RECOMMENDATION, thing, recommendation.Raised, "addressedTo", "health, schools")
    assert story.recommendation(thing).may_answer == ("health", "schools")
    correct(story, Kind.RECOMMENDATION, thing, recommendation.Responded, "agency", "schools")
    bare = correction(story, Kind.RECOMMENDATION, thing, recommendation.Responded, "answer", "NOT_ACCEPTED")
    story.refused(refusals.ReasonRequired, bare, story.unit)
    correct(story, Kind.RECOMMENDATION, thing, recommendation.Responded, "reason", "No staff")
    correct(story, Kind.RECOMMENDATION, thing, recommendation.Responded, "answer", "NOT_ACCEPTED")
    assert dict(story.recommendation(thing).life.responses) == {"schools": "NOT_ACCEPTED"}


# ---- closing, reopening, findings ----


def test_the_closing_of_the_wrong_action_is_struck_out_and_put_back(story: Story, kind: Kind) -> None:
    thing, neighbour = story.implemented(kind), story.implemented(kind)
    before = story.state(kind, thing)
    strike_out(story, kind, thing, life.Closed)
    assert stage(story.state(kind, thing).life) is Stage.EVIDENCED
    assert stage(story.state(kind, neighbour).life) is Stage.CLOSED
    assert standing(story, kind, thing, life.Closed) == []
    strike_out(story, kind, thing, life.Closed, "false")
    assert story.state(kind, thing).life.closure == before.life.closure
    assert strike_out(story, kind, thing, life.Closed, "false") == []


def test_what_was_closed_once_is_not_put_back_after_it_was_closed_otherwise(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    strike_out(story, kind, thing, life.Closed)
    told = {"kind": kind, "id": thing, "outcome": ClosureOutcome.SUPERSEDED}
    story.when(asked.Close.model_validate(told), story.body)
    again = correction(story, kind, thing, life.Closed, "voided", "false", nth=0)
    refused = story.refused(refusals.AlreadyClosed, again, story.unit)
    assert f"{kind}.closed.v1 of 2024-01-08 (version 8) stands in the way" in refused.message


def test_a_closing_is_not_struck_out_from_under_what_followed_it(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    story.day = 3
    story.when(asked.Reopen(kind=kind, id=thing, reason="Not so", due_on=story.on(90)), story.body)
    struck = correction(story, kind, thing, life.Closed, "voided", "true")
    refused = story.refused(refusals.NotClosed, struck, story.unit)
    assert f"{kind}.reopened.v1 of 2024-01-11 (version 7) stands in the way" in refused.message
    strike_out(story, kind, thing, life.Reopened)
    strike_out(story, kind, thing, life.Closed)
    assert stage(story.state(kind, thing).life) is Stage.EVIDENCED


def test_an_action_is_not_opened_under_an_implemented_recommendation_by_striking_out(story: Story) -> None:
    action = story.implemented(Kind.ACTION)
    above = story.action(action).recommendation_id
    story.assign(Kind.RECOMMENDATION, above)
    story.implement(Kind.RECOMMENDATION, above)
    struck = correction(story, Kind.ACTION, action, life.Closed, "voided", "true")
    refused = story.refused(refusals.DateOutOfOrder, struck, story.unit)
    assert "recommendation.closed.v1" in refused.message
    correct(story, Kind.RECOMMENDATION, above, life.Closed, "reason", "Overtaken")
    correct(story, Kind.RECOMMENDATION, above, life.Closed, "outcome", "SUPERSEDED")
    strike_out(story, Kind.ACTION, action, life.Closed)
    back = correction(story, Kind.RECOMMENDATION, above, life.Closed, "outcome", "IMPLEMENTED")
    story.refused(refusals.DateOutOfOrder, back, story.unit)


def test_an_outcome_is_corrected_with_what_it_asks_for(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    due = story.state(kind, thing).life.closure.impact_due_on
    bare = correction(story, kind, thing, life.Closed, "outcome", "NOT_IMPLEMENTED")
    story.refused(refusals.ReasonRequired, bare, story.unit)
    correct(story, kind, thing, life.Closed, "outcome", "SUPERSEDED")
    closure = story.state(kind, thing).life.closure
    assert (closure.outcome, closure.impact_due_on) == (ClosureOutcome.SUPERSEDED, None)
    correct(story, kind, thing, life.Closed, "outcome", "IMPLEMENTED")
    assert story.state(kind, thing).life.closure.impact_due_on == due
    unearned = story.assigned(kind)
    story.when(asked.Close(kind=kind, id=unearned, outcome=ClosureOutcome.SUPERSEDED), story.body)
    earned = correction(story, kind, unearned, life.Closed, "outcome", "IMPLEMENTED")
    story.refused(refusals.EvidenceMissing, earned, story.unit)


def verified(story: Story, kind: Kind, thing: UUID, finding: Impact, **follow_up: Any) -> list[Decided]:
    told = {"kind": kind, "id": thing, "finding": finding, "measure": "Dip sample"}
    more = {"follow_up": {"reason": "It slipped"} | follow_up} if follow_up else {}
    return story.when(asked.VerifyImpact.model_validate(told | more), story.body)


def test_a_finding_is_corrected_and_moves_and_is_not_left_without_its_follow_up(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    story.day = 20
    verified(story, kind, thing, Impact.EMBEDDED)
    correct(story, kind, thing, life.ImpactVerified, "finding", "PARTLY_EMBEDDED")
    correct(story, kind, thing, life.ImpactVerified, "happenedOn", story.on(18))
    (found,) = standing(story, kind, thing, life.ImpactVerified)
    assert (found.finding, found.happened_on) == (Impact.PARTLY_EMBEDDED, story.on(18))
    bare = correction(story, kind, thing, life.ImpactVerified, "finding", "NOT_EMBEDDED")
    story.refused(refusals.FollowUpRequired, bare, story.unit)
    strike_out(story, kind, thing, life.ImpactVerified)
    assert stage(story.state(kind, thing).life) is Stage.CLOSED


def test_what_a_finding_reopened_goes_with_the_finding(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    story.day = 20
    verified(story, kind, thing, Impact.NOT_EMBEDDED, reopen_until=story.on(90))
    correct(story, kind, thing, life.ImpactVerified, "happenedOn", story.on(18))
    assert days(standing(story, kind, thing, life.Reopened)) == [story.on(18)]
    correct(story, kind, thing, life.ImpactVerified, "finding", "EMBEDDED")
    assert stage(story.state(kind, thing).life) is Stage.IMPACT_VERIFIED
    correct(story, kind, thing, life.ImpactVerified, "finding", "NOT_EMBEDDED")
    assert stage(story.state(kind, thing).life) is Stage.ASSIGNED
    alone = correction(story, kind, thing, life.Reopened, "voided", "true")
    assert "impact_verified" in story.refused(refusals.FollowUpRequired, alone, story.unit).message
    story.submit(kind, thing)
    struck = correction(story, kind, thing, life.ImpactVerified, "voided", "true")
    assert "evidence_submitted" in story.refused(refusals.AlreadyClosed, struck, story.unit).message


def test_what_an_actions_finding_reopened_above_goes_with_it_too(story: Story) -> None:
    action = story.implemented(Kind.ACTION)
    above = story.action(action).recommendation_id
    story.implement(Kind.RECOMMENDATION, story.assign(Kind.RECOMMENDATION, above))
    story.day = 20
    verified(story, Kind.ACTION, action, Impact.NOT_EMBEDDED, reopen_until=story.on(90))
    assert stage(story.recommendation(above).life) is Stage.ASSIGNED
    strike_out(story, Kind.ACTION, action, life.ImpactVerified)
    assert (stage(story.action(action).life), stage(story.recommendation(above).life)) == (Stage.CLOSED, Stage.CLOSED)
    strike_out(story, Kind.ACTION, action, life.ImpactVerified, "false")
    assert stage(story.recommendation(above).life) is Stage.ASSIGNED


def test_a_further_action_is_closed_before_the_finding_that_asked_for_it_is_taken_back(story: Story) -> None:
    thing = story.implemented(Kind.RECOMMENDATION)
    story.day = 20
    decided = verified(story, Kind.RECOMMENDATION, thing, Impact.NOT_EMBEDDED, further_action="Train again")
    further = next(id for kind, id, _ in decided if kind is Kind.ACTION)
    struck = correction(story, Kind.RECOMMENDATION, thing, life.ImpactVerified, "voided", "true")
    assert "action.raised.v1" in story.refused(refusals.ConditionsNotMet, struck, story.unit).message
    story.when(asked.Close(kind=Kind.ACTION, id=further, outcome=ClosureOutcome.SUPERSEDED), story.body)
    story.when(struck, story.unit)
    assert stage(story.recommendation(thing).life) is Stage.CLOSED


# ---- completion ----


def test_there_is_one_day_of_completion_whichever_fact_is_corrected(story: Story, kind: Kind) -> None:
    thing, neighbour = story.assigned(kind, due=5), story.assigned(kind, due=5)
    story.day = 10
    for each in (thing, neighbour):
        story.accept(kind, each, story.submit(kind, each))
    for fact, field, day in ((life.EvidenceSubmitted, "completedOn", 4), (life.Completed, "happenedOn", 3)):
        correct(story, kind, thing, fact, field, story.on(day))
        state = story.state(kind, thing).life
        assert (state.completed_on, state.evidence[0].completed_on) == (story.on(day), story.on(day))
        assert days(standing(story, kind, thing, life.Completed)) == [story.on(day)]
    assert story.state(kind, neighbour).life.completed_on == story.on(10)


def test_what_was_completed_goes_with_its_acceptance(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=5)
    story.accept(kind, thing, story.submit(kind, thing))
    strike_out(story, kind, thing, life.EvidenceAccepted)
    state = story.state(kind, thing).life
    assert (state.completed_on, state.evidence[0].awaiting) == (None, True)
    assert standing(story, kind, thing, life.Completed) == []
    strike_out(story, kind, thing, life.EvidenceAccepted, "false")
    assert story.state(kind, thing).life.completed_on == story.on(0)
    strike_out(story, kind, thing, life.EvidenceAccepted)
    story.accept(kind, thing, state.evidence[0].id)
    twice = correction(story, kind, thing, life.EvidenceAccepted, "voided", "false", nth=0)
    story.refused(refusals.EvidenceAlreadyJudged, twice, story.unit)


def test_a_claim_that_a_successor_files_after_the_lead_was_corrected_is_the_leads(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, "schools", due=5)
    correct(story, kind, thing, life.Assigned, "leadAgency", "police")
    story.day = 8
    story.when(MergeAgencies(key="police", into="health"), story.administrator)
    story.day = 9
    told = {"kind": kind, "id": thing, "narrative": "The minutes of May", "claims_complete": True}
    dates = {"happened_on": story.on(4), "completed_on": story.on(3)}
    story.when(asked.SubmitEvidence.model_validate(told | dates | {"agency": "health"}), story.unit)
    assert story.state(kind, thing).life.evidence[0].by_lead
    correct(story, kind, thing, life.Assigned, "leadAgency", "schools")
    assert not story.state(kind, thing).life.evidence[0].by_lead
    correct(story, kind, thing, life.Assigned, "leadAgency", "police")
    assert story.state(kind, thing).life.evidence[0].by_lead


def test_paper_of_before_the_closing_that_is_found_after_it_is_recorded(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=5)
    story.day = 10
    story.when(asked.Close(kind=kind, id=thing, outcome=ClosureOutcome.SUPERSEDED), story.body)
    story.day = 20
    told = {"kind": kind, "id": thing, "narrative": "The minutes of May", "claims_complete": True}
    found = asked.SubmitEvidence.model_validate(told | {"happened_on": story.on(4), "completed_on": story.on(3)})
    story.when(found, story.unit)
    state = story.state(kind, thing).life
    assert (state.evidence[0].completed_on, stage(state)) == (story.on(3), Stage.CLOSED)
    for day in (10, 20):
        late = found.model_copy(update={"happened_on": story.on(day)})
        story.refused(refusals.AlreadyClosed, late, story.unit)
    story.when(asked.Reopen(kind=kind, id=thing, reason="Not so", due_on=story.on(90)), story.body)
    story.refused(refusals.AlreadyClosed, found.model_copy(update={"happened_on": story.on(15)}), story.unit)
    story.when(found, story.unit)
    early = found.model_copy(update={"completed_on": story.on(-1)})
    story.refused(refusals.DateBeforeStart, early, story.unit)
    story.refused(refusals.AlreadyClosed, found.model_copy(update={"happened_on": story.on(11)}), story.unit)


# ---- days that were derived ----


def a_clock(story: Story, clock: str, started: int, **fields: Any) -> UUID:
    thing = story.a_review()
    story.when(StartClock(review_id=thing, clock=clock, started_on=story.on(started), **fields), story.unit)
    return thing


def due_on(story: Story, thing: UUID) -> date:
    day: date = standing(story, Kind.REVIEW, thing, review.ClockStarted)[-1].due_on
    return day


LENGTHS = [(each.key, each.unit) for each in Story().framework.deadlines]


@pytest.mark.parametrize(("clock", "unit"), LENGTHS)
def test_a_derived_due_day_moves_with_its_start_and_a_stated_one_stays(story: Story, clock: str, unit: str) -> None:
    story.day = 20
    thing, other, stated = a_clock(story, clock, 2), a_clock(story, clock, 9), a_clock(story, clock, 2)
    same_day = due_on(story, stated)
    stated = a_clock(story, clock, 2, due_on=same_day)
    for each in (thing, stated):
        correct(story, Kind.REVIEW, each, review.ClockStarted, "startedOn", story.on(9))
    assert due_on(story, thing) == due_on(story, other)
    assert due_on(story, stated) == same_day
    correct(story, Kind.REVIEW, thing, review.ClockStarted, "startedOn", story.on(2))
    assert due_on(story, thing) == same_day
    correct(story, Kind.REVIEW, thing, review.ClockStarted, "dueOn", story.on(900))
    correct(story, Kind.REVIEW, thing, review.ClockStarted, "startedOn", story.on(3))
    assert due_on(story, thing) == story.on(900)


def test_of_a_fact_that_does_not_say_how_its_day_came_about_what_the_framework_gives_was_derived(story: Story) -> None:
    """As facts of before were stored."""
    story.day = 20
    clock = next(key for key, unit in LENGTHS if unit != "WORKING_DAYS")
    thing, other = a_clock(story, clock, 2), a_clock(story, clock, 2, due_on=story.on(500))
    for each in (thing, other):
        stream = story.streams[Kind.REVIEW, each]
        at = next(n for n, told in enumerate(stream) if isinstance(told.fact, review.ClockStarted))
        unsaid = stream[at].fact.model_copy(update={"due_stated": None})
        stream[at] = type(stream[at])(
            Kind.REVIEW, each, stream[at].originator_version, unsaid, position=stream[at].position
        )
        correct(story, Kind.REVIEW, each, review.ClockStarted, "startedOn", story.on(9))
    assert due_on(story, thing) == due_on(story, a_clock(story, clock, 9))
    assert due_on(story, other) == story.on(500)


def test_when_impact_is_due_moves_with_the_closing_unless_it_was_stated(story: Story, kind: Kind) -> None:
    thing, stated = story.assigned(kind), story.assigned(kind)
    story.day = 5
    for each, more in ((thing, {}), (stated, {"impact_due_on": story.on(99)})):
        story.accept(kind, each, story.submit(kind, each))
        told = {"kind": kind, "id": each, "outcome": ClosureOutcome.IMPLEMENTED}
        story.day = 9
        story.when(asked.Close.model_validate(told | more), story.body)
        story.day = 5
    story.day = 20
    for each in (thing, stated):
        correct(story, kind, each, life.Closed, "happenedOn", story.on(7))
    months = story.framework.impact_due_months
    assert story.state(kind, thing).life.closure.impact_due_on == add_months(story.on(7), months)
    assert story.state(kind, stated).life.closure.impact_due_on == story.on(99)


def test_until_when_duties_are_confirmed_moves_with_the_dissemination(story: Story) -> None:
    story.day = 5
    thing, stated = story.a_review(), story.a_review()
    for each, more in ((thing, {}), (stated, {"confirm_by": story.on(99)})):
        story.learning(each)
        story.disseminated(each, **more)
    story.day = 20
    for each in (thing, stated):
        correct(story, Kind.REVIEW, each, review.Commissioned, "happenedOn", story.on(1))
        correct(story, Kind.REVIEW, each, review.LearningIdentified, "happenedOn", story.on(2))
        correct(story, Kind.REVIEW, each, review.LearningDisseminated, "happenedOn", story.on(3))
    within = story.framework.duties.confirm_within_days
    assert standing(story, Kind.REVIEW, thing, review.LearningDisseminated)[0].confirm_by == story.on(3 + within)
    assert standing(story, Kind.REVIEW, stated, review.LearningDisseminated)[0].confirm_by == story.on(99)


def test_until_when_an_answer_is_due_moves_with_the_recommendation(story: Story) -> None:
    within = ResponseTime(length=10, unit=DeadlineUnit.WORKING_DAYS)
    story.framework = story.framework.model_copy(update={"recommendation_response": within})
    story.frameworks[story.framework.key] = story.framework
    home = story.a_review()
    story.day = 5
    told = {"review_id": home, "wording": "Share", "addressed_to": ("police",)}
    thing = story.create(RaiseRecommendation.model_validate(told), story.unit)
    story.day = 3
    other = story.create(RaiseRecommendation.model_validate(told), story.unit)
    story.day = 9
    correct(story, Kind.RECOMMENDATION, thing, recommendation.Raised, "happenedOn", story.on(3))
    assert story.recommendation(thing).response_due_on == story.recommendation(other).response_due_on is not None
    arisen = standing(story, Kind.REVIEW, home, review.RecommendationArisen)
    assert days(arisen) == [story.on(3), story.on(3)]


# ---- challenges ----


def test_a_challenges_day_moves_with_its_marks_and_its_day_for_the_answer(story: Story) -> None:
    action = story.assigned(Kind.ACTION)
    story.day = 8
    thing = challenged(story, action)
    correct(story, Kind.CHALLENGE, thing, challenge.Issued, "happenedOn", story.on(4))
    days_for_it = story.framework.challenge_route[0].working_days
    assert story.challenge(thing).response_due_on == add_working_days(story.on(4), days_for_it)
    assert days(standing(story, Kind.ACTION, action, life.Challenged)) == [story.on(4)]
    early = correction(story, Kind.CHALLENGE, thing, challenge.Issued, "happenedOn", str(story.on(-1)))
    story.refused(refusals.DateBeforeStart, early, story.unit)
    story.when(WithdrawChallenge(id=thing, reason="In error"), story.chair)
    correct(story, Kind.CHALLENGE, thing, challenge.Withdrawn, "happenedOn", story.on(6))
    assert days(standing(story, Kind.ACTION, action, life.ChallengeEnded)) == [story.on(6)]


def test_a_challenge_made_to_the_wrong_agency_is_made_to_the_one_whose_subject_it_was(story: Story) -> None:
    action = story.assigned(Kind.ACTION)
    thing = challenged(story, action)
    wrong = correction(story, Kind.CHALLENGE, thing, challenge.Issued, "agency", "health")
    story.refused(refusals.SubjectNotOfAgency, wrong, story.unit)
    correct(story, Kind.ACTION, action, life.Assigned, "leadAgency", "health")
    story.when(wrong, story.unit)
    assert story.challenge(thing).agency == "health"


def upheld(story: Story, thing: UUID, reopen: int | None = 90) -> None:
    day = None if reopen is None else story.on(reopen)
    told = {"id": thing, "outcome": ChallengeOutcome.UPHELD, "reason": "So it is", "reopen_due_on": day}
    story.when(ResolveChallenge.model_validate(told), story.chair)


def test_an_outcome_that_reopened_is_corrected_with_what_it_reopened(story: Story) -> None:
    action = story.implemented(Kind.ACTION)
    story.day = 5
    thing = challenged(story, action)
    story.day = 9
    upheld(story, thing)
    correct(story, Kind.CHALLENGE, thing, challenge.Resolved, "reopenDueOn", story.on(80))
    correct(story, Kind.CHALLENGE, thing, challenge.Resolved, "happenedOn", story.on(7))
    state = story.action(action).life
    assert (state.due_on, state.reopened_on) == (story.on(80), story.on(7))
    alone = correction(story, Kind.ACTION, action, life.Reopened, "voided", "true")
    assert "challenge.resolved.v1" in story.refused(refusals.NotClosed, alone, story.unit).message
    correct(story, Kind.CHALLENGE, thing, challenge.Resolved, "reopenDueOn", None)
    correct(story, Kind.CHALLENGE, thing, challenge.Resolved, "outcome", "ANSWERED")
    assert stage(story.action(action).life) is Stage.CLOSED


def test_what_was_answered_over_a_closed_subject_is_resolved_anew_to_be_upheld(story: Story) -> None:
    action = story.implemented(Kind.ACTION)
    thing = challenged(story, action)
    answered = {"id": thing, "outcome": ChallengeOutcome.ANSWERED, "reason": "It was done"}
    story.when(ResolveChallenge.model_validate(answered), story.chair)
    other = correction(story, Kind.CHALLENGE, thing, challenge.Resolved, "outcome", "UPHELD")
    refused = story.refused(refusals.NotClosed, other, story.unit)
    assert "action.closed.v1" in refused.message
    strike_out(story, Kind.CHALLENGE, thing, challenge.Resolved)
    assert story.action(action).life.challenges == {thing}
    upheld(story, thing)
    assert (stage(story.action(action).life), story.action(action).life.challenges) == (Stage.ASSIGNED, frozenset())
    twice = correction(story, Kind.CHALLENGE, thing, challenge.Resolved, "voided", "false", nth=0)
    story.refused(refusals.ChallengeEnded, twice, story.unit)


def test_an_end_is_not_struck_out_where_something_was_closed_since(story: Story) -> None:
    action = story.assigned(Kind.ACTION)
    thing = challenged(story, action)
    story.when(WithdrawChallenge(id=thing, reason="In error"), story.chair)
    story.implement(Kind.ACTION, action)
    struck = correction(story, Kind.CHALLENGE, thing, challenge.Withdrawn, "voided", "true")
    assert "action.closed.v1" in story.refused(refusals.ChallengeOpen, struck, story.unit).message


# ---- reviews, learning, programmes ----


def test_the_day_of_a_commission_moves_up_to_what_came_of_it(story: Story) -> None:
    story.day = 5
    thing = story.a_review()
    raised = story.a_recommendation(review_id=thing)
    story.when(StartClock(review_id=thing, clock=LENGTHS[0][0], started_on=story.on(1)), story.unit)
    story.day = 9
    late = correction(story, Kind.REVIEW, thing, review.Commissioned, "happenedOn", str(story.on(6)))
    refused = story.refused(refusals.DateBeforeStart, late, story.unit)
    assert ("review.recommendation_arisen.v1" in refused.message, refused.field) == (True, ("newValue",))
    correct(story, Kind.REVIEW, thing, review.Commissioned, "happenedOn", story.on(3))
    assert story.review(thing).commissioned_on == story.on(3)
    assert days(standing(story, Kind.REVIEW, thing, review.ClockStarted)) == [story.on(3)]
    correct(story, Kind.RECOMMENDATION, raised, recommendation.Raised, "happenedOn", story.on(3))
    began = correction(story, Kind.REVIEW, thing, review.Commissioned, "voided", "true")
    assert story.refused(refusals.Invalid, began, story.unit).field == ("field",)


def test_a_dissemination_is_struck_out_with_its_duties_and_marks_unless_one_was_confirmed(story: Story) -> None:
    home, other = story.a_review(), story.a_review()
    story.learning(home)
    joined = story.learning(other)
    story.disseminated(home, learning=(joined,))
    assert story.review(home).duties
    strike_out(story, Kind.REVIEW, home, review.LearningDisseminated)
    assert (story.review(home).duties, story.review(other).disseminated) == ({}, {})
    strike_out(story, Kind.REVIEW, home, review.LearningDisseminated, "false")
    correct(story, Kind.REVIEW, home, review.LearningDisseminated, "agencies", "police")
    assert story.review(other).informed_agencies == {"police"}
    story.when(ConfirmLearning(review_id=home, assurance="Briefed"), story.agency("police"))
    struck = correction(story, Kind.REVIEW, home, review.LearningDisseminated, "voided", "true")
    assert "review.duties_confirmed.v1" in story.refused(refusals.Invalid, struck, story.unit).message
    lost = correction(story, Kind.REVIEW, other, review.LearningIdentified, "voided", "true")
    assert "review.learning_disseminated.v1" in story.refused(refusals.Invalid, lost, story.unit).message


def test_learning_that_a_recommendation_answers_is_not_struck_out(story: Story) -> None:
    thing = story.a_review()
    point, other = story.learning(thing), story.learning(thing)
    told = {"review_id": thing, "wording": "Share", "learning": (point,)}
    story.when(RaiseRecommendation.model_validate(told), story.unit)
    lost = correction(story, Kind.REVIEW, thing, review.LearningIdentified, "voided", "true", nth=0)
    assert "recommendation.raised.v1" in story.refused(refusals.Invalid, lost, story.unit).message
    strike_out(story, Kind.REVIEW, thing, review.LearningIdentified)
    assert story.review(thing).learning.keys() == {point} != {other}


def test_a_programme_is_corrected_within_its_limit(story: Story) -> None:
    thing = programme_of(2024)
    story.when(AgreeProgramme(year=2024, topics=("neglect", "supervision"), limit=2), story.chair)
    kind = story.framework.programme.kinds[0]
    for topic in ("neglect", "supervision"):
        plan = {"year": 2024, "kind": kind, "topic": topic, "planned_for": story.on(30)}
        story.when(PlanAudit.model_validate(plan), story.unit)
    for field, value in (("limit", "1"), ("topics", "neglect")):
        less = correction(story, Kind.PROGRAMME, thing, programme.Agreed, field, value)
        assert "programme.audit_planned.v1" in story.refused(refusals.ConditionsNotMet, less, story.unit).message
    strike_out(story, Kind.PROGRAMME, thing, programme.AuditPlanned)
    correct(story, Kind.PROGRAMME, thing, programme.Agreed, "limit", "1")
    assert [each.topic for each in story.state(Kind.PROGRAMME, thing).audits] == ["neglect"]
    back = correction(story, Kind.PROGRAMME, thing, programme.AuditPlanned, "voided", "false")
    story.refused(refusals.ConditionsNotMet, back, story.unit)
    (audit,) = story.state(Kind.PROGRAMME, thing).audits
    story.when(WithdrawAudit(year=2024, audit_id=audit.id, reason="The inspectors look at it"), story.unit)
    strike_out(story, Kind.PROGRAMME, thing, programme.AuditWithdrawn)
    assert len(story.state(Kind.PROGRAMME, thing).audits) == 1


def test_what_follows_is_told_as_such_in_the_same_words(story: Story) -> None:
    thing = story.a_recommendation()
    story.day = 5
    action = story.an_action(recommendation_id=thing)
    decided = correct(story, Kind.ACTION, action, ActionRaised, "happenedOn", story.on(2))
    assert [(kind, id, fact.follows, fact.reason) for kind, id, fact in decided if isinstance(fact, Corrected)] == [
        (Kind.ACTION, action, False, "Misread minutes"),
        (Kind.RECOMMENDATION, thing, True, "Misread minutes"),
    ]
    assert days(standing(story, Kind.RECOMMENDATION, thing, recommendation.ActionPlanned)) == [story.on(2)]
    assert story.action(action).life.raised_on == story.on(2)
