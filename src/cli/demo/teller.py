"""Telling a story to a register: command after command, the clock set before each, each recorded once."""

from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from functools import partial
from hashlib import sha256
from itertools import groupby
from typing import TypeAlias, TypeVar
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from cli.demo.course import PlacedStep
from cli.demo.script import Thing
from domain.lifecycle.events import EvidenceSubmitted
from domain.recommendation.events import ActionPlanned
from domain.register import IdempotencyKey, Register
from domain.review.events import LearningIdentified
from domain.shared.facts import Fact
from domain.shared.vocabulary import Kind

STORY = UUID("6f2b3a0e-54c1-4d1e-9b0a-3a1f0c8e7d25")
NOWHERE = UUID(int=0)
OPENING = time(9)
BETWEEN = timedelta(minutes=4)
LONDON = ZoneInfo("Europe/London")

F = TypeVar("F", bound=Fact)


Tell: TypeAlias = Callable[[int, int], None]
"""Called after each step with how many of how many have been told."""


class Teller:
    """Told again, a story records nothing twice: every step carries an idempotency key of its own."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._ids: dict[str, UUID] = {}

    def tell(self, steps: Sequence[PlacedStep], step_told: Tell) -> None:
        """Raises a `Refusal` where the register refuses a step; an interrupted story goes on where it stopped."""
        digest = fingerprint(steps)
        for number, (placed, at) in enumerate(timed(steps), 1):
            step = placed.says(self._thing(placed))
            self._register.ledger.set_clock(at)
            outcome = self._register.handle(
                step.command, step.caller, IdempotencyKey(uuid5(STORY, str(number)), digest)
            )
            if placed.begins and outcome is not None:
                self._ids[placed.reference] = outcome.id
            step_told(number, len(steps))

    def _thing(self, placed: PlacedStep) -> Thing:
        id = NOWHERE if placed.begins or placed.kind is Kind.AGENCIES else self._find(placed.reference)
        submitted = self._facts(id, EvidenceSubmitted)
        evidence = submitted[-1].evidence_id if submitted else None
        latest = partial(self._latest, id)
        return Thing(placed.kind, id, placed.lead, placed.judge, self._find, latest, self._learned, evidence)

    def _learned(self, review: str) -> tuple[UUID, ...]:
        return tuple(fact.learning_id for fact in self._facts(self._find(review), LearningIdentified))

    def _find(self, reference: str) -> UUID:
        """An action that a finding on impact raised is found under its recommendation."""
        if reference not in self._ids and "/" in reference:
            above = self._find(reference.rpartition("/")[0])
            planned = self._facts(above, ActionPlanned)
            self._ids[reference] = next(fact.action_id for fact in planned if fact.reference == reference)
        return self._ids[reference]

    def _latest(self, id: UUID, shape: type[Fact]) -> int:
        facts = self._register.open().stream(id).facts
        return max(recorded.position or 0 for recorded in facts if isinstance(recorded.fact, shape))

    def _facts(self, id: UUID, shape: type[F]) -> list[F]:
        facts = (recorded.fact for recorded in self._register.open().stream(id).facts)
        return [fact for fact in facts if isinstance(fact, shape)]


def timed(steps: Sequence[PlacedStep]) -> list[tuple[PlacedStep, datetime]]:
    """Each step with its instant: from nine o'clock, a few minutes apart."""
    days = [(day, list(of_day)) for day, of_day in groupby(steps, key=lambda placed: placed.on)]
    return [
        (placed, datetime.combine(day, OPENING, LONDON) + nth * BETWEEN)
        for day, of_day in days
        for nth, placed in enumerate(of_day)
    ]


def fingerprint(steps: Sequence[PlacedStep]) -> bytes:
    """Of the whole story: a register that was begun with another one refuses to go on with this one."""
    text = "\n".join(f"{placed.on} {placed.kind} {placed.reference}" for placed in steps)
    return sha256(text.encode()).digest()
