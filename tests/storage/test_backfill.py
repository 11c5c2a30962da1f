"""A migration fills in what the log has long known, as a rebuild would say it."""

from importlib.resources import files
from typing import Any
from uuid import UUID, uuid4

import psycopg

from domain.correction.events import Corrected
from domain.review.events import Commissioned, Completed, PublicationWithheld, Published, Referred
from domain.shared.facts import Fact
from domain.shared.vocabulary import Kind
from support.fact_recorder import Ground, record
from support.random_histories import BY, START

DAY = {"happened_on": START, "by": BY}
LATER = {"happened_on": START.replace(day=20), "by": BY}


def a_review(year: int | None) -> list[list[Fact]]:
    """Referred, commissioned, withheld, the day of that put right, and published after all."""
    told = {"reference": str(uuid4()), "title": "Child J", "framework": "hull-2015"}
    moved = {"corrects": 4, "field": "happenedOn", "old_value": "2024-01-20", "new_value": "2024-01-15"}
    return [
        [Referred(**DAY, **told)],
        [Commissioned(**DAY, **told, kind="audit", programme_year=year, monitored_by=("board",))],
        [Completed(**DAY)],
        [PublicationWithheld(**LATER, reason="Recognisable")],
        [Corrected(**LATER, **moved, reason="Misread minutes")],
        [Published(happened_on=START.replace(month=3), by=BY)],
    ]


def rows(conn: psycopg.Connection[Any], thing: UUID) -> list[Any]:
    query = "SELECT to_jsonb(h) FROM review_history h WHERE thing = %s ORDER BY recorded, effective"
    return conn.execute(query, (thing,)).fetchall()


def test_the_year_of_a_programme_and_the_day_of_withholding_are_filled_in(ground: Ground) -> None:
    text = (files("storage") / "migrations" / "0008-programme.sql").read_text(encoding="utf-8")
    filling = text[text.index("UPDATE review_history") :]
    things = [record(ground, Kind.REVIEW, a_review(year))[0].originator_id for year in (2024, None)]
    with psycopg.connect(ground.conninfo) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (ground.ledger.schema,))
        known = [rows(conn, thing) for thing in things]
        assert {row["withheld_on"] for (row,) in known[0]} == {None, "2024-01-15", "2024-01-20"}
        assert {row["programme_year"] for (row,) in known[0]} == {None, 2024}
        conn.execute(
            "UPDATE review_history SET programme_year = NULL, withheld_on = NULL WHERE thing = ANY (%s)", (things,)
        )
        assert [rows(conn, thing) for thing in things] != known
        conn.execute(filling.encode())
        assert [rows(conn, thing) for thing in things] == known
        conn.rollback()
