"""A pool whose server was away for long works again soon after the server's return."""

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from storage.database import UNAVAILABLE, Database
from storage.embedded import embedded_server
from storage.embedded.temporary import temporary_data
from storage.migrate import prepare_cluster

ABSENCE = 8.0


def stopped(data: Path) -> None:
    """A server that was told to stop takes its file away last."""
    running = data / "postgres" / "postmaster.pid"
    os.kill(int(running.read_text(encoding="utf-8").splitlines()[0]), signal.SIGINT)
    while running.exists():
        time.sleep(0.01)


def answers(database: Database) -> bool:
    try:
        with database.connection("public") as conn:
            return conn.execute("SELECT 1").fetchone() == (1,)
    except UNAVAILABLE:
        return False


def test_a_pool_comes_back_within_seconds_of_its_server() -> None:
    with temporary_data() as data, embedded_server(data) as conninfo:
        prepare_cluster(conninfo)
        with Database(conninfo, max_size=2) as database:
            assert answers(database)
            stopped(data)
            away = time.monotonic()
            assert not answers(database)
            time.sleep(max(0.0, ABSENCE - (time.monotonic() - away)))
            with embedded_server(data):
                back = time.monotonic()
                while not answers(database):
                    assert time.monotonic() - back < 3, "it did not come back"
                assert time.monotonic() - back < 3


def test_every_way_of_losing_a_server_is_known_as_such(server: str) -> None:
    with psycopg.connect(server, autocommit=True) as killer, psycopg.connect(server) as lost:
        killer.execute("SELECT pg_terminate_backend(%s)", (lost.info.backend_pid,))
        for _ in range(2):
            with pytest.raises(UNAVAILABLE):
                lost.execute("SELECT 1")
