"""The log: append-only by force, ordered by its head, and refused as a whole when anything is wrong."""

from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from uuid import uuid4

import psycopg
import pytest

from domain.ports import Append, Claim, Claimed, Moved, ReferenceTaken
from domain.shared.facts import Recorded
from domain.shared.vocabulary import Kind
from projections.engine.history_rows import histories
from support.fact_recorder import Ground, record
from support.random_histories import a_raised_action

CHANGES = ["UPDATE facts SET name = 'x'", "DELETE FROM facts", "TRUNCATE facts"]


def one() -> list[Recorded]:
    return [Recorded(Kind.ACTION, uuid4(), 1, a_raised_action())]


def positions(ground: Ground) -> int:
    return int(ground.ledger.opening().position)


@pytest.mark.parametrize("change", CHANGES)
def test_the_applications_role_may_not_change_the_log(ground: Ground, change: str) -> None:
    record(ground, Kind.ACTION, [[a_raised_action()]])
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        ground.database.transaction(ground.ledger.schema) as conn,
    ):
        conn.execute(change)


@pytest.mark.parametrize("change", CHANGES)
def test_not_even_the_owner_may_change_the_log(ground: Ground, change: str) -> None:
    record(ground, Kind.ACTION, [[a_raised_action()]])
    with psycopg.connect(ground.conninfo) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (ground.ledger.schema,))
        with pytest.raises(psycopg.DatabaseError, match="append-only"):
            conn.execute(change)


@pytest.mark.parametrize("table", ["action_history", "entry_history", "idempotency", "reference"])
def test_the_applications_role_may_not_delete_what_was_read(ground: Ground, table: str) -> None:
    with (
        pytest.raises(psycopg.errors.InsufficientPrivilege),
        ground.database.transaction(ground.ledger.schema) as conn,
    ):
        conn.execute(f"DELETE FROM {table}")


def test_positions_have_no_gap_and_instants_never_go_back_under_eight_writers(ground: Ground) -> None:
    start = positions(ground)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: record(ground, Kind.ACTION, [[a_raised_action()]]), range(80)))
    with ground.database.connection(ground.ledger.schema) as conn:
        rows = conn.execute(
            "SELECT position, recorded_at FROM facts WHERE position > %s ORDER BY position", (start,)
        ).fetchall()
    assert [position for position, _ in rows] == list(range(start + 1, start + 81))
    assert all(earlier[1] < later[1] for earlier, later in pairwise(rows))


def test_a_stream_that_moved_refuses_the_append_and_records_nothing(ground: Ground) -> None:
    kept, before = record(ground, Kind.ACTION, [[a_raised_action()]]), positions(ground)
    with pytest.raises(Moved):
        ground.ledger.append(one(), Append(read={kept[0].originator_id: 0}))
    with pytest.raises(Moved):
        ground.ledger.append([Recorded(Kind.ACTION, kept[0].originator_id, 1, a_raised_action())], Append())
    assert positions(ground) == before


def test_an_idempotency_key_is_claimed_once(ground: Ground) -> None:
    facts = one()
    claim = Claim("somebody", uuid4(), b"digest", "action", facts[0].originator_id)
    ground.ledger.append(facts, Append(claim=claim))
    opening = ground.ledger.opening("somebody", claim.key)
    assert (opening.digest, opening.subject_id, opening.positions) == (b"digest", claim.subject_id, [opening.position])
    before = positions(ground)
    with pytest.raises(Claimed):
        ground.ledger.append(one(), Append(claim=claim))
    assert positions(ground) == before


def test_a_reference_is_given_once(ground: Ground) -> None:
    reference = str(uuid4())
    ground.ledger.append(one(), Append(references=[("action", reference, uuid4())]))
    with pytest.raises(ReferenceTaken):
        ground.ledger.append(one(), Append(references=[("action", reference, uuid4())]))
    ground.ledger.append(one(), Append(references=[("review", reference, uuid4())]))


def test_a_projection_that_cannot_be_written_rolls_the_facts_back(ground: Ground) -> None:
    kept, before = record(ground, Kind.ACTION, [[a_raised_action()]]), positions(ground)
    changed = dict(histories([([], kept)]))
    with pytest.raises(psycopg.errors.ExclusionViolation):
        ground.ledger.append(one(), Append(histories=changed))
    assert positions(ground) == before


def test_the_library_reads_what_was_recorded_in_order(ground: Ground) -> None:
    kept = record(ground, Kind.ACTION, [[a_raised_action()]])
    assert ground.ledger.stream(kept[0].originator_id) == kept
    assert ground.ledger.recorder.max_notification_id() == positions(ground)
    section = ground.ledger.notification_log.select(positions(ground), 1)
    assert [(n.originator_id, n.topic) for n in section] == [(kept[0].originator_id, "action.raised.v1")]


def test_an_environment_variable_does_not_move_the_store(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("POSTGRES_SCHEMA", "elsewhere")
    again = type(ground.ledger)(ground.database, ground.ledger.schema)
    assert again.opening().position == positions(ground)


def test_a_save_waits_for_the_disk_whatever_is_the_servers_default(ground: Ground, server: str) -> None:
    with psycopg.connect(server) as elsewhere:
        assert elsewhere.execute("SHOW synchronous_commit").fetchone() == ("off",)
    with ground.database.connection(ground.ledger.schema) as conn:
        assert conn.execute("SHOW synchronous_commit").fetchone() == ("on",)
