"""What was done to the installation as a whole, noted where whoever watches over it can read it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import NamedTuple

import psycopg

from storage.sql import statements

SQL = statements("storage", "operations.sql")


class Backup(NamedTuple):
    """A backup of everything that succeeded: when, where to, how many facts and bytes."""

    began_at: datetime
    ended_at: datetime
    place: str
    facts: int
    bytes: int


def note_verification(conninfo: str, partnership: str, position: int, faults: int) -> None:
    """Kept for a year."""
    with psycopg.connect(conninfo) as conn:
        conn.execute(SQL["forget_verifications"])
        conn.execute(SQL["note_verification"], (partnership, position, faults))


def note_backup(
    conninfo: str,
    began_at: datetime,
    place: str,
    *,
    partnership: str | None = None,
    facts: int = 0,
    size: int = 0,
    failure: str | None = None,
) -> None:
    """`failure`: why it failed, None where it succeeded; of all partnerships where none is named. Kept for a year."""
    with psycopg.connect(conninfo) as conn:
        conn.execute(SQL["forget_backups"])
        conn.execute(SQL["note_backup"], (partnership, began_at, place, facts, size, failure))


def last_backup(conninfo: str, folder: str = "") -> Backup | None:
    """The latest backup of everything that succeeded, perhaps of those into one folder only."""
    with psycopg.connect(conninfo) as conn:
        row = conn.execute(SQL["last_backup"], (folder,)).fetchone()
    return Backup(*row) if row else None


@contextmanager
def alone(conninfo: str) -> Iterator[bool]:
    """Whether nobody else of this installation takes scheduled backups during the block."""
    with psycopg.connect(conninfo, autocommit=True) as conn:
        yield conn.execute(SQL["try_backup"]).fetchone() == (True,)
