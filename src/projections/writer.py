"""Differences in histories as the append takes them."""

from collections.abc import Iterable, Sequence
from typing import Any

from domain.facts import Recorded
from domain.ports import Histories
from projections.bitemporal import Difference, Unfolding
from projections.registry import FOLDS, KEY_COLUMNS


def histories(streams: Iterable[tuple[Sequence[Recorded], Sequence[Recorded]]]) -> Histories:
    """What one save changes in the read models; each stream as (facts before, facts recorded now)."""
    found: dict[str, dict[str, list[dict[str, Any]]]] = {}
    for before, now in streams:
        for difference in Unfolding(FOLDS[now[0].kind], before).add(now):
            part = found.setdefault(difference.key.table, {"ended": [], "added": []})
            part["ended"] += ({"of": difference.key.of, "starts": span.starts} for span in difference.ended)
            part["added"] += _added(difference)
    return found


def _added(difference: Difference) -> Iterable[dict[str, Any]]:
    table, of = difference.key
    for starts, ends, row in difference.added:
        yield {KEY_COLUMNS[table]: of, "starts": starts, "ends": ends, **row._asdict()}
