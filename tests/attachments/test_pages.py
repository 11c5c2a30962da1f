"""Files on the pages: they come with the form, stay though it is wrong, are listed with the evidence and fetched."""

from pathlib import Path
from typing import Any

import pytest

from api.app.settings import Settings
from support.browser import Browser, Page, Site
from support.partnership_world import World
from support.uploads import PDF

NOTES = ("Notes.txt", b"What was seen", "text/plain")
MINUTES = ("Minutes <8 January>.pdf", PDF, "application/pdf")


@pytest.fixture
def site(world: World, tmp_path: Path) -> Site:
    return Site(world, Settings(data=tmp_path, attachment_bytes=100_000))


@pytest.fixture
def address(world: World) -> str:
    action = world.assigned("police")
    reference = world.ask("unit", "query ($id: ID!) { node(id: $id) { ... on Action { reference } } }", id=action)
    return f"/actions/{reference['node']['reference']}"


def sent(browser: Browser, address: str, *files: tuple[str, bytes, str], **given: Any) -> Page:
    """The form of evidence with files, as a browser without JavaScript sends it."""
    form = browser.get(f"{address}/submit-evidence").form()
    return posted(browser, address, {**form["held"], **given}, *files)


def posted(browser: Browser, address: str, held: dict[str, Any], *files: tuple[str, bytes, str]) -> Page:
    named = [("attachments", each) for each in files or (("", b"", "application/octet-stream"),)]
    answered = browser.raw("POST", f"{address}/submit-evidence", data=held, files=named)
    while answered.is_redirect:
        answered = browser.raw("GET", answered.headers["location"])
    return Page(answered)


def test_files_come_with_evidence_are_listed_and_fetched_by_whoever_is_signed_in(site: Site, address: str) -> None:
    police = site.browser("police")
    page = sent(police, address, MINUTES, NOTES, narrative="Done")
    assert (page.status, page.path.partition("?")[0]) == (200, address)
    assert "Minutes <8 January>.pdf" in page.text
    urls = [each for each in page.links if each.startswith("/attachments/")]
    assert [police.raw("GET", each).content for each in urls] == [PDF, NOTES[1]]
    assert site.browser("body").raw("GET", urls[0]).status_code == 200
    assert site.browser("health").raw("GET", urls[0]).status_code == 404
    assert Browser(site.app).raw("GET", urls[0]).status_code == 401


def test_a_form_without_files_is_sent_as_before(site: Site, address: str) -> None:
    assert sent(site.browser("police"), address, narrative="Done").path.partition("?")[0] == address


def test_a_form_that_is_wrong_keeps_what_was_uploaded(site: Site, address: str) -> None:
    police = site.browser("police")
    page = sent(police, address, NOTES, narrative="")
    assert (page.status, "Notes.txt" in page.text, "This is needed" in page.text) == (400, True, True)
    again = posted(police, address, {**page.form()["held"], "narrative": "Done"})
    assert again.path.partition("?")[0] == address
    assert [police.raw("GET", each).content for each in again.links if "/attachments/" in each] == [NOTES[1]]


def test_a_file_that_is_not_taken_is_told_beside_those_that_are(site: Site, address: str) -> None:
    large = ("Film.bin", b"\0" * 100_001, "application/octet-stream")
    page = sent(site.browser("police"), address, NOTES, large, narrative="Done")
    assert page.status == 400
    assert "Film.bin: The file is larger than 100,000 bytes." in page.text
    assert "Notes.txt" in page.text
    assert page.form()["held"]["narrative"] == "Done"


def test_nothing_is_uploaded_by_a_form_of_another_session(site: Site, address: str) -> None:
    page = sent(site.browser("police"), address, NOTES, narrative="Done", csrf="x" * 60)
    assert (page.status, "choose it again" in page.text or "signed in again" in page.text) == (400, True)
    with site.world.installation.database.connection("gt_knowsley") as conn:
        assert conn.execute("SELECT FROM upload").fetchall() == []


def test_somebody_elses_upload_is_not_shown_by_its_id(site: Site, address: str, world: World) -> None:
    page = sent(site.browser("unit"), address, NOTES, narrative="")
    (id,) = page.form()["held"]["attachments"]
    stolen = posted(site.browser("police"), address, {"attachments": id, "narrative": ""})
    assert "Notes.txt" not in stolen.text
