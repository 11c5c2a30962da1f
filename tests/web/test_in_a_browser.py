"""The pages in a real browser: a day end to end, by keyboard alone, without JavaScript, and with axe watching."""

from collections.abc import Iterator
from datetime import timedelta
from shutil import which
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from domain.shared.vocabulary import Role
from support.browser import ROLES
from support.partnership_world import Stage, World, on
from support.served_process import Served, served

CHROMIUM = which("chromium") or which("chromium-browser") or which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LOOKED_FOR = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ACTION = "/actions/R0001/1/A1"
PAGES = {
    "police": ("/", "/overdue", "/agencies/police", ACTION, f"{ACTION}/submit-evidence", "/sessions"),
    "body": ("/", ACTION, f"{ACTION}/accept-evidence", f"{ACTION}/close"),
    "chair": (
        "/reviews/R0001",
        "/recommendations/R0001/1",
        "/challenges",
        "/recurring",
        "/actions",
        "/search?q=train",
        "/words",
    ),
    "unit": (
        "/reviews/R0001/disseminate-learning",
        f"{ACTION}/assign",
        f"{ACTION}?known-at={on(1)}&on={on(1)}",
        "/nowhere",
    ),
}

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")


def story(world: World) -> str:
    action = world.assigned("police", due=5)
    world.evidence(action, claimsComplete=False)
    world.at(30)
    return action


@pytest.fixture
def world(stage: Stage) -> World:
    return stage(story).world


@pytest.fixture
def site(world: World) -> Iterator[Served]:
    with served(world.installation) as site:
        yield site


@pytest.fixture
def chromium(site: Served) -> Iterator[Browser]:
    """Begun once the story is told: nothing else may wait for itself in the thread that drives a browser."""
    assert site.port
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield browser
        browser.close()


def signed_in(context: BrowserContext, site: Served, world: World, who: str) -> Page:
    """By a link, as a person would be."""
    given: dict[str, Any] = ROLES.get(who) or {"role": Role.AGENCY, "agency": who}
    credential = world.installation.credential_of_person(world.key, subject=f"Person of {who}", **given)
    page = context.new_page()
    pages = site.app.state.site
    page.goto(
        f"{site.url}/sign-in/{pages.seal.sealed(pages.sessions.offer(world.key, credential, timedelta(hours=1)))}"
    )
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{site.url}/")
    return page


def faults(page: Page) -> list[str]:
    """What axe finds, and a page that is wider than the screen."""
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate("options => axe.run(document, options)", LOOKED_FOR)["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    return [f"{page.url}: {each['id']} {each['nodes'][0]['html']}" for each in found] + [f"{page.url} is wide"] * wide


@pytest.mark.parametrize("who", PAGES)
def test_axe_finds_nothing_on_any_page_on_a_desk_or_a_phone(
    chromium: Browser, site: Served, world: World, who: str
) -> None:
    context = chromium.new_context()
    page, said = signed_in(context, site, world, who), list[str]()
    page.on("console", lambda message: said.append(message.text) if "404" not in message.text else None)
    found: list[str] = []
    for path in PAGES[who]:
        page.goto(f"{site.url}{path}")
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": 800})
            found += faults(page)
    assert found == [], "\n".join(found)
    assert said == []
    context.close()


def test_an_officer_submits_evidence_by_keyboard_alone(chromium: Browser, site: Served, world: World) -> None:
    context = chromium.new_context()
    page = signed_in(context, site, world, "police")
    for name in ("R0001/1/A1", "Submit evidence"):
        reach(page, name)
        with page.expect_navigation():
            page.keyboard.press("Enter")
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "narrative":
            break
    page.keyboard.type("Everybody was trained")
    reach(page, "Submit evidence")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Evidence submitted.")
    context.close()


def test_a_group_accepts_evidence_without_javascript(chromium: Browser, site: Served, world: World) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = signed_in(context, site, world, "body")
    page.get_by_role("link", name="R0001/1/A1").first.click()
    page.get_by_role("link", name="Return evidence").click()
    page.get_by_role("button", name="Return evidence").click()
    expect(page.get_by_role("alert")).to_contain_text("Why: This is needed.")
    page.goto(f"{site.url}{ACTION}/accept-evidence")
    expect(page.get_by_role("radio")).to_be_checked()
    page.get_by_role("button", name="Accept evidence").click()
    expect(page.locator("main")).to_contain_text("Evidence accepted.")
    context.close()


def test_nothing_is_left_on_paper_that_only_a_screen_can_use(chromium: Browser, site: Served, world: World) -> None:
    context = chromium.new_context()
    page = signed_in(context, site, world, "police")
    page.goto(f"{site.url}{ACTION}")
    page.emulate_media(media="print")
    expect(page.get_by_role("link", name="Submit evidence")).not_to_be_visible()
    expect(page.get_by_role("navigation", name="Pages")).not_to_be_visible()
    expect(page.locator(".gt-cited")).to_contain_text("Read as known at")
    context.close()


def reach(page: Page, name: str) -> None:
    """By the tabulator, to what is called so."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent.trim()") == name:
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")
