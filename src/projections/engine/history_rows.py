"""The rows of histories: what an append adds to them, and all of them again from a stream's facts."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, NamedTuple

from domain.ports import Histories
from domain.shared.facts import Recorded
from projections.engine.timeline import Difference, Key, Span, Timeline
from projections.histories.registry import FOLDS, KEY_COLUMNS

# The rows of a history, folded from a stream's facts just as the appends folded them, one save at a time.


class HistoryRow(NamedTuple):
    """One row of a history: what it is of, since when it was known, until when, and the span it says."""

    key: Key
    known_from: datetime
    known_until: datetime | None
    span: Span


def history_of(stream: Sequence[Recorded]) -> Iterator[HistoryRow]:
    """Every row that the facts of one stream ever made, ended ones and those that stand."""
    timeline = Timeline(FOLDS[stream[0].kind])
    standing: dict[tuple[Key, date], tuple[datetime, Span]] = {}
    for instant, facts in _saves(stream):
        for difference in timeline.add(facts):
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


# Differences in histories as the append takes them.


def histories(streams: Iterable[tuple[Sequence[Recorded], Sequence[Recorded]]]) -> Histories:
    """What one save changes in the read models; each stream as (facts before, facts recorded now)."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for before, now in streams:
        for difference in Timeline(FOLDS[now[0].kind], before).add(now):
            part = found.setdefault(difference.key.table, {"ended": [], "added": []})
            part["ended"] += ({"of": difference.key.of, "starts": span.starts} for span in difference.ended)
            part["added"] += _added(difference)
    return found


def _added(difference: Difference) -> Iterable[dict[str, Any]]:
    table, of = difference.key
    for starts, ends, row in difference.added:
        yield {KEY_COLUMNS[table]: of, "starts": starts, "ends": ends, **row._asdict()}
