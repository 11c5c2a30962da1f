"""Every page and every form, as everybody: there or refused in words, and nothing of another agency's on any."""

from typing import Any

import pytest

from domain.catalogue import BY_MUTATION
from domain.shared.vocabulary import Role
from support.browser import Site
from support.disseminated_learning import disseminated
from support.partnership_world import Stage, World, on
from web.forms.catalogue import FORMS, PLURAL

EVERYBODY = ("police", "unit", "body", "chair", "inspector", "administrator")
BY_ROLE = {Role.AGENCY: "police", Role.BUSINESS_UNIT: "unit", Role.MONITORING_BODY: "body", Role.CHAIR: "chair"}
SECRET = "Zanzibar"
ITEMS = {
    "review": "R0001",
    "recommendation": "R0001/1",
    "action": "R0001/1/A1",
    "challenge": "C0001",
    "return": "2024/police",
    "programme": "2024",
}
LISTS = (
    "/",
    "/overdue",
    "/recurring",
    "/challenges",
    "/oversight",
    "/implementation",
    "/reviews",
    "/recommendations",
    "/actions",
    f"/search?q={SECRET}",
    "/agencies/police",
    "/agencies/health",
    "/returns",
    "/returns?year=2024",
    "/words",
    "/sessions",
)
OWN = {
    "police": ("/duties",),
    "unit": ("/import", "/hand-over", "/hand-over?officer=nobody"),
    "administrator": ("/people", "/hand-over"),
}
"""What is there for one role alone."""
NARROWED = (
    "/actions?overdue=true&awaiting-review=true&agency=police&stage=ASSIGNED&theme=neglect&text=train",
    "/recommendations?overdue=true&agency=police&stage=RAISED&theme=neglect&text=share",
    "/reviews?kind=practice-learning-review&stage=COMMISSIONED&agency=police&text=child",
    "/challenges?agency=police&stage=ISSUED&overdue=true",
    "/oversight?queue=EVIDENCE_AWAITING&chair-only=true",
    "/recurring?agency=police&after-closure=true",
)


def story(world: World) -> Any:
    """Something of each kind that the police see, and the same of health with a word that nobody else may read."""
    review = world.a_review()
    world.do("unit", "learningIdentify", reviewId=review, wording="Ask twice", themes=["neglect"])
    above = world.a_recommendation(reviewId=review, addressedTo=["police"])
    action = world.assigned("police", due=5, recommendationId=above)
    world.evidence(action)
    world.do("chair", "challengeIssue", agency="police", subjects=[action], grounds="Late", responseDueOn=on(9))
    theirs = world.a_review(title=f"{SECRET} review", agencies=["health"])
    other = world.a_recommendation(reviewId=theirs, wording=f"{SECRET} wording")
    hidden = world.assigned("health", due=5, recommendationId=other, wording=f"{SECRET} action")
    world.evidence(hidden, "health", narrative=f"{SECRET} evidence")
    world.do("chair", "challengeIssue", agency="health", subjects=[hidden], grounds=f"{SECRET} grounds")
    disseminated(world)
    world.do("unit", "returnsCall", year=2024, agencies=["police", "health"])
    for who, words in (("police", "seen"), ("health", SECRET)):
        (called,) = world.read(who, "yearlyReturns(year: 2024) { id duties { id } }")["yearlyReturns"]
        said = [{"dutyId": each["id"], "compliance": "MET", "words": words} for each in called["duties"]]
        world.do(who, "returnSubmit", id=called["id"], assessments=said, narrative=words)
    world.do(
        "unit", "auditProgrammePlan", year=2024, kind="multi-agency-case-audit", topic="neglect", plannedFor=on(90)
    )
    world.at(30)


@pytest.fixture
def site(stage: Stage) -> Site:
    return Site(stage(story).world)


def pages(who: str) -> list[str]:
    """Of the programme an agency sees nothing."""
    items = [f"{start(of)}/{reference}" for of, reference in ITEMS.items() if (who, of) != ("police", "programme")]
    return [*LISTS, *NARROWED, *items, *OWN.get(who, ()), *(() if who == "police" else ("/programme",))]


def start(of: str) -> str:
    return f"/{PLURAL.get(of, f'{of}s')}"


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
    everything = [*pages("police"), "/programme/2024", *hidden, *(link(form) for form in FORMS)]
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


def link(form: Any) -> str:
    return f"{form.start}/{ITEMS[form.of]}/{form.slug}"


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
