"""A partnership made by an earlier version keeps what it knew when it is brought up to date, and goes on from there."""

from concurrent.futures import ThreadPoolExecutor
from importlib.resources import as_file, files
from typing import Any, cast
from urllib.parse import urlencode

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from typer.testing import CliRunner
from yoyo import get_backend, read_migrations

from api.app.founding import FOUNDER
from api.app.installation import Installation
from api.app.readiness import readiness
from cli.main import app
from domain.agency.commands import AddAgency
from domain.shared.vocabulary import Kind
from projections.engine.rebuild import WORTH_A_PROCESS, rebuild
from projections.engine.timeline import Key, Row
from projections.engine.upgrade import bring_up_to_date, telling
from projections.histories.registry import FOLDS
from projections.histories.review import Folded, ReviewFold, ReviewRow
from storage.form import PROJECTION_VERSION, LaterVersion
from storage.migrate import migrate
from storage.readiness import Probe
from support.fact_recorder import Ground
from support.partnership_world import World, establish, on
from support.served_process import free_port

SCHEMAS = ("gt_knowsley", "gt_sunderland")
LATER = "INSERT INTO _yoyo_migration (migration_hash, migration_id) VALUES ('9999', '9999-wiser')"
ROWS = "SELECT to_jsonb(h) FROM review_history h ORDER BY thing, recorded, effective"
MADE = "SELECT relname, relfilenode FROM pg_class WHERE relname LIKE '%_history' ORDER BY 1"

ROW = """INSERT INTO {schema}.recommendation_history (
  thing, recorded, effective, version, reference, wording, stage, review, themes, contributing, parties, monitored_by,
  raised_on, due_on_corrected, verdicts, extension_pending, open_challenges, learning, addressed_to, response_due_on,
  answers, answered)
VALUES (gen_random_uuid(), '[2024-01-01,)', '[2024-01-01,)', 1, 'R/1', 'Share', %s, gen_random_uuid(), '{{}}', '{{}}',
  '{{}}', '{{}}', '2024-01-01', false, '{{}}', false, '{{}}', '{{}}', %s, %s, '{{}}', %s)"""
READ = "SELECT stage, awaited, awaited_until::text[] FROM {schema}.recommendation_history ORDER BY 2 DESC, 1"


def migrated_before(conninfo: str, schema: str, migration: str) -> None:
    parts = {name: str(value) for name, value in conninfo_to_dict(conninfo).items()}
    with psycopg.connect(conninfo) as conn:
        conn.execute(f"CREATE SCHEMA {schema}".encode())
    uri = f"postgresql+psycopg:///{parts.pop('dbname')}?" + urlencode(parts | {"schema": f"{schema}, public"})
    with as_file(files("storage") / "migrations") as folder, get_backend(uri) as backend:
        backend.apply_migrations(read_migrations(str(folder)).filter(lambda each: each.id < migration))


def test_whose_answer_was_late_is_late_still(ground: Ground) -> None:
    schema = "gt_of_an_earlier_version"
    migrated_before(ground.conninfo, schema, "0007")
    asked: list[tuple[str, list[str], str | None, list[str]]] = [
        ("RAISED", ["police", "health"], "2024-02-01", ["health"]),
        ("CLOSED", ["police"], "2024-02-01", []),
        ("RAISED", ["police"], None, []),
    ]
    with psycopg.connect(ground.conninfo, autocommit=True) as conn:
        for row in asked:
            conn.execute(ROW.format(schema=schema).encode(), row)
        migrate(ground.conninfo, schema)
        found = conn.execute(READ.format(schema=schema).encode()).fetchall()
    assert found == [("RAISED", ["police"], ["2024-02-01"]), ("CLOSED", [], []), ("RAISED", [], [])]


def test_numbers_go_on_behind_the_last_that_was_recorded_whatever_refused_commands_had_taken(ground: Ground) -> None:
    schema = "gt_of_numbers_with_holes"
    migrated_before(ground.conninfo, schema, "0020")
    carried = [("review", "R0001"), ("review", "R0006"), ("review", "R0900"), ("review", "LSCB-7"), ("challenge", "C1")]
    with psycopg.connect(ground.conninfo, autocommit=True) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (schema,))
        for each in carried:
            conn.execute("INSERT INTO reference VALUES (%s, %s, gen_random_uuid())", each)
        conn.execute("SELECT setval('review_number', 9)")
        migrate(ground.conninfo, schema)
        assert conn.execute("SELECT kind, last FROM reference_number").fetchall() == [("review", 6)]


class Earlier(ReviewFold):
    """The fold of reviews as it was before it told who has still to agree."""

    def rows(self, state: Folded) -> dict[Key, Row]:
        rows = super().rows(state)
        return {key: row._replace(lacking=()) if isinstance(row, ReviewRow) else row for key, row in rows.items()}


@pytest.fixture
def review(world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """Told to an earlier version, which left the schema as it knew it; learning was identified late."""
    world.key, bodies = "sunderland", ("case-review", "learning-and-improvement")
    world.tokens = establish(world.installation, "sunderland", "sunderland-2015", bodies)
    with monkeypatch.context() as then:
        then.setitem(cast(dict[Kind, Any], FOLDS), Kind.REVIEW, Earlier())
        review = world.a_review(kind="after-action-review", mandatedBy="executive-group", facilitator="F")
        world.at(3)
        world.do("body", "reviewAgree", id=review)
        learn(world, review, 1)
    for schema in SCHEMAS:
        ask(world, schema, "ALTER TABLE head DROP COLUMN form")
        ask(world, schema, "DELETE FROM _yoyo_migration WHERE migration_id IN ('0011-form', '0025-form-digest')")
    return review


def ask(world: World, schema: str, query: str) -> list[Any]:
    with psycopg.connect(world.installation.conninfo, autocommit=True) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (schema,))
        cursor = conn.execute(query.encode())
        return cursor.fetchall() if cursor.description else []


def learn(world: World, review: str, day: int) -> None:
    world.do("unit", "learningIdentify", reviewId=review, wording="Share sooner", themes=[], happenedOn=on(day))


def goes_on(world: World, opened: Installation, review: str) -> None:
    """What is recorded on top of what the earlier version wrote is as a rebuild says it."""
    upgraded = World(opened, world.tokens, "sunderland")
    upgraded.at(5)
    assert upgraded.do("chair", "reviewAgree", "stage", id=review) == {"stage": "AGREED"}
    learn(upgraded, review, 2)
    rows = ask(world, "gt_sunderland", ROWS)
    rebuild(world.installation.conninfo, "gt_sunderland")
    assert ask(world, "gt_sunderland", ROWS) == rows


def test_what_an_earlier_version_wrote_is_written_anew_before_it_is_gone_on_with(world: World, review: str) -> None:
    with Installation.open(world.installation.conninfo, pool_size=2) as opened:
        goes_on(world, opened, review)


def test_an_upgrade_is_said_once_and_a_second_start_does_nothing(
    world: World, review: str, caplog: pytest.LogCaptureFixture
) -> None:
    with Installation.open(world.installation.conninfo, pool_size=2):
        made = [ask(world, schema, MADE) for schema in SCHEMAS]
    assert caplog.messages == [
        f"{key}: the histories are of an earlier version; rebuilding them from the facts"
        for key in ("knowsley", "sunderland")
    ]
    with Installation.open(world.installation.conninfo, pool_size=2):
        assert [ask(world, schema, MADE) for schema in SCHEMAS] == made
    assert len(caplog.messages) == len(SCHEMAS)


def test_of_two_processes_that_start_at_once_one_rebuilds_and_both_record(
    world: World, review: str, caplog: pytest.LogCaptureFixture
) -> None:
    def started(day: int) -> None:
        with Installation.open(world.installation.conninfo, pool_size=2) as opened:
            learn(World(opened, world.tokens, "sunderland"), review, day)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(started, (1, 2)))
    assert len([each for each in caplog.messages if "rebuilding them" in each]) == len(SCHEMAS)
    with Installation.open(world.installation.conninfo, pool_size=2) as opened:
        goes_on(world, opened, review)


def test_killed_before_the_rebuild_or_within_it_nothing_is_recorded_until_a_start_has_done_it(
    world: World, review: str, caplog: pytest.LogCaptureFixture
) -> None:
    def killed(_done: int, _of: int) -> None:
        raise KeyboardInterrupt

    facts = ask(world, "gt_sunderland", "SELECT count(*) FROM facts")
    migrate(world.installation.conninfo, "gt_sunderland")
    with pytest.raises(
        psycopg.DatabaseError, match=f"program of form {PROJECTION_VERSION[:12]} goes on with histories of form none"
    ):
        world.register.handle(AddAgency(key="probation", name="Probation"), FOUNDER)
    with pytest.raises(KeyboardInterrupt):
        bring_up_to_date(world.installation.conninfo, "gt_sunderland", killed)
    assert ask(world, "gt_sunderland", "SELECT count(*) FROM facts") == facts
    caplog.clear()
    with Installation.open(world.installation.conninfo, pool_size=2) as opened:
        assert len(caplog.messages) == len(SCHEMAS)
        goes_on(world, opened, review)


def test_one_projection_rebuilt_alone_leaves_the_rest_to_the_next_start(world: World) -> None:
    ask(world, "gt_knowsley", "UPDATE head SET form = 0")
    rebuild(world.installation.conninfo, "gt_knowsley", "action_history")
    assert ask(world, "gt_knowsley", "SELECT form FROM head") == [("0",)]
    rebuild(world.installation.conninfo, "gt_knowsley")
    assert ask(world, "gt_knowsley", "SELECT form FROM head") == [(PROJECTION_VERSION,)]


def test_a_partnership_without_facts_has_nothing_to_rebuild(world: World, caplog: pytest.LogCaptureFixture) -> None:
    migrate(world.installation.conninfo, "gt_founded")
    ask(world, "gt_founded", "UPDATE head SET form = NULL")
    with Installation.open(world.installation.conninfo, pool_size=2):
        assert ask(world, "gt_founded", "SELECT form FROM head") == [(PROJECTION_VERSION,)]
    assert caplog.messages == []


def test_a_number_that_was_the_form_before_means_a_rebuild(world: World, caplog: pytest.LogCaptureFixture) -> None:
    ask(world, "gt_knowsley", "ALTER TABLE head ALTER COLUMN form TYPE integer USING 2")
    ask(world, "gt_knowsley", "DELETE FROM _yoyo_migration WHERE migration_id = '0025-form-digest'")
    with Installation.open(world.installation.conninfo, pool_size=2):
        assert ask(world, "gt_knowsley", "SELECT form FROM head") == [(PROJECTION_VERSION,)]
    assert caplog.messages == ["knowsley: the histories are of an earlier version; rebuilding them from the facts"]


def left_alone(world: World) -> list[Any]:
    """What a start would have touched: functions, applied migrations, tables, the head."""
    return [
        ask(world, schema, question)
        for schema in (*SCHEMAS[:1], "goldenthread")
        for question in (
            "SELECT oid, xmin::text FROM pg_proc WHERE pronamespace = current_schema()::regnamespace ORDER BY 1",
            "SELECT migration_id FROM _yoyo_migration ORDER BY 1",
            "SELECT oid, relfilenode FROM pg_class WHERE relnamespace = current_schema()::regnamespace ORDER BY 1",
            "SELECT xmin::text, form FROM gt_knowsley.head",
        )
    ]


@pytest.mark.parametrize(
    ("schema", "what"), [("gt_knowsley", "The partnership knowsley"), ("goldenthread", "This installation")]
)
def test_what_a_later_version_has_opened_is_left_to_it(world: World, schema: str, what: str) -> None:
    parts = {name: str(value) for name, value in conninfo_to_dict(world.installation.conninfo).items()}
    address = f"postgresql:///{parts.pop('dbname')}?{urlencode(parts)}"
    ask(world, schema, LATER)
    ask(world, "gt_knowsley", "UPDATE head SET form = 'of a later version'")
    before = left_alone(world)
    sentence = (
        f"{what} has been opened by a later version (its migration 9999-wiser is not known here);"
        " nothing was changed: install that version again."
    )
    with pytest.raises(LaterVersion) as refused:
        Installation.open(world.installation.conninfo, pool_size=2)
    assert str(refused.value) == sentence
    for command in (
        ["serve", "--port", str(free_port())],
        ["rebuild"],
        ["credential", "list", "--partnership", "knowsley"],
    ):
        result = CliRunner().invoke(app, [*command, "--database-url", address])
        assert (result.exit_code, result.stderr) == (1, f"{sentence}\n")
    assert left_alone(world) == before


def test_a_fact_that_only_a_later_version_knows_is_left_to_it(world: World) -> None:
    ask(world, "gt_knowsley", "UPDATE head SET position = position + 1, form = 'of a later version'")
    fact = "gen_random_uuid(), 1, position, recorded_at, 'review.wiser.v1', '2024-01-01', '{}'"
    ask(world, "gt_knowsley", f"INSERT INTO facts SELECT {fact} FROM head")
    before = [ask(world, "gt_knowsley", MADE), ask(world, "gt_knowsley", "SELECT form FROM head")]
    with pytest.raises(
        LaterVersion, match=r"a fact that is not known here \(review\.wiser\.v1\); install that version"
    ):
        Installation.open(world.installation.conninfo, pool_size=2)
    assert [ask(world, "gt_knowsley", MADE), ask(world, "gt_knowsley", "SELECT form FROM head")] == before


def test_a_partnership_of_an_earlier_version_is_not_touched_either_beside_one_of_a_later(world: World) -> None:
    ask(world, "gt_knowsley", LATER)
    migrated_before(world.installation.conninfo, "gt_aldgate", "0012")
    with pytest.raises(LaterVersion):
        Installation.open(world.installation.conninfo, pool_size=2)
    assert max(ask(world, "gt_aldgate", "SELECT migration_id FROM _yoyo_migration")) == ("0011-form",)


def test_a_server_beneath_which_a_later_version_migrated_is_not_ready_and_records_nothing(world: World) -> None:
    assert readiness(Probe(world.installation.conninfo)).ready
    ask(world, "gt_knowsley", LATER)
    assert readiness(Probe(world.installation.conninfo)).parts == {
        "database": None,
        "writing": None,
        "migrations": "of a later version in 1; install that version again",
    }
    ask(world, "gt_knowsley", "UPDATE head SET form = 'of a later version'")
    with pytest.raises(psycopg.DatabaseError, match="goes on with histories of form of a later v: start it anew"):
        world.register.handle(AddAgency(key="probation", name="Probation"), FOUNDER)


@pytest.mark.parametrize(("of", "lines"), [(WORTH_A_PROCESS - 1, []), (80_000, ["hull: 5,000 of 80,000 facts"])])
def test_how_far_a_long_rebuild_has_come_is_told(of: int, lines: list[str], caplog: pytest.LogCaptureFixture) -> None:
    telling("hull")(5_000, of)
    assert caplog.messages == lines
