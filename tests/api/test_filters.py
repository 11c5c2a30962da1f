"""Every filter and every order of the contract, each with what it finds beside neighbours that it leaves."""

from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLEnumType, GraphQLInputObjectType, build_schema

from support.partnership_world import BODY, OTHER_BODY, World, on

SCHEMA = build_schema((Path(__file__).resolve().parents[2] / "schema.graphql").read_text(encoding="utf-8"))
LISTS = {"reviews": "Review", "recommendations": "Recommendation", "actions": "Action", "challenges": "Challenge"}
THE_REVIEW, THE_RECOMMENDATION = "$B", "$c"

FILTERS: dict[str, list[tuple[dict[str, Any], str]]] = {
    "reviews": [
        ({"kinds": ["thematic-audit"]}, "B"),
        ({"stages": ["REFERRED", "PUBLISHED"]}, "BR"),
        ({"text": "AUDIT of"}, "B"),
        ({"text": "z-1"}, "A"),
        ({"text": "%"}, "C"),
        ({"monitoredBy": [OTHER_BODY]}, "B"),
        ({"agencies": ["council", "school"]}, "BCR"),
        ({"clocks": ["MISSED"]}, "A"),
        ({"clocks": ["MET"]}, ""),
    ],
    "recommendations": [
        ({"stages": ["RAISED"]}, "a"),
        ({"stages": ["CLOSED", "IMPACT_VERIFIED"]}, "de"),
        ({"themes": ["supervision"]}, "b"),
        ({"leadAgencies": ["police", "health"]}, "bc"),
        ({"reviewId": THE_REVIEW}, "b"),
        ({"challenged": True}, "c"),
        ({"challenged": False}, "abde"),
        ({"overdue": True}, "c"),
        ({"overdue": False}, "abde"),
        ({"text": "WEEKLY"}, "b"),
        ({"text": "ref-d"}, "d"),
        ({"monitoredBy": [OTHER_BODY]}, "b"),
        ({"awaitingReview": True}, "b"),
        ({"awaitingReview": False}, "acde"),
        ({"answers": ["NOT_ACCEPTED"]}, "b"),
        ({"answers": ["NOT_ACCEPTED", "ACCEPTED_IN_PRINCIPLE"]}, "bc"),
        ({"responseOverdue": True}, "a"),
        ({"responseOverdue": False}, "bcde"),
        ({"awaitingImpact": True}, "d"),
        ({"awaitingImpact": False}, "abce"),
        ({"unassigned": True}, "a"),
        ({"leadOfficers": ["PC Oak"]}, "c"),
        ({"unassigned": False}, "bcde"),
        ({"unassigned": False, "monitoredBy": [BODY], "stages": ["ASSIGNED"]}, "c"),
    ],
    "actions": [
        ({"stages": ["RAISED", "EVIDENCED"]}, "fm"),
        ({"leadAgencies": ["police"]}, "g"),
        ({"monitoredBy": [OTHER_BODY]}, "f"),
        ({"reviewId": THE_REVIEW}, "f"),
        ({"recommendationId": THE_RECOMMENDATION}, "g"),
        ({"challenged": True}, "l"),
        ({"challenged": False}, "fghijkm"),
        ({"overdue": True}, "g"),
        ({"overdue": False}, "fhijklm"),
        ({"awaitingReview": True}, "m"),
        ({"awaitingReview": False}, "fghijkl"),
        ({"dueBefore": on(12)}, "gm"),
        ({"text": "100%"}, "h"),
        ({"text": "_"}, ""),
        ({"contributingAgencies": ["police", "health"]}, "h"),
        ({"leadOfficers": ["PC Oak", "PC Elm"]}, "h"),
        ({"leadOfficers": ["PC Elm"]}, ""),
        ({"extensionPending": True}, "g"),
        ({"extensionPending": False}, "fhijklm"),
        ({"evidenceVerdicts": ["AWAITING"]}, "m"),
        ({"evidenceVerdicts": ["RETURNED"]}, "l"),
        ({"evidenceVerdicts": ["ACCEPTED"]}, "ik"),
        ({"closureOutcomes": ["SUPERSEDED"]}, "j"),
        ({"impacts": ["PARTLY_EMBEDDED"]}, "k"),
        ({"awaitingImpact": True}, "i"),
        ({"awaitingImpact": False}, "fghjklm"),
        ({"overdueAgainstOriginal": True}, "gh"),
        ({"overdueAgainstOriginal": False}, "fijklm"),
        ({"themes": ["supervision"]}, "f"),
    ],
    "challenges": [
        ({"stages": ["ESCALATED"]}, "y"),
        ({"agencies": ["police"]}, "x"),
        ({"overdue": True}, "x"),
        ({"overdue": False}, "y"),
        ({"levels": [2]}, "y"),
        ({"agencyKinds": ["PARTNER"]}, "xy"),
        ({"agencyKinds": ["BOARD"]}, ""),
        ({"issuedSince": on(12)}, "y"),
        ({"issuedUntil": on(11)}, "x"),
        ({"outcomes": ["UPHELD"]}, ""),
    ],
}
ORDERS: dict[str, dict[str, str]] = {
    "reviews": {"COMMISSIONED_ON_DESC": "CBAR", "COMMISSIONED_ON_ASC": "ABCR", "REFERENCE_ASC": "BCRA"},
    "recommendations": {
        "DUE_ON_ASC": "cbdea",
        "DUE_ON_DESC": "edbca",
        "REFERENCE_ASC": "edcba",
        "RAISED_DESC": "edcba",
    },
    "actions": {
        "DUE_ON_ASC": "gmhijklf",
        "DUE_ON_DESC": "lkjihmgf",
        "REFERENCE_ASC": "fghijklm",
        "RAISED_DESC": "mlkjihgf",
    },
    "challenges": {"RESPONSE_DUE_ASC": "xy", "ISSUED_DESC": "yx"},
}


@pytest.fixture
def named(world: World) -> dict[str, str]:
    """Every thing by the letter that the tables know it by, as it stands on day 13."""
    found = reviews(world)
    found |= recommendations(world, found)
    world.at(10)
    found |= actions(world, found)
    return found | challenges(world, found)


def reviews(world: World) -> dict[str, str]:
    found = {"A": world.a_review(reference="Z-1")}
    world.do("unit", "clockStart", reviewId=found["A"], clock="serious-incident-notification", startedOn=on(0))
    world.at(1)
    found["B"] = world.a_review(kind="thematic-audit", title="Audit of neglect", agencies=["council"], reference="A-1")
    world.do("unit", "reviewComplete", id=found["B"])
    world.do("chair", "reviewPublish", id=found["B"])
    world.at(2)
    found["C"] = world.a_review(title="What 50% of staff say", agencies=["school"], reference="M-1")
    return found | {"R": str(world.do("unit", "reviewRefer", title="Child R", agencies=["council"])["id"])}


ASKED = {
    "a": {"addressedTo": ["police"], "responseDueOn": on(5)},
    "b": {"wording": "Weekly", "themes": ["supervision"]},
}
LED = {"b": ("health", 60), "c": ("police", 5), "d": ("council", 61), "e": ("council", 62)}


def recommendations(world: World, found: dict[str, str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for day, letter in enumerate("abcde", start=2):
        world.at(day)
        above = {"reviewId": found["B" if letter == "b" else "A"], "reference": f"{9 - day}-ref-{letter}"}
        made[letter] = world.a_recommendation(**above, **ASKED.get(letter, {}))
        if letter in LED:
            lead, due = LED[letter]
            officer = "PC Oak" if letter == "c" else None
            world.do(
                "unit", "recommendationAssign", id=made[letter], leadAgency=lead, dueOn=on(due), leadOfficer=officer
            )
    world.do("health", "recommendationRespond", id=made["b"], answer="NOT_ACCEPTED", reason="Funds")
    world.do("health", "recommendationSubmitEvidence", id=made["b"], narrative="What we do")
    world.do("police", "recommendationRespond", id=made["c"], answer="ACCEPTED_IN_PRINCIPLE")
    for letter in "de":
        implemented(world, "recommendation", made[letter], "council")
    world.do("body", "recommendationVerifyImpact", id=made["e"], finding="EMBEDDED", measure="Audit")
    return made


def implemented(world: World, kind: str, thing: str, lead: str) -> None:
    told = {"id": thing, "narrative": "Done", "claimsComplete": True}
    evidence = world.do(lead, f"{kind}SubmitEvidence", "evidence { id }", **told)["evidence"][-1]["id"]
    world.do("body", f"{kind}AcceptEvidence", id=thing, evidenceId=evidence)
    world.do("body", f"{kind}Close", id=thing, outcome="IMPLEMENTED")


ABOVE = {"f": "b", "g": "c"}
DUE = {
    "g": ("police", 5),
    "h": ("health", 8),
    "i": ("council", 41),
    "j": ("council", 42),
    "k": ("council", 43),
    "l": ("school", 44),
    "m": ("school", 11),
}


def actions(world: World, found: dict[str, str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for day, letter in enumerate("fghijklm", start=3):
        own = {"wording": "Audit 100% of files"} if letter == "h" else {}
        given = {"recommendationId": found[ABOVE.get(letter, "a")], "reference": f"1-{letter}", "happenedOn": on(day)}
        made[letter] = world.an_action(**given, **own)
        if letter in DUE:
            lead, due = DUE[letter]
            beside = {"contributingAgencies": ["police"], "leadOfficer": "PC Oak"} if letter == "h" else {}
            asked = {"id": made[letter], "leadAgency": lead, "dueOn": on(due), "happenedOn": on(day)}
            world.do("unit", "actionAssign", **asked, **beside)
    lived(world, made)
    return made


def lived(world: World, made: dict[str, str]) -> None:
    for letter, who in (("g", "police"), ("h", "health")):
        world.do(who, "actionRequestExtension", id=made[letter], until=on(40), reason="Illness")
    world.do("body", "actionGrantExtension", id=made["h"])
    for letter in "ik":
        implemented(world, "action", made[letter], "council")
    world.do("body", "actionVerifyImpact", id=made["k"], finding="PARTLY_EMBEDDED", measure="Audit")
    world.do("body", "actionClose", id=made["j"], outcome="SUPERSEDED", reason="Another")
    returned = world.evidence(made["l"], "school")
    world.do("body", "actionReturnEvidence", id=made["l"], evidenceId=returned, reason="No names")
    world.evidence(made["m"], "school")


def challenges(world: World, found: dict[str, str]) -> dict[str, str]:
    made: dict[str, str] = {}
    for letter, day, agency, subject in (("x", 11, "police", "c"), ("y", 12, "school", "l")):
        world.at(day)
        asked = {"agency": agency, "subjects": [found[subject]], "grounds": "Late", "responseDueOn": on(day)}
        made[letter] = str(world.do("chair", "challengeIssue", **asked)["id"])
    world.at(13)
    world.do("chair", "challengeEscalate", id=made["y"], reason="Silence", responseDueOn=on(30))
    return made


def letters(world: World, named: dict[str, str], what: str, **asked: Any) -> tuple[str, int]:
    """What a list finds, as letters in its order, and how many it says there are."""
    kind = LISTS[what]
    query = f"""query ($filter: {kind}Filter, $order: {kind}Order, $first: Int, $last: Int) {{ register {{
      {what}(filter: $filter, orderBy: $order, first: $first, last: $last) {{ totalCount nodes {{ id }} }} }} }}"""
    found = world.ask("inspector", query, **asked)["register"][what]
    by_id = {id: letter for letter, id in named.items()}
    return "".join(by_id[node["id"]] for node in found["nodes"]), found["totalCount"]


def test_every_filter_finds_what_it_names_and_nothing_beside(world: World, named: dict[str, str]) -> None:
    placed = {f"${letter}": id for letter, id in named.items()}
    for what, table in FILTERS.items():
        for given, expected in table:
            asked = {name: placed.get(str(value), value) for name, value in given.items()}
            found, total = letters(world, named, what, filter=asked)
            assert ("".join(sorted(found)), total) == (expected, len(expected)), (what, given)


def test_every_order_is_kept_from_either_end(world: World, named: dict[str, str]) -> None:
    for what, orders in ORDERS.items():
        for order, expected in orders.items():
            assert letters(world, named, what, order=order)[0] == expected, (what, order)
            assert letters(world, named, what, order=order, last=2)[0] == expected[-2:], (what, order)


@pytest.mark.parametrize("what", LISTS)
def test_no_filter_and_no_order_is_left_out_of_these_tables(what: str) -> None:
    filters, orders = SCHEMA.type_map[f"{LISTS[what]}Filter"], SCHEMA.type_map[f"{LISTS[what]}Order"]
    assert isinstance(filters, GraphQLInputObjectType)
    assert isinstance(orders, GraphQLEnumType)
    assert filters.fields.keys() == {name for given, _ in FILTERS[what] for name in given}
    assert orders.values.keys() == ORDERS[what].keys()
