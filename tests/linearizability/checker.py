"""Whether a recorded history is linearizable: as if every operation had happened at one instant of its own.

The search of Wing and Gong with the memory of Lowe: it puts operations in an order in which none comes before one that
had returned when it was sent, lets a sequential model answer each, and never tries twice what it found to fail.
"""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import inf
from typing import Any, Generic, Protocol, TypeVar

S = TypeVar("S", bound=Hashable)


@dataclass(frozen=True)
class Operation:
    """What a client sent and what came back.

    Attributes:
        sent, returned: by one clock; `returned` is infinite where no answer came, for it may still take effect.
        answer: None where it is not known whether it was done.
        behind: another operation of the history that comes before it in any order, as the reading that a write answers
            with comes behind the write.
    """

    client: str
    sent: float
    returned: float
    request: Any
    answer: Any
    behind: "Operation | None" = None

    @property
    def known(self) -> bool:
        return self.returned < inf


class Model(Protocol[S]):
    """What is expected of the thing when one operation happens after another."""

    @property
    def initial(self) -> S: ...

    def after(self, state: S, operation: Operation) -> S | None:
        """The state behind an operation; None where its answer would not have come at this state."""
        ...


@dataclass(frozen=True)
class Verdict(Generic[S]):
    """`order`: of all operations, or the longest that was found; `state` is the one behind it."""

    linearizable: bool
    order: tuple[Operation, ...]
    state: S
    history: tuple[Operation, ...] = field(repr=False)

    def __bool__(self) -> bool:
        return self.linearizable

    def explained(self) -> str:
        """The end of the longest order, the state there, and what could not come next."""
        rest = [each for each in self.history if each not in self.order]
        first = min((each.returned for each in rest), default=inf)
        lines = ["… in this order:", *(f"  {_shown(each)}" for each in self.order[-12:]), f"then {self.state}", "but:"]
        return "\n".join([*lines, *(f"  {_shown(each)}" for each in rest if each.sent <= first)])


def _shown(each: Operation) -> str:
    return f"[{each.sent:.4f}, {each.returned:.4f}] {each.client}: {each.request} -> {each.answer}"


def check(model: Model[S], history: Sequence[Operation]) -> Verdict[S]:
    """Whether some order of all that returned, and of some of what did not, is one that the model gives."""
    return _Search(model, tuple(sorted(history, key=lambda each: each.sent))).verdict()


@dataclass
class _Place(Generic[S]):
    """What was ordered so far, as bits, the state behind it, and what may still be tried next."""

    ordered: int
    state: S
    candidates: Iterator[int]


@dataclass
class _Search(Generic[S]):
    """Depth first; `order` leads to the last place of `way`."""

    model: Model[S]
    history: tuple[Operation, ...]
    order: list[int] = field(default_factory=list)

    def verdict(self) -> Verdict[S]:
        needed = sum(1 << nth for nth, each in enumerate(self.history) if each.known)
        seen = {(0, self.model.initial)}
        way = [_Place(0, self.model.initial, self._candidates(0))]
        longest = self._found(False, self.model.initial)
        while way:
            here = way[-1]
            if here.ordered & needed == needed:
                return self._found(True, here.state)
            nth = next(here.candidates, None)
            if nth is None:
                way.pop()
                del self.order[-1:]
                continue
            state, ordered = self._after(here.state, nth), here.ordered | 1 << nth
            if state is None or (ordered, state) in seen:
                continue
            seen.add((ordered, state))
            self.order.append(nth)
            way.append(_Place(ordered, state, self._candidates(ordered)))
            if len(self.order) > len(longest.order):
                longest = self._found(False, state)
        return longest

    def _candidates(self, ordered: int) -> Iterator[int]:
        """Those that were sent before anything that is still to come had returned; what returned first, first."""
        left = [nth for nth in range(len(self.history)) if not ordered >> nth & 1]
        first = min((self.history[nth].returned for nth in left), default=inf)
        ready = [nth for nth in left if self.history[nth].sent <= first and self._follows(nth, ordered)]
        return iter(sorted(ready, key=lambda nth: self.history[nth].returned))

    def _follows(self, nth: int, ordered: int) -> bool:
        behind = self.history[nth].behind
        return behind is None or bool(ordered >> self._places[id(behind)] & 1)

    @cached_property
    def _places(self) -> dict[int, int]:
        return {id(each): nth for nth, each in enumerate(self.history)}

    def _after(self, state: S, nth: int) -> S | None:
        """What nobody saw and what changes nothing need not have happened."""
        after = self.model.after(state, self.history[nth])
        return None if after == state and not self.history[nth].known else after

    def _found(self, linearizable: bool, state: S) -> Verdict[S]:
        return Verdict(linearizable, tuple(self.history[nth] for nth in self.order), state, self.history)
