"""Steps one after another, with what must hold after each; a story that breaks it is shortened and told."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import TypeAlias

from random_steps import invariants_of_duties as duties
from random_steps import invariants_of_lives as lives
from random_steps import invariants_of_readings as readings
from random_steps import invariants_of_records as records
from random_steps import invariants_of_reviews as reviews
from random_steps.choosing import next_step
from random_steps.run import ZONE, Happened, Run
from random_steps.step import Step
from support.partnership_world import START

AfterEach: TypeAlias = Callable[[Run, Happened], None]

AFTER_EACH: tuple[AfterEach, ...] = (
    records.a_refused_step_records_nothing,
    records.the_log_only_grows,
    records.a_key_that_comes_again_is_answered_as_it_was,
    records.what_is_remembered_is_what_the_log_says,
    records.every_record_can_go_on_being_corrected,
    records.history_is_whole_and_equals_the_oracle,
    lives.nothing_is_implemented_without_accepted_evidence,
    lives.nothing_is_closed_or_verified_under_a_challenge,
    lives.a_challenge_marks_its_subjects_while_it_is_open,
    lives.an_implemented_recommendation_leaves_no_action_open,
    lives.nothing_arises_before_what_it_arose_from,
    lives.an_extension_shrinks_no_lateness,
    lives.a_decision_follows_what_it_decides_about,
    lives.the_first_due_date_stands_unless_corrected,
    lives.nobody_judges_their_own_work,
    duties.nobody_confirms_the_duty_of_another,
    duties.learning_obliges_an_agency_once,
    reviews.a_completed_review_lacks_no_agreement,
    reviews.nothing_is_declined_that_must_be_reviewed,
)
NOW_AND_THEN: dict[Callable[[Run], None], int] = {
    readings.what_is_overdue_per_agency_is_what_can_be_counted: 5,
    readings.an_agency_sees_what_it_may_read_and_nothing_else: 20,
    readings.what_graphql_lists_for_an_agency_is_what_it_may_read: 20,
    readings.every_history_equals_the_oracle: 25,
    readings.rebuilding_gives_the_very_same_tables: 150,
}
"""After every so many steps, and after the last."""


@dataclass
class Broken(Exception):
    """What did not hold, after which steps."""

    invariant: str
    found: str
    steps: list[Step]

    def __str__(self) -> str:
        lines = "\n".join(step.told() for step in self.steps)
        return f"{self.invariant}: {self.found}\n\nThe steps, as tests/random_steps/told/*.txt takes them:\n{lines}"


def at_random(run: Run, count: int, *more: AfterEach) -> None:
    """Take so many steps. Raises `Broken`."""
    clock = datetime.combine(START, datetime.min.time(), ZONE) + timedelta(hours=9)
    taken: list[Step] = []
    for number in range(1, count + 1):
        clock = _later(run.scene.chance, clock)
        run.at(clock)
        taken.append(next_step(run.scene, number, clock, run.may_come_again, run.accepted))
        _take(run, taken, number == count, more)


def _later(chance: Random, clock: datetime) -> datetime:
    """A minute, some hours or some days later; the register moves by itself with each save."""
    days = chance.choice((0, 0, 0, 0, chance.randint(1, 4), chance.randint(1, 25)))
    return clock + timedelta(days=days, minutes=chance.randint(1, 200))


def again(run: Run, steps: Sequence[Step], *more: AfterEach, only: str | None = None) -> None:
    """Take the steps that were told, and look at everything, or only at what once broke. Raises `Broken`."""
    for number in range(1, len(steps) + 1):
        _take(run, list(steps[:number]), number == len(steps), more, only)


def _take(run: Run, taken: list[Step], last: bool, more: Sequence[AfterEach], only: str | None = None) -> None:
    """The last of the steps, with all that must hold after it."""
    step, holding = taken[-1], "the step itself"
    try:
        happened = run.take(step)
        for invariant in (*AFTER_EACH, *more):
            holding = invariant.__name__
            if only in {None, holding}:
                invariant(run, happened)
        for reading, every in NOW_AND_THEN.items():
            holding = reading.__name__
            if only in {None, holding} and (last or step.number % every == 0):
                reading(run)
    except Exception as broken:
        raise Broken(holding, f"{type(broken).__name__}: {broken}"[:2000], list(taken)) from broken


def shortened(broken: Broken, retold: Callable[[list[Step]], Broken | None], tries: int = 100) -> Broken:
    """The fewest steps found, in so many tries, after which the same does not hold."""
    part = len(broken.steps)
    while part > 1 and tries > 0:
        part, start = (part + 1) // 2, 0
        while start < len(broken.steps) - 1 and tries > 0:
            fewer = broken.steps[:start] + broken.steps[start + part :]
            tries -= 1
            found = retold(fewer) if fewer else None
            if found is not None and found.invariant == broken.invariant:
                broken = found
            else:
                start += part
    return broken
