"""Which rights the user of a database needs: it owns the database, and may become the application's role."""

from collections.abc import Iterator

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from api.app.installation import Installation
from storage.embedded import temporary_server
from storage.migrate import RightMissing


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """The address of a server that nothing has been prepared on."""
    with temporary_server() as conninfo:
        yield conninfo


def owned(conninfo: str, user: str, rights: str = "") -> str:
    """The address of a database of its own for a user who is no superuser."""
    with psycopg.connect(conninfo, autocommit=True) as conn:
        conn.execute(f"CREATE ROLE {user} LOGIN {rights}".encode())
        conn.execute(f"CREATE DATABASE of_{user} OWNER {user}".encode())
    return make_conninfo(conninfo, user=user, dbname=f"of_{user}")


def serves(conninfo: str) -> list[str]:
    with Installation.open(conninfo, pool_size=2) as opened:
        opened.create_partnership("hull", "Hull", "hull-2015")
        return opened.partnerships()


def test_owning_the_database_is_enough_once_the_role_is_made_and_granted(elsewhere: str) -> None:
    plain = owned(elsewhere, "plain")
    with pytest.raises(RightMissing, match=r"lacks a right: permission denied to create role\.$"):
        serves(plain)
    assert serves(owned(elsewhere, "maker", "CREATEROLE")) == ["hull"]
    with pytest.raises(RightMissing, match="permission denied to grant role"):
        serves(plain)
    with psycopg.connect(elsewhere) as conn:
        conn.execute("GRANT goldenthread_app TO plain")
    assert serves(plain) == ["hull"]


def test_a_database_that_can_only_be_read_is_told_in_a_sentence(elsewhere: str) -> None:
    read_only = make_conninfo(elsewhere, options="-c default_transaction_read_only=on")
    with pytest.raises(RightMissing, match="can only be read"):
        serves(read_only)
