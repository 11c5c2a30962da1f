"""A partnership's schema on a real server, shared by the tests of a session."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from domain.store import Store
from storage.database import Database
from storage.embedded import temporary_server
from storage.migrate import migrate, prepare_cluster

SCHEMA = "gt_storage"


@dataclass(frozen=True)
class Ground:
    """Where the tests of this folder keep their facts."""

    conninfo: str
    database: Database
    store: Store


@pytest.fixture(scope="session")
def ground() -> Iterator[Ground]:
    with temporary_server() as conninfo:
        prepare_cluster(conninfo)
        migrate(conninfo, SCHEMA)
        with Database(conninfo, max_size=16) as database:
            yield Ground(conninfo, database, Store(database, SCHEMA))
