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
    return the_perhaps_empty(read, kind, SINGLE[kind], empty)


def the_perhaps_empty(read: Read, kind: Kind, thing: UUID, empty: State) -> State:
    try:
        return the(read, kind, thing, type(empty))
    except NotFound:
        return empty


def named(read: Read, kind: Kind, thing: UUID, shape: type[State], *field: str) -> State:
    """What a command names in a field beside what it is about."""
    try:
        return the(read, kind, thing, shape)
    except NotFound as missing:
        raise NotFound(f"There is no such {kind}.", *field) from missing


def recommendation(read: Read, thing: UUID) -> Recommendation:
    return the(read, Kind.RECOMMENDATION, thing, Recommendation)


def action(read: Read, thing: UUID) -> Action:
    return the(read, Kind.ACTION, thing, Action)


def living(read: Read, kind: Kind, thing: UUID) -> Recommendation | Action:
    return action(read, thing) if kind is Kind.ACTION else recommendation(read, thing)


def on(kind: Kind, thing: UUID, facts: Iterable[Fact]) -> list[Decided]:
    return [(kind, thing, fact) for fact in facts]
