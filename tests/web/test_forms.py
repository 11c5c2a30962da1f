"""The pages that record: once, as whoever is signed in, with nothing lost of what was typed."""

from urllib.parse import urlencode

import pytest

from domain.catalogue import BY_MUTATION
from support.browser import Browser, Site
from support.disseminated_learning import disseminated, learned
from support.partnership_world import World, on
from web.forms.catalogue import BEGINNINGS, CORRECTIONS, FORMS

ACTION = "/actions/R0001/1/A1"
FORM = "application/x-www-form-urlencoded"
EVIDENCE = f"{ACTION}/submit-evidence"


@pytest.fixture
def action(world: World) -> str:
    return world.assigned("police", due=60)


def count(world: World, action: str) -> int:
    return len(world.read("inspector", f'action(id: "{action}") {{ evidence {{ id }} }}')["action"]["evidence"])


def test_evidence_is_submitted_and_read(site: Site, action: str) -> None:
    page = site.browser("police").fill(EVIDENCE, narrative="Everybody was trained", claimsComplete="yes")
    assert page.path == f"{ACTION}?done=actionSubmitEvidence"
    assert "Evidence submitted." in page.text
    assert "Says that the work is complete" in page.text
    assert "Everybody was trained" in page.text


def test_a_form_that_is_sent_twice_records_once(site: Site, world: World, action: str) -> None:
    browser = site.browser("police")
    sent = {**browser.get(EVIDENCE).form()["held"], "narrative": "Done"}
    assert browser.post(EVIDENCE, sent).status == browser.post(EVIDENCE, sent).status == 200
    assert count(world, action) == 1


def test_what_is_missing_is_said_beside_its_field_and_what_was_typed_stays(
    site: Site, world: World, action: str
) -> None:
    page = site.browser("unit").fill(f"{ACTION}/transfer", reason="They have the team")
    assert page.status == 400
    assert "Which agency takes it over: This is needed." in page.text
    assert page.form()["held"]["reason"] == "They have the team"
    assert count(world, action) == 0


def test_a_refusal_stands_beside_the_field_that_it_names(site: Site, action: str) -> None:
    page = site.browser("unit").fill(EVIDENCE, narrative="Done", happenedOn=on(9), agency="police")
    assert page.status == 400
    assert "On which day: " in page.text
    assert page.form()["held"]["narrative"] == "Done"


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("percentComplete", "most", "a whole number"),
        ("percentComplete", "101", "100"),
        ("happenedOn", "soon", "a day like"),
    ],
)
def test_what_cannot_be_read_is_said_in_words(site: Site, action: str, field: str, typed: str, said: str) -> None:
    page = site.browser("unit").fill(f"{ACTION}/report-progress", narrative="So far", **{field: typed})
    assert page.status == 400
    assert said in page.text
    assert page.form()["held"][field] == typed


def test_a_stale_form_overwrites_nothing_and_shows_what_is_new(site: Site, world: World, action: str) -> None:
    browser = site.browser("police")
    sent = {**browser.get(EVIDENCE).form()["held"], "narrative": "Mine"}
    world.evidence(action)
    page = browser.post(EVIDENCE, sent)
    assert page.status == 409
    assert "This has changed since you opened the form" in page.text
    assert "The police submitted evidence" in page.text
    assert page.form()["held"]["narrative"] == "Mine"
    assert count(world, action) == 1
    assert browser.post(EVIDENCE, page.form()["held"]).status == 200
    assert count(world, action) == 2


def test_an_expired_session_keeps_what_was_typed_and_records_it_after_signing_in(
    site: Site, world: World, action: str
) -> None:
    browser, long = site.browser("police"), "What was done. " * 1_000
    sent = {**browser.get(EVIDENCE).form()["held"], "narrative": long}
    browser.cookies.clear()
    page = browser.post(EVIDENCE, sent)
    assert page.status == 401
    kept = page.form(EVIDENCE)["held"]
    assert kept["narrative"].strip() == long.strip()
    browser.post(site.link("police"), {})
    again = browser.post(EVIDENCE, kept)
    assert "look at it again" in again.text
    assert count(world, action) == 0
    assert browser.post(EVIDENCE, again.form()["held"]).status == 200
    assert count(world, action) == 1


def test_a_form_of_somebody_else_records_nothing(site: Site, world: World, action: str) -> None:
    other = site.browser("chair").get("/").form("/sign-out")["held"]["csrf"]
    browser = site.browser("police")
    sent = {**browser.get(EVIDENCE).form()["held"], "narrative": "Forged"}
    for csrf in (other, "", "x.y", "é"):
        assert browser.post(EVIDENCE, {**sent, "csrf": csrf}).status == 400
    assert count(world, action) == 0


def test_a_role_is_offered_and_shown_what_it_may_send_and_nothing_else(site: Site, action: str) -> None:
    offered = {
        who: {link.rpartition("/")[2] for link in site.browser(who).get(ACTION).links if link.startswith(f"{ACTION}/")}
        for who in ("police", "body", "inspector")
    }
    assert offered["police"] == {"report-progress", "submit-evidence", "request-extension"}
    assert offered["body"] == {"close"}
    assert offered["inspector"] == set()
    assert site.browser("inspector").get(EVIDENCE).status == 403
    assert site.browser("health").get(EVIDENCE).status == 404


def test_a_group_judges_what_was_submitted(site: Site, world: World, action: str) -> None:
    id = world.evidence(action)
    body = site.browser("body")
    page = body.get(f"{ACTION}/accept-evidence")
    assert "The police" in page.text
    assert body.fill(f"{ACTION}/accept-evidence", evidenceId=id).status == 200
    assert "Accepted" in body.get(ACTION).text


def test_nobody_who_is_not_signed_in_is_shown_a_form(site: Site, action: str) -> None:
    assert Browser(site.app).get(EVIDENCE).path.startswith("/sign-in?next=")


def test_every_form_sends_a_mutation_that_there_is() -> None:
    assert {form.mutation for form in FORMS} <= set(BY_MUTATION)


@pytest.mark.parametrize("narrative", ["a\x00b", "\ud83d", "x" * 100_000, "<b>" * 20, "=cmd()"])
def test_whatever_is_typed_is_recorded_as_it_is_or_refused_in_words(
    site: Site, world: World, action: str, narrative: str
) -> None:
    browser = site.browser("police")
    body = urlencode({**browser.get(EVIDENCE).form()["held"], "narrative": narrative}, errors="surrogatepass")
    answered = browser.raw("POST", EVIDENCE, content=body, headers={"Content-Type": FORM})
    assert answered.status_code in {303, 400}
    assert count(world, action) == (answered.status_code == 303)


BY_ANOTHER_WAY = {
    "actionSubmitEvidenceBatch": "a person submits one at a time, by the same command",
    "credentialRevoke": "a button of the page of people",
}


def test_every_mutation_has_a_form_or_a_reason_why_not() -> None:
    assert {form.mutation for form in (*FORMS, *BEGINNINGS, *CORRECTIONS)} ^ set(BY_ANOTHER_WAY) == set(BY_MUTATION)


def test_the_unit_corrects_an_entry_of_the_history(site: Site, world: World, action: str) -> None:
    entry = world.read("unit", f'action(id: "{action}") {{ history {{ eventId name }} }}')["action"]["history"][0]
    unit, address = site.browser("unit"), f"{ACTION}/correct?entry={entry['eventId']}"
    page = unit.fill(address, wording="Train all staff", reason="Misread")
    assert page.path == f"{ACTION}?done=actionCorrect", page.text
    assert "Train all staff" in page.text


def test_an_agency_confirms_learning_one_by_one_and_together(site: Site, world: World) -> None:
    review = world.a_review()
    for wording in ("Ask twice", "Write it down", "Ring back"):
        learned(world, review, wording=wording)
    disseminated(world, review)
    police = site.browser("police")
    address = "/reviews/R0001/confirm-learning"
    duties = world.read("police", f'review(id: "{review}") {{ duties {{ id }} }}')["review"]["duties"]
    one = police.fill(address, assurance="Read in the team", dutyIds=[duties[0]["id"]])
    assert one.path == "/reviews/R0001?done=learningConfirm", one.text
    police.fill(address, assurance="The rest as well")
    done = world.read("police", f'review(id: "{review}") {{ duties {{ assurance }} }}')["review"]["duties"]
    assert sorted({each["assurance"] for each in done}) == ["Read in the team", "The rest as well"]
    assert [each["assurance"] for each in done].count("Read in the team") == 1 < len(done)


def test_a_case_is_referred_and_a_review_of_it_commissioned_by_its_kind(site: Site, world: World) -> None:
    unit = site.browser("unit")
    page = unit.fill("/reviews/refer", title="Child K", agencies=["police", "health"])
    assert page.path == "/reviews/R0001?done=reviewRefer", page.text
    first = unit.get("/reviews/commission")
    assert "Which kind of review" in first.text
    address = "/reviews/commission?kind=practice-learning-review"
    page = unit.fill(address, title="Child L", agencies=["police", "health"])
    assert page.path == "/reviews/R0002?done=reviewCommission", page.text
    assert "Child L" in page.text


def test_a_challenge_is_issued_about_what_the_agency_leads(site: Site, world: World, action: str) -> None:
    chair = site.browser("chair")
    assert "Which agency" in chair.get("/challenges/issue").text
    page = chair.get("/challenges/issue?agency=police")
    assert "R0001/1/A1" in page.text
    page = chair.fill("/challenges/issue?agency=police", subjects=[action], grounds="Nothing has come")
    assert page.path == "/challenges/C0001?done=challengeIssue", page.text
    assert "Nothing has come" in page.text
    again = chair.fill("/challenges/issue?agency=police", grounds="Nothing at all")
    assert again.status == 400
    assert "Nothing was recorded" in again.text


def test_what_begins_something_is_offered_to_whoever_may_and_sent_once(site: Site, world: World) -> None:
    assert "/reviews/commission" in site.browser("unit").get("/reviews").links
    assert "/reviews/commission" not in site.browser("police").get("/reviews").links
    assert site.browser("police").get("/reviews/commission").status == 403
    unit = site.browser("unit")
    sent = {**unit.get("/reviews/refer").form()["held"], "title": "Child M", "agencies": ["police"]}
    first, second = (unit.post("/reviews/refer", sent) for _ in range(2))
    assert first.path == second.path
    assert len(world.read("unit", "reviews { nodes { id } }")["reviews"]["nodes"]) == 1


def test_an_expired_session_keeps_which_form_it_was(site: Site, world: World) -> None:
    unit, address = site.browser("unit"), "/reviews/commission?kind=practice-learning-review"
    sent = {**unit.get(address).form()["held"], "title": "Child N", "agencies": ["police", "health"]}
    unit.cookies.clear()
    kept = unit.post(address, sent).form(address)["held"]
    unit.post(site.link("unit"), {})
    again = unit.post(address, {**kept, "agencies": ["police", "health"]})
    assert "look at it again" in again.text
    assert unit.post(address, again.form()["held"]).path == "/reviews/R0001?done=reviewCommission"
