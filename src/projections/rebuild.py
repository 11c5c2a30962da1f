"""Read models anew from the facts: into new tables beside the old, then a switch; readers and writers go on."""

import gc
import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from typing import cast
from uuid import UUID

import psycopg
from psycopg import sql

from domain.singles import SINGLE
from domain.words import Kind
from projections.refill import Copied, Refill, copy_in, refill, streams
from projections.registry import KEY_COLUMNS
from projections.replayed import history_of
from projections.staging import SQL, Staging, known_tables, phrase
from storage.form import FORM
from storage.migrate import partnership_of

Progress = Callable[[int, int], None]
"""Called now and then with how many facts have been folded, and how many there are."""

SHARES = [(UUID(int=nth << 124), UUID(int=((nth + 1) << 124) - 1)) for nth in range(16)]
"""The streams by the first digit of their ids: sixteen shares that can be folded apart."""

WORTH_A_PROCESS = 50_000
CPUS = os.cpu_count() or 1


class RebuildIncomplete(Exception):
    """What was made is not all that the facts give; the message says what is missing, and that nothing was switched."""


def rebuild(
    conninfo: str,
    schema: str,
    projection: str | None = None,
    progress: Progress | None = None,
    *,
    wait: bool = False,
) -> int:
    """Rebuild all histories of a partnership, or one (`action_history`); returns how many facts were folded.

    One rebuild of a partnership at a time: another is refused (`RebuildUnderWay`), or waits for it where `wait` is set.
    Raises `ValueError` for a projection that does not exist. Until the switch nothing that is read changes.
    """
    tables = known_tables(projection)
    with Staging(conninfo, schema, tables, wait=wait) as staging:
        position = int(cast(tuple[int], staging.source.execute(SQL["position"]).fetchone())[0])
        work = Refill(conninfo, schema, staging.name, tables, position)
        copied = _refill_all(work, progress or (lambda _, __: None))
        staging.finish()
        _check_complete(staging, copied, position)
        last_day = staging.last_day()
        _switch(staging, position, last_day)
    return position


def streams_without_rows(conninfo: str, schema: str) -> int:
    """How many things, credentials and lists were recorded and are in no history: none, unless a history lost rows."""
    with psycopg.connect(conninfo, autocommit=True) as conn:
        conn.execute(SQL["enter"], (schema,))
        singles = {"agencies": SINGLE[Kind.AGENCIES], "themes": SINGLE[Kind.THEMES]}
        return int(cast(tuple[int], conn.execute(SQL["without_rows"], singles).fetchone())[0])


def _refill_all(work: Refill, progress: Progress) -> Copied:
    copied = Copied()
    job = partial(refill, work)
    if work.position < WORTH_A_PROCESS:
        for share in SHARES:
            copied.add(job(share))
            progress(copied.facts, work.position)
        return copied
    with ProcessPoolExecutor(CPUS, get_context("spawn"), initializer=_begin) as pool:
        for part in pool.map(job, SHARES):
            copied.add(part)
            progress(copied.facts, work.position)
    return copied


def _begin() -> None:
    """A worker collects no garbage, since what it makes has no circles, and ends with the rebuild that it works for."""
    gc.disable()
    Thread(target=_end_with, args=(parent_process(),), daemon=True).start()


def _end_with(rebuilding: BaseProcess) -> None:
    """Whoever is killed cannot stop its workers, which would go on to fill the tables of the next attempt."""
    rebuilding.join()
    os._exit(1)


def _check_complete(staging: Staging, copied: Copied, position: int) -> None:
    """Every fact was folded, and every row that was made is in its table: of anything less nobody reads."""
    facts = int(cast(tuple[int], staging.source.execute(SQL["facts_until"], (position,)).fetchone())[0])
    found = {"facts": copied.facts, **staging.row_counts()}
    expected = {"facts": facts, **{table: copied.rows[table] for table in staging.tables}}
    for what, count in expected.items():
        if found[what] != count:
            raise RebuildIncomplete(
                f"The rebuild of {partnership_of(staging.schema)} has {found[what]:,} of {count:,} in {what};"
                " nothing was switched: rebuild again."
            )


def _switch(staging: Staging, position: int, last_day: date | None) -> None:
    """Hold appends, fold again what was added to meanwhile, and put the new tables in place."""
    with staging.target.transaction():
        staging.target.execute(phrase("hold_appends", head=sql.Identifier(staging.schema, "head")))
        moved = [row[0] for row in staging.source.execute(SQL["moved"], (position,))]
        if moved:
            _fold_again(staging, moved)
            last_day = staging.last_day()
        staging.target.execute(phrase("name_last_day", head=sql.Identifier(staging.schema, "head")), (last_day,))
        staging.put_in_place(staging.target)
        if set(staging.tables) == set(KEY_COLUMNS):
            staging.target.execute(phrase("name_form", head=sql.Identifier(staging.schema, "head")), (FORM,))


def _fold_again(staging: Staging, moved: list[UUID]) -> None:
    stale = list(streams(staging.source.execute(SQL["facts_of"], {"moved": moved})))
    for table in staging.tables:
        keys = {row.key.of for stream in stale for row in history_of(stream) if row.key.table == table}
        staging.target.execute(phrase("forget", table=table, key=KEY_COLUMNS[table]), (list(keys),))
    copy_in(staging.target, staging.tables, stale)
