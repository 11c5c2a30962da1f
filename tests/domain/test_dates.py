"""Two clocks: which days a fact may take effect on."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.action.commands import RaiseAction
from domain.lifecycle.commands import Assign, Close, Reopen, ReportProgress, SubmitEvidence
from domain.recommendation.commands import RaiseRecommendation
from domain.shared import refusals
from domain.shared.dates import add_months
from domain.shared.vocabulary import ClosureOutcome, Kind
from support.in_memory_register import Story


def test_nothing_happens_in_the_future(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    tomorrow = ReportProgress(kind=kind, id=thing, narrative="Soon", happened_on=story.on(1))
    assert story.refused(refusals.DateInFuture, tomorrow).field == ("happenedOn",)


def test_nothing_happens_before_it_existed(story: Story, kind: Kind) -> None:
    story.day = 5
    thing = story.assigned(kind)
    early = ReportProgress(kind=kind, id=thing, narrative="Early", happened_on=story.on(4))
    assert story.refused(refusals.DateBeforeStart, early).field == ("happenedOn",)


def test_nothing_arises_before_what_it_arises_from(story: Story) -> None:
    story.day = 5
    review = story.a_review()
    early = RaiseRecommendation(review_id=review, wording="Share", happened_on=story.on(4))
    story.refused(refusals.DateBeforeStart, early)
    above = story.a_recommendation(review_id=review)
    story.refused(
        refusals.DateBeforeStart, RaiseAction(recommendation_id=above, wording="Train", happened_on=story.on(4))
    )


def test_a_fact_that_changes_stage_dates_or_parties_follows_those_recorded(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 10
    story.accept(kind, thing, story.submit(kind, thing))
    story.day = 20
    close = Close(kind=kind, id=thing, outcome=ClosureOutcome.IMPLEMENTED, happened_on=story.on(9))
    assert story.refused(refusals.DateOutOfOrder, close, story.body).field == ("happenedOn",)
    story.when(close.model_copy(update={"happened_on": story.on(10)}), story.body)
    assert story.state(kind, thing).life.closure.closed_on == story.on(10)


def test_progress_never_blocks_and_evidence_may_come_late(story: Story, kind: Kind) -> None:
    thing = story.an_action() if kind is Kind.ACTION else story.a_recommendation()
    story.day = 5
    story.assign(kind, thing, due=60)
    story.day = 10
    story.when(ReportProgress(kind=kind, id=thing, narrative="Begun"))
    story.when(SubmitEvidence(kind=kind, id=thing, narrative="Minutes", happened_on=story.on(3)))
    reassigned = Assign(kind=kind, id=thing, lead_agency="health", due_on=story.on(60), happened_on=story.on(5))
    story.when(reassigned)
    assert story.state(kind, thing).life.lead == "health"


@pytest.mark.parametrize("imported", [False, True])
def test_a_due_date_lies_ahead_unless_an_import_tells_of_it(story: Story, kind: Kind, imported: bool) -> None:
    thing = story.an_action() if kind is Kind.ACTION else story.a_recommendation()
    story.day = 10
    assign = Assign(kind=kind, id=thing, lead_agency="police", due_on=story.on(9), imported=imported)
    if imported:
        story.when(assign)
        assert story.state(kind, thing).life.first_due_on == story.on(9)
    else:
        assert story.refused(refusals.DueDateInPast, assign).field == ("dueOn",)


def test_a_response_is_not_due_before_it_is_asked_for(story: Story) -> None:
    review = story.a_review()
    early = RaiseRecommendation(review_id=review, wording="Share", response_due_on=story.on(-1))
    story.refused(refusals.DueDateInPast, early)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.integers(0, 60))
def test_months_later_is_the_same_day_or_the_months_last(day: date, months: int) -> None:
    then = add_months(day, months)
    assert (then.year * 12 + then.month) - (day.year * 12 + day.month) == months
    assert then.day == day.day or (then.day < day.day and add_months(then, 0).day >= 28)


def test_no_action_is_raised_for_the_days_on_which_the_recommendation_above_was_closed(story: Story) -> None:
    above = story.implemented(Kind.RECOMMENDATION)
    story.day = 20
    again = Reopen(kind=Kind.RECOMMENDATION, id=above, reason="Again", due_on=story.on(90))
    story.when(again, story.body)
    told = {"recommendation_id": above, "wording": "Train", "happened_on": story.on(10)}
    story.refused(refusals.DateBeforeStart, RaiseAction.model_validate(told))
    story.when(RaiseAction.model_validate(told | {"happened_on": story.on(20)}))
