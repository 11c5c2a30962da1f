"""An import that is killed goes on where it was, and records nothing twice."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from storage.ledger import Ledger
from support.import_register import ROOT, Desk, conninfo, desk, register

__all__ = ["conninfo", "desk", "register"]

ROWS = 900
CHILD = """
import os, signal, sys
from pathlib import Path
from importing.mapping import load_mapping
from importing.run import import_file
from support.import_register import opened
from storage.database import Database

conninfo, partnership, mapping, file, last = sys.argv[1:]

def step(what, done, of):
    if what == "Recording" and done >= int(last):
        os.kill(os.getpid(), signal.SIGKILL)

with Database(conninfo, max_size=2) as database:
    import_file(opened(partnership, database), load_mapping(Path(mapping)), Path(file), step)
"""


@pytest.fixture
def sheet(desk: Desk) -> Path:
    rows = (f"{n},{n // 7},Ensure supervision {n},2024-01-31,Health Trust,2024-06-30,open," for n in range(ROWS))
    return desk.sheet(*rows)


def child(conninfo: str, desk: Desk, sheet: Path, last: int) -> "subprocess.Popen[bytes]":
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))}
    partnership = Ledger.of(desk.register.ledger).schema.removeprefix("gt_")
    told = [conninfo, partnership, str(desk.mapping), str(sheet), str(last)]
    return subprocess.Popen([sys.executable, "-c", CHILD, *told], env=environment)


def every_row_is_there_once(desk: Desk, sheet: Path) -> None:
    assert desk.imports_file(sheet).rows == ROWS
    names = Counter(name for _, name in desk.facts())
    assert names["recommendation.raised.v1"] == names["action.raised.v1"] == ROWS
    assert names["review.commissioned.v1"] == -(-ROWS // 7)
    assert desk.imports_file(sheet).already == ROWS


def test_an_import_killed_between_two_batches_is_resumed(conninfo: str, desk: Desk, sheet: Path) -> None:
    assert child(conninfo, desk, sheet, last=300).wait(60) == -signal.SIGKILL
    assert desk.count("recommendation.raised.v1") == 300
    every_row_is_there_once(desk, sheet)


@contextmanager
def appends_held(conninfo: str, schema: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with psycopg.connect(conninfo) as holder:
        holder.execute(f"SELECT position FROM {schema}.head FOR UPDATE")
        yield holder


def wait_until_somebody_waits(conninfo: str) -> None:
    with psycopg.connect(conninfo, autocommit=True) as watcher:
        for _ in range(600):
            if watcher.execute("SELECT 1 FROM pg_locks WHERE NOT granted").fetchone():
                return
            time.sleep(0.05)
    raise AssertionError("the import never came to record anything")


def test_an_import_killed_in_the_middle_of_a_batch_is_resumed(conninfo: str, desk: Desk, sheet: Path) -> None:
    with appends_held(conninfo, Ledger.of(desk.register.ledger).schema):
        importing = child(conninfo, desk, sheet, last=ROWS)
        wait_until_somebody_waits(conninfo)
        importing.kill()
        importing.wait(60)
    every_row_is_there_once(desk, sheet)
