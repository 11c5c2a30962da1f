"""Every page that there is: their addresses by who looks at them, and a partnership in which each shows something."""

from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from domain.catalogue import BY_MUTATION
from domain.shared.vocabulary import Role
from support.disseminated_learning import disseminated
from support.partnership_world import World, on
from web.forms.catalogue import BEGINNINGS, CORRECTIONS, FORMS, PLURAL
from web.problems import PageRoute

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


def pages(who: str) -> list[str]:
    """Of the programme an agency sees nothing."""
    items = [f"{start(of)}/{reference}" for of, reference in ITEMS.items() if (who, of) != ("police", "programme")]
    return [*LISTS, *NARROWED, *items, *OWN.get(who, ()), *(() if who == "police" else ("/programme",))]


def start(of: str) -> str:
    return f"/{PLURAL.get(of, f'{of}s')}"


def link(form: Any) -> str:
    """The address of a form about what the police see."""
    return f"{form.start}/{ITEMS[form.of]}/{form.slug}"


def walked(who: str) -> list[str]:
    """All pages and forms that somebody may open, each with something in it."""
    may = {each.mutation for each in (*FORMS, *BEGINNINGS, *CORRECTIONS) if who in _senders(each.mutation)}
    forms = [link(form) for form in FORMS if form.mutation in may]
    begun = [f"{form.start}/{form.slug}{FIRST.get(form.slug, '')}" for form in BEGINNINGS if form.mutation in may]
    corrected = [f"{start(form.of)}/{ITEMS[form.of]}/correct?entry=" for form in CORRECTIONS if form.mutation in may]
    return [*pages(who), *forms, *begun, *corrected]


FIRST = {"commission": "?kind=practice-learning-review", "issue": "?agency=police"}


def _senders(mutation: str) -> set[str]:
    names = {**BY_ROLE, Role.ADMINISTRATOR: "administrator"}
    return {names[role] for role in BY_MUTATION[mutation].roles}


def page_routes(app: FastAPI) -> list[APIRoute]:
    """The addresses that answer a look with a page."""
    return [each for each in _routes(app.routes) if isinstance(each, PageRoute) and "GET" in (each.methods or ())]


def _routes(routes: Any) -> Iterator[Any]:
    for each in routes:
        within = getattr(each, "original_router", None)
        yield from _routes(within.routes) if within is not None else (each,)


def not_walked() -> dict[str, str]:
    """What is looked at elsewhere, and where."""
    sheets = [f"/{name}.{kind}" for name in SHEETS for kind in ("csv", "xlsx")]
    return {
        **dict.fromkeys(sheets, "test_sheets.py"),
        "/agencies/{key}.{format}": "test_sheets.py",
        "/assets/{version}/{name}": "a file",
        "/sign-in": "test_sign_in.py, and on the way of everybody",
        "/sign-in/{secret}": "test_sign_in.py, and on the way of everybody",
        "/sign-in-with-account": "test_accounts.py",
        "/signed-in-with-account": "test_accounts.py",
        "/import/{id}": "test_import.py, and a day of the business unit",
        "/oversight/accept": "test_several.py, and a day of the review group",
    }


SHEETS = ("overdue", "actions", "recommendations", "reviews", "challenges", "oversight", "recurring")
