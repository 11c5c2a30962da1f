"""The administrator lets people in by a link, and shuts them out; nobody else does."""

from typing import Any

import pytest

from support.browser import ADDRESS, Browser, Page, Site

INVITED = {"subject": "Ann Lee, police", "role": "AGENCY", "agency": "police", "expiresAt": "2031-12-31"}


def invited(site: Site) -> tuple[Browser, Page]:
    administrator = site.browser("administrator")
    page = administrator.fill("/people/invite", **INVITED)
    assert page.path == "/people?done=credentialIssue", page.text
    return administrator, page


def of(page: Page, action: str, subject: str = "Ann Lee, police") -> dict[str, Any]:
    """The form about somebody, as the page holds it."""
    places = page.html.split('<tr class="govuk-table__row">')
    nth = next(n for n, each in enumerate(places[2:]) if subject in each)
    held: dict[str, Any] = [form["held"] for form in page.forms if form["action"] == action][nth]
    return held


def test_somebody_is_let_in_signs_in_by_the_link_and_is_shut_out(site: Site) -> None:
    administrator, page = invited(site)
    shown = administrator.post("/people/link", of(page, "/people/link"))
    link = shown.html.partition("<code>")[2].partition("</code>")[0]
    officer = Browser(site.app)
    assert officer.post(link.removeprefix(site.app.state.site.address).removeprefix(ADDRESS), {}).path == "/"
    assert "Ann Lee, police" in officer.get("/").text
    gone = administrator.post("/people/revoke", {**of(page, "/people/revoke"), "reason": "Has left"})
    assert "Revoked: Has left" in gone.text
    site.app.state.site.edge.credentials._checked.clear()
    assert officer.get("/").path.startswith("/sign-in")


def test_whoever_is_shut_out_without_a_reason_stays(site: Site) -> None:
    administrator, page = invited(site)
    refused = administrator.post("/people/revoke", of(page, "/people/revoke"))
    assert (refused.status, "Nothing was recorded" in refused.text) == (400, True)


@pytest.mark.parametrize("who", ["police", "unit", "body", "chair", "inspector"])
def test_nobody_else_lets_in_makes_links_or_shuts_out(site: Site, who: str) -> None:
    _, page = invited(site)
    browser = site.browser(who)
    csrf = browser.get("/").form("/sign-out")["held"]["csrf"]
    assert browser.get("/people").status == browser.get("/people/invite").status == 403
    for action in ("/people/link", "/people/revoke"):
        assert browser.post(action, {**of(page, action), "csrf": csrf, "reason": "x"}).status == 403
    assert "/people" not in browser.get("/").links


def test_a_form_of_another_session_makes_no_link(site: Site) -> None:
    administrator, page = invited(site)
    assert administrator.post("/people/link", {**of(page, "/people/link"), "csrf": "x.y"}).status == 403
    assert administrator.post("/people/link", {**of(page, "/people/link"), "id": "x"}).status == 404
