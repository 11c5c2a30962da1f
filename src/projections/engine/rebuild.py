"""Read models anew from the facts: into new tables beside the old, then a switch; readers and writers go on."""

import gc
import logging
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from datetime import date
from functools import partial
from itertools import accumulate, repeat, takewhile
from multiprocessing import get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread
from time import monotonic, sleep
from typing import TypeAlias, cast
from uuid import UUID

import psycopg
from psycopg import sql

from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import Kind
from projections.engine.history_rows import history_of
from projections.engine.rebuild_worker import Copied, RebuildJob, copy_in, rebuild_share, streams
from projections.engine.staging import SQL, InTheWay, Staging, known_tables, phrase
from projections.histories.registry import KEY_COLUMNS
from storage.database import Patience
from storage.form import PROJECTION_VERSION
from storage.migrate import partnership_of

logger = logging.getLogger("goldenthread.rebuild")

Progress = Callable[[int, int], None]
"""Called now and then with how many facts have been folded, and how many there are."""

Hindered: TypeAlias = Callable[[str], None]
"""Called with who is in the way, whenever an attempt to switch has been given up for the moment."""

Switched: TypeAlias = Callable[[float], None]
"""Called after the switch with the seconds for which it held up whoever read or recorded."""

SHARES = [(UUID(int=nth << 124), UUID(int=((nth + 1) << 124) - 1)) for nth in range(16)]
"""The streams by the first digit of their ids: sixteen shares that can be folded apart."""

WORTH_A_PROCESS = 50_000
CPUS = os.cpu_count() or 1

SHORTEST_HOLD, LONGEST_HOLD = 0.1, 0.3
"""Seconds for which one attempt to switch may hold up readers and writers before it has what it needs; once it has,
the switch itself takes a tenth of a second."""
RESTS = 4
"""For how many times as long they go on undisturbed before the next attempt."""
LONG, UNTRIED = 1.0, 30.0
"""Seconds from which on a transaction is waited for without an attempt, and for how long there is none."""
ROUNDS = 20
FEW = 100
"""Facts that are left to be folded while others wait."""
AT_ONCE = 500
"""Streams that are folded again in one transaction."""
SWITCHED_WITHIN = Patience().start_s
SAID_EVERY = 30.0
"""Seconds between two lines about whoever is in the way."""


class RebuildIncomplete(Exception):
    """What was made is not all that the facts give; the message says what is missing, and that nothing was switched."""


class SwitchGivenUp(Exception):
    """Somebody has used the read models for longer than is waited; the message says who, and what to type."""


class Waiting:
    """A line now and then for the person who waits, once it has lasted longer than a moment."""

    def __init__(self, schema: str) -> None:
        self._key = partnership_of(schema)
        self._said = monotonic() - SAID_EVERY + 2

    def __call__(self, who: str) -> None:
        if monotonic() - self._said >= SAID_EVERY:
            self._said = monotonic()
            logger.warning(
                "%s is rebuilt, and waits to switch: for %s; everybody goes on meanwhile, and"
                " `SELECT pg_terminate_backend(PROCESS)` ends whoever need not go on",
                self._key,
                who,
            )


def rebuild(
    conninfo: str,
    schema: str,
    projection: str | None = None,
    progress: Progress | None = None,
    *,
    wait_s: float | None = None,
    switch_s: float = SWITCHED_WITHIN,
    hindered: Hindered | None = None,
    switched: Switched | None = None,
) -> int:
    """Rebuild all histories of a partnership, or one (`action_history`); returns how many facts were folded.

    One rebuild of a partnership at a time: another waits for it, some seconds or `wait_s`, and is then refused
    (`RebuildUnderWay`). Raises `ValueError` for a projection that does not exist. Until the switch nothing that is read
    changes; it waits for whoever uses a table in a long transaction, says so by `hindered`, and gives up after
    `switch_s` seconds of it (`SwitchGivenUp`).
    """
    tables = known_tables(projection)
    with Staging(conninfo, schema, tables, wait_s) as staging:
        position = int(cast(tuple[int], staging.source.execute(SQL["position"]).fetchone())[0])
        work = RebuildJob(conninfo, schema, staging.name, tables, position)
        with _naming_damage(partnership_of(schema)):
            copied = _refill_all(work, progress or (lambda _, __: None))
        staging.finish()
        _check_complete(staging, copied, position)
        held = _switch(staging, position, staging.last_day(), hindered or Waiting(schema), monotonic() + switch_s)
        logger.info("%s is rebuilt; for the switch everybody waited for %.2f s", partnership_of(schema), held)
        if switched:
            switched(held)
    return position


@contextmanager
def _naming_damage(key: str) -> Iterator[None]:
    """Raises `RebuildIncomplete` where facts cannot be opened or folded."""
    try:
        yield
    except (LookupError, TypeError, ValueError, psycopg.DataError) as error:
        raise RebuildIncomplete(
            f"The facts of {key} cannot be folded ({type(error).__name__}), so nothing was switched: "
            f"`goldenthread verify --partnership {key}` names what is damaged."
        ) from error


def streams_without_rows(conninfo: str, schema: str) -> int:
    """How many things, credentials and lists were recorded and are in no history: none, unless a history lost rows."""
    with psycopg.connect(conninfo, autocommit=True) as conn:
        conn.execute(SQL["enter"], (schema,))
        singles = {"agencies": SINGLE[Kind.AGENCIES], "themes": SINGLE[Kind.THEMES]}
        return int(cast(tuple[int], conn.execute(SQL["without_rows"], singles).fetchone())[0])


def _refill_all(work: RebuildJob, progress: Progress) -> Copied:
    copied = Copied()
    job = partial(rebuild_share, work)
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


def _switch(staging: Staging, position: int, last_day: date | None, hindered: Hindered, until: float) -> float:
    """Put the new tables in place, once nobody is in the middle of reading or recording; returns the seconds of it.

    PostgreSQL moves no table that anybody is using. So what moved meanwhile is folded before, and each attempt holds up
    readers and writers for a moment only. Whoever uses a table for longer is waited for while everybody goes on.
    """
    held_since = monotonic()
    for hold in _holds():
        _await_long_ones(staging, hindered, until)
        position, day = _catch_up(staging, position)
        last_day = max(filter(None, (last_day, day)), default=None)
        switch = staging.switch()
        held_since = monotonic()
        try:
            with staging.target.transaction():
                _hold(staging, hold)
                _put_in_place(staging, switch, position, last_day)
        except psycopg.errors.LockNotAvailable:
            who = staging.in_the_way()
            hindered(who.words)
            if monotonic() > until:
                raise _given_up(staging, who) from None
            sleep(RESTS * hold)
        else:
            break
    return monotonic() - held_since


def _await_long_ones(staging: Staging, hindered: Hindered, until: float) -> None:
    """Until nobody holds a table in a long transaction; for no longer than half a minute, for there may be many."""
    until = min(until, monotonic() + UNTRIED)
    while monotonic() < until and (who := staging.in_the_way()).seconds >= LONG:
        hindered(who.words)
        sleep(LONGEST_HOLD)


def _given_up(staging: Staging, who: InTheWay) -> SwitchGivenUp:
    how = (
        f"end that with `SELECT pg_terminate_backend({who.process})`, or let it end," if who.process else "wait a while"
    )
    return SwitchGivenUp(
        f"The read models of {partnership_of(staging.schema)} were made and could not be put in place beside"
        f" {who.words}; nothing was changed: {how} and rebuild again."
    )


def _holds() -> Iterator[float]:
    """Seconds for which an attempt may hold up others: longer where many short readers leave no gap."""
    yield from takewhile(lambda hold: hold < LONGEST_HOLD, accumulate(repeat(SHORTEST_HOLD)))
    yield from repeat(LONGEST_HOLD)


def _hold(staging: Staging, hold: float) -> None:
    """Raises `LockNotAvailable`. From here on readers and writers wait."""
    staging.target.execute(phrase("keep_maintenance_out", tables=staging.old_tables))
    staging.target.execute(SQL["limit_waiting_here"], (f"{hold * 1000:.0f}",))
    staging.target.execute(phrase("hold_all", head=sql.Identifier(staging.schema, "head")))
    staging.target.execute(phrase("take_tables", tables=staging.old_tables))


def _put_in_place(staging: Staging, switch: sql.Composed, position: int, last_day: date | None) -> None:
    moved = _moved(staging, position)
    last_day = max(filter(None, (last_day, _fold_again(staging, moved))), default=None)
    head = sql.Identifier(staging.schema, "head")
    staging.target.execute(phrase("name_last_day", head=head), (last_day,))
    staging.target.execute(switch)
    if set(staging.tables) == set(KEY_COLUMNS):
        staging.target.execute(phrase("name_form", head=head), (PROJECTION_VERSION,))


def _catch_up(staging: Staging, position: int) -> tuple[int, date | None]:
    """Fold again what was added to meanwhile, in rounds until hardly anything is left: up to which position and day."""
    last_day: date | None = None
    for _ in range(ROUNDS):
        reached = int(cast(tuple[int], staging.source.execute(SQL["position"]).fetchone())[0])
        moved = _moved(staging, position)
        for first in range(0, len(moved), AT_ONCE):
            with staging.target.transaction():
                day = _fold_again(staging, moved[first : first + AT_ONCE])
            last_day = max(filter(None, (last_day, day)), default=None)
        added, position = reached - position, reached
        if added <= FEW:
            break
    return position, last_day


def _moved(staging: Staging, position: int) -> list[UUID]:
    return [row[0] for row in staging.source.execute(SQL["moved"], (position,))]


def _fold_again(staging: Staging, moved: list[UUID]) -> date | None:
    """The latest day on which a row of these streams begins or ends."""
    if not moved:
        return None
    stale = list(streams(staging.source.execute(SQL["facts_of"], {"moved": moved})))
    rows = [row for stream in stale for row in history_of(stream)]
    keys = defaultdict[str, set[str]](set)
    for row in rows:
        if row.key.table in staging.tables:
            keys[row.key.table].add(row.key.of)
    for table, each in keys.items():
        staging.target.execute(phrase("forget", table=table, key=KEY_COLUMNS[table]), (list(each),))
    copy_in(staging.target, staging.tables, stale)
    days = ((row.span.starts, row.span.ends) for row in rows if row.key.table in staging.tables)
    return max((day for span in days for day in span if day is not None), default=None)
