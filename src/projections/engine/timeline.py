"""History on two clocks: a thing's facts in effective order become spans; a new fact ends some and adds others.

The oracle: take the facts recorded by a moment, amend them by the corrections among them, fold those that had
happened by a day in order of (`happened_on`, version). A span is one stretch of days on which a row of that fold stays
the same.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, Protocol, TypeAlias, TypeVar

from domain.correction.amending import apply_corrections
from domain.correction.events import Corrected
from domain.shared.facts import Recorded

S = TypeVar("S")


class Row(Protocol):
    """A named tuple of the columns of a history."""

    @property
    def _fields(self) -> tuple[str, ...]: ...

    def _asdict(self) -> dict[str, Any]: ...


class Key(NamedTuple):
    """Which history a row belongs to: the table and, within it, what the row is of (an id or key, as text)."""

    table: str
    of: str


Rows = Mapping[Key, Row]


class Fold(Protocol[S]):
    """How the facts of one kind of thing become rows."""

    def start(self) -> S: ...

    def step(self, state: S, recorded: Recorded) -> S: ...

    def rows(self, state: S) -> Rows: ...


class Span(NamedTuple):
    """A row that holds from `starts` until the day before `ends`; None: until further notice."""

    starts: date
    ends: date | None
    row: Row


Place: TypeAlias = tuple[date, int, Recorded]
"""A fact in effective order."""

Spans = Mapping[Key, list[Span]]
"""The spans of every history of a thing, each in order of days."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What one save changes in one history: the spans that end by being superseded, and those that take their place."""

    key: Key
    ended: list[Span]
    added: list[Span]


class Timeline(Generic[S]):
    """The facts of one thing in effective order, with the state after each."""

    __slots__ = ("_corrected", "_facts", "_fold", "_known", "_order", "_rows", "_states")

    def __init__(self, fold: Fold[S], facts: Sequence[Recorded] = ()) -> None:
        self._fold = fold
        self._facts: list[Recorded] = []
        self._corrected = False
        self._order: list[Place] = []
        self._states: list[S] = [fold.start()]
        self._rows: list[Rows | None] = []
        self._take(facts)
        self._known = self._spans({}, 0)

    def add(self, facts: Sequence[Recorded]) -> list[Difference]:
        """Take in what one save recorded; returns what changes in the histories."""
        before, end = self._known, len(self._order)
        first = self._take(facts)
        if first < len(self._order) or first < end:
            goes_on = first == end > 0 and self._order[first][0] != self._order[first - 1][0]
            self._known = self._spans(before, first) if goes_on else self._spans({}, 0)
        return list(_differences(before, self._known))

    def standing(self) -> Rows:
        """The rows once everything that was taken in has happened."""
        return self._rows_after(len(self._order) - 1) if self._order else {}

    def _spans(self, known: Spans, first: int) -> Spans:
        """The spans of every history of the thing, from those that the facts before the `first` made."""
        found = dict(known)
        last = len(self._order) - 1
        for index in range(first, len(self._order)):
            day = self._order[index][0]
            if index == last or self._order[index + 1][0] != day:
                _continue(found, day, self._rows_after(index))
        return found

    def _take(self, facts: Sequence[Recorded]) -> int:
        """Fold from the lowest place that changes, which is returned.

        A correction changes facts that were taken in before, and their order. So may any fact that follows one: what
        it says depends on what was corrected, and what was corrected may depend on it. All are then amended anew.
        """
        self._facts += facts
        self._corrected = self._corrected or any(isinstance(each.fact, Corrected) for each in facts)
        return self._arrange(apply_corrections(self._facts)) if self._corrected else self._insert(facts)

    def _arrange(self, facts: Sequence[Recorded]) -> int:
        """Put all facts in order anew and fold from the first that is another one, which is returned."""
        order = sorted(map(_place, facts), key=lambda place: place[:2])
        changes = (nth for nth, (was, now) in enumerate(zip(self._order, order, strict=False)) if was != now)
        lowest = next(changes, min(len(self._order), len(order)))
        self._order = order
        self._fold_from(lowest)
        return lowest

    def _insert(self, facts: Sequence[Recorded]) -> int:
        """Put facts in their places and fold from the lowest of these, which is returned."""
        lowest = len(self._order)
        for place in map(_place, facts):
            if not self._order or self._order[-1][:2] < place[:2]:
                self._order.append(place)
                continue
            index = bisect_left(self._order, place[:2], key=lambda entry: entry[:2])
            self._order.insert(index, place)
            lowest = min(lowest, index)
        self._fold_from(lowest)
        return lowest

    def _fold_from(self, lowest: int) -> None:
        del self._states[lowest + 1 :], self._rows[lowest:]
        for _, _, recorded in self._order[lowest:]:
            self._states.append(self._fold.step(self._states[-1], recorded))
            self._rows.append(None)

    def _rows_after(self, index: int) -> Rows:
        rows = self._rows[index]
        if rows is None:
            rows = self._rows[index] = self._fold.rows(self._states[index + 1])
        return rows


def _place(recorded: Recorded) -> Place:
    return recorded.fact.happened_on, recorded.originator_version, recorded


def _continue(found: dict[Key, list[Span]], day: date, rows: Rows) -> None:
    """Rows hold from a day on; lists of spans are replaced and never changed, so that what was known stays."""
    for key, row in rows.items():
        spans = found.get(key, [])
        if not spans or spans[-1].ends is not None:
            found[key] = [*spans, Span(day, None, row)]
        elif spans[-1].row is not row and spans[-1].row != row:
            found[key] = [*spans[:-1], _until(day, spans[-1]), Span(day, None, row)]
    for key in found.keys() - rows.keys() if len(found) > len(rows) else ():
        if (spans := found[key])[-1].ends is None:
            found[key] = [*spans[:-1], _until(day, spans[-1])]


def _until(day: date, span: Span) -> Span:
    return Span(span.starts, day, span.row)


def _differences(before: Spans, after: Spans) -> Sequence[Difference]:
    found = []
    for key in after if before.keys() <= after.keys() else dict.fromkeys((*before, *after)):
        old, new = before.get(key, []), after.get(key, [])
        if old is new:
            continue
        ended, added = [s for s in old if s not in new], [s for s in new if s not in old]
        if ended or added:
            found.append(Difference(key, ended, added))
    return found
