"""A real PostgreSQL for a session of tests, and a register of its own for every test that speaks GraphQL."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import psycopg
import pytest
from hypothesis import HealthCheck, settings
from psycopg.conninfo import make_conninfo

from api.app import Installation
from api.tokens import Signer
from domain.store import Store
from recording import Ground
from storage.database import Database
from storage.embedded import temporary_server
from storage.migrate import migrate, prepare_cluster
from world import World, establish

SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)
settings.register_profile("register", deadline=None, derandomize=True, suppress_health_check=SLOW)
settings.register_profile("long", deadline=None, max_examples=1000, suppress_health_check=SLOW)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "register"))

NUMBERS = count(1)


@dataclass(frozen=True)
class Template:
    """An established partnership, ready to be copied."""

    conninfo: str
    tokens: dict[str, str]
    signer: Signer


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of an empty server."""
    with temporary_server() as conninfo:
        yield conninfo


@pytest.fixture(scope="session")
def ground(server: str) -> Iterator[Ground]:
    """A partnership's schema without an application around it, for tests of the log and of the read models."""
    prepare_cluster(server)
    migrate(server, "gt_ground")
    with Database(server, max_size=16) as pool:
        yield Ground(server, pool, Store(pool, "gt_ground"))


@pytest.fixture(scope="session")
def template(server: str) -> Template:
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute("CREATE DATABASE established")
    with Installation.open(make_conninfo(server, dbname="established"), pool_size=2) as installation:
        return Template(server, establish(installation), installation.signer)


@pytest.fixture
def database(template: Template) -> Iterator[str]:
    """The address of a copy of the established partnership's database."""
    name = f"copy_{next(NUMBERS)}"
    with psycopg.connect(template.conninfo, autocommit=True) as conn:
        conn.execute(f"CREATE DATABASE {name} TEMPLATE established STRATEGY FILE_COPY".encode())
        yield make_conninfo(template.conninfo, dbname=name)
        conn.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def world(database: str, template: Template) -> Iterator[World]:
    """One test's own register behind the real edge."""
    with Database(database, max_size=4) as pool:
        yield World(Installation(database, pool, template.signer), template.tokens)


@pytest.fixture
def partnership(world: World) -> World:
    """The partnership of police, health, council and school."""
    return world
