"""The audit programme of a year through the edge: agreed, planned, commissioned, and read at any pair of moments."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from domain.review.commands import CommissionReview
from domain.shared.actor import Caller
from domain.shared.refusals import ConditionsNotMet
from domain.shared.vocabulary import Role
from support.partnership_world import Stage, World, establish, on

AUDIT = "multi-agency-case-audit"
YEAR = 2024
SHOWN = """id version year agreedOn topics { key } limit countedKinds { key } reviews { id reference }
  audits { id kind { key } topic { key } plannedOn plannedFor stage review { id } } history { name summary }"""
SEEN = f"auditProgramme(year: {YEAR}) {{ {SHOWN} }}"


def windsor_too(world: World) -> dict[str, str]:
    return establish(world.installation, "windsor", "windsor-maidenhead", ("board",))


@pytest.fixture
def windsor(stage: Stage) -> World:
    """Up to four multi-agency case audits a year."""
    staged = stage(windsor_too)
    return World(staged.world.installation, staged.told, "windsor")


def agree(world: World, **given: Any) -> Any:
    return world.do(
        "chair", "auditProgrammeAgree", SHOWN, **{"year": YEAR, "topics": ["neglect", "domestic-abuse"]} | given
    )


def plan(world: World, **given: Any) -> str:
    asked = {"year": YEAR, "kind": AUDIT, "topic": "neglect", "plannedFor": on(100)} | given
    return str(world.do("unit", "auditProgrammePlan", "audits { id }", **asked)["audits"][-1]["id"])


def audit(world: World, **given: Any) -> str:
    return world.a_review(**{"kind": AUDIT, "title": "An audit", "programmeYear": YEAR} | given)


def programme(world: World, who: str = "unit", **moment: str) -> Any:
    return world.read(who, SEEN, **moment)["auditProgramme"]


def stages(found: Any) -> list[tuple[str | None, str]]:
    return [(each["topic"] and each["topic"]["key"], each["stage"]) for each in found["audits"]]


def test_a_programme_is_planned_agreed_commissioned_and_completed(windsor: World) -> None:
    assert programme(windsor) is None
    planned = plan(windsor)
    draft = programme(windsor)
    assert (draft["agreedOn"], draft["limit"], draft["topics"]) == (None, None, [])
    agreed = agree(windsor)
    assert (agreed["agreedOn"], agreed["limit"], agreed["countedKinds"]) == (on(0), 4, [{"key": AUDIT}])
    assert agreed["audits"] == [
        {
            "id": planned,
            "kind": {"key": AUDIT},
            "topic": {"key": "neglect"},
            "plannedOn": on(0),
            "plannedFor": on(100),
            "stage": "PLANNED",
            "review": None,
        }
    ]
    review = audit(windsor)
    under_way = programme(windsor)
    assert (stages(under_way), under_way["audits"][0]["review"]) == ([("neglect", "COMMISSIONED")], {"id": review})
    windsor.do("unit", "reviewComplete", id=review)
    assert stages(programme(windsor)) == [("neglect", "COMPLETED")]
    assert [entry["name"] for entry in programme(windsor)["history"]] == [
        "programme.audit_planned.v1",
        "programme.agreed.v1",
        "programme.audit_commissioned.v1",
    ]
    assert windsor.read("unit", f'review(id: "{review}") {{ programmeYear }}')["review"] == {"programmeYear": YEAR}


def test_a_commission_beyond_the_limit_is_refused_with_its_condition(windsor: World) -> None:
    agree(windsor, limit=1)
    audit(windsor)
    asked = {"kind": AUDIT, "title": "One too many", "agencies": ["police", "health"], "programmeYear": YEAR}
    (error,) = windsor.send_command("unit", "reviewCommission", **asked)["userErrors"]
    assert (error["code"], error["field"]) == ("CONDITIONS_NOT_MET", ["programmeYear"])
    assert error["message"] == ("Up to 1 a year of multi-agency-case-audit: all places of 2024 are planned or taken.")


@pytest.mark.parametrize(
    ("who", "mutation", "given", "code", "field"),
    [
        ("chair", "auditProgrammeAgree", {"year": 2025, "topics": ["moon"]}, "UNKNOWN_THEME", ["topics", "0"]),
        ("chair", "auditProgrammeAgree", {"year": 2025}, "INVALID", ["topics"]),
        ("chair", "auditProgrammeAgree", {"year": 12, "topics": ["neglect"]}, "INVALID", ["year"]),
        ("chair", "auditProgrammeAgree", {"year": YEAR, "limit": 5}, "CONDITIONS_NOT_MET", ["limit"]),
        ("chair", "auditProgrammeAgree", {"year": YEAR, "limit": 0}, "INVALID", ["limit"]),
        ("chair", "auditProgrammeAgree", {"year": YEAR, "expectedVersion": 9}, "VERSION_CONFLICT", ["expectedVersion"]),
        ("unit", "auditProgrammeAgree", {"year": YEAR}, "NOT_PERMITTED", None),
        ("chair", "auditProgrammePlan", {"year": YEAR}, "NOT_PERMITTED", None),
        ("unit", "auditProgrammePlan", {"year": YEAR, "kind": "x"}, "UNKNOWN_REVIEW_KIND", ["kind"]),
        ("unit", "auditProgrammePlan", {"year": YEAR, "topic": "moon"}, "UNKNOWN_THEME", ["topic"]),
        ("unit", "auditProgrammePlan", {"year": YEAR, "topic": "child-exploitation"}, "CONDITIONS_NOT_MET", ["topic"]),
        ("unit", "auditProgrammePlan", {"year": YEAR, "plannedFor": "2026-01-01"}, "INVALID", ["plannedFor"]),
        ("unit", "auditProgrammeWithdraw", {"year": YEAR, "auditId": "moon", "reason": "x"}, "NOT_FOUND", ["auditId"]),
        ("unit", "reviewCommission", {"programmeYear": 2023}, "CONDITIONS_NOT_MET", ["programmeYear"]),
        ("unit", "reviewCommission", {"plannedAudit": "moon"}, "NOT_FOUND", ["plannedAudit"]),
    ],
)
def test_bad_input_is_refused_by_the_name_of_its_field(
    windsor: World, who: str, mutation: str, given: dict[str, Any], code: str, field: list[str] | None
) -> None:
    agree(windsor)
    whole: dict[str, dict[str, Any]] = {
        "auditProgrammePlan": {"kind": AUDIT, "topic": "neglect", "plannedFor": on(9)},
        "reviewCommission": {"kind": AUDIT, "title": "An audit", "agencies": ["police", "health"]},
    }
    before = windsor.position()
    (error,) = windsor.send_command(who, mutation, **whole.get(mutation, {}) | given)["userErrors"]
    assert (error["code"], error["field"]) == (code, field)
    assert windsor.position() == before


def test_a_year_without_a_programme_is_at_version_0(windsor: World) -> None:
    planned = {"year": YEAR, "kind": AUDIT, "topic": "neglect", "plannedFor": on(9)}
    (error,) = windsor.send_command("unit", "auditProgrammePlan", **planned, expectedVersion=3)["userErrors"]
    assert (error["code"], error["field"]) == ("VERSION_CONFLICT", ["expectedVersion"])
    assert windsor.do("unit", "auditProgrammePlan", "version", **planned, expectedVersion=0) == {"version": 1}


def test_a_planned_audit_is_withdrawn_with_its_reason_in_the_history(windsor: World) -> None:
    agree(windsor)
    planned, other = plan(windsor), plan(windsor, topic="domestic-abuse")
    asked = {"year": YEAR, "auditId": planned, "reason": "An inspection looks at it"}
    shown = windsor.do("unit", "auditProgrammeWithdraw", "audits { id } history { name reason }", **asked)
    assert shown["audits"] == [{"id": other}]
    assert shown["history"][-1] == {"name": "programme.audit_withdrawn.v1", "reason": "An inspection looks at it"}


def test_it_is_read_as_it_was_known_and_as_it_stood(windsor: World) -> None:
    agree(windsor, limit=2)
    then = windsor.known_at()
    windsor.at(10)
    plan(windsor)
    agree(windsor, topics=["neglect"])
    windsor.at(20)
    audit(windsor, happenedOn=on(15))
    as_known = programme(windsor, knownAt=then)
    assert (as_known["audits"], [each["key"] for each in as_known["topics"]]) == ([], ["neglect", "domestic-abuse"])
    assert programme(windsor, effectiveOn=on(-1)) is None
    assert stages(programme(windsor, effectiveOn=on(12))) == [("neglect", "PLANNED")]
    assert programme(windsor, effectiveOn=on(12))["reviews"] == []
    assert stages(programme(windsor, effectiveOn=on(15))) == [("neglect", "COMMISSIONED")]
    changed = "history { name changes { field from to } }"
    shown = windsor.read("unit", f"auditProgramme(year: {YEAR}) {{ {changed} }}")["auditProgramme"]["history"]
    assert {"field": "topics", "from": "neglect, domestic-abuse", "to": "neglect"} in shown[2]["changes"]


def test_an_agency_reads_what_was_agreed_and_the_reviews_that_are_published(windsor: World) -> None:
    planned = plan(windsor)
    assert programme(windsor, "police") is None
    node = "query ($id: ID!) { node(id: $id) { id } }"
    agreed = agree(windsor)
    audit(windsor, agencies=["police", "health"])
    published = audit(windsor, kind="learning-review", title="Published")
    windsor.do("unit", "reviewComplete", id=published)
    windsor.do("chair", "reviewPublish", id=published)
    plan(windsor, topic="domestic-abuse")
    found = programme(windsor, "police")
    assert [each["id"] for each in found["reviews"]] == [published]
    assert (found["agreedOn"], found["limit"], found["version"]) == (on(0), 4, 0)
    assert (found["audits"], found["history"]) == ([], [])
    assert windsor.ask("police", node, id=agreed["id"])["node"] == {"id": agreed["id"]}
    assert windsor.ask("police", node, id=planned)["node"] is None
    assert len(programme(windsor)["reviews"]) == 2


def test_what_an_agency_polls_of_the_programme_is_its_agreement(windsor: World) -> None:
    plan(windsor)
    polled = "{ changes { nodes { name subject { id } } } }"
    assert windsor.ask("police", polled)["changes"]["nodes"] == []
    agreed = agree(windsor)
    audit(windsor)
    names = [each["name"] for each in windsor.ask("inspector", polled)["changes"]["nodes"]]
    assert [name for name in names if name.startswith("programme.")] == [
        "programme.audit_planned.v1",
        "programme.agreed.v1",
        "programme.audit_commissioned.v1",
    ]
    assert windsor.ask("police", polled)["changes"]["nodes"] == [
        {"name": "programme.agreed.v1", "subject": {"id": agreed["id"]}}
    ]


def test_agreeing_the_same_again_records_nothing_and_shows_the_programme(windsor: World) -> None:
    first = agree(windsor)
    before = windsor.position()
    assert agree(windsor) == first
    assert windsor.position() == before


def test_an_agency_commands_nothing_of_a_programme(windsor: World) -> None:
    asked = {"year": YEAR, "kind": AUDIT, "topic": "neglect", "plannedFor": on(9)}
    assert windsor.refused("police", "auditProgrammePlan", **asked) == ["NOT_FOUND"]
    agree(windsor)
    assert windsor.refused("police", "auditProgrammePlan", **asked) == ["NOT_PERMITTED"]


def test_the_framework_tells_its_terms(windsor: World) -> None:
    asked = "partnership { framework { auditProgramme { limit kinds { key } topics chosenFrom } } }"
    assert windsor.read("police", asked)["partnership"]["framework"]["auditProgramme"] == {
        "limit": 4,
        "kinds": [{"key": AUDIT}],
        "topics": [],
        "chosenFrom": ["the business plan"],
    }


def test_the_last_place_is_taken_once_however_many_ask_for_it_at_once(windsor: World) -> None:
    agree(windsor, limit=1)
    command = CommissionReview(kind=AUDIT, title="An audit", agencies=("police", "health"), programme_year=YEAR)

    def ask(_: int) -> str:
        try:
            windsor.register.handle(command, Caller("unit", Role.BUSINESS_UNIT))
        except ConditionsNotMet:
            return "refused"
        return "commissioned"

    with ThreadPoolExecutor(4) as pool:
        answers = sorted(pool.map(ask, range(4)))
    assert answers == ["commissioned", "refused", "refused", "refused"]
    assert len(programme(windsor)["reviews"]) == 1


def test_a_programme_is_corrected_and_a_planned_audit_struck_out(windsor: World) -> None:
    agree(windsor)
    plan(windsor)
    found = windsor.read("unit", f"auditProgramme(year: {YEAR}) {{ id history {{ eventId name }} }}")["auditProgramme"]
    events = {each["name"].split(".")[1]: each["eventId"] for each in found["history"]}
    asked = {"id": found["id"], "reason": "Misread minutes"}
    limit = {"eventId": events["agreed"], "field": "limit", "newValue": "3"}
    assert windsor.do("unit", "auditProgrammeCorrect", "limit", **asked, **limit) == {"limit": 3}
    struck = {"eventId": events["audit_planned"], "field": "voided", "newValue": "true"}
    corrected = windsor.do("unit", "auditProgrammeCorrect", "audits { id } history { summary }", **asked, **struck)
    assert (corrected["audits"], corrected["history"][-1]["summary"]) == ([], "A fact was struck out.")
    told = windsor.read("police", f"auditProgramme(year: {YEAR}) {{ history {{ name }} }}")["auditProgramme"]
    feed = windsor.ask("police", '{ changes(names: ["programme.corrected.v1"]) { nodes { name } } }')
    assert (told["history"], feed["changes"]["nodes"]) == ([], [])
    assert windsor.refused("police", "auditProgrammeCorrect", **asked, **struck) == ["NOT_PERMITTED"]
