"""Rebuilding all read models, a fact, against the stock projection runner doing one upsert an event (sampled)."""

from statistics import mean
from time import perf_counter
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.application import Application
from eventsourcing.domain import DomainEvent
from eventsourcing.persistence import Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from benchmarks.dataset import write
from benchmarks.ground import SQL, fresh_schema
from projections.engine.rebuild import rebuild

SAMPLE = 4_000


class Noted(DomainEvent):
    """One event of the stock application."""

    def __init__(self, thing: UUID, version: int, narrative: str) -> None:
        self.__dict__.update(
            originator_id=thing, originator_version=version, timestamp=self.create_timestamp(), narrative=narrative
        )


class Notes(Application[UUID]):
    """The library's application with its stock recorder."""


class Newest(PostgresTrackingRecorder):
    """One row a thing: what was noted last."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        schema = sql.Identifier(self.datastore.schema)
        self.sql_create_statements.append(sql.SQL(SQL["newest"]).format(schema=schema))
        self._upsert = sql.SQL(SQL["upsert"]).format(schema=schema)

    def note(self, thing: UUID, narrative: str, tracking: Tracking) -> None:
        with self.datastore.transaction(commit=True) as curs:
            curs.execute(self._upsert, (thing, narrative))
            self._insert_tracking(curs, tracking)


class Noting(Projection[Newest]):
    """One upsert an event, with its position, in one transaction."""

    name = "newest"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        self.view.note(domain_event.originator_id, domain_event.narrative, tracking)


def measure(conninfo: str, sizes: tuple[int, ...]) -> dict[str, Any]:
    """Facts a second for each size (in actions, some ten facts each), the stock runner's events a second, the ratio.

    The stock runner is asked before, between and after, and counts by its mean: its rate goes up and down by a fifth.
    """
    rates, stock = {}, [_stock(conninfo)]
    for actions in sizes:
        schema = fresh_schema(conninfo, f"rebuild_{actions}")
        facts = write(conninfo, schema, actions)
        began = perf_counter()
        rebuild(conninfo, schema)
        rates[facts] = facts / (perf_counter() - began)
        stock.append(_stock(conninfo))
    ratios = {f"{facts} facts": {"facts/s": rate, "ratio": rate / mean(stock)} for facts, rate in rates.items()}
    return {"stock events/s": stock, "stock sample": SAMPLE, **ratios}


def _stock(conninfo: str) -> float:
    env = _environment(conninfo, fresh_schema(conninfo, "stock"))
    things = [uuid4() for _ in range(SAMPLE // 10)]
    with Notes(env) as application:
        for version in range(1, 11):
            application.save(*(Noted(thing, version, "Under way") for thing in things))
        last = application.recorder.max_notification_id()
    began = perf_counter()
    with ProjectionRunner(application_class=Notes, projection_class=Noting, view_class=Newest, env=env) as runner:
        runner.wait(last, timeout=300)
    return SAMPLE / (perf_counter() - began)


def _environment(conninfo: str, schema: str) -> dict[str, str]:
    parts = conninfo_to_dict(conninfo)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(parts.get("dbname")),
        "POSTGRES_HOST": str(parts.get("host")),
        "POSTGRES_PORT": str(parts.get("port", 5432)),
        "POSTGRES_USER": str(parts.get("user")),
        "POSTGRES_PASSWORD": "",
        "POSTGRES_SCHEMA": schema,
    }
