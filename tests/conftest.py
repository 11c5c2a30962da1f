"""A real PostgreSQL for a session of tests, and a register of its own for every test that speaks GraphQL."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

import psycopg
import pytest
from hypothesis import settings
from psycopg.conninfo import make_conninfo

from api.app import Installation
from api.tokens import Signer
from storage.database import Database
from storage.embedded import temporary_server
from world import World, establish

settings.register_profile("register", deadline=None)
settings.load_profile("register")

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
        conn.execute(f"CREATE DATABASE {name} TEMPLATE established".encode())
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
