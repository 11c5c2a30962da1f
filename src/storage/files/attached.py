"""The files that the log says came with evidence."""

from collections.abc import Iterator
from typing import NamedTuple

import psycopg

from storage.sql import statements

SQL = statements("storage.files", "attached.sql")


class AttachedFile(NamedTuple):
    """By the fact at a position; `known`: an upload of this id and content was used by the same thing."""

    position: int
    id: str
    sha256: str
    bytes: int
    known: bool


def attached_files(conninfo: str, schema: str) -> Iterator[AttachedFile]:
    """All of a partnership's, in the order of the log."""
    with psycopg.connect(conninfo) as conn:
        conn.execute(SQL["enter"], (schema,))
        yield from (AttachedFile(*row) for row in conn.execute(SQL["attached"]).fetchall())
        conn.rollback()
