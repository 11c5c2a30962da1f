"""Whatever is asked for, by whomever, on whatever day: what must hold holds after every step.

A story that breaks it is shortened and printed; kept as a file in `told`, it is told again with every test.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from api.app.installation import Installation
from domain.action.events import Raised
from domain.catalogue import BY_COMMAND
from domain.review.commands import ReferReview
from random_steps.moves import ACCEPTED_ONCE, MOVES, WITHOUT_A_RULE
from random_steps.run import Happened, Run
from random_steps.step import DESK, Step
from random_steps.story import AfterEach, Broken, again, at_random, shortened

TOLD = sorted((Path(__file__).parent / "told").glob("*.txt"))
FRAMEWORKS = ("knowsley-2015", "knowsley-2020", "hull-2015", "sunderland-2015", "windsor-maidenhead")
FEWEST_ACCEPTED = 0.55
"""Of all commands; the rest are wrong on purpose."""

MADE = ReferReview(title="A child at school", agencies=("police",))

Begin = Callable[[str, int], Run]


@pytest.fixture(scope="module")
def begin(server: str) -> Iterator[Begin]:
    """A partnership of its own, under a framework, with a seed."""
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute("CREATE DATABASE random_steps")
    numbers = count(1)
    with Installation.open(make_conninfo(server, dbname="random_steps"), pool_size=4) as installation:
        yield lambda framework, seed: Run(installation, f"any-{next(numbers)}", framework, seed)
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute("DROP DATABASE random_steps WITH (FORCE)")


def steps(begin: Begin, framework: str, seed: int, number: int) -> Run:
    """So many steps of which nothing broke anything; else the shortest story found that does."""
    run = begin(framework, seed)
    try:
        at_random(run, number)
    except Broken as broken:
        only = broken.invariant
        pytest.fail(f"{framework}\n{shortened(broken, lambda fewer: told(begin, framework, fewer, only=only))}")
    return run


def told(begin: Begin, framework: str, story: list[Step], *more: AfterEach, only: str) -> Broken | None:
    """Whether a story breaks it again, in a partnership of its own."""
    try:
        again(begin(framework, 0), story, *more, only=only)
    except Broken as broken:
        return broken
    return None


def share_accepted(runs: list[Run]) -> float:
    accepted, tried = (sum((getattr(run, name) for run in runs), Counter()).total() for name in ("accepted", "tried"))
    return float(accepted / tried)


def never_accepted(runs: list[Run]) -> set[str]:
    found = set[type]().union(*(run.accepted for run in runs))
    return {command.__name__ for command in MOVES.keys() - ACCEPTED_ONCE.keys() - found}


def test_every_command_has_a_rule_that_tries_it() -> None:
    assert {command.__name__ for command in BY_COMMAND.keys() - MOVES.keys() - WITHOUT_A_RULE.keys()} == set()
    assert MOVES.keys() - BY_COMMAND.keys() == set()


def test_what_must_hold_holds_after_five_hundred_steps(begin: Begin) -> None:
    runs = [
        steps(begin, "knowsley-2015", seed=1, number=250),
        steps(begin, "sunderland-2015", seed=1, number=250),
    ]
    assert share_accepted(runs) > FEWEST_ACCEPTED


@pytest.mark.long
@pytest.mark.parametrize("seed", [100, 101, 102, 103])
def test_what_must_hold_holds_after_a_quarter_of_twenty_thousand_steps(begin: Begin, seed: int) -> None:
    runs = [steps(begin, framework, seed, number=1_000) for framework in FRAMEWORKS]
    assert never_accepted(runs) == set()
    assert share_accepted(runs) > FEWEST_ACCEPTED


@pytest.mark.parametrize("file", TOLD, ids=lambda file: file.stem)
def test_what_was_broken_once_holds(begin: Begin, file: Path) -> None:
    framework, *lines = file.read_text(encoding="utf-8").splitlines()
    again(begin(framework, 0), [Step.heard(line) for line in lines])


def nothing_is_ever_raised(_: Run, happened: Happened) -> None:
    """What does not hold of any register, so that its story can be shortened."""
    assert not any(isinstance(each.fact, Raised) for each in happened.facts), "an action was raised"


def test_a_story_that_breaks_something_breaks_it_again_as_it_was_told(begin: Begin) -> None:
    with pytest.raises(Broken) as broken:
        at_random(begin("hull-2015", 7), 120, nothing_is_ever_raised)
    heard = [Step.heard(step.told()) for step in broken.value.steps]
    again_broken = told(begin, "hull-2015", heard, nothing_is_ever_raised, only="nothing_is_ever_raised")
    assert again_broken is not None
    assert again_broken.found.startswith("AssertionError: an action was raised")
    assert [step.command for step in again_broken.steps] == [step.command for step in broken.value.steps]
    assert heard[-1].told() in str(again_broken)


def test_a_story_is_shortened_to_the_steps_that_matter() -> None:
    story = [Step(number, datetime(2024, 1, 8, tzinfo=UTC), "unit", DESK, MADE, number) for number in range(1, 41)]

    def retold(fewer: list[Step]) -> Broken | None:
        return Broken("it", "", fewer) if {3, 17, 40} <= {step.number for step in fewer} else None

    assert [step.number for step in shortened(Broken("it", "", story), retold).steps] == [3, 17, 40]
