"""A sheet is imported on a page: checked, shown with refused rows in their places, then recorded, once."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from httpx import Response

from importing.mapping import load_mapping
from importing.run import import_file
from support.browser import Browser, Page, Site
from support.partnership_world import World
from support.small_sheet import BAD, GOOD, HEADER, MAPPING
from web.importing.runs import Run


def sent(
    browser: Browser, sheet: str | bytes = GOOD, name: str = "plan.csv", own: str | None = MAPPING, **data: Any
) -> Response:
    csrf = browser.get("/").form("/sign-out")["held"]["csrf"]
    files: list[Any] = [("sheet", (name, sheet if isinstance(sheet, bytes) else sheet.encode()))]
    files += [("own", ("mapping.yaml", own.encode()))] if own is not None else []
    return browser.raw("POST", "/import", files=files, data={"csrf": csrf, **data})


def done(browser: Browser, path: str) -> Page:
    """The page of a run once it stands still."""
    page = browser.get(path)
    for _ in range(400):
        if "refresh" not in page.headers:
            break
        time.sleep(0.05)
        page = browser.get(path)
    assert "refresh" not in page.headers
    return page


def actions(world: World) -> list[str]:
    found = world.read("unit", "actions { nodes { wording } }")["actions"]["nodes"]
    return sorted(each["wording"] for each in found)


@pytest.fixture(autouse=True)
def _later(world: World) -> None:
    world.at(3)


def test_a_sheet_is_checked_shown_and_recorded_once(site: Site, world: World) -> None:
    unit = site.browser("unit")
    assert "/import" in unit.get("/").links
    assert "Recommendations in Ofsted" in unit.get("/import").text
    path = sent(unit).headers["location"]
    page = done(unit, path)
    assert "Nothing has been recorded yet" in page.text
    assert "2 to be recorded" in page.text
    assert actions(world) == []
    form = page.form(path)["held"]
    for _ in range(2):
        assert unit.post(path, form).path == path
    page = done(unit, path)
    assert "2 rows recorded" in page.text
    assert actions(world) == ["=cmd()", "Train the team"]
    again = done(unit, sent(unit).headers["location"])
    assert "2 there already" in again.text
    assert "Record" not in again.text.partition("Import")[2].partition("For systems")[0].replace("recorded", "")
    history = world.read("unit", "actions(first: 1) { nodes { history { by { subject role } } } }")["actions"]["nodes"]
    assert history[0]["history"][0]["by"]["subject"] == "import:plan, sent by Person of unit"


def test_refused_rows_are_shown_in_their_places_and_nothing_is_recorded(site: Site, world: World) -> None:
    unit = site.browser("unit")
    path = sent(unit, BAD).headers["location"]
    page = done(unit, path)
    assert "2 refused" in page.text
    assert "2 held back" in page.text
    assert "4 Refused line 2 says another agencies" in page.text
    assert "5 raised Refused" in page.text
    assert path not in [form["action"] for form in page.forms]
    assert unit.post(path, {"csrf": unit.get("/").form("/sign-out")["held"]["csrf"]}).path == path
    done(unit, path)
    assert actions(world) == []


def test_it_says_what_the_command_says(site: Site, world: World, tmp_path: Any) -> None:
    """The same importer: what a dry run finds in a file is what the page finds."""
    (tmp_path / "plan.csv").write_text(BAD)
    (tmp_path / "mapping.yaml").write_text(MAPPING)
    mapping = load_mapping(tmp_path / "mapping.yaml")
    result = import_file(world.register, mapping, tmp_path / "plan.csv", lambda *_: None, dry_run=True)
    unit = site.browser("unit")
    page = done(unit, sent(unit, BAD).headers["location"])
    for finding in result.findings:
        assert finding.reason in page.text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "plan.pdf"}, "a .csv or an .xlsx file."),
        ({"name": "plan.xlsx"}, "it cannot be unpacked"),
        ({"own": None}, "Choose how the sheet is read"),
        ({"own": None, "mapping": "/etc/passwd"}, "Choose how the sheet is read"),
        ({"own": "key: plan\nnonsense: 1\n"}, "mapping.yaml"),
        ({"own": "["}, "mapping.yaml"),
    ],
)
def test_what_cannot_be_used_is_said_in_words(site: Site, given: dict[str, Any], said: str) -> None:
    answered = sent(site.browser("unit"), **given)
    assert answered.status_code == 400
    assert said in answered.text
    assert "/tmp" not in answered.text


def test_a_file_that_is_no_such_sheet_is_said_on_its_page(site: Site, world: World) -> None:
    unit = site.browser("unit")
    page = done(unit, sent(unit, "a,b\n1,2\n").headers["location"])
    assert "This cannot be imported" in page.text
    assert "the column is missing" in page.text
    for sheet in (b"\xff\xfe\x00", b""):
        assert "This cannot be imported" in done(unit, sent(unit, sheet).headers["location"]).text
    assert actions(world) == []


@pytest.mark.parametrize("who", ["police", "body", "chair", "inspector", "administrator"])
def test_nobody_else_imports_or_sees_an_import(site: Site, who: str) -> None:
    path = sent(site.browser("unit")).headers["location"]
    browser = site.browser(who)
    assert browser.get("/import").status == browser.get(path).status == sent(browser).status_code == 403
    assert browser.post(path, {"csrf": browser.get("/").form("/sign-out")["held"]["csrf"]}).status == 403


def test_an_import_is_its_senders_and_a_form_of_another_session_sends_none(site: Site, world: World) -> None:
    unit = site.browser("unit")
    path = sent(unit).headers["location"]
    done(unit, path)
    assert unit.post(path, {"csrf": "x.y"}).status == 403
    run: Run = next(iter(site.app.state.site.imports._runs.values()))
    run.owner = ("another", run.owner[1])
    assert unit.get(path).status == 404
    assert unit.get("/import/7e1f6f5c-6a1f-4c57-9a2b-0d5f3a0a9d11").status == 404
    assert actions(world) == []


def test_a_sheet_larger_than_a_form_is_taken_and_one_beyond_all_measure_is_not(site: Site) -> None:
    unit = site.browser("unit")
    assert sent(unit, HEADER + "x" * 2_000_000).status_code == 303
    assert sent(unit, b"x" * 40_000_000).status_code == 413


def test_a_sheet_is_kept_no_longer_than_its_run_or_the_process(tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(MAPPING)
    begin = (
        "import sys; from io import BytesIO; from importing.mapping import load_mapping; from pathlib import Path;"
        "from web.importing.runs import Runs; runs = Runs();"
        "run = runs.begin(('k', 'Ann'), load_mapping(Path(sys.argv[1])), 'plan.csv', BytesIO(b'x'), lambda *_: None);"
        "assert run.file.read_bytes() == b'x'; print(run.folder)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    words = [sys.executable, "-c", begin, str(mapping)]
    said = subprocess.run(words, capture_output=True, text=True, env=environment, check=True)
    assert said.stdout.strip()
    assert not Path(said.stdout.strip()).exists()
