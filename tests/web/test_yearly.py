"""What comes round every year, by forms: returns called, given, judged and made work of; the audit programme."""

from typing import Any

import pytest

from support.browser import Site
from support.partnership_world import Stage, World, on

RETURN = "/returns/2024/police"


def called(world: World) -> Any:
    """The police's return, as part of an audit."""
    review = world.a_review(kind="section-11-audit", title="Section 11", agencies=["police", "health"])
    world.do("unit", "returnsCall", year=2024, reviewId=review, dueOn=on(30))
    (found,) = world.read("police", "yearlyReturns(year: 2024) { id duties { id wording } }")["yearlyReturns"]
    return found


@pytest.fixture
def duties(stage: Stage) -> list[str]:
    return [each["id"] for each in stage(called).told["duties"]]


@pytest.fixture
def site(stage: Stage) -> Site:
    return Site(stage(called).world)


def test_agencies_are_called_to_account(site: Site) -> None:
    unit = site.browser("unit")
    page = unit.fill("/returns/call", year="2024", period="1", dueOn=on(40))
    assert page.path == "/returns?done=returnsCall", page.text
    assert "The police" in page.text
    assert "/returns/call" not in site.browser("police").get("/returns").links


def test_a_return_is_given_judged_and_what_is_to_be_put_right_is_raised(site: Site, duties: list[str]) -> None:
    police, chair, unit = (site.browser(who) for who in ("police", "chair", "unit"))
    met = {f"assessments.{each}.compliance": "MET" for each in duties}
    point = {f"improvements.{duties[0]}.wording": "Count who attends", "improvements.whole.wording": "Say who leads"}
    given = police.fill(f"{RETURN}/submit", narrative="Nearly all", **met, **point)
    assert given.path == f"{RETURN}?done=returnSubmit", given.text
    assert "Count who attends Found by the agency" in given.text
    assert "Say who leads Found by the agency" in given.text
    assert "Judge it" in chair.get(RETURN).text
    judged = chair.fill(
        f"{RETURN}/judge", **{f"assessments.{duties[1]}.compliance": "PARTLY_MET"}, narrative="Two files"
    )
    assert judged.path == f"{RETURN}?done=returnsJudge", judged.text
    assert "Partly met" in judged.text
    raise_it = "/reviews/R0001/raise-improvements?year=2024"
    assert raise_it in unit.get("/returns?year=2024").links
    offered = unit.get(raise_it).form()
    id = site.world.read("unit", 'yearlyReturns(year: 2024, agencies: ["police"]) { id }')["yearlyReturns"][0]["id"]
    page = unit.post(raise_it, {**offered["held"], "returns": [id], "dueOn": on(60)})
    assert page.path == "/reviews/R0001?done=reviewRaiseImprovements", page.text
    assert "Count who attends" in page.text
    assert "It became R0001/1" in unit.get(RETURN).text


def test_what_is_missing_in_a_return_is_said_where_it_is_missing(site: Site, duties: list[str]) -> None:
    page = site.browser("police").fill(f"{RETURN}/submit", **{f"assessments.{duties[0]}.words": "Seen"})
    assert page.status == 400
    assert "Nothing was recorded" in page.text
    assert page.form()["held"][f"assessments.{duties[0]}.words"] == "Seen"


def test_standing_duties_are_confirmed_one_by_one_and_together(site: Site, duties: list[str]) -> None:
    police = site.browser("police")
    one = police.fill(f"{RETURN}/confirm", assurance="Done", dutyIds=duties[:1])
    assert one.path == f"{RETURN}?done=returnConfirm", one.text
    rest = police.fill(f"{RETURN}/confirm", assurance="All the others")
    assert rest.text.count("All the others") >= len(duties) - 1


def test_a_return_that_is_not_there_is_not_there(site: Site) -> None:
    unit = site.browser("unit")
    for path in ("/returns/2024/nobody", "/returns/20x4/police", "/returns/2024/police/2", "/returns?year=1"):
        assert unit.get(path).status == 404, path
    assert site.browser("police").get("/returns/2024/health").status == 404
    assert site.browser("police").get("/programme/2024").status == 404


def test_a_programme_is_agreed_planned_commissioned_withdrawn_and_corrected(site: Site) -> None:
    unit, chair = site.browser("unit"), site.browser("chair")
    audit = {"kind": "multi-agency-case-audit", "topic": "neglect"}
    page = unit.fill("/programme/2024/plan", **audit, plannedFor=on(100))
    assert page.path == "/programme/2024?done=auditProgrammePlan", page.text
    unit.fill("/programme/2024/plan", **audit, plannedFor=on(200))
    agreed = chair.fill("/programme/2024/agree", topics=["neglect"])
    assert agreed.path == "/programme/2024?done=auditProgrammeAgree", agreed.text
    page = unit.get("/programme/2024")
    commission = next(link for link in page.links if link.startswith("/reviews/commission"))
    begun = unit.fill(commission, title="Audit of neglect", agencies=["police", "health"])
    assert begun.path == "/reviews/R0002?done=reviewCommission", begun.text
    page = unit.get("/programme/2024")
    assert "Commissioned: R0002 Audit of neglect" in page.text
    left = unit.get("/programme/2024/withdraw")
    (audit_id,) = {part.split('"')[0] for part in left.html.split('name="auditId" type="radio" value="')[1:]}
    gone = unit.fill("/programme/2024/withdraw", auditId=audit_id, reason="No time")
    assert gone.path == "/programme/2024?done=auditProgrammeWithdraw", gone.text
    entry = next(link for link in gone.links if "/correct?entry=" in link)
    corrected = unit.fill(entry, plannedFor=on(110), reason="Misread")
    assert corrected.path == "/programme/2024?done=auditProgrammeCorrect", corrected.text
