"""Positions that partners hold are refused once a restore from a backup may have made them those of other facts."""

from typing import Any

import psycopg
import pytest

from api.relay import cursor, global_id
from projections.engine.rebuild import rebuild
from storage.epoch import renew_epoch, settle_epoch
from storage.migrate import schema_of
from support.partnership_world import KEY, World, on

CHANGES = """query ($after: String, $names: [String!]) {
  changes(after: $after, names: $names, first: 100) { nodes { eventId name } pageInfo { endCursor } } }"""
HISTORY = """query ($id: ID!) { register { action(id: $id) { history { eventId name corrects } } } }"""


def sql(world: World, statement: str) -> list[Any]:
    with psycopg.connect(world.installation.conninfo, autocommit=True) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (schema_of(KEY),))
        found = conn.execute(statement.encode())
        return found.fetchall() if found.description else []


def restore(world: World) -> str:
    """As whoever puts an older state in place says it."""
    with psycopg.connect(world.installation.conninfo) as conn:
        return renew_epoch(conn, schema_of(KEY))


def read_on(world: World, after: str | None) -> dict[str, Any]:
    read: dict[str, Any] = world.ask("unit", CHANGES, after=after)["changes"]
    return read


def refused(world: World, after: str) -> dict[str, Any]:
    [error] = world.answer("unit", CHANGES, after=after)["errors"]
    return dict(error)


def assigned(world: World, action: str) -> str:
    """The event id of the fact that assigned it."""
    history = world.ask("unit", HISTORY, id=action)["register"]["action"]["history"]
    return next(str(each["eventId"]) for each in history if each["name"] == "action.assigned.v1")


def correct(world: World, action: str, event: str, to: int = 30) -> dict[str, Any]:
    asked = {"id": action, "eventId": event, "field": "dueOn", "newValue": on(to), "reason": "Misread"}
    return world.send_command("unit", "actionCorrect", **asked)


def test_a_cursor_of_before_a_restore_is_refused_with_what_to_do(world: World) -> None:
    world.assigned()
    seen = read_on(world, None)["pageInfo"]["endCursor"]
    assert read_on(world, seen)["nodes"] == []
    restore(world)
    error = refused(world, seen)
    assert error["extensions"] == {"code": "RESTORED", "field": ["after"]}
    assert "without `after`" in error["message"]
    again = read_on(world, None)
    assert again["nodes"]
    assert read_on(world, again["pageInfo"]["endCursor"])["nodes"] == []


def test_an_event_id_of_before_a_restore_corrects_nothing(world: World) -> None:
    action = world.assigned(due=5)
    before = assigned(world, action)
    restore(world)
    [error] = correct(world, action, before)["userErrors"]
    assert (error["code"], error["field"]) == ("RESTORED", ["eventId"])
    now = assigned(world, action)
    assert now != before
    answer = correct(world, action, now)
    assert answer["userErrors"] == []
    last = world.ask("unit", HISTORY, id=action)["register"]["action"]["history"][-1]
    assert (last["eventId"], last["corrects"]) == (answer["eventIds"][0], now)


def test_a_repeated_command_answers_with_ids_that_hold_now(world: World) -> None:
    action = world.assigned()
    key = "8f14e45f-ceea-4e7a-9d2b-6b0c1d2e3f40"
    first = world.send_command("police", "actionReportProgress", id=action, narrative="Going on", idempotencyKey=key)
    restore(world)
    again = world.send_command("police", "actionReportProgress", id=action, narrative="Going on", idempotencyKey=key)
    places = [[global_id.decode(id, "fact").place for id in each["eventIds"]] for each in (first, again)]
    assert [place[1] for place in places[0]] == [place[1] for place in places[1]]
    assert again["eventIds"] != first["eventIds"]
    assert again["eventIds"][0] in {each["eventId"] for each in read_on(world, None)["nodes"]}


@pytest.mark.parametrize("kept", [True, False])
def test_what_partners_kept_from_before_epochs_holds_until_the_first_restore(world: World, kept: bool) -> None:
    """`kept`: the partnership was there when epochs came, and partners may hold bare positions."""
    action = world.assigned(due=5)
    sql(world, f"UPDATE head SET epoch_is_first = {kept}")
    seen = read_on(world, None)["nodes"]
    _, place = global_id.decode(seen[-2]["eventId"], "fact").place
    bare = cursor.write((place,), "changes\0" + "")
    event = global_id.encode("fact", str(global_id.decode(assigned(world, action), "fact").place[1]))
    if kept:
        assert read_on(world, bare)["nodes"] == seen[-1:]
        assert correct(world, action, event)["userErrors"] == []
        restore(world)
    assert refused(world, bare)["extensions"]["code"] == "RESTORED"
    assert [error["code"] for error in correct(world, action, event, 40)["userErrors"]] == ["RESTORED"]


def test_a_partnership_that_stands_elsewhere_than_where_its_epoch_began_has_been_restored(world: World) -> None:
    with psycopg.connect(world.installation.conninfo, autocommit=True) as conn:
        epoch = sql(world, "SELECT epoch FROM head")
        assert settle_epoch(conn, schema_of(KEY)) is False
        assert sql(world, "SELECT epoch FROM head") == epoch
        sql(world, "UPDATE head SET stands_at = stands_at || '1', epoch_is_first = true")
        assert settle_epoch(conn, schema_of(KEY)) is True
        assert settle_epoch(conn, schema_of(KEY)) is False
    assert sql(world, "SELECT epoch_is_first FROM head") == [(False,)]
    assert sql(world, "SELECT epoch FROM head") != epoch


def test_memory_of_before_a_restore_decides_nothing(world: World) -> None:
    action = world.assigned()
    world.do("police", "actionReportProgress", id=action, narrative="Lost by the restore")
    position = int(world.position()) - 1
    sql(world, "ALTER TABLE facts DISABLE TRIGGER facts_are_never_changed")
    sql(world, f"DELETE FROM facts WHERE position > {position}")
    sql(world, f"UPDATE head SET position = {position}")
    rebuild(world.installation.conninfo, schema_of(KEY))
    restore(world)
    told = world.do("police", "actionReportProgress", "version", id=action, narrative="After the restore")
    names = sql(world, "SELECT originator_version FROM facts WHERE name = 'action.progress_reported.v1'")
    assert names == [(told["version"],)]
