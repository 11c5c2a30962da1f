"""What Prometheus is told: to whom, at what cost, and that every number is what happened."""

from threading import Event

import anyio
import psycopg
import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient, Response
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr

from api.app.serving import create_app
from api.app.settings import Settings
from api.app.watching import Cached
from storage.figures import figures
from storage.maintenance import begin
from storage.operations import note_backup, note_verification
from support.partnership_world import KEY, World
from support.statement_counter import counted

TOKEN = "a-token-of-the-metrics"


def get(app: FastAPI, path: str = "/metrics", token: str | bytes | None = TOKEN) -> Response:
    async def exchange() -> Response:
        sent = token.encode() if isinstance(token, str) else token
        headers = {b"Authorization": b"Bearer " + sent} if sent else {}
        async with AsyncClient(transport=ASGITransport(app), base_url="http://register.test") as client:
            return await client.get(path, headers=headers)

    return anyio.run(exchange)


@pytest.fixture
def watched(world: World) -> World:
    """A world whose metrics are served."""
    world.app = create_app(world.installation, Settings(metrics_token=SecretStr(TOKEN)))
    return world


def samples(world: World) -> dict[str, float]:
    """By name and labels, as they are written."""
    answer = get(world.app)
    assert answer.status_code == 200, answer.text
    return {
        each.name + "".join(f" {name}={value}" for name, value in sorted(each.labels.items())): each.value
        for family in text_string_to_metric_families(answer.text)
        for each in family.samples
    }


def test_without_a_token_of_its_own_nothing_is_served(world: World) -> None:
    for token in (None, "", world.tokens["administrator"]):
        answer = get(world.app, token=token)
        assert answer.status_code == 404
        assert "goldenthread_" not in answer.text


def test_only_its_own_token_opens_it(watched: World) -> None:
    for token in (None, TOKEN[:-1], f"{TOKEN}x", watched.tokens["administrator"], b"\xfc"):
        answer = get(watched.app, token=token)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert "goldenthread_" not in answer.text
    answer = get(watched.app)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    assert answer.headers["cache-control"] == "no-store"


def test_requests_are_counted_by_kind_and_by_how_they_ended(watched: World) -> None:
    before = samples(watched)
    watched.read("unit", "position")
    watched.answer("unit", "{ nonsense }")
    watched.send("nobody", "{ viewer { subject } }")
    watched.a_review()
    watched.refused("unit", "actionRaise", recommendationId="none", wording="Train the team")
    after = samples(watched)

    def more(name: str) -> float:
        return after[name] - before[name]

    ended = "goldenthread_requests_total kind={} outcome={}"
    assert more(ended.format("query", "answered")) == 3  # the test's own look at the position, twice, is among them
    assert more(ended.format("none", "refused")) == 1
    assert more(ended.format("none", "unauthenticated")) == 1
    assert more(ended.format("mutation", "answered")) == 1
    assert more(ended.format("mutation", "refused")) == 1
    assert more("goldenthread_request_seconds_count kind=mutation") == 2
    assert more("goldenthread_refusals_total code=INVALID") == 1
    assert more("goldenthread_refusals_total code=UNAUTHENTICATED") == 1
    assert more("goldenthread_refusals_total code=NOT_FOUND") == 1
    assert after["goldenthread_responses_total route=/graphql status=401"] == 1
    assert after["goldenthread_in_flight"] == 1  # this one


def test_the_database_is_told_once_in_a_while_and_as_it_is(watched: World) -> None:
    told = samples(watched)
    position = int(watched.position())
    assert told["goldenthread_database_up"] == 1
    assert told["goldenthread_database_durable"] == 0  # what tests record may be lost with the machine
    assert told[f"goldenthread_facts_total partnership={KEY}"] == position
    assert told[f"goldenthread_read_models_current partnership={KEY}"] == 1
    assert told[f"goldenthread_verification_timestamp_seconds partnership={KEY}"] == 0
    assert told["goldenthread_backup_timestamp_seconds"] == 0
    assert abs(told["goldenthread_clock_difference_seconds"]) < 60
    assert told["goldenthread_wal_bytes"] >= 16 * 2**20
    assert told["goldenthread_pool_connections"] >= 1
    assert 0 < told["goldenthread_disk_free_bytes"] <= told["goldenthread_disk_bytes"]
    watched.a_review()
    assert samples(watched)[f"goldenthread_facts_total partnership={KEY}"] == position


def test_verifications_backups_and_read_models_are_told_as_they_stand(world: World) -> None:
    conninfo = world.installation.conninfo
    position = int(world.position())
    note_verification(conninfo, KEY, 3, 5)
    note_verification(conninfo, KEY, position, 0)
    with psycopg.connect(conninfo) as conn:
        [now] = conn.execute("SELECT clock_timestamp()").fetchone() or ()
        conn.execute(f"UPDATE gt_{KEY}.head SET form = 'another'".encode())
    note_backup(conninfo, now, "here", facts=position, size=1)
    found = figures(conninfo)
    [one] = found.partnerships
    assert (one.partnership, one.position, one.read_models_current) == (KEY, position, False)
    assert (one.verified_position, one.faults) == (position, 0)
    assert one.verified_at is not None
    assert abs(one.verified_at - now.timestamp()) < 600
    assert (one.ahead, found.read_only) == (None, 0)  # a demonstration's clock is simulated
    assert found.backed_up_at is not None
    assert found.backed_up_at >= now.timestamp()
    assert not found.backup_failed
    note_backup(conninfo, now, "here", failure="no room")
    assert figures(conninfo).backup_failed
    assert figures(conninfo).backed_up_at == found.backed_up_at


def test_what_keeps_anything_from_being_recorded_is_told(world: World) -> None:
    conninfo = world.installation.conninfo
    with psycopg.connect(conninfo) as conn:
        ahead = "UPDATE gt_{}.head SET simulated_at = NULL, recorded_at = clock_timestamp() + interval '1 hour'"
        conn.execute(ahead.format(KEY).encode())
    begin(conninfo, "moving", None)
    found = figures(conninfo)
    [one] = found.partnerships
    assert one.ahead is not None
    assert 3_000 < one.ahead <= 3_600
    assert found.read_only > 0


def test_as_many_statements_for_three_partnerships_as_for_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    conninfo = world.installation.conninfo
    with counted(monkeypatch) as of_one:
        figures(conninfo)
    for key in ("hull", "tees"):
        world.installation.create_partnership(key, key.title(), "hull-2015")
    with counted(monkeypatch) as of_three:
        assert [each.partnership for each in figures(conninfo).partnerships] == ["hull", KEY, "tees"]
    assert len(of_three) == len(of_one) <= 4


def test_a_database_that_is_away_is_told_as_such_and_the_rest_is_served(watched: World) -> None:
    watched.installation.conninfo = watched.installation.conninfo.replace("port=", "port=1")
    watched.app = create_app(watched.installation, Settings(metrics_token=SecretStr(TOKEN)))
    told = samples(watched)
    assert told["goldenthread_database_up"] == 0
    assert not any(name.startswith("goldenthread_facts") for name in told)
    assert told["goldenthread_pool_connections"] >= 1


def test_what_does_not_answer_is_waited_for_once_and_not_long() -> None:
    released, asked = Event(), []

    def frozen() -> int:
        asked.append(1)
        released.wait(60)
        return 7

    cached: Cached[int] = Cached(frozen, keep=60, patience=0.05)

    async def scrapes() -> None:
        await cached.refresh()
        await cached.refresh()
        assert (cached.known, cached.failed, asked) == (None, True, [1])
        released.set()
        for _ in range(1000):
            if cached.known is None:
                await anyio.sleep(0.01)
        assert (cached.known, cached.failed) == (7, False)

    anyio.run(scrapes)
