"""The rows of a history, folded from a stream's facts just as the appends folded them, one save at a time."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from domain.facts import Recorded
from projections.bitemporal import Key, Span, Unfolding
from projections.registry import FOLDS


class HistoryRow(NamedTuple):
    """One row of a history: what it is of, since when it was known, until when, and the span it says."""

    key: Key
    known_from: datetime
    known_until: datetime | None
    span: Span


def history_of(stream: Sequence[Recorded]) -> Iterator[HistoryRow]:
    """Every row that the facts of one stream ever made, ended ones and those that stand."""
    unfolding = Unfolding(FOLDS[stream[0].kind])
    standing: dict[tuple[Key, date], tuple[datetime, Span]] = {}
    for instant, facts in _saves(stream):
        for difference in unfolding.add(facts):
            for span in difference.ended:
                known_from, _ = standing.pop((difference.key, span.starts))
                yield HistoryRow(difference.key, known_from, instant, span)
            for span in difference.added:
                standing[difference.key, span.starts] = (instant, span)
    for (key, _), (known_from, span) in standing.items():
        yield HistoryRow(key, known_from, None, span)


def _saves(stream: Sequence[Recorded]) -> Iterable[tuple[datetime, list[Recorded]]]:
    for instant, facts in groupby(stream, key=_instant):
        yield instant, list(facts)


def _instant(recorded: Recorded) -> datetime:
    if recorded.recorded_at is None:
        raise ValueError("only recorded facts have a history")
    return recorded.recorded_at


def noted_at(stream: Sequence[Recorded], row: Any) -> datetime | None:
    """When the fact that noted an entry was recorded; versions count from 1 without gaps."""
    version = getattr(row, "noted_version", None)
    return None if version is None else stream[version - 1].recorded_at
