"""Lists as sheets: what their pages show, as whoever asks, at one moment, for people and for programs."""

import csv
from base64 import b64encode
from contextlib import ExitStack
from datetime import datetime
from io import BytesIO, StringIO
from typing import Any

import pytest
from httpx import Response
from openpyxl import load_workbook

from api.http.admission import Overloaded
from support.browser import Browser, Site
from support.partnership_world import AGENCIES, World, on
from web.sheets.bound import AT_ONCE
from web.sheets.lists import LISTS

ADDRESSES = [f"/{each.name}" for each in LISTS] + ["/agencies/police"]


def asked(site: Site, who: str, path: str, **query: Any) -> Response:
    found = site.browser(who).raw("GET", path, params=query or None)
    assert found.status_code == 200, found.text
    return found


def rows_of(answered: Response) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(answered.content.decode("utf-8-sig"), newline="")))


def program(site: Site, path: str, authorization: str | None = None) -> Response:
    headers = {"Accept": "*/*"} | ({"Authorization": authorization} if authorization else {})
    return Browser(site.app).raw("GET", path, headers=headers)


def test_every_list_is_a_sheet_with_the_rows_of_its_list(site: Site, world: World) -> None:
    world.evidence(world.assigned("police", due=5))
    world.assigned("police", due=6, recommendationId=world.a_recommendation())
    world.do("chair", "challengeIssue", agency="police", subjects=[world.a_review()], grounds="Nothing came")
    world.at(10)
    browser = site.browser("chair")
    found = {}
    for path in ADDRESSES:
        shown = browser.get(path + ("?agency=police" if path in {"/actions", "/reviews", "/challenges"} else ""))
        links = [link for link in shown.links if link.startswith((f"{path}.csv", f"{path}.xlsx"))]
        assert len(links) == 2
        assert {browser.raw("GET", link).status_code for link in links} == {200}
        rows = rows_of(browser.raw("GET", f"{path}.csv"))
        book = load_workbook(BytesIO(browser.raw("GET", f"{path}.xlsx").content))
        assert book.worksheets[0].max_row == len(rows) + 1
        found[path] = len(rows)
    assert all(found.values())
    assert rows_of(browser.raw("GET", "/recurring.csv?after-closure=true")) == []
    assert (found["/actions"], found["/recommendations"], found["/reviews"], found["/challenges"]) == (2, 2, 3, 1)
    assert found["/overdue"] == len(AGENCIES)


def test_a_sheet_says_what_it_is_and_its_days_are_days(site: Site, world: World) -> None:
    world.assigned("police", due=5)
    world.assigned("health", due=6)
    answered = asked(site, "inspector", "/actions.xlsx", **{"lead-agency": "police", "on": on(7)})
    book = load_workbook(BytesIO(answered.content))
    header, row = ([cell.value for cell in each] for each in book["Actions"])
    shown = dict(zip(header, row, strict=True))
    assert (shown["Reference"], shown["Lead agency"], shown["Days overdue"]) == ("R0001/1/A1", "The police", 2)
    assert shown["Due"] == datetime.fromisoformat(on(5))
    about = dict([cell.value for cell in each] for each in book["About"])
    assert about["Partnership"] == "Knowsley"
    assert about["Filters"] == "lead-agency: police"
    assert about["Known at (knownAt)"] == world.known_at()
    assert about["Judged on (effectiveOn)"] == datetime.fromisoformat(on(7))
    assert (about["Position"], about["Rows"]) == (world.position(), 1)
    assert 'filename="actions-knowsley-known-' in answered.headers["content-disposition"]
    assert answered.headers["cache-control"] == "no-store"


def test_all_pages_are_of_one_moment_and_the_same_moment_is_the_same_bytes(site: Site, world: World) -> None:
    above = world.a_recommendation()
    for _ in range(103):
        world.an_action(recommendationId=above, wording="=1+1")
    then = world.known_at()
    first = asked(site, "unit", "/actions.xlsx", **{"known-at": then, "on": on(0)})
    world.an_action(recommendationId=above)
    again = asked(site, "unit", "/actions.xlsx", **{"known-at": then, "on": on(0)})
    assert first.content == again.content
    rows = rows_of(asked(site, "unit", "/actions.csv"))
    assert len({row["Reference"] for row in rows}) == len(rows) == 104
    assert rows[0]["Action"] == "'=1+1"
    assert load_workbook(BytesIO(first.content))["Actions"].max_row == 104


def test_an_agency_has_a_sheet_of_what_it_sees_and_nothing_else(site: Site, world: World) -> None:
    world.assigned("police", due=5)
    world.assigned("health", due=6)
    world.at(10)
    assert [row["Lead agency"] for row in rows_of(asked(site, "police", "/actions.csv"))] == ["The police"]
    assert [row["Agency"] for row in rows_of(asked(site, "police", "/overdue.csv"))] == ["The police"]
    assert rows_of(asked(site, "police", "/agencies/health.csv")) == []
    for path in ("/oversight.csv", "/agencies/nobody.csv"):
        assert site.browser("police").get(path).status == 404


def test_a_program_reads_with_a_token_again_and_again(site: Site, world: World) -> None:
    world.assigned("police", due=5)
    token = world.tokens["inspector"]
    for sent in (f"Bearer {token}", f"Basic {b64encode(f'excel:{token}'.encode()).decode()}") * 2:
        assert len(rows_of(program(site, "/actions.csv", sent))) == 1


def test_a_program_without_a_token_is_told_what_to_send(site: Site) -> None:
    for sent in (None, "Bearer x", "Basic x", "Basic eDp5", "Basic /w==", "Digest x"):
        answered = program(site, "/actions.xlsx", sent)
        assert answered.status_code == 401
        assert answered.headers["www-authenticate"].startswith('Basic realm="Golden Thread"')


def test_a_person_who_is_not_signed_in_is_led_to_the_sign_in(site: Site) -> None:
    led = Browser(site.app).raw("GET", "/actions.xlsx?stage=CLOSED")
    assert (led.status_code, led.headers["location"]) == (303, "/sign-in?next=%2Factions.xlsx%3Fstage%3DCLOSED")


def test_what_a_list_is_not_narrowed_by_is_refused_rather_than_passed_over(site: Site) -> None:
    browser = site.browser("unit")
    for query in ("owner=a", "stage=DONE", "overdue=perhaps", "due-before=2024-02-31", "known-at=2999", "text=a&q=b"):
        assert browser.get(f"/actions.csv?{query}").status == 400


def test_a_page_leads_to_its_sheet_narrowed_as_it_is(site: Site, world: World) -> None:
    page = site.browser("unit").get("/agencies/police", kind="ACTION", on=on(3))
    links = [link for link in page.links if ".csv" in link or ".xlsx" in link]
    assert not links
    world.assigned("police", due=5)
    page = site.browser("unit").get("/agencies/police", kind="ACTION", on=on(3))
    assert f"/agencies/police.csv?kind=ACTION&on={on(3)}" in page.links
    assert len(rows_of(asked(site, "unit", f"/agencies/police.csv?kind=ACTION&on={on(3)}"))) == 1
    assert rows_of(asked(site, "unit", "/agencies/police.csv?kind=DUTY")) == []


def test_one_sheet_at_a_time_is_made_for_a_caller(site: Site) -> None:
    browser, exports = site.browser("unit"), site.app.state.site.exports
    with exports.one_of("somebody else"):
        assert browser.get("/actions.csv").status == 200
        with exports.one_of("who makes one"), pytest.raises(Overloaded), exports.one_of("who makes one"):
            pass
        assert browser.get("/actions.csv").status == 200
    with ExitStack() as others:
        for each in range(AT_ONCE):
            others.enter_context(exports.one_of(each))
        assert browser.get("/actions.csv").status == 503


def test_what_is_not_so_narrows_a_page_and_its_sheet_alike(site: Site, world: World) -> None:
    world.assigned("police", due=5)
    world.assigned("health", due=60)
    world.at(10)
    unit = site.browser("unit")
    for so, agencies in (("true", ["The police"]), ("false", ["The health"]), ("", ["The health", "The police"])):
        page = unit.get(f"/actions?overdue={so}")
        rows = rows_of(unit.raw("GET", f"/actions.csv?overdue={so}"))
        assert sorted(row["Lead agency"] for row in rows) == agencies
        assert f"{len(agencies)} action" in page.text
    assert "1 action," in unit.get("/actions?awaiting-review=false&overdue=true").text


def test_a_csv_travels_compressed_and_is_the_same(site: Site, world: World) -> None:
    world.assigned("police", due=5)
    unit = site.browser("unit")
    plain = unit.raw("GET", "/actions.csv", headers={"Accept-Encoding": "identity"})
    packed = unit.raw("GET", "/actions.csv", headers={"Accept-Encoding": "gzip"})
    assert (plain.headers.get("content-encoding"), packed.headers["content-encoding"]) == (None, "gzip")
    assert plain.content == packed.content
    assert "Accept-Encoding" in packed.headers["vary"]


def test_an_officers_list_leaves_as_a_sheet(site: Site, world: World) -> None:
    action = world.assigned("police", due=5)
    world.do("unit", "actionHandOver", id=action, leadOfficer="PC Oak")
    world.assigned("police", due=5)
    page = site.browser("unit").get("/actions?officer=PC%20Oak")
    assert "1 action," in page.text
    (link,) = [link for link in page.links if ".csv" in link]
    assert [row["Lead officer"] for row in rows_of(site.browser("unit").raw("GET", link))] == ["PC Oak"]
