"""The clocks of a review: started and stopped by facts, due by the framework's lengths."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.correction.commands import Correct
from domain.frameworks import Framework, shipped_frameworks
from domain.review.clocks import as_long_after
from domain.review.commands import (
    CommissionReview,
    CompleteReview,
    PublishReview,
    ReferReview,
    StartClock,
    StopClock,
    WithholdPublication,
)
from domain.review.events import ClockStarted, ClockStopped, PublicationWithheld, Published
from domain.shared import refusals
from domain.shared.dates import add_working_days, met, overdue
from domain.shared.facts import Fact
from domain.shared.vocabulary import Kind, StoppedBy
from support.in_memory_register import START, Story

days = st.dates(date(2024, 1, 1), date(2024, 3, 1))


def starting(review: UUID, on: int = 0, clock: str = "rapid-review", **fields: Any) -> StartClock:
    asked = {"review_id": review, "clock": clock, "started_on": Story.on(on)} | fields
    return StartClock.model_validate(asked)


def stopping(review: UUID, on: int, clock: str = "rapid-review") -> StopClock:
    return StopClock(review_id=review, clock=clock, stopped_on=Story.on(on))


def started(story: Story, command: StartClock) -> ClockStarted:
    fact = story.when(command)[0][2]
    assert isinstance(fact, ClockStarted)
    return fact


@pytest.mark.parametrize(
    ("framework", "clock", "due", "working_days"),
    [
        ("hull-2015", "notifiable-incident", add_working_days(START, 5), True),
        ("knowsley-2020", "rapid-review", add_working_days(START, 15), True),
        ("knowsley-2015", "local-review-publication", date(2024, 7, 8), False),
        ("windsor-maidenhead", "regulation-28-response", date(2024, 3, 4), False),
    ],
)
def test_a_clock_falls_due_by_the_length_in_the_framework(
    story: Story, framework: str, clock: str, due: date, working_days: bool
) -> None:
    story.framework = shipped_frameworks()[framework]
    review = story.a_review(kind=story.framework.inspection_kind)
    fact = started(story, starting(review, clock=clock))
    assert (fact.due_on, fact.working_days) == (due, working_days)


def test_bank_holidays_are_no_working_days(story: Story) -> None:
    story.framework = shipped_frameworks()["hull-2015"]
    story.day = 81
    review = story.a_review(kind="audit")
    fact = started(story, starting(review, 79, clock="notifiable-incident"))
    assert (fact.started_on, fact.due_on) == (date(2024, 3, 27), date(2024, 4, 5))


def test_a_printed_day_stands_and_another_clock_needs_one(story: Story) -> None:
    review = story.a_review()
    printed = started(story, starting(review, due_on=story.on(3)))
    assert (printed.due_on, printed.working_days) == (story.on(3), False)
    unknown = starting(review, clock="statement-of-action")
    assert story.refused(refusals.Invalid, unknown).field == ("dueOn",)
    started(story, starting(review, clock="statement-of-action", due_on=story.on(70)))
    early = starting(review, clock="other", due_on=story.on(-1))
    assert story.refused(refusals.DueDateInPast, early).field == ("dueOn",)


def test_awareness_comes_before_the_review_and_its_clock_with_it(story: Story) -> None:
    story.day = 10
    review = story.create(ReferReview(title="Child L", agencies=("police",)))
    fact = started(story, starting(review, 4))
    assert (fact.started_on, fact.happened_on) == (story.on(4), story.on(10))
    story.when(stopping(review, 8))
    asked = {"referral_id": review, "kind": "single-agency-review", "title": "L", "agencies": ("police",)}
    story.when(CommissionReview.model_validate(asked), story.chair)
    assert story.review(review).clocks["rapid-review"].stopped_on == story.on(8)


def test_a_clock_runs_once_at_a_time_and_may_start_again(story: Story) -> None:
    review, neighbour = story.a_review(), story.a_review()
    story.day = 20
    story.when(starting(review, 1))
    assert story.refused(refusals.ConditionsNotMet, starting(review, 2)).field == ("clock",)
    story.when(starting(neighbour, 2))
    story.when(stopping(review, 5))
    story.refused(refusals.ConditionsNotMet, stopping(review, 6))
    assert story.refused(refusals.DateOutOfOrder, starting(review, 4)).field == ("startedOn",)
    story.when(starting(review, 9))
    kinds = [type(fact) for fact in story.facts(Kind.REVIEW, review)[1:]]
    assert kinds == [ClockStarted, ClockStopped, ClockStarted]
    assert story.review(neighbour).clocks["rapid-review"].stopped_on is None


def test_a_clock_stops_after_it_started_and_neither_in_the_future(story: Story) -> None:
    review = story.a_review()
    assert story.refused(refusals.DateInFuture, starting(review, 1)).field == ("startedOn",)
    story.refused(refusals.ConditionsNotMet, stopping(review, 0))
    story.when(starting(review))
    assert story.refused(refusals.DateInFuture, stopping(review, 1)).field == ("stoppedOn",)
    assert story.refused(refusals.DateOutOfOrder, stopping(review, -1)).field == ("stoppedOn",)


def test_only_the_business_unit_starts_and_stops_clocks(story: Story) -> None:
    review = story.a_review()
    story.when(starting(review))
    for caller in (story.chair, story.body, story.agency("police"), story.inspector):
        story.refused(refusals.NotPermitted, starting(review, clock="regulation-28-response"), caller)
        story.refused(refusals.NotPermitted, stopping(review, 0), caller)


@given(due=days, stopped=st.none() | days, day=days)
def test_overdue_is_due_before_the_day_and_not_stopped_by_it(due: date, stopped: date | None, day: date) -> None:
    assert overdue(due, stopped, day) == (due < day and not (stopped is not None and stopped <= day))


@given(due=days, stopped=st.none() | days, day=days)
def test_met_is_stopped_by_its_due_day_and_unknown_while_it_runs(due: date, stopped: date | None, day: date) -> None:
    runs = stopped is None or stopped > day
    assert met(due, stopped, day) is (None if runs else stopped is not None and stopped <= due)
    assert not (overdue(due, stopped, day) and not runs)


PUBLICATION = "local-review-publication"


def running(story: Story, *clocks: str) -> UUID:
    """A completed review, on day 20, whose clocks run since day 1."""
    story.day = 0
    review = story.a_review(kind="thematic-audit")
    story.day = 20
    for clock in clocks:
        story.when(starting(review, 1, clock))
    story.when(CompleteReview(id=review, happened_on=story.on(2)))
    return review


def stops(story: Story, review: UUID) -> dict[str, date | None]:
    return {name: clock.stopped_on for name, clock in story.review(review).clocks.items()}


@pytest.mark.parametrize("framework", shipped_frameworks().values(), ids=lambda each: each.key)
def test_publication_alone_stops_a_clock_of_the_frameworks(framework: Framework) -> None:
    stopped_by = {each.key: each.stopped_by for each in framework.deadlines if each.stopped_by}
    assert stopped_by == {PUBLICATION: StoppedBy.PUBLICATION}


def test_publication_stops_the_clock_that_the_framework_says_and_no_other(story: Story) -> None:
    review, neighbour = running(story, PUBLICATION, "rapid-review"), running(story, PUBLICATION)
    (recorded,) = story.when(PublishReview(id=review, happened_on=story.on(12)), story.chair)
    assert type(recorded[2]).__name__ == "Published"
    assert stops(story, review) == {PUBLICATION: story.on(12), "rapid-review": None}
    assert stops(story, neighbour) == {PUBLICATION: None}
    story.refused(refusals.ConditionsNotMet, stopping(review, 13, PUBLICATION))


def test_a_printed_due_day_of_that_clock_changes_nothing_of_what_stops_it(story: Story) -> None:
    review = story.a_review(kind="thematic-audit")
    assert started(story, starting(review, clock=PUBLICATION, due_on=story.on(9))).stopped_by is StoppedBy.PUBLICATION
    assert started(story, starting(review, clock="other", due_on=story.on(9))).stopped_by is None


def test_withholding_stops_it_where_the_improvements_are_published_and_a_later_publication_else(story: Story) -> None:
    bare, improved = running(story, PUBLICATION), running(story, PUBLICATION)
    story.when(WithholdPublication(id=bare, reason="A trial", happened_on=story.on(5)), story.chair)
    given = {"reason": "A trial", "improvements": "Three of them", "happened_on": story.on(5)}
    story.when(WithholdPublication(id=improved, **given), story.chair)
    assert (stops(story, bare), stops(story, improved)) == ({PUBLICATION: None}, {PUBLICATION: story.on(5)})
    for review in (bare, improved):
        story.when(PublishReview(id=review, happened_on=story.on(14)), story.chair)
    assert (stops(story, bare), stops(story, improved)) == ({PUBLICATION: story.on(14)}, {PUBLICATION: story.on(5)})
    assert [story.review(each).public_on for each in (bare, improved)] == [story.on(14), story.on(5)]


def test_a_clock_stopped_before_keeps_its_stop_and_one_told_of_afterwards_has_stopped(story: Story) -> None:
    by_hand, late = running(story, PUBLICATION), running(story)
    story.when(stopping(by_hand, 8, PUBLICATION))
    for review in (by_hand, late):
        story.when(PublishReview(id=review, happened_on=story.on(12)), story.chair)
    story.when(starting(late, 3, PUBLICATION))
    assert (stops(story, by_hand), stops(story, late)) == ({PUBLICATION: story.on(8)}, {PUBLICATION: story.on(12)})
    assert story.refused(refusals.DateOutOfOrder, starting(late, 11, PUBLICATION)).field == ("startedOn",)
    story.when(starting(late, 13, PUBLICATION))
    assert stops(story, late) == {PUBLICATION: None}


def test_a_clock_that_started_on_the_day_of_publication_has_stopped_whenever_it_is_told_of(story: Story) -> None:
    before, after = running(story), running(story)
    story.when(starting(before, 12, PUBLICATION))
    for review in (before, after):
        story.when(PublishReview(id=review, happened_on=story.on(12)), story.chair)
    story.when(starting(after, 12, PUBLICATION))
    assert stops(story, before) == stops(story, after) == {PUBLICATION: story.on(12)}


def correcting(story: Story, review: UUID, fact: type[Fact], field: str, value: str | None) -> Correct:
    place = next(each.position for each in story.streams[Kind.REVIEW, review] if isinstance(each.fact, fact))
    asked = {"kind": Kind.REVIEW, "id": review, "event_id": place, "field": field, "new_value": value}
    return Correct.model_validate(asked | {"reason": "Misread minutes"})


def test_a_corrected_publication_moves_the_stop_and_never_past_the_next_run(story: Story) -> None:
    review = running(story, PUBLICATION)
    story.when(PublishReview(id=review, happened_on=story.on(12)), story.chair)
    story.when(correcting(story, review, Published, "happenedOn", str(story.on(9))))
    assert stops(story, review) == {PUBLICATION: story.on(9)}
    story.when(starting(review, 10, PUBLICATION))
    assert stops(story, review) == {PUBLICATION: None}
    beyond = correcting(story, review, Published, "happenedOn", str(story.on(11)))
    assert story.refused(refusals.DateOutOfOrder, beyond).field == ("newValue",)


@pytest.mark.parametrize("due", [0, 1])
def test_a_working_day_after_one_start_is_a_working_day_after_another_and_never_the_same_day(due: int) -> None:
    assert as_long_after(Story.on(2), Story.on(0), Story.on(due)) == Story.on(3)


def test_improvements_that_were_not_published_after_all_have_stopped_nothing(story: Story) -> None:
    review = running(story, PUBLICATION)
    given = {"reason": "A trial", "improvements": "Three of them", "happened_on": story.on(5)}
    story.when(WithholdPublication(id=review, **given), story.chair)
    story.when(correcting(story, review, PublicationWithheld, "improvements", None))
    assert stops(story, review) == {PUBLICATION: None}
