"""Several at once: evidence accepted from the list of what waits, learning confirmed from what is owed."""

from typing import Any

import pytest

from support.browser import Page, Site
from support.disseminated_learning import disseminated, learned
from support.partnership_world import Stage, World, on


def waiting(world: World) -> list[str]:
    """Three actions of the police whose evidence awaits its verdict."""
    above = world.a_recommendation()
    actions = [world.assigned("police", recommendationId=above, measureOfEffectiveness="By an audit") for _ in range(3)]
    for nth, action in enumerate(actions):
        returned = world.evidence(action, narrative=f"Nearly {nth}")
        world.do("body", "actionReturnEvidence", id=action, evidenceId=returned, reason="Not yet", fixBy=on(9))
        world.evidence(action, narrative=f"Trained {nth}")
    return actions


@pytest.fixture
def actions(stage: Stage) -> list[str]:
    return stage(waiting).told


@pytest.fixture
def site(stage: Stage) -> Site:
    return Site(stage(waiting).world)


def verdicts(site: Site, actions: list[str]) -> list[str]:
    found = [
        site.world.read("unit", f'action(id: "{each}") {{ evidence {{ verdict }} }}')["action"] for each in actions
    ]
    return [each["evidence"][-1]["verdict"] for each in found]


def ticked(page: Page, action: str) -> list[str]:
    """Values of the boxes of a form's page."""
    return [part.split('"')[0] for part in page.html.split('name="item" value="')[1:]] if action else []


def test_several_are_accepted_with_one_page_that_shows_what_was_asked_and_said(site: Site, actions: list[str]) -> None:
    body = site.browser("body")
    boxes = ticked(body.get("/oversight"), "oversight")
    assert len(boxes) == 3
    page = body.get("/oversight/accept", item=boxes)
    for said in ("Trained 0", "Nearly 0", "Not yet", "By an audit", "Trained 2"):
        assert said in page.text
    sent = {**page.form("/oversight/accept")["held"], "item": ticked(page, "accept")[:2]}
    done = body.post("/oversight/accept", sent)
    assert done.path == "/oversight?done=actionAcceptEvidence", done.text
    assert sorted(verdicts(site, actions)) == ["ACCEPTED", "ACCEPTED", "AWAITING"]
    assert body.post("/oversight/accept", sent).path == done.path
    assert sorted(verdicts(site, actions)) == ["ACCEPTED", "ACCEPTED", "AWAITING"]


def test_what_is_refused_says_so_in_its_place_and_the_others_are_accepted(site: Site, actions: list[str]) -> None:
    body = site.browser("body")
    page = body.get("/oversight/accept", item=ticked(body.get("/oversight"), "oversight"))
    site.world.do("police", "actionReportProgress", id=actions[1], narrative="Wait")
    refused = body.post("/oversight/accept", {**page.form("/oversight/accept")["held"], "item": ticked(page, "accept")})
    assert refused.status == 400
    assert "2 of 3 were accepted" in refused.text
    assert "changed since this page was opened" in refused.text
    assert sorted(verdicts(site, actions)) == ["ACCEPTED", "ACCEPTED", "AWAITING"]
    left = ticked(refused, "accept")
    assert len(left) == 1
    again = body.post("/oversight/accept", {**refused.form("/oversight/accept")["held"], "item": left})
    assert again.path == "/oversight?done=actionAcceptEvidence", again.text
    assert verdicts(site, actions) == ["ACCEPTED"] * 3


def test_nobody_accepts_several_who_may_not_accept_one(site: Site, actions: list[str]) -> None:
    boxes = ticked(site.browser("body").get("/oversight"), "oversight")
    for who, status in (("police", 403), ("unit", 403), ("inspector", 403), ("health", 403)):
        browser = site.browser(who)
        csrf = browser.get("/").form("/sign-out")["held"]["csrf"]
        assert browser.get("/oversight/accept", item=boxes).status == status, who
        assert browser.post("/oversight/accept", {"item": boxes, "csrf": csrf}).status == status
    assert "Accept what is ticked" not in site.browser("unit").get("/oversight").text
    assert verdicts(site, actions) == ["AWAITING"] * 3


@pytest.mark.parametrize("item", [[], ["x"], ["action:x::R0009"], ["action:x::R0001/1/A1"], ["review:x::R0001"]])
def test_what_nobody_ticked_is_answered_in_words(site: Site, item: list[str]) -> None:
    page = site.browser("body").get("/oversight/accept", item=item)
    assert page.status in {400, 404}
    assert "Something went wrong" not in page.text


def test_a_form_of_another_session_accepts_nothing(site: Site, actions: list[str]) -> None:
    body = site.browser("body")
    page = body.get("/oversight/accept", item=ticked(body.get("/oversight"), "oversight"))
    sent = {**page.form("/oversight/accept")["held"], "item": ticked(page, "accept"), "csrf": "x.y"}
    assert body.post("/oversight/accept", sent).status == 400
    assert verdicts(site, actions) == ["AWAITING"] * 3


def owing(world: World) -> None:
    """Two reviews whose learning the police have to confirm, and what health alone has to."""
    for title, agencies in (("Child A", ["police"]), ("Child B", ["police"]), ("Child C", ["health"])):
        review = world.a_review(title=title, agencies=["police", "health"])
        learned(world, review, wording=f"Ask twice, {title}")
        learned(world, review, wording=f"Write it down, {title}")
        disseminated(world, review, agencies=agencies)


def duties(page: Page) -> list[str]:
    return [part.split('"')[0] for part in page.html.split('name="dutyIds" value="')[1:]]


def confirmed(world: World) -> list[Any]:
    found = world.read("police", "owed(kinds: [DUTY]) { totalCount }")["owed"]
    return [found["totalCount"]]


def test_an_agency_confirms_learning_of_several_reviews_together(stage: Stage) -> None:
    site = Site(stage(owing).world)
    police = site.browser("police")
    assert "/duties" in police.get("/").links
    page = police.get("/duties")
    every = duties(page)
    assert "Ask twice, Child A" in page.text
    assert "Child C" not in page.text
    assert police.post("/duties", {**page.form()["held"], "dutyIds": every}).status == 400
    nothing = police.post("/duties", {**page.form()["held"], "assurance": "Read"})
    assert (nothing.status, nothing.form()["held"]["assurance"]) == (400, "Read")
    sent = {**page.form()["held"], "assurance": "Read in the team", "dutyIds": every[:1]}
    done = police.post("/duties", sent)
    assert done.path == "/?done=learningConfirm", done.text
    assert len(duties(police.get("/duties"))) == len(every) - 1
    assert police.post("/duties", sent).path == done.path
    rest = {**page.form()["held"], "assurance": "All of it", "dutyIds": duties(police.get("/duties"))}
    assert police.post("/duties", rest).path == done.path
    assert "Nothing is left to confirm" in police.get("/duties").text
    for who in ("unit", "chair", "inspector"):
        assert site.browser(who).get("/duties").status == 403
