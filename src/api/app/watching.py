"""What metrics tell beside the requests: the database, the pool, the disk; asked of the database every few seconds."""

import asyncio
import logging
import platform
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from threading import Thread
from time import monotonic
from typing import Generic, TypeVar

from api.monitoring.load import Load
from api.monitoring.metrics import Figure, Metrics, Sample
from storage.database import Database
from storage.figures import DatabaseFigures, PartnershipFigures, Sizes, figures, sizes
from storage.form import PROJECTION_VERSION

logger = logging.getLogger("goldenthread.metrics")

Known = TypeVar("Known")

FIGURES_FOR, SIZES_FOR = 10.0, 60.0
"""Seconds for which what the database said is not asked again."""
PATIENCE = 3.0
"""Seconds that a scrape waits for the database; what it says later is there for the next."""
BY_PARTNERSHIP = ("partnership",)

OF_DATABASE = (
    Figure("database_up", "1 where the database answered the metrics' own connection, 0 where it did not"),
    Figure("clock_difference_seconds", "By how much the database's clock is before this machine's"),
    Figure("database_connections", "Connections to the database, whoever's"),
    Figure("database_max_connections", "Connections that its server allows"),
    Figure("wal_archive_failures", "WAL files that could not be archived", counts=True),
    Figure("backup_timestamp_seconds", "When the latest backup of everything ended; 0 where there is none"),
    Figure("backup_failed", "1 where the latest backup did not succeed"),
    Figure("read_only_seconds", "For how long nothing is recorded anywhere, by `maintenance on`; 0 where things are"),
    Figure("database_durable", "1 where fsync and full_page_writes are on, so that what is acknowledged is kept"),
    Figure("facts", "Facts recorded, which is the position of the log", BY_PARTNERSHIP, counts=True),
    Figure("read_models_current", "1 where the latest fact stands in read models of this version", BY_PARTNERSHIP),
    Figure("log_ahead_seconds", "By how much its newest fact is stamped after the database's clock", BY_PARTNERSHIP),
    Figure("verification_timestamp_seconds", "When it was last verified; 0 where it never was", BY_PARTNERSHIP),
    Figure("verification_position", "Up to which position of the log it was last verified", BY_PARTNERSHIP),
    Figure("verification_faults", "Faults that the latest verification found", BY_PARTNERSHIP),
    Figure("database_bytes", "The size of the database"),
    Figure("wal_bytes", "The size of its write-ahead log, where the user may ask for it"),
)
OF_POOL = (
    Figure("pool_connections", "Connections of this process's pool"),
    Figure("pool_available", "Those that nobody uses"),
    Figure("pool_waiting", "Requests that wait for a connection"),
    Figure("pool_queued", "Requests that had to wait for a connection", counts=True),
    Figure("pool_wait_seconds", "Time that requests waited for a connection", counts=True),
    Figure("pool_errors", "Requests that got no connection", counts=True),
    Figure("pool_lost", "Connections that were found to be lost", counts=True),
)
OF_LOAD = (
    Figure("working", "Requests that are executed now"),
    Figure("waiting", "Requests that are here and wait for a worker, or whose body is being read"),
    Figure("callers_told_to_wait", "Requests answered 429, as their caller had too many here", counts=True),
    Figure("turned_away", "Requests answered 503, as too many of all callers were here", counts=True),
    Figure("held", "Requests not looked at, as their token had just been refused many times", counts=True),
    Figure("timed_out", "Requests answered 503, as their time was over", counts=True),
    Figure("left", "Requests whose callers left before they were answered", counts=True),
    Figure("database_away", "Requests answered 503, as the database could not be reached", counts=True),
    Figure("connections", "Connections of callers"),
    Figure("connections_refused", "Connections answered 503 as they were opened, all others being in use", counts=True),
    Figure("connections_displaced", "Connections closed for new ones while they waited", counts=True),
    Figure(
        "connections_slow", "Connections closed as a request, or the reading of an answer, took too long", counts=True
    ),
)
OF_DISK = (
    Figure("disk_free_bytes", "Room on the file system of the data folder"),
    Figure("disk_bytes", "The size of that file system"),
)


@dataclass
class Cached(Generic[Known]):
    """What was asked lately. Whoever comes while it is being asked does not ask too.

    Attributes:
        keep: seconds for which it is not asked again.
        patience: seconds that whoever comes waits for it.
        known: the last answer; None before the first, and where the last try failed.
        failed: the last try did, or is not over yet.
    """

    ask: Callable[[], Known]
    keep: float
    patience: float = PATIENCE
    known: Known | None = None
    due: float = 0.0
    query_context: bool = field(default=False, init=False)
    failed: bool = field(default=False, init=False)

    async def refresh(self) -> None:
        """Asked anew where it is old; what takes longer than `patience` is not waited for."""
        if self.query_context or monotonic() < self.due:
            return
        self.query_context, answered = True, asyncio.Event()
        # A thread of its own is behind no query, and as a daemon it keeps no process from ending.
        Thread(target=self._asked, args=(asyncio.get_running_loop(), answered), name="metrics", daemon=True).start()
        try:
            await asyncio.wait_for(answered.wait(), self.patience)
        except TimeoutError:
            self.known, self.failed = None, True

    def _asked(self, loop: asyncio.AbstractEventLoop, answered: asyncio.Event) -> None:
        try:
            self.known, self.failed = self.ask(), False
        except Exception as error:  # noqa: BLE001 - whatever it is, the metric says that the database did not answer
            self.known, self.failed = None, True
            logger.warning("the database did not answer the metrics: %s", error)
        finally:
            self.due = monotonic() + self.keep
            self.query_context = False
            with suppress(RuntimeError):  # whoever asked has gone, and its loop with it
                loop.call_soon_threadsafe(answered.set)


class Watch:
    """Of one application."""

    def __init__(self, conninfo: str, database: Database, data: Path) -> None:
        self.figures: Cached[DatabaseFigures] = Cached(lambda: figures(conninfo), FIGURES_FOR)
        self.sizes: Cached[Sizes] = Cached(lambda: sizes(conninfo), SIZES_FOR)
        self._pool = database.pool
        self._data = data

    async def refresh(self) -> None:
        await asyncio.gather(self.figures.refresh(), self.sizes.refresh())

    def of_database(self) -> Mapping[str, list[Sample]]:
        """Nothing before the first answer."""
        found = _of_figures(self.figures.known) if self.figures.known else {}
        if self.figures.failed:
            found = {"database_up": _one(0)}
        return found | (_of_sizes(self.sizes.known) if self.sizes.known else {})

    def of_pool(self) -> Mapping[str, list[Sample]]:
        stats = self._pool.get_stats()
        return {
            "pool_connections": _one(stats.get("pool_size", 0)),
            "pool_available": _one(stats.get("pool_available", 0)),
            "pool_waiting": _one(stats.get("requests_waiting", 0)),
            "pool_queued": _one(stats.get("requests_queued", 0)),
            "pool_wait_seconds": _one(stats.get("requests_wait_ms", 0) / 1000),
            "pool_errors": _one(stats.get("requests_errors", 0)),
            "pool_lost": _one(stats.get("connections_lost", 0)),
        }

    def of_disk(self) -> Mapping[str, list[Sample]]:
        """Of the data folder, or of where it would be made."""
        place = next((each for each in (self._data.absolute(), *self._data.absolute().parents) if each.exists()), None)
        if place is None:
            return {}
        usage = shutil.disk_usage(place)
        return {"disk_free_bytes": _one(usage.free), "disk_bytes": _one(usage.total)}


def metrics_of(watch: Watch, load: Load) -> Metrics:
    """All that an application tells."""
    metrics = Metrics(
        {"version": version("goldenthread"), "form": PROJECTION_VERSION[:12], "python": platform.python_version()}
    )
    metrics.add(OF_DATABASE, watch.of_database)
    metrics.add(OF_POOL, watch.of_pool)
    metrics.add(OF_LOAD, lambda: _of_load(load))
    metrics.add(OF_DISK, watch.of_disk)
    return metrics


def _of_load(load: Load) -> dict[str, list[Sample]]:
    return {
        "working": _one(load.working),
        "waiting": _one(load.waiting),
        "callers_told_to_wait": _one(load.refused_callers),
        "turned_away": _one(load.refused),
        "held": _one(load.held),
        "timed_out": _one(load.timed_out),
        "left": _one(load.cancelled),
        "database_away": _one(load.away),
        "connections": _one(load.connections),
        "connections_refused": _one(load.connections_refused),
        "connections_displaced": _one(load.connections_displaced),
        "connections_slow": _one(load.connections_slow),
    }


def _of_figures(found: DatabaseFigures) -> dict[str, list[Sample]]:
    whole = {
        "database_up": 1,
        "clock_difference_seconds": found.clock_difference,
        "database_connections": found.connections,
        "database_max_connections": found.max_connections,
        "wal_archive_failures": found.archive_failures,
        "backup_timestamp_seconds": found.backed_up_at or 0,
        "backup_failed": found.backup_failed,
        "read_only_seconds": found.read_only,
        "database_durable": found.durable,
    }
    samples = {name: _one(value) for name, value in whole.items()}
    for each in found.partnerships:
        for name, value in _of_partnership(each).items():
            samples.setdefault(name, []).append(((each.partnership,), float(value or 0)))
    return samples


def _of_partnership(found: PartnershipFigures) -> dict[str, float | None]:
    return {
        "facts": found.position,
        "log_ahead_seconds": found.ahead,
        "read_models_current": found.read_models_current,
        "verification_timestamp_seconds": found.verified_at,
        "verification_position": found.verified_position,
        "verification_faults": found.faults,
    }


def _of_sizes(found: Sizes) -> dict[str, list[Sample]]:
    known = {"database_bytes": found.database, "wal_bytes": found.wal}
    return {name: _one(value) for name, value in known.items() if value is not None}


def _one(value: float) -> list[Sample]:
    return [((), float(value))]
