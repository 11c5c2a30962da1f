"""A real PostgreSQL for a session of tests, and a register of its own for every test that speaks GraphQL."""

import logging
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from storage.database import Database
from storage.embedded import temporary_server
from storage.ledger import Ledger
from storage.migrate import migrate, prepare_cluster
from support.database_copies import Preparations, Prepared
from support.effort import choose_profile
from support.fact_recorder import Ground
from support.partnership_world import Stage, Template, World, opened, prepare_partnership

__all__ = ["Template"]

choose_profile()


@pytest.fixture(autouse=True)
def logging_as_it_was() -> Iterator[None]:
    """A test that serves in this process sets how everything is logged, and the next test must not see it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.setLevel(level)
    for added in (each for each in root.handlers[:] if each not in handlers):
        root.removeHandler(added)


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
        yield Ground(server, pool, Ledger(pool, "gt_ground"))


@pytest.fixture(scope="session")
def preparations(server: str) -> Preparations:
    return Preparations(server)


@pytest.fixture(scope="session")
def established(preparations: Preparations) -> Prepared[Template]:
    return preparations.empty(prepare_partnership)


@pytest.fixture(scope="session")
def template(established: Prepared[Template]) -> Template:
    """The tokens of everybody in it, and what signed them."""
    return established.told


@pytest.fixture
def database(established: Prepared[Template]) -> Iterator[str]:
    """The address of a copy of the established partnership's database."""
    with established.copy() as conninfo:
        yield conninfo


@pytest.fixture
def world(database: str, established: Prepared[Template]) -> Iterator[World]:
    """One test's own register behind the real edge."""
    with opened(database, established.told) as world:
        yield world


@pytest.fixture
def stage(established: Prepared[Template], preparations: Preparations) -> Iterator[Stage]:
    """Tells a story once a run; each test that asks for it has a register of its own in which it was told."""
    with ExitStack() as stack:
        yield Stage(established, preparations, stack)


@pytest.fixture
def partnership(world: World) -> World:
    """The partnership of police, health, council and school."""
    return world
