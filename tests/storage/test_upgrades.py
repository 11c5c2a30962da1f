"""A partnership made by an earlier version keeps what it knew when its schema is brought up to date."""

from importlib.resources import as_file, files
from urllib.parse import urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict
from yoyo import get_backend, read_migrations

from recording import Ground
from storage.migrate import migrate

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
