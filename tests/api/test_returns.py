"""A section 11 round through the edge: called, assessed, judged, turned into work, and counted; in how many calls."""

from typing import Any
from uuid import uuid4

from api.app.founding import FOUNDER
from domain.agency.commands import MergeAgencies
from domain.shared.vocabulary import Role
from support.partnership_world import KEY, World, on

RETURN = "id agency { key } dueOn duties { id key compliance judgedCompliance judgement doneOn }"
WHOLE = f"""{RETURN} review {{ id }} judgedBy {{ key }} answeredOn narrative
  verdict {{ judgedOn narrative body {{ key }} by {{ role }} }}
  improvements {{ wording byJudge duty {{ key }} recommendation {{ reference leadAgency {{ key }} dueOn }}
    action {{ reference }} }}"""
ROUND = """year period from until missed called { key } notCalled { key } answered complete overdue judged
  improvements improvementsRaised"""
JUDGE = "executive"


def executive(world: World) -> str:
    """A member of the group that judges returns in Knowsley."""
    name = "executive member"
    token = world.installation.issue_token(KEY, Role.MONITORING_BODY, name, bodies=[JUDGE], independent=True)
    world.tokens = {**world.tokens, name: token}
    return name


def call(world: World, **given: Any) -> tuple[str, dict[str, dict[str, Any]]]:
    review = world.a_review(kind="section-11-audit", title="Section 11, 2024", agencies=["police", "health"])
    found: Any = world.do("unit", "returnsCall", RETURN, year=2024, reviewId=review, dueOn=on(30), **given)
    return review, {each["agency"]["key"]: each for each in found}


def assessed(found: dict[str, Any], *compliance: str) -> list[dict[str, Any]]:
    pairs = zip(found["duties"], compliance, strict=False)
    return [{"dutyId": duty["id"], "compliance": each, "words": f"Seen: {each}"} for duty, each in pairs]


def returns(world: World, who: str = "unit", shown: str = WHOLE, **moment: str) -> dict[str, dict[str, Any]]:
    found = world.read(who, f"yearlyReturns(year: 2024) {{ {shown} }}", **moment)["yearlyReturns"]
    return {each["agency"]["key"]: each for each in found}


def rounds(world: World, who: str = "unit", asked: str = "since: 2024, until: 2024", **moment: str) -> Any:
    return world.read(who, f"returnRounds({asked}) {{ {ROUND} }}", **moment)["returnRounds"]


EVERYTHING = ["MET"] * 9 + ["NOT_MET"]


def carried_through(world: World) -> tuple[list[str], str]:
    """A round in eight calls: commission, call, an assessment of each of four agencies, verdicts, work.

    Gives the agencies, the first of which was judged otherwise than it assessed itself, and the moment before that.
    """
    member = executive(world)
    review, called = call(world)
    world.at(10)
    for agency, found in called.items():
        said = {"id": found["id"], "assessments": assessed(found, *EVERYTHING)}
        point = {"wording": f"Release staff of the {agency}", "dutyId": found["duties"][5]["id"]}
        world.do(agency, "returnSubmit", "id", **said, improvements=[point])
    before = world.known_at()
    world.at(20)
    verdicts: list[dict[str, Any]] = [{"id": each["id"], "narrative": "Challenged"} for each in called.values()]
    verdicts[0] |= {
        "assessments": assessed(next(iter(called.values())), "PARTLY_MET"),
        "improvements": [{"wording": "Show the records"}],
    }
    judged: Any = world.do(member, "returnsJudge", WHOLE, verdicts=verdicts)
    assert [each["agency"]["key"] for each in judged] == list(called)
    shown = "recommendations { totalCount nodes { stage } }"
    ids = [each["id"] for each in called.values()]
    found = world.do("unit", "reviewRaiseImprovements", shown, id=review, returns=ids, dueOn=on(90))
    assert [each["stage"] for each in found["recommendations"]["nodes"]] == ["ASSIGNED"] * 5
    return list(called), before


def test_a_round_of_four_agencies_takes_eight_calls_from_commission_to_work(world: World) -> None:
    (first, *_), before = carried_through(world)
    found = returns(world)[first]
    assert found["verdict"] == {
        "judgedOn": on(20),
        "narrative": "Challenged",
        "body": {"key": JUDGE},
        "by": {"role": "MONITORING_BODY"},
    }
    assert [each["compliance"] for each in found["duties"]] == EVERYTHING
    assert [each["judgedCompliance"] for each in found["duties"]] == ["PARTLY_MET", *[None] * 9]
    assert {each["doneOn"] for each in found["duties"]} == {on(10)}
    points = found["improvements"]
    assert [(each["wording"], each["byJudge"], each["duty"] and each["duty"]["key"]) for each in points] == [
        (f"Release staff of the {first}", False, "release-for-learning"),
        ("Show the records", True, None),
    ]
    assert {each["recommendation"]["leadAgency"]["key"] for each in points} == {first}
    assert world.read(first, "owed { nodes { kind } }")["owed"]["nodes"] == [{"kind": "RECOMMENDATION"}] * 2
    then = returns(world, knownAt=before)[first]
    assert (then["verdict"], [each["recommendation"] for each in then["improvements"]]) == (None, [None])
    (whole,) = rounds(world)
    counted = [whole[each] for each in ("answered", "complete", "judged", "improvements", "improvementsRaised")]
    assert counted == [4, 4, 4, 5, 5]


def test_a_year_that_nobody_called_is_seen(world: World) -> None:
    called = {"key": "police"}
    world.do("unit", "returnsCall", "id", year=2024, agencies=["police"], dueOn=on(30))
    world.at(800)  # in March 2026
    found = {each["year"]: each for each in rounds(world, asked="since: 2022, until: 2026")}
    assert [(year, each["missed"], each["called"]) for year, each in found.items()] == [
        (2024, False, [called]),
        (2025, True, []),
        (2026, False, []),
    ]
    assert [each["key"] for each in found[2024]["notCalled"]] == ["council", "health", "school"]
    assert found[2024]["overdue"] == 1
    assert {each["key"] for each in found[2025]["notCalled"]} == {"council", "health", "police", "school"}
    assert [each["missed"] for each in rounds(world, asked="since: 2025, until: 2025", effectiveOn="2025-06-01")] == [
        False
    ]
    own = rounds(world, "health", "since: 2024, until: 2025")
    assert [(each["called"], each["notCalled"]) for each in own] == [([], [{"key": "health"}])] * 2
    for asked in ("since: 2025, until: 2024", "since: 1066, until: 1066", "since: 2000, until: 2100"):
        answer = world.answer("unit", f"{{ register {{ returnRounds({asked}) {{ year }} }} }}")
        assert answer["errors"][0]["extensions"]["code"] == "INVALID"


def test_a_return_that_has_been_given_waits_for_its_judge(world: World) -> None:
    member = executive(world)
    _, called = call(world)
    police = called["police"]
    shown = """oversight { waiting(queues: [RETURN_TO_JUDGE]) { totalCount nodes {
      since days body { key } chairOnly subject { id } } } }"""
    assert world.read("unit", shown)["oversight"]["waiting"]["totalCount"] == 0
    world.at(3)
    world.do("police", "returnSubmit", "id", id=police["id"], assessments=assessed(police, "MET"))
    world.at(5)
    assert world.read("unit", shown)["oversight"]["waiting"]["nodes"] == [
        {"since": on(3), "days": 2, "body": {"key": JUDGE}, "chairOnly": False, "subject": {"id": police["id"]}}
    ]
    world.do(member, "returnsJudge", "id", verdicts=[{"id": police["id"]}])
    assert world.read("unit", shown)["oversight"]["waiting"]["totalCount"] == 0
    assert world.read("unit", shown, effectiveOn=on(4))["oversight"]["waiting"]["totalCount"] == 1


def test_an_agency_sees_its_own_return_whole_and_nothing_of_anothers(world: World) -> None:
    _, called = call(world)
    for agency in ("police", "health"):
        found = called[agency]
        world.do(agency, "returnSubmit", "id", id=found["id"], assessments=assessed(found, "NOT_MET"), narrative="Ours")
    theirs = called["health"]
    for id in (theirs["id"], called["police"]["id"]):
        asked = {"id": id, "assessments": assessed(theirs, "MET")}
        assert world.refused("police", "returnSubmit", **asked) == ["NOT_FOUND"]
    world.do("chair", "returnsJudge", "id", verdicts=[{"id": called["police"]["id"], "narrative": "Not enough"}])
    seen = returns(world, "police")
    assert list(seen) == ["police"]
    assert (seen["police"]["narrative"], seen["police"]["verdict"]["narrative"]) == ("Ours", "Not enough")
    (whole,) = rounds(world, "police")
    assert (whole["called"], whole["answered"], whole["notCalled"]) == ([{"key": "police"}], 1, [])


def test_a_return_is_given_on_paper_for_a_predecessor_and_told_in_its_history(world: World) -> None:
    _, called = call(world)
    police = called["police"]
    world.at(5)
    paper = {"id": police["id"], "assessments": assessed(police, "MET", "PARTLY_MET"), "happenedOn": on(2)}
    world.do("unit", "returnSubmit", "id", **paper)
    world.register.handle(MergeAgencies(key="police", into="school"), FOUNDER)
    world.do("school", "returnSubmit", "id", id=police["id"], assessments=assessed(police, *["MET"] * 3)[2:])
    world.do("chair", "returnsJudge", "id", verdicts=[{"id": police["id"], "improvements": [{"wording": "More"}]}])
    query = "query ($id: ID!) { node(id: $id) { ... on YearlyReturn { history { eventId summary } } } }"
    told = world.ask("unit", query, id=police["id"])["node"]["history"]
    assert [each["summary"] for each in told[1:]] == [
        "The police assessed 2 standards (1 met, 1 partly met).",
        "What The police still owed moved to The school.",
        "The school assessed 1 standard (1 met).",
        "Its return was judged by the chair, with 1 improvement to make.",
    ]
    asked = {"id": police["id"], "reason": "Misread", "eventId": told[1]["eventId"]}
    world.do("unit", "returnCorrect", "id", **asked, field="narrative", newValue="As it should read")
    assert returns(world)["police"]["narrative"] == "As it should read"


def test_the_latest_verdict_is_the_whole_verdict(world: World) -> None:
    _, called = call(world)
    police = called["police"]
    world.do("police", "returnSubmit", "id", id=police["id"], assessments=assessed(police, "MET", "MET"))
    for found in (["NOT_MET", "PARTLY_MET"], ["NOT_MET"]):
        verdict = {"id": police["id"], "assessments": assessed(police, *found)}
        world.do("chair", "returnsJudge", "id", verdicts=[verdict])
    shown = [each["judgedCompliance"] for each in returns(world)["police"]["duties"][:3]]
    assert shown == ["NOT_MET", None, None]


def test_a_verdict_on_one_that_may_not_be_judged_lets_none_be_recorded(world: World) -> None:
    _, called = call(world)
    police, health = called["police"], called["health"]
    world.do("police", "returnSubmit", "id", id=police["id"], assessments=assessed(police, "MET"))
    verdicts = [{"id": police["id"]}, {"id": health["id"]}]
    assert world.refused("chair", "returnsJudge", verdicts=verdicts) == ["EVIDENCE_MISSING"]
    assert world.refused("chair", "returnsJudge", verdicts=[{"id": "nothing"}]) == ["NOT_FOUND"]
    assert world.refused("body", "returnsJudge", verdicts=[{"id": police["id"]}]) == ["NOT_PERMITTED"]
    key = str(uuid4())
    first = world.send_command("chair", "returnsJudge", "id", verdicts=[{"id": police["id"]}], idempotencyKey=key)
    again = world.send_command("chair", "returnsJudge", "id", verdicts=[{"id": police["id"]}], idempotencyKey=key)
    assert first == again
