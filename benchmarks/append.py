"""Appends a second with every read model written inline, against the library's stock recorder that writes none."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from random import Random
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore
from psycopg.conninfo import conninfo_to_dict

from benchmarks.dataset import AGENCIES, BEGAN, OFFICER
from benchmarks.ground import fresh_schema
from domain.action.events import Raised
from domain.event_names import encode
from domain.lifecycle.events import Assigned, EvidenceSubmitted, ProgressReported
from domain.ports import Append
from domain.shared.facts import Fact, Recorded
from domain.shared.vocabulary import Kind
from projections.engine.history_rows import histories
from storage.database import Database
from storage.ledger import Ledger

LIVES, ROUNDS = 60, 5


def facts_of(random: Random) -> list[Fact]:
    """The first facts of an action's life: raised, assigned, progress twice, a claim of completion."""
    on = {"by": OFFICER}
    days = [BEGAN + timedelta(days=30 * nth) for nth in range(5)]
    return [
        Raised(
            happened_on=days[0],
            recommendation_id=uuid4(),
            review_id=uuid4(),
            reference=uuid4().hex,
            wording="Make sure that it is understood",
            themes=("neglect",),
            monitored_by=("board",),
            **on,
        ),
        Assigned(happened_on=days[1], lead_agency=random.choice(AGENCIES), due_on=days[4], **on),
        ProgressReported(happened_on=days[2], narrative="Under way", **on),
        ProgressReported(happened_on=days[3], narrative="Nearly there", **on),
        EvidenceSubmitted(
            happened_on=days[4],
            evidence_id=uuid4(),
            by_lead=True,
            narrative="Audit",
            claims_complete=True,
            completed_on=days[3],
            **on,
        ),
    ]


def ours(ledger: Ledger) -> Callable[[], None]:
    """One action's life, an append a fact, each with all its read models in the same transaction."""

    def live() -> None:
        thing, before = uuid4(), list[Recorded]()
        for version, fact in enumerate(facts_of(Random(version_of(thing))), 1):
            now = [Recorded(Kind.ACTION, thing, version, fact)]
            before += ledger.append(now, Append(histories=histories([(before, now)])))

    return live


def version_of(thing: UUID) -> int:
    return thing.int & 0xFFFF


def stock(recorder: PostgresApplicationRecorder) -> Callable[[], None]:
    """The same facts through the stock recorder, which writes no read model."""

    def live() -> None:
        thing = uuid4()
        for version, fact in enumerate(facts_of(Random(version_of(thing))), 1):
            recorder.insert_events([StoredEvent(thing, version, "action.fact", encode(fact))])

    return live


def measure(conninfo: str) -> dict[str, Any]:
    """Appends a second of both, 1 and 8 threads, in turn; ratios are medians of the rounds."""
    schema = fresh_schema(conninfo, "append")
    with Database(conninfo, max_size=16) as database:
        mine, theirs = ours(Ledger(database, schema)), stock(_stock_recorder(conninfo, schema))
        return {f"{threads} threads": _compare(mine, theirs, threads) for threads in (1, 8)}


def _compare(mine: Callable[[], None], theirs: Callable[[], None], threads: int) -> dict[str, float]:
    rates = [(_rate(mine, threads), _rate(theirs, threads)) for _ in range(ROUNDS + 1)][1:]
    ratios = sorted(a / b for a, b in rates)
    middle = len(ratios) // 2
    return {
        "ours/s": sorted(a for a, _ in rates)[middle],
        "stock/s": sorted(b for _, b in rates)[middle],
        "ratio": ratios[middle],
    }


def _rate(live: Callable[[], None], threads: int) -> float:
    began = perf_counter()
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(live) for _ in range(LIVES)]:
            done.result()
    return LIVES * 5 / (perf_counter() - began)


def _stock_recorder(conninfo: str, schema: str) -> PostgresApplicationRecorder:
    parts = conninfo_to_dict(conninfo)
    datastore = PostgresDatastore(
        str(parts.get("dbname")),
        str(parts.get("host")),
        str(parts.get("port", 5432)),
        str(parts.get("user")),
        "",
        pool_size=8,
        schema=schema,
    )
    recorder = PostgresApplicationRecorder(datastore, events_table_name="stock_events")
    recorder.create_table()
    return recorder
