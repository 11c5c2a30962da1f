"""How long a writer or a reader ever waits while a large register is rebuilt, and while it is not."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from statistics import median
from threading import Event, Thread
from time import perf_counter, sleep
from typing import Any
from uuid import uuid4

from benchmarks.append import facts_of
from benchmarks.dataset import write
from benchmarks.ground import fresh_schema
from domain.ports import Append
from domain.shared.facts import Recorded
from domain.shared.vocabulary import Kind
from projections.engine.history_rows import histories
from projections.engine.query_context import head
from projections.engine.rebuild import rebuild
from storage.database import Database
from storage.ledger import Ledger

WRITERS, READERS = 3, 2
QUIET = 10.0
"""Seconds of the same load without a rebuild."""
REST = 0.01
"""Seconds between two requests of one caller: the load is that of many people, not of a machine at its limit."""
READ = "SELECT count(*) FROM action_history WHERE thing = %s"


def measure(conninfo: str, actions: int) -> dict[str, Any]:
    """The longest and the median wait in seconds of 3 writers and 2 readers; `actions` give some ten facts each."""
    schema = fresh_schema(conninfo, f"switching_{actions}")
    facts = write(conninfo, schema, actions)
    rebuild(conninfo, schema)
    with Database(conninfo, max_size=8) as database:
        ledger = Ledger(database, schema)
        with _load(ledger) as quiet:
            sleep(QUIET)
        began = perf_counter()
        attempts, switch = list[str](), _Switch()
        with _load(ledger, switch) as rebuilding:
            rebuild(conninfo, schema, hindered=attempts.append, switched=switch.ended)
    return {
        "facts": facts,
        "writers": WRITERS,
        "readers": READERS,
        "rebuilt in s": perf_counter() - began,
        "attempts to switch that were given up": len(attempts),
        "without a rebuild": quiet,
        "during the rebuild": rebuilding,
        "the switch held everybody up for s": switch.seconds,
    }


Wait = tuple[float, float]
"""When a request began, and when it was answered."""


class _Switch:
    """The moment of the switch, by which the waits that it caused are told from those of a machine that is busy."""

    began = until = seconds = 0.0

    def ended(self, held: float) -> None:
        self.until = perf_counter()
        self.began, self.seconds = self.until - held, held

    def longest(self, waits: list[Wait]) -> float:
        return max((end - start for start, end in waits if start < self.until and end > self.began), default=0.0)


@contextmanager
def _load(ledger: Ledger, switch: _Switch | None = None) -> Iterator[dict[str, Any]]:
    """Writers and readers for as long as the block lasts; what they waited is there afterwards."""
    stop, waits = Event(), {"append": list[Wait](), "read": list[Wait]()}
    tasks = [(_append(ledger, Random(nth)), waits["append"]) for nth in range(WRITERS)]
    tasks += [(_read(ledger), waits["read"]) for _ in range(READERS)]
    threads = [Thread(target=_again_and_again, args=(task, noted, stop)) for task, noted in tasks]
    for thread in threads:
        thread.start()
    found: dict[str, Any] = {}
    try:
        yield found
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    for what, each in waits.items():
        took = [end - start for start, end in each]
        found[what] = {"of": len(each), "median s": median(took), "longest s": max(took)}
        if switch:
            found[what]["longest at the switch s"] = switch.longest(each)


def _again_and_again(task: Callable[[], None], noted: list[Wait], stop: Event) -> None:
    while not stop.wait(REST):
        began = perf_counter()
        task()
        noted.append((began, perf_counter()))


def _append(ledger: Ledger, random: Random) -> Callable[[], None]:
    """The next fact of an action's life, then another action."""
    left = list[Recorded]()
    before = list[Recorded]()

    def append() -> None:
        if not left:
            thing = uuid4()
            left.extend(Recorded(Kind.ACTION, thing, nth, fact) for nth, fact in enumerate(facts_of(random), 1))
            before.clear()
        now = [left.pop(0)]
        before.extend(ledger.append(now, Append(histories=histories([(list(before), now)]))))

    return append


def _read(ledger: Ledger) -> Callable[[], None]:
    def read() -> None:
        with ledger.database.snapshot(ledger.schema) as conn:
            head(conn)
            conn.execute(READ, (uuid4(),)).fetchone()

    return read
