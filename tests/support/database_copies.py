"""Databases like one that was prepared once a run; a copy that nobody wrote to goes on to the next test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

import psycopg
from psycopg import Connection
from psycopg.conninfo import conninfo_to_dict

Told = TypeVar("Told")

NUMBERS = count(1)
NEXT_TRANSACTION = "SELECT pg_snapshot_xmax(pg_current_snapshot())::text"
"""PostgreSQL numbers a transaction with its first write, so that who only reads moves nothing."""
DISCONNECT = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"


def _url(server: str, database: str) -> str:
    """As a command takes it."""
    parts = {name: str(value) for name, value in conninfo_to_dict(server).items() if name != "dbname"}
    return f"postgresql:///{database}?{urlencode(parts)}"


@dataclass
class Prepared(Generic[Told]):
    """A database to copy, and what its preparation gave: ids, tokens."""

    server: str
    name: str
    told: Told
    unwritten: str | None = field(default=None, init=False)

    @contextmanager
    def copy(self) -> Iterator[str]:
        """The address of a database as it was prepared, for one test."""
        with psycopg.connect(self.server, autocommit=True) as conn:
            name = self.unwritten or self._made(conn)
            self.unwritten, before = None, conn.execute(NEXT_TRANSACTION).fetchone()
            try:
                yield _url(self.server, name)
            finally:
                conn.execute(DISCONNECT, (name,))
                if conn.execute(NEXT_TRANSACTION).fetchone() == before:
                    self.unwritten = name
                else:
                    conn.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())

    def _made(self, conn: Connection[Any]) -> str:
        name = f"copy_{next(NUMBERS)}"
        conn.execute(f"CREATE DATABASE {name} TEMPLATE {self.name} STRATEGY FILE_COPY".encode())
        return name


@dataclass
class Preparations:
    """What was prepared in this run, each once, by the function that prepares it."""

    server: str
    made: dict[Any, Prepared[Any]] = field(default_factory=dict)

    def empty(self, prepare: Callable[[str], Told]) -> Prepared[Told]:
        """An empty database that `prepare` filled, given its address; it must leave no connection open."""
        return self._once(prepare, "template0", prepare)

    def on(self, ground: Prepared[Any], key: Any, prepare: Callable[[str], Told]) -> Prepared[Told]:
        """A copy of one prepared already in which `prepare` went on; known by `key`."""
        return self._once(key, ground.name, prepare)

    def _once(self, key: Any, template: str, prepare: Callable[[str], Told]) -> Prepared[Told]:
        if key not in self.made:
            name = f"prepared_{next(NUMBERS)}"
            with psycopg.connect(self.server, autocommit=True) as conn:
                conn.execute(f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY FILE_COPY".encode())
                told = prepare(_url(self.server, name))
                conn.execute(DISCONNECT, (name,))
            self.made[key] = Prepared(self.server, name, told)
        found: Prepared[Told] = self.made[key]
        return found
