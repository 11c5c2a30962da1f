"""A review's clocks side by side, run after run."""

from domain.frameworks import shipped_frameworks
from domain.review.commands import StartClock, StopClock
from domain.shared import refusals
from domain.shared.vocabulary import Kind
from support.in_memory_register import Story


def test_several_clocks_run_side_by_side_and_one_starts_again_on_the_day_it_stopped(story: Story) -> None:
    review = story.a_review()
    for clock in ("first", "second"):
        asked = StartClock(review_id=review, clock=clock, started_on=story.on(0), due_on=story.on(0))
        story.when(asked)
    story.day = 3
    story.when(StopClock(review_id=review, clock="first", stopped_on=story.on(3)))
    assert {key: each.stopped_on for key, each in story.review(review).clocks.items()} == {
        "first": story.on(3), "second": None,
    }  # fmt: skip
    story.when(StartClock(review_id=review, clock="first", started_on=story.on(3), due_on=story.on(9)))
    assert story.review(review).clocks["first"].stopped_on is None


def test_the_stop_of_an_earlier_run_does_not_stop_the_later_one(story: Story) -> None:
    review = story.a_review()
    asked = StartClock(review_id=review, clock="first", started_on=story.on(0), due_on=story.on(9))
    story.when(asked)
    stopped = story.when(StopClock(review_id=review, clock="first", stopped_on=story.on(0)))[0][2]
    story.when(asked)
    story.record(Kind.REVIEW, review, stopped)
    assert story.review(review).clocks["first"].stopped_on is None


def test_a_clock_of_no_known_length_is_told_which_have_one(story: Story) -> None:
    story.framework = shipped_frameworks()["hull-2015"]
    asked = StartClock(review_id=story.a_review(kind="audit"), clock="the-moons", started_on=story.on(0))
    known = ", ".join(each.key for each in story.framework.deadlines)
    assert f"only for {known}:" in story.refused(refusals.Invalid, asked).message
