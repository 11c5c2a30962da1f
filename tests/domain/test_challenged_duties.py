"""Formal challenges about more than items: duties, returns, clocks, and an agency's performance as such."""

from typing import Any
from uuid import UUID

import pytest

from domain.agency.commands import MergeAgencies
from domain.challenge.commands import IssueChallenge, ResolveChallenge, TransferChallenge, WithdrawChallenge
from domain.correction.commands import Correct
from domain.duties.state import Duties
from domain.lifecycle.events import Challenged, ChallengeEnded
from domain.returns.commands import CallReturns, ConfirmReturn
from domain.review.commands import ConfirmLearning, StartClock
from domain.shared import refusals
from domain.shared.vocabulary import ChallengeOutcome, ChallengeStage, DutyHolder, Kind
from support.in_memory_register import Story

PERFORMANCE: dict[str, Any] = {"about_performance": True}


def challenge(story: Story, *subjects: dict[str, Any], agency: str = "police", **fields: Any) -> UUID:
    told = {"agency": agency, "grounds": "Nothing has come", "subjects": subjects} | fields
    return story.create(IssueChallenge.model_validate(told), story.chair)


def refused(story: Story, refusal: Any, *subjects: dict[str, Any], **fields: Any) -> tuple[str, ...]:
    told = {"agency": "police", "grounds": "Nothing has come", "subjects": subjects} | fields
    found: refusals.Refusal = story.refused(refusal, IssueChallenge.model_validate(told), story.chair)
    return found.field


def held_by(duties: Duties, agency: str | None) -> UUID:
    return next(id for id, duty in duties.items() if duty.agency == agency)


def a_return(story: Story, agency: str = "police") -> UUID:
    called = story.when(CallReturns(year=story.today.year, agencies=(agency,)), story.unit)
    return called[0][1]


def about_a_duty(story: Story, agency: str | None = "police") -> dict[str, Any]:
    review = story.disseminated()
    return {"kind": Kind.REVIEW, "id": review, "duty": held_by(story.review(review).duties, agency)}


def about_a_clock(story: Story, **fields: Any) -> dict[str, Any]:
    review = story.a_review(**fields)
    started = {"review_id": review, "clock": "report", "started_on": story.today, "due_on": story.on(10)}
    story.when(StartClock.model_validate(started), story.unit)
    return {"kind": Kind.REVIEW, "id": review, "clock": "report"}


def test_an_unmet_duty_a_return_a_clock_and_performance_can_be_challenged(story: Story) -> None:
    called = a_return(story)
    within = {"kind": Kind.RETURN, "id": called, "duty": next(iter(story.state(Kind.RETURN, called).duties))}
    subjects = (about_a_duty(story), {"kind": Kind.RETURN, "id": called}, within, about_a_clock(story))
    issued = story.challenge(challenge(story, *subjects, about_performance=True))
    assert [each.model_dump(exclude_none=True) for each in issued.subjects] == [*subjects]
    assert issued.about_performance
    assert story.challenge(challenge(story, **PERFORMANCE)).subjects == ()


def test_a_duty_that_was_confirmed_is_challenged_as_performance(story: Story) -> None:
    duty = about_a_duty(story)
    done = ConfirmLearning(review_id=duty["id"], duty_id=duty["duty"], assurance="Every team was briefed")
    story.when(done, story.agency("police"))
    assert refused(story, refusals.ConditionsNotMet, duty) == ("duties", "0", "dutyId")
    assert story.challenge(challenge(story, **PERFORMANCE)).about_performance
    called = a_return(story)
    story.when(ConfirmReturn(id=called, assurance="All met"), story.agency("police"))
    standing = {"kind": Kind.RETURN, "id": called, "duty": next(iter(story.state(Kind.RETURN, called).duties))}
    assert len(story.challenge(challenge(story, standing)).subjects) == 1


def test_it_is_about_something(story: Story) -> None:
    assert refused(story, refusals.Invalid) == ("subjects",)


def test_every_subject_is_the_challenged_agencys(story: Story) -> None:
    clock = about_a_clock(story, agencies=("health", "schools"))
    anothers = (about_a_duty(story, "health"), {"kind": Kind.RETURN, "id": a_return(story, "health")}, clock)
    for subject in anothers:
        assert refused(story, refusals.SubjectNotOfAgency, subject)[1:] == ("0",)


def test_a_duty_of_the_board_is_no_agencys(story: Story) -> None:
    review = story.disseminated()
    boards = [id for id, duty in story.review(review).duties.items() if duty.held_by is not DutyHolder.AGENCY]
    for duty in boards:
        refused(story, refusals.SubjectNotOfAgency, {"kind": Kind.REVIEW, "id": review, "duty": duty})


def test_what_is_not_there_is_named(story: Story) -> None:
    review = story.a_review()
    assert refused(story, refusals.NotFound, {"kind": Kind.REVIEW, "id": review, "duty": UUID(int=9)}) == (
        "duties",
        "0",
        "dutyId",
    )
    assert refused(story, refusals.NotFound, {"kind": Kind.REVIEW, "id": review, "clock": "none"}) == (
        "clocks",
        "0",
        "clock",
    )


def test_nothing_is_challenged_before_it_began(story: Story) -> None:
    story.day = 5
    for subject in (about_a_duty(story), {"kind": Kind.RETURN, "id": a_return(story)}, about_a_clock(story)):
        assert refused(story, refusals.DateBeforeStart, subject, happened_on=story.on(4)) == ("happenedOn",)


def test_neither_the_review_above_nor_its_confirmation_is_held_up(story: Story) -> None:
    called = a_return(story)
    subject = about_a_duty(story)
    decided = story.when(
        IssueChallenge.model_validate(
            {"agency": "police", "grounds": "Late", "subjects": (subject, {"kind": Kind.RETURN, "id": called})}
        ),
        story.chair,
    )
    assert not [fact for _, _, fact in decided if isinstance(fact, Challenged)]
    story.when(ConfirmReturn(id=called, assurance="As audited"), story.agency("police"))
    ended = story.when(WithdrawChallenge(id=decided[0][1], reason="It has come"), story.chair)
    assert not [fact for _, _, fact in ended if isinstance(fact, ChallengeEnded)]


def test_upheld_it_reopens_items_alone_and_the_reason_says_what_follows(story: Story) -> None:
    action = story.implemented(Kind.ACTION)
    of_both = challenge(story, {"kind": Kind.ACTION, "id": action}, about_a_duty(story), about_a_clock(story))
    only = challenge(story, about_a_duty(story), about_performance=True)
    upheld = {"outcome": ChallengeOutcome.UPHELD, "reason": "A plan by May"}
    story.when(ResolveChallenge.model_validate({"id": only} | upheld), story.chair)
    assert story.challenge(only).stage is ChallengeStage.RESOLVED
    story.refused(refusals.Invalid, ResolveChallenge.model_validate({"id": of_both} | upheld), story.chair)
    dated = {"id": of_both, "reopen_due_on": story.on(40)} | upheld
    story.when(ResolveChallenge.model_validate(dated), story.chair)
    assert story.action(action).life.closure is None


@pytest.mark.parametrize("fields", [PERFORMANCE, {}])
def test_it_is_transferred_with_what_is_the_other_agencys_and_performance_is_nobody_elses(
    story: Story, fields: dict[str, Any]
) -> None:
    subjects = () if fields else (about_a_duty(story),)
    issued = challenge(story, *subjects, **fields)
    command = TransferChallenge(id=issued, to_agency="health", reason="They do it")
    story.refused(refusals.SubjectNotOfAgency, command, story.unit)
    story.when(MergeAgencies(key="police", into="health"), story.administrator)
    assert story.challenge(issued).agency == "health"


def test_a_clock_moves_to_another_agency_of_the_same_review(story: Story) -> None:
    issued = challenge(story, about_a_clock(story))
    story.when(TransferChallenge(id=issued, to_agency="health", reason="They write it"), story.unit)
    assert story.challenge(issued).agency == "health"


def about_everything(story: Story) -> dict[str, tuple[tuple[dict[str, Any], ...], bool]]:
    """What a challenge can be about beside items: its subjects, and whether it is about performance."""
    called = a_return(story)
    within = {"kind": Kind.RETURN, "id": called, "duty": next(iter(story.state(Kind.RETURN, called).duties))}
    return {
        "a duty": ((about_a_duty(story),), False),
        "a return": (({"kind": Kind.RETURN, "id": called},), False),
        "a duty of a return": ((within,), False),
        "a clock": ((about_a_clock(story),), False),
        "performance": ((), True),
        "a clock and performance": ((about_a_clock(story),), True),
    }


def test_the_same_is_not_challenged_twice_whatever_it_is_about(story: Story) -> None:
    for about, (subjects, performance) in about_everything(story).items():
        first = challenge(story, *subjects, about_performance=performance)
        again = {"agency": "police", "grounds": "nothing  HAS come", "subjects": subjects}
        same = IssueChallenge.model_validate(again | {"about_performance": performance})
        refusal = story.refused(refusals.ChallengeOpen, same, story.chair)
        assert (refusal.field, story.challenge(first).reference in refusal.message) == (("grounds",), True), about
        challenge(story, *subjects, about_performance=performance, grounds="It was late before")
        story.when(WithdrawChallenge(id=first, reason="It has come"), story.chair)
        story.when(same, story.chair)


def test_what_differs_in_its_subjects_its_agency_or_performance_is_another_challenge(story: Story) -> None:
    duty, clock = about_a_duty(story), about_a_clock(story)
    for subjects, performance in (((duty,), False), ((clock,), False), ((duty, clock), False), ((clock,), True)):
        challenge(story, *subjects, about_performance=performance)
    challenge(story, clock, agency="health")
    challenge(story, **PERFORMANCE)
    challenge(story, agency="health", **PERFORMANCE)


def test_the_same_is_known_by_whoever_has_it_to_answer_today(story: Story) -> None:
    """Transferred it is the other agency's; merged it is the successor's; corrected it is whose it is now."""
    clock = about_a_clock(story)
    moved = challenge(story, clock)
    story.when(TransferChallenge(id=moved, to_agency="health", reason="They write it"), story.unit)
    challenge(story, clock)
    assert refused(story, refusals.ChallengeOpen, clock, agency="health") == ("grounds",)
    first = challenge(story, **PERFORMANCE)
    story.when(MergeAgencies(key="police", into="schools"), story.administrator)
    assert refused(story, refusals.ChallengeOpen, agency="schools", **PERFORMANCE) == ("grounds",)
    place = story.streams[Kind.CHALLENGE, first][0].position
    mistaken = {"kind": Kind.CHALLENGE, "id": first, "event_id": place, "field": "agency", "reason": "Misread"}
    story.when(Correct.model_validate(mistaken | {"new_value": "housing"}), story.unit)
    assert refused(story, refusals.ChallengeOpen, agency="housing", **PERFORMANCE) == ("grounds",)
    challenge(story, agency="schools", **PERFORMANCE)


def test_an_end_that_is_struck_out_leaves_the_first_open_again(story: Story) -> None:
    first = challenge(story, **PERFORMANCE)
    story.when(WithdrawChallenge(id=first, reason="Answered"), story.chair)
    place = story.streams[Kind.CHALLENGE, first][-1].position
    mistaken = {"kind": Kind.CHALLENGE, "id": first, "event_id": place, "field": "voided", "reason": "Another one"}
    story.when(Correct.model_validate(mistaken | {"new_value": "true"}), story.unit)
    assert refused(story, refusals.ChallengeOpen, **PERFORMANCE) == ("grounds",)
