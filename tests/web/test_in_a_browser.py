"""The pages in a real browser: a day end to end, by keyboard alone, without JavaScript, and with axe watching."""

from collections.abc import Iterator
from datetime import timedelta
from shutil import which
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from domain.shared.vocabulary import Role
from support.browser import ROLES, Site
from support.every_page import pages, walked
from support.every_page import story as everything
from support.partnership_world import Stage, World, on
from support.served_process import Served, served
from support.small_sheet import GOOD, MAPPING

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
    return [f"{page.url}: {each['id']} {each['nodes'][0]['html']}" for each in found] + wide(page)


def wide(page: Page) -> list[str]:
    return [f"{page.url} is wide"] * page.evaluate("document.documentElement.scrollWidth > window.innerWidth")


@pytest.fixture
def whole(stage: Stage) -> World:
    """In which every page shows something."""
    return stage(everything).world


@pytest.fixture
def whole_site(whole: World) -> Iterator[Served]:
    with served(whole.installation) as site:
        yield site


@pytest.fixture
def corrections(whole: World) -> list[str]:
    """One entry of each kind of thing, as its history leads to it."""
    unit, start = Site(whole).browser("unit"), "/correct?entry="
    things = [path.removesuffix(start) for path in walked("unit") if path.endswith(start)]
    return [next(link for link in unit.get(thing).links if start in link) for thing in things]


FORMS_LOOKED_AT = (
    "/submit-evidence",
    "/accept-evidence",
    "/judge",
    "/commission?kind=practice-learning-review",
    "/invite",
)
"""By the ends of their addresses: one of each make. All others are looked at in the long run."""


@pytest.mark.parametrize("all_forms", [False, pytest.param(True, marks=pytest.mark.long)])
def test_axe_finds_nothing_on_any_page_on_a_desk_or_a_phone(
    corrections: list[str], whole: World, whole_site: Served, all_forms: bool
) -> None:
    """Each address once, as the first of those who see it."""
    seen: set[str] = set()
    found: list[str] = []
    said: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        for name in ("unit", "police", "body", "chair", "administrator"):
            paths = [path for path in looked_at(name, all_forms=all_forms) if path not in seen]
            seen |= set(paths)
            if name == "unit":
                paths += ["/nowhere", f"{ACTION}?known-at={on(1)}&on={on(1)}"]
                paths += corrections if all_forms else corrections[:1]
            context = browser.new_context(viewport={"width": 360, "height": 800})
            page = signed_in(context, whole_site, whole, name)
            page.on("console", lambda message: said.append(message.text) if "404" not in message.text else None)
            for path in paths:
                page.goto(f"{whole_site.url}{path}")
                found += faults(page)
                page.set_viewport_size({"width": 1280, "height": 800})
                found += wide(page)
                page.set_viewport_size({"width": 360, "height": 800})
            context.close()
        browser.close()
    assert found == [], "\n".join(found)
    assert said == []


def looked_at(who: str, *, all_forms: bool) -> list[str]:
    every = [path for path in walked(who) if not path.endswith("?entry=")]
    return [path for path in every if all_forms or path in pages(who) or path.endswith(FORMS_LOOKED_AT)]


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


def test_a_group_accepts_several_without_javascript(chromium: Browser, site: Served, world: World) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = signed_in(context, site, world, "body")
    page.get_by_role("link", name="R0001/1/A1").first.click()
    page.get_by_role("link", name="Return evidence").click()
    page.get_by_role("button", name="Return evidence").click()
    expect(page.get_by_role("alert")).to_contain_text("Why: This is needed.")
    page.goto(f"{site.url}/oversight")
    page.get_by_label("Evidence of R0001/1/A1").check()
    page.get_by_role("button", name="Accept what is ticked").click()
    expect(page.locator("main")).to_contain_text("What was asked")
    expect(page.get_by_label("Accept it")).to_be_checked()
    page.get_by_role("button", name="Accept what is ticked").click()
    expect(page.locator("main")).to_contain_text("Evidence accepted.")
    page.goto(f"{site.url}{ACTION}")
    page.get_by_role("link", name="Close it").click()
    page.get_by_label("Superseded").check()
    page.get_by_label("Why").fill("Joined with another")
    page.get_by_role("button", name="Close it").click()
    expect(page.locator("main")).to_contain_text("How it was closed")
    context.close()


def test_a_chairs_day_challenges_escalates_and_resolves_without_javascript(
    chromium: Browser, site: Served, world: World
) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = signed_in(context, site, world, "chair")
    page.get_by_role("link", name="Challenges", exact=True).click()
    page.get_by_role("link", name="Issue a formal challenge").click()
    page.get_by_label("Which agency").select_option("police")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("R0001/1/A1").check()
    page.get_by_label("On which grounds").fill("Nothing has come")
    page.get_by_role("button", name="Issue a formal challenge").click()
    expect(page.locator("main")).to_contain_text("Challenge issued.")
    for form, why, said in (("Escalate it", "Silence", "Escalated."), ("Resolve it", "It came", "Resolved.")):
        page.get_by_role("link", name=form).click()
        if form == "Resolve it":
            page.get_by_label("Answered").check()
        page.get_by_label("Why").fill(why)
        page.get_by_role("button", name=form).click()
        expect(page.locator("main")).to_contain_text(said)
    page.get_by_role("link", name="Challenges", exact=True).click()
    expect(page.locator("main")).to_contain_text("0 open of 1")
    context.close()


def test_a_units_day_imports_a_sheet_and_corrects_an_entry(chromium: Browser, site: Served, world: World) -> None:
    context = chromium.new_context()
    page = signed_in(context, site, world, "unit")
    page.get_by_role("link", name="Import").click()
    page.get_by_label("The sheet").set_input_files(
        {"name": "plan.csv", "mimeType": "text/csv", "buffer": GOOD.encode()}
    )
    page.get_by_label("Or a mapping of your own").set_input_files(
        {"name": "mapping.yaml", "mimeType": "text/yaml", "buffer": MAPPING.encode()}
    )
    page.get_by_role("button", name="Check it").click()
    expect(page.locator("main")).to_contain_text("Nothing has been recorded yet", timeout=20_000)
    assert faults(page) == []
    page.get_by_role("button", name="Record 2 rows").click()
    expect(page.locator("main")).to_contain_text("2 rows recorded", timeout=20_000)
    page.goto(f"{site.url}{ACTION}")
    page.get_by_role("link", name="Correct").nth(1).click()
    expect(page.get_by_label("By which day")).to_have_value(on(5))
    page.get_by_label("By which day").fill(on(6))
    page.get_by_label("Why").fill("Misread")
    page.get_by_role("button", name="Correct the record").click()
    expect(page.get_by_role("alert")).to_contain_text("Corrected.")
    context.close()


def test_an_inspectors_day_reads_two_clocks(chromium: Browser, site: Served, world: World) -> None:
    context = chromium.new_context()
    page = signed_in(context, site, world, "inspector")
    page.goto(f"{site.url}{ACTION}")
    page.get_by_text("Look at another moment").click()
    page.get_by_label("As it was known at the end of this day").fill(on(0))
    page.get_by_label("As it stood on this day").fill(on(0))
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("region", name="The moment shown")).to_contain_text("This is the past.")
    page.get_by_role("link", name="Overdue", exact=True).click()
    expect(page.get_by_role("region", name="The moment shown")).to_be_visible()
    expect(page.locator(".gt-cited")).to_contain_text("Read as known at 8 January 2024")
    context.close()


def test_an_administrators_day_lets_somebody_in(chromium: Browser, site: Served, world: World) -> None:
    context = chromium.new_context()
    page = signed_in(context, site, world, "administrator")
    page.get_by_role("link", name="People").click()
    page.get_by_role("link", name="Let somebody in").click()
    page.get_by_label("Who", exact=True).fill("Ann Lee, police")
    page.get_by_label("Agency", exact=True).check()
    page.get_by_label("The police").first.check()
    page.get_by_label("Until which day").fill("2031-12-31")
    page.get_by_role("button", name="Let somebody in").click()
    page.get_by_role("button", name="Make a sign-in link for Ann Lee, police").click()
    link = page.locator("code").inner_text()
    context.close()
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{site.url}/{link.partition('//')[2].partition('/')[2]}")
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".gt-who")).to_contain_text("Ann Lee, police, agency (police)")
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
