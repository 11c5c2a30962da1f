"""`goldenthread framework …`: a copy is written, extended, checked, added and adopted, or refused by line and key."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.main import app
from support.database_copies import Preparations
from support.import_register import KEY

RUNNER = CliRunner()


def run(*words: object) -> Result:
    return RUNNER.invoke(app, [str(word) for word in words])


def done(*words: object) -> str:
    result = run(*words)
    assert result.exit_code == 0, result.output
    return result.stdout.strip()


def said(*words: object) -> str:
    """What a command that must fail says: one line on stderr."""
    result = run(*words)
    assert result.exit_code == 1, result.output
    assert len(result.stderr.splitlines()) == 1, result.stderr
    return result.stderr.strip()


def create_by_command(empty: str) -> None:
    done("partnership", "create", KEY, "--name", "Ours", "--framework", "knowsley-2015", "--database-url", empty)


@pytest.fixture
def conninfo(preparations: Preparations) -> Iterator[str]:
    """Of a database of the test's own in which a partnership was created."""
    with preparations.empty(create_by_command).copy() as conninfo:
        yield conninfo


@pytest.fixture
def partnership() -> str:
    return KEY


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the newer framework of Knowsley, with a group more."""
    path = tmp_path / "ours.yaml"
    done("framework", "copy", "knowsley-2020", path, "--key", "ours", "--name", "Our partnership")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("bodies:\n", "bodies:\n  youth-voice: {name: Youth voice}\n"), encoding="utf-8")
    return path


def test_a_copy_is_checked_added_listed_shown_and_adopted(conninfo: str, partnership: str, copy: Path) -> None:
    known = ("--partnership", partnership, "--database-url", conninfo)
    assert done("framework", "check", copy) == "ours: 7 bodies, 17 kinds of review, nothing wrong."
    assert done("framework", "add", copy, *known) == f"ours is a framework of {partnership}."
    assert done("framework", "add", copy, *known) == f"ours was already a framework of {partnership}."
    listed = done("framework", "list", *known).splitlines()
    assert listed[-1].split() == ["ours", "Our", "partnership", "knowsley-2020", "the", "partnership"]
    assert "youth-voice: {name: Youth voice}" in done("framework", "show", "ours", *known)
    adopted = ("--framework", "ours", "--from", "2024-05-01", "--database-url", conninfo)
    assert done("partnership", "adopt", partnership, *adopted) == f"{partnership} works by ours from 2024-05-01."
    token = ("--role", "MONITORING_BODY", "--subject", "S", "--body", "youth-voice", "--independent")
    assert done("token", *token, *known).count(".") == 2


def test_what_is_shipped_is_listed_and_shown_without_a_database() -> None:
    listed = done("framework", "list").splitlines()
    assert len(listed) == 6
    assert listed[3].split()[0] == "knowsley-2020"
    assert done("framework", "show", "hull-2015").startswith("# `source: default`")


def test_a_bad_file_is_refused_by_line_and_key_and_nothing_is_added(
    conninfo: str, partnership: str, copy: Path
) -> None:
    known = ("--partnership", partnership, "--database-url", conninfo)
    bad = copy.with_name("bad.yaml")
    text = copy.read_text(encoding="utf-8")
    bad.write_text(text.replace("{name: Youth voice}", "{name: Youth voice, accountable_to: youth-voice}"), "utf-8")
    refusal = f"{bad}:6: bodies.youth-voice.accountable_to: a body cannot answer to itself"
    assert said("framework", "check", bad) == refusal
    assert said("framework", "add", bad, *known) == refusal
    assert len(done("framework", "list", *known).splitlines()) == 6
    adopted = ("--framework", "ours", "--from", "2024-05-01", "--database-url", conninfo)
    assert "There is no framework 'ours'" in said("partnership", "adopt", partnership, *adopted)


def test_once_adopted_it_is_not_changed(conninfo: str, partnership: str, copy: Path) -> None:
    known = ("--partnership", partnership, "--database-url", conninfo)
    done("framework", "add", copy, *known)
    done("partnership", "adopt", partnership, "--framework", "ours", "--from", "2024-05-01", *known[2:])
    copy.write_text(copy.read_text(encoding="utf-8").replace("Youth voice", "Young voices"), encoding="utf-8")
    assert "copy it under another key" in said("framework", "add", copy, *known)
    assert "Youth voice" in done("framework", "show", "ours", *known)


def test_a_neighbouring_partnership_knows_nothing_of_it(conninfo: str, partnership: str, copy: Path) -> None:
    done("framework", "add", copy, "--partnership", partnership, "--database-url", conninfo)
    key = "neighbour"
    done("partnership", "create", key, "--name", "N", "--framework", "hull-2015", "--database-url", conninfo)
    listed = done("framework", "list", "--partnership", key, "--database-url", conninfo)
    assert "ours" not in listed


def test_a_copy_never_overwrites_a_file(copy: Path) -> None:
    assert said("framework", "copy", "hull-2015", copy) == f"{copy} is there already, and is left alone."
    assert "youth-voice" in copy.read_text(encoding="utf-8")


def test_a_copy_has_a_key_of_its_own(tmp_path: Path) -> None:
    taken = said("framework", "copy", "knowsley-2015", tmp_path / "m.yaml", "--key", "knowsley-2020")
    assert taken == "--key: there is a framework 'knowsley-2020' already."
    assert not (tmp_path / "m.yaml").exists()


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    assert "There is no framework 'moon'; there are hull-2015" in said("framework", "copy", "moon", tmp_path / "m.yaml")
    assert not (tmp_path / "m.yaml").exists()
    assert "small letters" in said("framework", "copy", "hull-2015", tmp_path / "m.yaml", "--key", "Our Own")
    assert not (tmp_path / "m.yaml").exists()
    assert run("framework", "check", tmp_path / "m.yaml").exit_code == 2
