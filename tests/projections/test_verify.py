"""`verify` finds a register whole beside writers, and names every kind of damage that a hand could do to it."""

import json
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread
from typing import Any

import psycopg
import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from projections.histories.registry import KEY_COLUMNS
from storage.migrate import schema_of
from support.partnership_world import KEY, Stage, World

RUNNER = CliRunner()
OF_ONE = "(SELECT {key} FROM {table} ORDER BY {key} LIMIT 1)"


def story(world: World) -> None:
    """Something in most histories."""
    action = world.closed()
    world.do("unit", "actionRaise", recommendationId=world.a_recommendation(), wording="Look again")
    world.do("police", "actionReportProgress", id=world.assigned(), narrative="Under way")
    world.do("chair", "challengeIssue", agency="police", subjects=[action], grounds="Not done")


@pytest.fixture
def told(stage: Stage) -> World:
    """To be damaged."""
    return stage(story).world


def change(world: World, *statements: str) -> None:
    """By a superuser's hand, past every guard."""
    with psycopg.connect(world.installation.conninfo) as conn:
        conn.execute(
            "SELECT set_config('search_path', %s, false), set_config('session_replication_role', 'replica', false)",
            (f"{schema_of(KEY)}, public",),
        )
        for statement in statements:
            conn.execute(statement.encode())


def verify(world: World, *words: str) -> Result:
    return RUNNER.invoke(app, ["verify", "--database-url", world.installation.conninfo, *words])


def faults(world: World) -> list[str]:
    """What is said to be wrong; the exit code agrees."""
    result = verify(world)
    found = [line for line in result.stdout.splitlines() if "FAULT" in line]
    assert result.exit_code == bool(found), result.output
    assert bool(result.stderr) == bool(found)
    return found


def test_a_whole_register_is_told_to_be_whole_in_words_and_as_json(told: World, tmp_path: Path) -> None:
    result = verify(told, "--partnership", KEY, "--json", str(tmp_path / "report.json"))
    assert result.exit_code == 0, result.output
    position = int(told.position())
    assert f"knowsley: whole up to position {position:,}." in result.stdout
    report = json.loads((tmp_path / "report.json").read_text())
    assert report["whole"]
    examined = {check["name"]: check["examined"] for check in report["verified"][1]["checks"]}
    assert examined["log"] == examined["facts"] == position
    assert examined["credentials"] == len(told.tokens)
    assert examined["references"] > 5


def test_there_is_nothing_to_verify_of_a_partnership_that_does_not_exist(told: World) -> None:
    result = verify(told, "--partnership", "nowhere")
    assert (result.exit_code, result.stderr) == (1, "There is no partnership 'nowhere'.\n")


def test_a_register_is_whole_while_somebody_records(told: World) -> None:
    action, enough, recorded = told.assigned(due=900), Event(), list[Any]()

    def record() -> None:
        while not enough.is_set():
            recorded.append(told.do("police", "actionReportProgress", id=action, narrative="On it"))

    writer = Thread(target=record)
    writer.start()
    found = [faults(told) for _ in range(3)]
    enough.set()
    writer.join()
    assert found == [[], [], []]
    assert recorded


@pytest.mark.parametrize(
    ("damage", "named"),
    [
        ("DELETE FROM facts WHERE position = 12", "log: FAULT: position 12 is missing"),
        ("DELETE FROM facts WHERE position > (SELECT max(position) - 2 FROM facts)", "log: FAULT: positions"),
        ("UPDATE head SET position = position - 1", "behind its head"),
        ("DELETE FROM head", "log: FAULT: the row that orders the log is missing"),
        (
            "UPDATE facts SET recorded_at = recorded_at - interval '1 year' WHERE position = 20",
            "position 20 was recorded before",
        ),
        ("UPDATE head SET recorded_at = '2000-01-01'", "the head says that the last fact was recorded at 2000"),
        (
            "UPDATE facts SET originator_version = 77 FROM head WHERE head.position = facts.position",
            "version 77 stands where version",
        ),
        ("UPDATE facts SET body = '{}' WHERE position = 15", "facts: FAULT: position 15"),
        (
            "UPDATE facts SET name = 'action.dreamt.v1' WHERE position = 15",
            "position 15 (action.dreamt.v1) cannot be opened",
        ),
        (
            "UPDATE facts SET happened_on = '1999-12-31' WHERE position = 15",
            "position 15 happened on 1999-12-31 by its column",
        ),
        (
            "UPDATE facts SET body = replace(body::text, 'Under way', 'All done')::json WHERE name LIKE '%progress%'",
            "entry_history",
        ),
        ("DROP TRIGGER facts_are_never_changed ON facts", "the log is open to change: facts_are_never_changed"),
        ("GRANT DELETE ON facts TO goldenthread_app", "the log is open to change: DELETE by goldenthread_app"),
        ("DELETE FROM reference WHERE reference = 'R0001'", "review R0001 was given"),
        ("UPDATE reference_number SET last = 9 WHERE kind = 'review'", "review R0009 was given and nothing carries it"),
        ("INSERT INTO reference VALUES ('action', 'X/1', gen_random_uuid())", "action X/1 is kept for"),
        (
            "UPDATE idempotency SET positions = '{9999}' WHERE caller LIKE 'police%'",
            "the facts that it names are not there",
        ),
        (
            "INSERT INTO import_row VALUES ('m', 'row', 'k', '{}', gen_random_uuid())",
            "row k of m: what it became is not there",
        ),
        (
            "UPDATE credential_history SET revoked_reason = NULL, role = 'CHAIR' WHERE role = 'INSPECTOR'",
            "credentials: FAULT: credential_history",
        ),
        ("UPDATE head SET form = 'other'", "read models: FAULT: they were filled by another version"),
        ("DROP TABLE challenge_history", 'challenge_history" does not exist'),
        ("DELETE FROM goldenthread.signing_key", "the installation: signing key: FAULT: there is none"),
        ("UPDATE goldenthread.signing_key SET jwk = '{}'", "signing key: FAULT: it cannot be used"),
    ],
)
def test_damage_by_hand_is_found_and_named(told: World, damage: str, named: str) -> None:
    change(told, damage)
    assert any(named in fault for fault in faults(told)), faults(told)


def test_what_two_rebuilds_once_left_incomplete_is_found_in_every_history(told: World) -> None:
    filled = _filled(told)
    change(told, *(f"DELETE FROM {table} WHERE {key} = {OF_ONE.format(table=table, key=key)}" for table, key in filled))
    found = faults(told)
    assert [
        table for table, _ in filled if not any(f"{table}: " in fault and "missing" in fault for fault in found)
    ] == []


def _filled(world: World) -> Iterator[tuple[str, str]] | list[tuple[str, str]]:
    with psycopg.connect(world.installation.conninfo) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (schema_of(KEY),))
        return [
            (table, key)
            for table, key in KEY_COLUMNS.items()
            if conn.execute(f"SELECT EXISTS (SELECT FROM {table})".encode()).fetchone() == (True,)
        ]


def test_a_large_register_is_compared_by_a_process_a_processor(told: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("projections.engine.verify.WORTH_A_PROCESS", 0)
    change(
        told, "DELETE FROM agency_history WHERE agency = 'school'", "UPDATE facts SET body = '{}' WHERE position = 15"
    )
    assert [fault.partition(": FAULT: ")[2].split(": ")[0] for fault in faults(told)] == [
        "position 15 (themes.theme_added.v1) cannot be opened",
        "agency_history",
    ]


def test_a_fact_that_cannot_be_opened_is_named_without_what_it_says(told: World) -> None:
    change(told, """UPDATE facts SET body = '{"narrative": ["Jane Doe"]}' WHERE name LIKE '%progress%'""")
    found = faults(told)
    assert any("cannot be opened: by (missing), happened_on (missing), narrative" in fault for fault in found), found
    assert "Jane" not in verify(told).output
