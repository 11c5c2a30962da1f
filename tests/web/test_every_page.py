"""Every page and every form, as everybody: there or refused in words, and nothing of another agency's on any."""

import pytest

from domain.catalogue import BY_MUTATION
from support.browser import Site
from support.every_page import (
    BY_ROLE,
    EVERYBODY,
    LISTS,
    SECRET,
    link,
    not_walked,
    page_routes,
    pages,
    story,
    walked,
)
from support.partnership_world import Stage, on
from web.forms.catalogue import FORMS


@pytest.fixture
def site(stage: Stage) -> Site:
    return Site(stage(story).world)


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_is_there_now_and_in_the_past(site: Site, who: str) -> None:
    browser = site.browser(who)
    for path in pages(who):
        page = browser.get(path)
        assert (page.path, page.status) == (path, 200)
        assert page.title.endswith(" – Golden Thread"), path
    for path in LISTS if who in {"police", "inspector"} else ():
        address = f"{path}{'&' if '?' in path else '?'}known-at={on(2)}&on={on(2)}"
        assert browser.get(address).status == 200, address


def test_no_page_shows_an_agency_what_is_anothers(site: Site) -> None:
    police, unit = site.browser("police"), site.browser("unit")
    hidden = [f"/reviews/{reference}" for reference in ("R0002", "R0003")]
    hidden += ["/recommendations/R0002/1", "/actions/R0002/1/A1", "/challenges/C0002", "/returns/2024/health"]
    everything = dict.fromkeys([*hidden, *(path for who in EVERYBODY for path in walked(who))])
    shown = {path for path in everything if SECRET in unit.get(path).text}
    assert {
        "/recommendations",
        "/actions",
        "/challenges",
        "/reviews",
        "/",
        "/actions/R0002/1/A1",
        "/returns/2024/health",
    } <= shown
    seen = {path for path in everything if SECRET in police.get(path).html.replace(f'value="{SECRET}"', "")}
    assert seen == set()


@pytest.mark.parametrize(
    "path",
    [
        "/actions?stage=NONE",
        "/agencies/police?kind=X",
        "/oversight?queue=X",
        "/challenges?stage=X",
        "/reviews?stage=X",
        "/overdue?agency=nobody",
        "/actions?theme=nothing",
        "/actions?after=made-up",
        "/recurring?agency=nobody",
        "/oversight?body=nobody",
        "/actions?overdue=perhaps",
        "/search?q=" + "x" * 300,
    ],
)
def test_an_address_that_asks_for_what_there_is_none_of_is_answered_in_words(site: Site, path: str) -> None:
    page = site.browser("unit").get(path)
    assert page.status in {200, 400}
    assert "Something went wrong" not in page.text


@pytest.mark.parametrize("who", BY_ROLE.values())
def test_every_form_is_shown_to_whoever_may_send_it_and_to_nobody_else(site: Site, who: str) -> None:
    browser = site.browser(who)
    for form in FORMS:
        page = browser.get(link(form))
        may = who in {BY_ROLE.get(role) for role in BY_MUTATION[form.mutation].roles}
        assert page.status == (200 if may else 403), form
        if may:
            assert page.form()["held"]["key"]
            assert form.title in page.text
            names = {name.rpartition(".")[2] for name in page.form()["names"]} - {"csrf", "key", "version"}
            assert {name for name in names if name != name.lower() and name in page.text} == set(), form


def test_every_address_of_a_page_is_looked_at_by_these_tests(site: Site) -> None:
    """A page that is added is added to `support.every_page`, and so is shown to an agency and to axe."""
    addresses = [path.partition("?")[0] for who in EVERYBODY for path in walked(who)]
    left = [each.path for each in page_routes(site.app) if not any(each.path_regex.match(path) for path in addresses)]
    assert sorted(set(left)) == sorted(not_walked())
