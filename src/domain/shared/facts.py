"""What every fact says, and a fact as the log holds it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import reduce
from typing import Any, TypeAlias, TypeVar
from uuid import UUID

from pydantic import BaseModel

from domain.shared.actor import Actor
from domain.shared.vocabulary import Kind


class Fact(BaseModel, frozen=True, extra="forbid"):
    """Something that happened. `happened_on` is the day it took effect; the log adds when it was recorded."""

    happened_on: date
    by: Actor


@dataclass(frozen=True, slots=True)
class Recorded:
    """A fact on its stream; versions count from 1. `recorded_at` and `position` are the log's, once it is stored.

    `corrected` names the fields that a correction has amended (`domain.correction`); the log's own facts have none.
    """

    kind: Kind
    originator_id: UUID
    originator_version: int
    fact: Fact
    recorded_at: datetime | None = None
    position: int | None = None
    corrected: frozenset[str] = frozenset()


def effective_order(recorded: Recorded) -> tuple[date, int]:
    """The order in which state is folded: by the day of effect, then by version."""
    return recorded.fact.happened_on, recorded.originator_version


State = TypeVar("State")


def fold(initial: State, evolve: Callable[[State, Recorded], State], recorded: Iterable[Recorded]) -> State:
    """The state after all these facts, whatever order they come in."""
    return reduce(evolve, sorted(recorded, key=effective_order), initial)


def fast_replace(state: State, **changes: Any) -> State:
    """A copy of a frozen dataclass (one without slots) in which these fields have these values.

    As `dataclasses.replace`, in a tenth of the time, for folds over millions.
    """
    copy = object.__new__(type(state))
    fields = vars(copy)
    fields.update(vars(state))
    fields.update(changes)
    return copy


def with_receipt(recorded: Recorded, recorded_at: datetime | None, position: int) -> Recorded:
    """The same fact once the log holds it."""
    return replace(recorded, recorded_at=recorded_at, position=position)


Decided: TypeAlias = tuple[Kind, UUID, Fact]
"""A fact that a command leads to, with the stream that it goes to."""


def facts_on(kind: Kind, id: UUID, facts: Iterable[Fact]) -> list[Decided]:
    """Facts that all go to one stream."""
    return [(kind, id, fact) for fact in facts]


# The epoch of a log: a restore from a backup sets positions back, and those given before may be of other facts.
BEFORE_EPOCHS = ""
"""Said of a position that a partner kept from before there were epochs."""

SINCE = "The register has been restored from a backup since this was given:"


@dataclass(frozen=True, slots=True)
class Epoch:
    """The one that a log is in; `first`: positions that were given before there were epochs hold in it."""

    name: str
    first: bool

    def holds(self, given_in: str) -> bool:
        """Whether a position that was given in an epoch is of the same fact still."""
        return given_in == self.name or (self.first and given_in == BEFORE_EPOCHS)
