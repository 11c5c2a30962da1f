"""Differences in histories as statements that run inside the append's transaction, and facts as differences."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import orjson

from domain.facts import Recorded
from domain.store import Write
from projections.bitemporal import Difference, Unfolding
from projections.registry import FOLDS, KEY_COLUMNS
from storage.sql import statements

SQL = statements("projections", "history.sql")


def writes(streams: Iterable[tuple[Sequence[Recorded], Sequence[Recorded]]]) -> list[Write]:
    """What one save changes in the read models; each stream as (facts before, facts recorded now)."""
    by_table: defaultdict[str, list[Difference]] = defaultdict(list)
    for before, now in streams:
        for difference in Unfolding(FOLDS[now[0].kind], before).add(now):
            by_table[difference.key.table].append(difference)
    return [write for table, found in by_table.items() for write in _of_table(table, found)]


def _of_table(table: str, differences: Sequence[Difference]) -> Iterable[Write]:
    ended = [(difference.key.of, span.starts) for difference in differences for span in difference.ended]
    if ended:
        of, starts = (list(column) for column in zip(*ended, strict=True))
        yield SQL[f"end_{table}"], {"of": of, "starts": starts}
    rows = [row for difference in differences for row in _added(KEY_COLUMNS[table], difference)]
    if rows:
        yield SQL[f"add_{table}"], {"rows": orjson.dumps(rows).decode()}


def _added(key_column: str, difference: Difference) -> Iterable[dict[str, Any]]:
    for starts, ends, row in difference.added:
        yield {key_column: difference.key.of, "starts": starts, "ends": ends, **row._asdict()}
