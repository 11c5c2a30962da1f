"""What every earlier version left behind is opened by this one, and answers as it did then."""

import json
import lzma
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import psycopg
import pytest
from httpx import ASGITransport, AsyncClient
from landed_state import KEY, LANDED, postgres
from landed_story import ASKED
from psycopg.conninfo import make_conninfo

from api.app.installation import Installation
from api.app.serving import create_app
from domain.shared.vocabulary import Role
from storage.form import PROJECTION_VERSION
from storage.migrate import migrations_known, prepare_cluster, schema_of

STATES = sorted(file.name.removesuffix(".dump.xz") for file in LANDED.glob("*.dump.xz"))
SCHEMA = schema_of(KEY)
UNKEPT = 10
"""Migrations that may have been added since the newest state that is kept."""


@pytest.fixture(params=STATES)
def landed(request: pytest.FixtureRequest, server: str, tmp_path: Path) -> Iterator[tuple[str, Any]]:
    """The address of a database as that version left it, and what that version answered."""
    dump = tmp_path / "whole.dump"
    dump.write_bytes(lzma.decompress((LANDED / f"{request.param}.dump.xz").read_bytes()))
    with psycopg.connect(server, autocommit=True) as conn:
        conn.execute("DROP DATABASE IF EXISTS landed WITH (FORCE)")
        conn.execute("CREATE DATABASE landed")
        address = make_conninfo(server, dbname="landed")
        prepare_cluster(address)
        postgres("pg_restore", "--exit-on-error", "--no-owner", f"--dbname={address}", str(dump))
        yield address, json.loads((LANDED / f"{request.param}.json").read_text(encoding="utf-8"))
        conn.execute("DROP DATABASE landed WITH (FORCE)")


def answered(installation: Installation) -> Any:
    token = installation.issue_token(KEY, Role.INSPECTOR, "inspector")

    async def exchange() -> Any:
        headers = {"Authorization": f"Bearer {token}"}
        async with AsyncClient(
            transport=ASGITransport(create_app(installation)), base_url="http://landed.test"
        ) as client:
            return (await client.post("/graphql", json={"query": ASKED}, headers=headers)).json()

    found = anyio.run(exchange)
    assert "errors" not in found, found
    return found["data"]


def test_what_an_earlier_version_left_is_opened_and_rebuilt_and_answers_as_it_did(landed: tuple[str, Any]) -> None:
    """Its form is none of ours, so that opening rebuilds it; that appends give the same is told elsewhere."""
    address, before = landed
    with psycopg.connect(address) as conn:
        row = conn.execute(f"SELECT to_jsonb(head) ->> 'form' FROM {SCHEMA}.head".encode()).fetchone()
        left = row[0] if row else None
    with Installation.open(address, pool_size=2) as opened:
        with psycopg.connect(address) as conn:
            head = conn.execute(f"SELECT form, position FROM {SCHEMA}.head".encode()).fetchone()
            assert left != PROJECTION_VERSION
            assert head == (PROJECTION_VERSION, int(before["register"]["position"]))
        after = answered(opened)
        assert _without_position(after) == _without_position(before)


def _without_position(answer: Any) -> Any:
    """A token is issued to ask, and its credential is a fact."""
    return {name: value for name, value in answer["register"].items() if name != "position"}


def test_a_state_is_kept_every_few_migrations() -> None:
    kept = set[str]()
    for state in STATES:
        kept |= set(json.loads((LANDED / f"{state}.json").read_text(encoding="utf-8"))["migrations"])
    assert kept <= migrations_known(), "a migration that a kept register has is gone"
    unkept = sorted(migrations_known() - kept)
    assert len(unkept) <= UNKEPT, f"keep a register of now: python scripts/landed_state.py NAME (since: {unkept})"
