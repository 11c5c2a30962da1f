"""The pages that read: as whoever is signed in, at any moment, and nothing that they may not see."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from support.browser import Browser, Site
from support.partnership_world import World, on
from web.forms.fields import Field, Kind
from web.forms.reading import Filled
from web.moments import AskedMoment
from web.rendering import Templates

EVERYBODY = ("police", "unit", "body", "chair", "inspector", "administrator")
READ = ("/", "/overdue", "/agencies/police", "/sessions")


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_is_there_for_every_role(site: Site, who: str) -> None:
    site.world.assigned("police", due=5)
    browser = site.browser(who)
    for path in READ:
        page = browser.get(path)
        assert (page.path, page.status) == (path, 200)
        assert page.title.endswith(" – Golden Thread")


def test_an_agency_reads_first_what_it_owes(site: Site, world: World) -> None:
    world.assigned("police", due=5)
    world.assigned("health", due=6)
    world.at(10)
    page = site.browser("police").get("/")
    assert "1 thing is owed" in page.text
    assert "13 January 2024 5 days overdue Action" in page.text
    assert "R0001/1/A1" in page.text
    assert "R0002" not in page.text


def test_a_group_reads_first_what_waits_for_it(site: Site, world: World) -> None:
    world.evidence(world.assigned("police"))
    page = site.browser("body").get("/")
    assert "Evidence awaiting" in page.text
    assert "R0001/1/A1" in page.text


def test_a_page_at_a_moment_shows_that_moment_and_its_links_keep_it(site: Site, world: World) -> None:
    action = world.assigned("police", due=5)
    world.at(3)
    world.do("unit", "actionTransfer", id=action, toAgency="health", reason="Theirs")
    now, then = (
        site.browser("unit").get("/actions/R0001/1/A1"),
        site.browser("unit").get("/actions/R0001/1/A1", **{"known-at": on(1), "on": on(1)}),
    )
    assert "Lead agency The health" in now.text
    assert "Lead agency The police" in then.text
    assert "This is the past" in then.text
    assert "This is the past" not in now.text
    assert f"/overdue?known-at={on(1)}&on={on(1)}" in then.links
    assert "/actions/R0001/1/A1/assign" in now.links
    assert "/actions/R0001/1/A1/assign" not in then.links


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"known-at": "2999-01-01"}, "has not come yet"),
        ({"known-at": "soon"}, "is no day like"),
        ({"on": "2024-02-30"}, "is no day like"),
    ],
)
def test_a_moment_that_is_none_is_refused_in_words(site: Site, asked: dict[str, str], said: str) -> None:
    page = site.browser("inspector").get("/overdue", **asked)
    assert page.status == 400
    assert said in page.text


@pytest.mark.parametrize("path", ["/actions/R0009", "/actions/a%00b", "/agencies/none", "/nowhere", "/actions/"])
def test_what_is_not_there_is_said_to_be_not_there(site: Site, path: str) -> None:
    page = site.browser("unit").get(path)
    assert page.status == 404
    assert "no such page" in page.text or "not there" in page.text


def test_an_agency_sees_no_page_of_anothers_action(site: Site, world: World) -> None:
    world.assigned("health")
    there, nowhere = (site.browser("police").get(f"/actions/{each}") for each in ("R0001/1/A1", "R0009/1/A1"))
    assert there.status == nowhere.status == 404
    assert there.html == nowhere.html


def test_what_was_written_is_text_and_nothing_else(site: Site, world: World) -> None:
    world.evidence(world.assigned("police"), narrative="<script>alert(1)</script>{{ 7 * 7 }}&amp;")
    page = site.browser("police").get("/actions/R0001/1/A1")
    assert "<script>alert(1)</script>{{ 7 * 7 }}&amp;" in page.text
    assert "<script>alert" not in page.html


def test_pages_may_do_nothing_but_what_they_are(site: Site) -> None:
    headers = site.browser("police").get("/").headers
    assert headers["cache-control"] == "no-store"
    assert "script-src 'self'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_a_page_names_files_that_are_there_and_no_other_host(site: Site) -> None:
    browser = site.browser("police")
    html = browser.get("/").html
    for name in ("site.css", "site.js", "thread.svg"):
        address = html.partition(f"/{name}")[0].rpartition('"')[2] + f"/{name}"
        answered = browser.raw("GET", address)
        assert answered.status_code == 200
        assert "immutable" in answered.headers["cache-control"]
    assert "//" not in html.replace("<!DOCTYPE", "").replace("</", "").replace("http://www.w3.org", "")
    assert Browser(site.app).raw("GET", "/assets/0/__init__.py").status_code == 404


def test_an_agency_is_not_told_that_another_owes_nothing(site: Site, world: World) -> None:
    world.assigned("health", due=5)
    own, other = (site.browser("police").get(f"/agencies/{key}").text for key in ("police", "health"))
    assert "What it owes Nothing." in own
    assert "for it and for the partnership to see" in other
    assert "Nothing." not in other


@pytest.mark.parametrize("path", ["/overdue", "/overdue.csv"])
def test_of_today_a_page_and_a_sheet_show_what_is_known_so_far(site: Site, path: str) -> None:
    inspector = site.browser("inspector")
    assert inspector.raw("GET", f"{path}?known-at={on(0)}&on={on(0)}").status_code == 200
    assert inspector.raw("GET", f"{path}?known-at={on(1)}").status_code == 400


FAR, NEAR = ZoneInfo("Pacific/Auckland"), ZoneInfo("Europe/London")


def test_a_day_of_a_page_begins_and_ends_in_the_partnerships_own_zone() -> None:
    def now() -> datetime:
        return datetime(2026, 7, 1, 12, tzinfo=UTC)

    asked = AskedMoment("2026-06-30")
    assert asked.variables(now, NEAR)["knownAt"] == "2026-06-30T22:59:59.999999+00:00"
    assert asked.variables(now, FAR)["knownAt"] == "2026-06-30T11:59:59.999999+00:00"
    assert AskedMoment("2026-07-02").variables(now, FAR)["knownAt"] == now().isoformat()
    assert AskedMoment("2026-06-30T17:00").variables(now, FAR)["knownAt"] == "2026-06-30T17:00:00+12:00"


def test_a_moment_is_shown_and_a_day_filled_in_ends_in_the_partnerships_own_zone() -> None:
    shown = Templates()._environment.from_string("{{ instant | moment }}")
    instant = "2026-06-30T22:30:00+00:00"
    assert shown.render(instant=instant, zone=NEAR) == "30 June 2026 at 23:30"
    assert shown.render(instant=instant, zone=FAR) == "1 July 2026 at 10:30"
    until = [Field("expiresAt", Kind.UNTIL, "Until")]
    filled = [Filled(until, {"expiresAt": ["2026-06-30"]}, zone).input["expiresAt"] for zone in (NEAR, FAR)]
    assert filled == ["2026-06-30T22:59:59Z", "2026-06-30T11:59:59Z"]
