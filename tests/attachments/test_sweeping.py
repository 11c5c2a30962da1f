"""What nothing has used is removed after a while; what came with evidence stays."""

import os
from datetime import timedelta

import pytest

from api.attachments.sweeping import Sweeper
from support.partnership_world import World
from support.uploads import Desk

HOUR = timedelta(hours=1)


@pytest.fixture
def sweeper(desk: Desk) -> Sweeper:
    return Sweeper(desk.world.app.state.attachments, lambda: ["knowsley"], HOUR)


def grow_old(desk: Desk) -> None:
    """Everything was uploaded two hours ago."""
    for each in desk.kept():
        then = each.stat().st_mtime - 7200
        os.utime(each, (then, then))
    with desk.world.installation.database.connection("gt_knowsley") as conn:
        conn.execute("SET ROLE postgres")
        conn.execute("UPDATE upload SET uploaded_at = uploaded_at - interval '2 hours' WHERE used_by IS NULL")
        conn.execute("SET ROLE goldenthread_app")


def test_an_unused_upload_is_removed_once_it_is_old(desk: Desk, sweeper: Sweeper, world: World) -> None:
    upload = desk.uploaded()
    sweeper.take()
    assert (len(desk.kept()), desk.rows()) == (1, 1)
    grow_old(desk)
    sweeper.sweep("knowsley")
    assert (desk.kept(), desk.rows()) == ([], 0)
    asked = {"id": world.assigned("police"), "narrative": "Done", "attachments": [upload]}
    assert world.refused("police", "actionSubmitEvidence", **asked) == ["UNKNOWN_ATTACHMENT"]


def test_what_came_with_evidence_stays_though_the_same_was_uploaded_in_vain(desk: Desk, sweeper: Sweeper) -> None:
    url = desk.attached()["url"]
    desk.uploaded("unit")
    grow_old(desk)
    sweeper.take()
    assert (len(desk.kept()), desk.rows()) == (1, 1)
    assert desk.get(url).status_code == 200


def test_what_a_crash_left_is_removed(desk: Desk, sweeper: Sweeper) -> None:
    desk.uploaded()
    kept = desk.kept()[0]
    incoming, orphan = desk.folder / "_incoming" / "half#1", desk.folder / "knowsley" / "ab" / ("ab" * 32)
    for each in (incoming, orphan):
        each.parent.mkdir(parents=True, exist_ok=True)
        each.write_bytes(b"x")
        os.utime(each, (1, 1))
    sweeper.take()
    assert desk.kept() == [kept]


def test_a_used_upload_is_neither_changed_nor_removed_by_the_application(desk: Desk, world: World) -> None:
    desk.attached()
    for statement in ("DELETE FROM upload", "UPDATE upload SET used_by = NULL, used_by_kind = NULL"):
        with (
            pytest.raises(Exception, match="kept"),
            world.installation.database.connection("gt_knowsley") as conn,
        ):
            conn.execute(statement)
