"""How long a writer or a reader ever waits while a large register is rebuilt, and while it is not."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event as Signal
from pathlib import Path
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
PRESSURE = Path("/proc/pressure/cpu")
LATE = 0.1
"""Seconds from which on a process that only sleeps was woken late."""
REST = 0.01
"""Seconds between two requests of one caller: the load is that of many people, not of a machine at its limit."""
READ = "SELECT count(*) FROM action_history WHERE thing = %s"


def measure(conninfo: str, actions: int) -> dict[str, Any]:
    """The longest and the median wait in seconds of 3 writers and 2 readers; `actions` give some ten facts each."""
    schema = fresh_schema(conninfo, f"switching_{actions}")
    facts = write(conninfo, schema, actions)
    rebuild(conninfo, schema)
    with _load(conninfo, schema) as quiet:
        sleep(QUIET)
    attempts, switch = list[str](), _Switch()
    with _load(conninfo, schema, switch) as rebuilding:
        began = perf_counter()
        rebuild(conninfo, schema, hindered=attempts.append, switched=switch.ended)
        took = perf_counter() - began
    return {
        "facts": facts,
        "writers": WRITERS,
        "readers": READERS,
        "rebuilt in s": took,
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

    def overlaps(self, wait: Wait) -> bool:
        return wait[0] < self.until and wait[1] > self.began


@contextmanager
def _load(conninfo: str, schema: str, switch: _Switch | None = None) -> Iterator[dict[str, Any]]:
    """Writers and readers for as long as the block lasts; what they waited is there afterwards.

    In a process of their own, as `serve` is beside a rebuild: whoever folds facts takes no turn of the interpreter from
    them.
    """
    context = get_context("spawn")
    ready, stop = context.Event(), context.Event()
    asking, sleeping = context.SimpleQueue(), context.SimpleQueue()
    both = [
        context.Process(target=_ask, args=(conninfo, schema, ready, stop, asking), daemon=True),
        context.Process(target=_sleep, args=(stop, sleeping), daemon=True),
    ]
    for each in both:
        each.start()
    ready.wait()
    found: dict[str, Any] = {}
    began, pressed = perf_counter(), _pressed()
    try:
        yield found
    finally:
        found["somebody waited for a processor, of the time"] = (_pressed() - pressed) / (perf_counter() - began)
        stop.set()
        waits, late = asking.get(), sleeping.get()
        for each in both:
            each.join()
    found["a process that only sleeps woke late by s"] = _longest(late)
    for what, those in waits.items():
        found[what] = {
            "of": len(those),
            "median s": median(end - start for start, end in those),
            "longest s": _longest(those),
            "longest while no sleeper was late s": _longest(each for each in those if not _at_once(each, late)),
        }
        if switch:
            found[what]["longest at the switch s"] = _longest(each for each in those if switch.overlaps(each))


def _longest(waits: Iterable[Wait]) -> float:
    return max((end - start for start, end in waits), default=0.0)


def _at_once(wait: Wait, late: list[Wait]) -> bool:
    return any(start < wait[1] and end > wait[0] for start, end in late if end - start > LATE)


def _pressed() -> float:
    """Seconds since the start of the machine in which something that could run had no processor."""
    return int(PRESSURE.read_text().split("total=")[1].split()[0]) / 1e6


def _sleep(stop: Signal, back: "SimpleQueue[list[Wait]]") -> None:
    """From when to when it was not woken: what a wait at that time had to do with is the machine alone."""
    late = list[Wait]()
    while not stop.is_set():
        due = perf_counter() + REST
        sleep(REST)
        if perf_counter() - due > REST:
            late.append((due, perf_counter()))
    back.put(late)


def _ask(conninfo: str, schema: str, ready: Signal, stop: Signal, back: "SimpleQueue[dict[str, list[Wait]]]") -> None:
    waits, stopped = {"append": list[Wait](), "read": list[Wait]()}, Event()
    with Database(conninfo, max_size=8) as database:
        ledger = Ledger(database, schema)
        tasks = [(_append(ledger, Random(nth)), waits["append"]) for nth in range(WRITERS)]
        tasks += [(_read(ledger), waits["read"]) for _ in range(READERS)]
        threads = [Thread(target=_again_and_again, args=(task, noted, stopped)) for task, noted in tasks]
        for thread in threads:
            thread.start()
        ready.set()
        stop.wait()
        stopped.set()
        for thread in threads:
            thread.join()
    back.put(waits)


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
