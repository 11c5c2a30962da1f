"""How a plan reads, and what it gives back."""

from collections.abc import Callable, Iterable
from typing import TypeAlias, TypeVar
from uuid import UUID

from domain.action.state import Action
from domain.facts import Fact
from domain.recommendation.state import Recommendation
from domain.refusals import NotFound
from domain.singles import SINGLE
from domain.words import Kind

Decided: TypeAlias = tuple[Kind, UUID, Fact]
Read: TypeAlias = Callable[[Kind, UUID], object]
"""The state of a stream; raises NotFound for one that is not there."""

State = TypeVar("State")


def the(read: Read, kind: Kind, thing: UUID, shape: type[State]) -> State:
    state = read(kind, thing)
    if not isinstance(state, shape):
        raise NotFound(f"There is no such {kind}.")
    return state


def the_one(read: Read, kind: Kind, empty: State) -> State:
    """The partnership's only stream of a kind; its first fact finds it empty."""
    try:
        return the(read, kind, SINGLE[kind], type(empty))
    except NotFound:
        return empty


def recommendation(read: Read, thing: UUID) -> Recommendation:
    return the(read, Kind.RECOMMENDATION, thing, Recommendation)


def action(read: Read, thing: UUID) -> Action:
    return the(read, Kind.ACTION, thing, Action)


def living(read: Read, kind: Kind, thing: UUID) -> Recommendation | Action:
    return action(read, thing) if kind is Kind.ACTION else recommendation(read, thing)


def on(kind: Kind, thing: UUID, facts: Iterable[Fact]) -> list[Decided]:
    return [(kind, thing, fact) for fact in facts]
