"""A clock starts by the fact that it runs from, and moves with it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from domain.correction.commands import Correct
from domain.frameworks import Framework, shipped_frameworks
from domain.frameworks.rules import framework_faults
from domain.review.clocks import Clock
from domain.review.commands import AdviseReview, CommissionReview, CompleteReview, ReferReview, StartClock, StopClock
from domain.review.events import ClockStopped, Commissioned, Referred
from domain.shared import refusals
from domain.shared.dates import add_months, add_working_days
from domain.shared.facts import Fact
from domain.shared.vocabulary import DeadlineUnit, Kind, RunsFrom
from support.in_memory_register import BODY, LED, Story

NOTICE, RAPID, PUBLICATION = "serious-incident-notification", "rapid-review", "local-review-publication"
SERIOUS = "serious-case-review"


def referred(story: Story, aware: int | None = None, **fields: Any) -> UUID:
    aware_on = None if aware is None else story.on(aware)
    return story.create(ReferReview.model_validate({"title": "L", "aware_on": aware_on} | fields), story.unit)


def commissioned(story: Story, kind: str = SERIOUS, aware: int | None = None, **fields: Any) -> UUID:
    asked: dict[str, Any] = {
        "kind": kind,
        "title": "L",
        "agencies": ("police", "health"),
        "mandated_by": "board",
        **LED,
    }
    if aware is not None:
        asked["aware_on"] = story.on(aware)
    by = story.chair if fields.get("referral_id") else story.unit
    return story.create(CommissionReview.model_validate(asked | fields), by)


def clocks(story: Story, review: UUID) -> dict[str, tuple[date, date, date | None]]:
    return {name: days(each) for name, each in story.review(review).clocks.items()}


def days(clock: Clock) -> tuple[date, date, date | None]:
    return clock.started_on, clock.due_on, clock.stopped_on


def five(story: Story, day: int) -> date:
    return add_working_days(story.on(day), 5)


def correct(story: Story, review: UUID, fact: type[Fact], field: str, value: str | None) -> Correct:
    found = next(each for each in story.streams[Kind.REVIEW, review] if type(each.fact) is fact)
    return Correct.model_validate(
        {
            "kind": Kind.REVIEW,
            "id": review,
            "event_id": found.position,
            "field": field,
            "new_value": value,
            "reason": "Misread",
        }
    )


@pytest.mark.parametrize("framework", shipped_frameworks().values(), ids=lambda each: each.key)
def test_awareness_told_with_a_referral_or_a_commission_starts_what_runs_from_it(
    story: Story, framework: Framework
) -> None:
    story.framework, story.day = framework, 20
    notice = "notifiable-incident" if framework.key == "hull-2015" else NOTICE
    case, neighbour = referred(story, 3), referred(story)
    assert clocks(story, case) == {notice: (story.on(3), five(story, 3), None)}
    assert clocks(story, neighbour) == {}
    kind = "case-review" if framework.key == "knowsley-2020" else framework.inspection_kind
    review = commissioned(story, kind, aware=4)
    assert clocks(story, review)[notice] == (story.on(4), five(story, 4), None)
    assert story.review(review).clocks[notice].runs_from is RunsFrom.AWARENESS


def test_a_serious_case_review_starts_the_clock_of_its_publication_and_no_other_kind_does(story: Story) -> None:
    review, audit = commissioned(story), commissioned(story, "thematic-audit")
    assert clocks(story, review) == {PUBLICATION: (story.on(0), add_months(story.on(0), 6), None)}
    assert clocks(story, audit) == {}


def test_a_referrals_awareness_goes_on_when_it_is_commissioned_and_moves_with_what_is_said_then(story: Story) -> None:
    story.day = 20
    kept, moved = (referred(story, 3) for _ in range(2))
    for case in (kept, moved):
        story.when(AdviseReview(id=case, body=BODY, kind=SERIOUS, advice="The criteria are met"), story.body)
    commissioned(story, referral_id=kept)
    commissioned(story, aware=4, referral_id=moved)
    assert clocks(story, kept)[NOTICE] == (story.on(3), five(story, 3), None)
    assert clocks(story, moved)[NOTICE] == (story.on(4), five(story, 4), None)


def test_stopping_the_clock_of_the_notification_starts_what_runs_from_the_notification(story: Story) -> None:
    story.day = 20
    case, neighbour = referred(story, 3), referred(story, 3)
    story.when(StopClock(review_id=case, clock=NOTICE, stopped_on=story.on(7)))
    assert clocks(story, case) == {
        NOTICE: (story.on(3), five(story, 3), story.on(7)),
        RAPID: (story.on(7), add_working_days(story.on(7), 15), None),
    }
    assert set(clocks(story, neighbour)) == {NOTICE}
    story.when(StopClock(review_id=case, clock=RAPID, stopped_on=story.on(9)))
    assert clocks(story, case)[RAPID][2] == story.on(9)


def test_what_runs_from_completion_starts_when_the_review_is_completed(story: Story) -> None:
    notice = story.framework.deadlines[0].model_copy(
        update={
            "key": "response",
            "runs_from": RunsFrom.COMPLETION,
            "unit": DeadlineUnit.DAYS,
            "kinds": ("thematic-audit",),
        }
    )
    own = story.framework.model_copy(update={"deadlines": (notice,)})
    story.frameworks[own.key], story.framework = own, own
    audit, other = commissioned(story, "thematic-audit"), commissioned(story, "multi-agency-case-audit")
    story.day = 4
    for review in (audit, other):
        story.when(CompleteReview(id=review))
    assert clocks(story, audit) == {"response": (story.on(4), story.on(9), None)}
    assert clocks(story, other) == {}


def test_what_has_started_by_itself_is_started_again_on_its_own_day_only(story: Story) -> None:
    story.day = 20
    case = referred(story, 3)
    assert story.when(StartClock(review_id=case, clock=NOTICE, started_on=story.on(3))) == []
    other = StartClock(review_id=case, clock=NOTICE, started_on=story.on(4))
    refusal = story.refused(refusals.ConditionsNotMet, other)
    assert "from awareness: correct that day" in refusal.message


def test_what_was_started_by_hand_stays_with_that(story: Story) -> None:
    story.day = 20
    case = referred(story)
    story.when(StartClock(review_id=case, clock=NOTICE, started_on=story.on(2)))
    story.when(StartClock(review_id=case, clock=RAPID, started_on=story.on(6)))
    story.when(AdviseReview(id=case, body=BODY, kind=SERIOUS, advice="The criteria are met"), story.body)
    commissioned(story, aware=4, referral_id=case)
    story.when(StopClock(review_id=case, clock=NOTICE, stopped_on=story.on(8)))
    assert clocks(story, case)[NOTICE] == (story.on(2), five(story, 2), story.on(8))
    assert clocks(story, case)[RAPID][0] == story.on(6)


def test_an_import_starts_no_clock(story: Story) -> None:
    story.day = 20
    assert clocks(story, commissioned(story, aware=3, imported=True)) == {}
    assert clocks(story, referred(story, 3, imported=True)) == {}


# ---- corrections ----


def test_a_clock_moves_with_the_corrected_awareness_and_what_followed_from_it_stays(story: Story) -> None:
    story.day = 20
    case = referred(story, 3)
    story.when(StopClock(review_id=case, clock=NOTICE, stopped_on=story.on(7)))
    story.when(correct(story, case, Referred, "awareOn", str(story.on(1))))
    assert clocks(story, case)[NOTICE] == (story.on(1), five(story, 1), story.on(7))
    assert clocks(story, case)[RAPID][0] == story.on(7)
    late = correct(story, case, Referred, "awareOn", str(story.on(8)))
    assert story.refused(refusals.DateOutOfOrder, late).field == ("newValue",)


def test_awareness_that_is_found_by_a_correction_starts_the_clock_and_a_mistaken_one_leaves_none(story: Story) -> None:
    story.day = 20
    case = referred(story)
    story.when(correct(story, case, Referred, "awareOn", str(story.on(2))))
    assert clocks(story, case) == {NOTICE: (story.on(2), five(story, 2), None)}
    story.when(correct(story, case, Referred, "awareOn", None))
    assert clocks(story, case) == {}


def test_the_referrals_corrected_awareness_reaches_the_review_that_it_led_to(story: Story) -> None:
    story.day = 20
    case = referred(story, 3)
    story.when(AdviseReview(id=case, body=BODY, kind=SERIOUS, advice="The criteria are met"), story.body)
    commissioned(story, referral_id=case)
    story.when(correct(story, case, Referred, "awareOn", str(story.on(1))))
    assert (story.review(case).aware_on, clocks(story, case)[NOTICE][0]) == (story.on(1), story.on(1))
    story.when(correct(story, case, Commissioned, "awareOn", str(story.on(2))))
    assert (story.review(case).aware_on, clocks(story, case)[NOTICE][0]) == (story.on(2), story.on(2))


def test_the_rapid_review_moves_with_the_corrected_notification(story: Story) -> None:
    story.day = 20
    case = referred(story, 3)
    story.when(StopClock(review_id=case, clock=NOTICE, stopped_on=story.on(7)))
    story.when(correct(story, case, ClockStopped, "stoppedOn", str(story.on(5))))
    assert clocks(story, case)[RAPID][:2] == (story.on(5), add_working_days(story.on(5), 15))


# ---- what a framework may say ----


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"runs_from": RunsFrom.COMMISSIONING, "kinds": ()}, "name the kinds of review"),
        ({"runs_from": RunsFrom.AWARENESS, "kinds": ("audit",)}, "kinds are named of what runs from"),
        ({"runs_from": RunsFrom.COMPLETION, "kinds": ("tea-party",)}, "unknown review kind"),
        ({"stopping_is": RunsFrom.SENDING}, "stopping a clock states a NOTIFICATION"),
    ],
)
def test_a_deadline_that_could_not_start_is_a_fault(changed: dict[str, Any], words: str) -> None:
    hull = shipped_frameworks()["hull-2015"]
    deadline = hull.deadlines[0].model_copy(update=changed)
    found = [why for _, why in framework_faults(hull.model_copy(update={"deadlines": (deadline,)}))]
    assert any(words in each for each in found)


def test_every_deadline_that_is_shipped_says_from_which_fact_it_runs() -> None:
    for framework in shipped_frameworks().values():
        assert all(each.runs_from is not None for each in framework.deadlines), framework.key
        assert all(each.runs_from is RunsFrom.PRINTED_DATE for each in framework.printed_deadlines), framework.key
