"""What corrections leave of a stream: total, whatever they name, and the same whatever order facts arrive in."""

from datetime import date
from random import Random
from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from domain.action.events import Raised
from domain.correction.amending import apply_corrections, with_value
from domain.correction.events import Corrected
from domain.correction.values import as_text
from domain.lifecycle.events import Assigned, ProgressReported
from domain.review.events import ClockStarted, LearningIdentified
from domain.shared.actor import Actor
from domain.shared.facts import Fact, Recorded
from domain.shared.vocabulary import Kind, Rag, Role
from support.in_memory_register import Story

THING = UUID(int=1)
BY = Actor(subject="officer", role=Role.BUSINESS_UNIT)


def told(*facts: Fact) -> list[Recorded]:
    return [Recorded(Kind.ACTION, THING, version, fact) for version, fact in enumerate(facts, 1)]


def raised() -> Raised:
    names: dict[str, Any] = {"recommendation_id": THING, "review_id": THING, "reference": "A1", "wording": "Train"}
    return Raised(happened_on=Story.on(0), by=BY, **names)


def assigned(day: int = 0, due: int = 10) -> Assigned:
    return Assigned(
        happened_on=Story.on(day), by=BY, lead_agency="police", contributing_agencies=("health",), due_on=Story.on(due)
    )


def corrected(version: int, field: str, value: str | None, day: int = 0) -> Corrected:
    return Corrected(happened_on=Story.on(day), by=BY, corrects=version, field=field, new_value=value, reason="A slip")


def day(number: int) -> str:
    return str(Story.on(number))


def days(stream: list[Recorded]) -> list[int]:
    """On which days, counted from the beginning, what is left took effect."""
    return [(each.fact.happened_on - Story.on(0)).days for each in apply_corrections(stream)]


def as_it_was(stream: list[Recorded]) -> bool:
    return apply_corrections(stream) == stream


def due_on(stream: list[Recorded]) -> date:
    (found,) = (each.fact for each in apply_corrections(stream) if isinstance(each.fact, Assigned))
    return found.due_on


def test_of_two_corrections_the_later_version_stands_whatever_order_they_arrive_in() -> None:
    stream = told(raised(), assigned(), *(corrected(2, "dueOn", day(due)) for due in (20, 30, 25)))
    for seed in range(6):
        arrived = Random(seed).sample(stream, len(stream))
        assert due_on(arrived) == Story.on(25)
        assert [each.originator_version for each in apply_corrections(arrived)] == [1, 2, 3, 4, 5]


def test_a_correction_of_no_earlier_fact_changes_nothing() -> None:
    assert as_it_was(told(raised(), corrected(3, "dueOn", day(30)), assigned()))
    assert as_it_was(told(raised(), corrected(3, "voided", "true"), assigned()))
    assert as_it_was(told(raised(), assigned(), corrected(9, "dueOn", day(30))))


def test_a_correction_is_not_itself_struck_out_or_corrected() -> None:
    stream = told(raised(), assigned(), corrected(2, "dueOn", day(30)))
    for field in ("voided", "newValue", "reason"):
        again = [*stream, *told(*[raised()] * 3, corrected(3, field, "true"))[3:]]
        assert due_on(again) == Story.on(30)
        assert len(apply_corrections(again)) == 4


def test_a_field_that_a_fact_does_not_have_changes_nothing() -> None:
    assert as_it_was(told(raised(), assigned(), corrected(2, "narrative", "Other")))


def test_corrections_take_effect_on_the_day_to_which_their_fact_was_moved() -> None:
    known = [raised(), assigned(2), corrected(2, "dueOn", day(30), 2)]
    assert days(told(*known, corrected(2, "happenedOn", day(5), 2))) == [0, 5, 5, 5]
    assert days(told(*known, corrected(1, "happenedOn", day(1)))) == [1, 2, 2, 1]
    assert days(told(raised(), assigned(2), corrected(2, "dueOn", day(30), 4))) == [0, 2, 4]


def test_a_correction_of_a_later_fact_does_not_move_with_it() -> None:
    early = corrected(3, "dueOn", day(30), 1)
    assert days(told(raised(), early, assigned(2), corrected(3, "happenedOn", day(5), 2))) == [0, 1, 5, 5]


def test_what_was_amended_is_named_field_by_field() -> None:
    stream = told(raised(), assigned(), corrected(2, "dueOn", day(30)), corrected(2, "leadOfficer", "PC Oak"))
    assert [each.corrected for each in apply_corrections(stream)] == [
        frozenset(),
        {"dueOn", "leadOfficer"},
        frozenset(),
        frozenset(),
    ]


def test_a_clock_moves_when_the_day_on_which_it_started_is_corrected_and_not_otherwise() -> None:
    started = ClockStarted(
        happened_on=Story.on(2), by=BY, clock_id=THING, clock="statement", started_on=Story.on(2), due_on=Story.on(9)
    )
    for field, moved, due in (("startedOn", {"startedOn", "happenedOn"}, 9), ("dueOn", {"dueOn"}, 4)):
        _, clock, _ = apply_corrections(told(raised(), started, corrected(2, field, day(4), 2)))
        assert isinstance(clock.fact, ClockStarted)
        assert clock.corrected == moved
        assert clock.fact.due_on == Story.on(due)


def test_an_emptied_field_holds_what_it_holds_when_nothing_is_said() -> None:
    emptied = with_value(assigned(), "contributingAgencies", None)
    assert isinstance(emptied, Assigned)
    assert emptied.contributing_agencies == ()


def test_keys_are_given_with_commas_and_each_counts_once() -> None:
    several = with_value(assigned(), "contributingAgencies", "health,schools ,  health")
    assert isinstance(several, Assigned)
    assert several.contributing_agencies == ("health", "schools")


@pytest.mark.parametrize(("text", "value"), [("true", True), ("false", False)])
def test_a_flag_is_true_or_false_and_nothing_else(text: str, value: bool) -> None:
    learned = LearningIdentified(
        happened_on=Story.on(0), by=BY, learning_id=THING, wording="Share", good_practice=not value
    )
    flagged = with_value(learned, "goodPractice", text)
    assert isinstance(flagged, LearningIdentified)
    assert flagged.good_practice is value
    for wrong in ("True", "yes", "", None):
        with pytest.raises(ValidationError):
            with_value(learned, "goodPractice", wrong)


def test_a_rag_is_one_of_three() -> None:
    progress = ProgressReported(happened_on=Story.on(0), by=BY, narrative="Half")
    assert getattr(with_value(progress, "rag", "RED"), "rag") is Rag.RED  # noqa: B009 - of one kind of fact
    with pytest.raises(ValidationError):
        with_value(progress, "rag", "PURPLE")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, None),
        ((), None),
        (True, "true"),
        (False, "false"),
        (Rag.RED, "RED"),
        (Story.on(0), "2024-01-08"),
        (("health", "schools"), "health, schools"),
        ("PC Oak", "PC Oak"),
    ],
)
def test_a_value_is_said_as_partners_write_it(value: object, text: str | None) -> None:
    assert as_text(value) == text
