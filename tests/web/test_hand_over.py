"""What a leaving officer leads goes to another one at once; people are changed and signed out by the administrator."""

from typing import Any

import pytest

from support.browser import Browser, Page, Site
from support.partnership_world import Stage, World


def leading(world: World) -> list[str]:
    """Two actions and a recommendation that one officer leads, one of another's and one that is closed."""
    above = world.a_recommendation()
    found = [world.an_action(recommendationId=above) for _ in range(2)]
    for each in found:
        world.do("unit", "actionAssign", id=each, leadAgency="police", dueOn="2024-05-01", leadOfficer="PC Oak")
    world.do("unit", "recommendationAssign", id=above, leadAgency="police", dueOn="2024-05-01", leadOfficer="PC Oak")
    other = world.an_action(recommendationId=above)
    world.do("unit", "actionAssign", id=other, leadAgency="health", dueOn="2024-05-01", leadOfficer="Nurse Elm")
    closed = world.an_action(recommendationId=above)
    world.do("unit", "actionAssign", id=closed, leadAgency="police", dueOn="2024-05-01", leadOfficer="PC Oak")
    world.do("body", "actionClose", id=closed, outcome="SUPERSEDED", reason="Joined")
    return [*found, above]


@pytest.fixture
def held(stage: Stage) -> list[str]:
    return stage(leading).told


@pytest.fixture
def site(stage: Stage) -> Site:
    return Site(stage(leading).world)


def officers(site: Site) -> list[str]:
    asked = "actions { nodes { reference leadOfficer } } recommendations { nodes { reference leadOfficer } }"
    found = site.world.read("inspector", asked)
    nodes = found["actions"]["nodes"] + found["recommendations"]["nodes"]
    return [each["leadOfficer"] for each in sorted(nodes, key=lambda each: str(each["reference"]))]


def boxes(page: Page) -> list[str]:
    return [part.split('"')[0] for part in page.html.split('name="item" value="')[1:]]


@pytest.mark.parametrize("who", ["administrator", "unit"])
def test_all_that_an_officer_leads_is_handed_over_at_once(site: Site, held: list[str], who: str) -> None:
    browser = site.browser(who)
    assert "/hand-over?officer=PC%20Oak" in browser.get("/hand-over").links
    page = browser.get("/hand-over?officer=PC%20Oak")
    assert sorted(boxes(page)) == sorted(held)
    assert browser.post("/hand-over?officer=PC%20Oak", page.form()["held"]).status == 400
    sent = {**page.form()["held"], "item": boxes(page), "leadOfficer": "Head of safeguarding"}
    done = browser.post("/hand-over?officer=PC%20Oak", sent)
    assert done.path == "/hand-over?done=actionHandOver", done.text
    assert sorted(officers(site)) == ["Head of safeguarding"] * 3 + ["Nurse Elm", "PC Oak"]
    due = site.world.read("unit", f'action(id: "{held[0]}") {{ dueOn leadAgency {{ key }} version }}')["action"]
    assert (due["leadAgency"]["key"], due["version"]) == ("police", 3)
    assert "Nothing that is open" in browser.get("/hand-over?officer=PC%20Oak").text


def test_what_cannot_be_handed_over_says_so_in_its_place(site: Site, held: list[str]) -> None:
    unit = site.browser("unit")
    page = unit.get("/hand-over?officer=PC%20Oak")
    sent = {**page.form()["held"], "item": boxes(page), "leadOfficer": "x" * 5_000}
    refused = unit.post("/hand-over?officer=PC%20Oak", sent)
    assert refused.status == 400
    assert "Not all of it was handed over" in refused.text
    assert officers(site).count("PC Oak") == 4


@pytest.mark.parametrize("who", ["police", "body", "chair", "inspector"])
def test_nobody_else_hands_over(site: Site, who: str) -> None:
    browser = site.browser(who)
    csrf = browser.get("/").form("/sign-out")["held"]["csrf"]
    assert browser.get("/hand-over?officer=PC%20Oak").status == 403
    assert browser.post("/hand-over?officer=PC%20Oak", {"csrf": csrf, "leadOfficer": "x", "item": "y"}).status == 403
    assert "/hand-over" not in browser.get("/").links


def test_a_closed_action_and_one_that_nobody_leads_are_not_handed_over(world: World) -> None:
    unassigned = world.an_action()
    assert world.refused("unit", "actionHandOver", id=unassigned, leadOfficer="x") == ["NOT_ASSIGNED"]
    assert world.refused("unit", "actionHandOver", id=world.closed(), leadOfficer="x") == ["ALREADY_CLOSED"]
    open_action = world.assigned()
    version = world.do("administrator", "actionHandOver", id=open_action, leadOfficer="PC Elm")["version"]
    assert world.do("unit", "actionHandOver", id=open_action, leadOfficer="PC Elm")["version"] == version
    assert world.do("unit", "actionHandOver", "leadOfficer", id=open_action)["leadOfficer"] is None
    assert "NOT_PERMITTED" in str(world.answer("police", HAND_OVER, id=open_action))


HAND_OVER = """mutation ($id: ID!) { actionHandOver(
  input: {id: $id, idempotencyKey: "7e1f6f5c-6a1f-4c57-9a2b-0d5f3a0a9d11"}) { userErrors { code } } }"""


def test_an_agency_finds_no_officer_of_another_agency(site: Site) -> None:
    asked = 'actions(filter: {leadOfficers: ["Nurse Elm"]}) { nodes { reference } }'
    assert site.world.read("police", asked)["actions"]["nodes"] == []
    assert len(site.world.read("health", asked)["actions"]["nodes"]) == 1


def test_the_administrator_changes_what_somebody_may_do(site: Site) -> None:
    administrator = site.browser("administrator")
    invited = {"subject": "Ann Lee", "role": "AGENCY", "agency": "police", "expiresAt": "2031-12-31"}
    page = administrator.fill("/people/invite", **invited)
    change = next(link for link in page.links if "Ann+Lee" in link and "replaces" in link)
    held: dict[str, Any] = administrator.get(change).form()["held"]
    assert (held["subject"], held["agency"], held["expiresAt"]) == ("Ann Lee", ["police"], "2031-12-31")
    changed = administrator.fill(change, role="AGENCY", agency="health")
    assert changed.path == "/people?done=credentialIssue", changed.text
    assert "Agency, The health" in changed.text
    assert "Revoked: Another part takes its place" in changed.text


def test_the_administrator_signs_somebody_out_everywhere(site: Site) -> None:
    officer, administrator = Browser(site.app), site.browser("administrator")
    officer.post(site.link("police"), {})
    assert officer.get("/").path == "/"
    page = administrator.get("/people")
    signed = [each for each in page.html.split("<tr class=") if "/people/sign-out" in each]
    nth = next(n for n, each in enumerate(signed) if "Person of police" in each)
    forms = [form["held"] for form in page.forms if form["action"] == "/people/sign-out"]
    done = administrator.post("/people/sign-out", forms[nth])
    assert "Signed out everywhere" in done.text
    assert officer.get("/").path.startswith("/sign-in")
    assert site.browser("unit").post("/people/sign-out", forms[nth]).status == 403
