"""Answers to recommendations through the edge: whose is the recommendation's own, and what is not accepted."""

from typing import Any

import pytest

from api.app.founding import FOUNDER
from domain.agency.commands import MergeAgencies
from support.partnership_world import World, on

RESPONSE = "response { answer respondedOn agency { key } }"


def led_by(world: World, lead: str, due: int = 60, **given: Any) -> str:
    asked = world.a_recommendation(**given)
    world.do("unit", "recommendationAssign", id=asked, leadAgency=lead, dueOn=on(due))
    return asked


def answer(world: World, who: str, thing: str, said: str = "ACCEPTED", **given: Any) -> dict[str, Any]:
    reason = {"reason": "No funds"} if said == "NOT_ACCEPTED" else {}
    return world.do(who, "recommendationRespond", "history { eventId }", id=thing, answer=said, **reason, **given)


def response(world: World, thing: str, who: str = "inspector", **moment: str) -> tuple[str, str] | None:
    """Whose the recommendation's own response is, and what it says."""
    read = world.read(who, f'recommendation(id: "{thing}") {{ {RESPONSE} }}', **moment)["recommendation"]["response"]
    return (read["agency"]["key"], read["answer"]) if read else None


def test_the_response_is_the_leads_own_and_null_before_it(world: World) -> None:
    asked = world.a_recommendation(addressedTo=["health", "police"])
    answer(world, "health", asked, "NOT_ACCEPTED")
    assert response(world, asked) is None
    world.do("unit", "recommendationAssign", id=asked, leadAgency="police", dueOn=on(60))
    assert response(world, asked) is None
    world.at(3)
    before = world.known_at()
    answer(world, "police", asked, "ACCEPTED_IN_PRINCIPLE")
    answer(world, "health", asked, "ACCEPTED")
    assert response(world, asked) == response(world, asked, "police") == ("police", "ACCEPTED_IN_PRINCIPLE")
    assert response(world, asked, effectiveOn=on(2)) is response(world, asked, knownAt=before) is None
    world.do("unit", "recommendationTransfer", id=asked, toAgency="health", reason="The team moved")
    assert response(world, asked) == ("health", "ACCEPTED")


def test_a_corrected_day_decides_which_answer_is_the_latest(world: World) -> None:
    asked = led_by(world, "police")
    world.at(5)
    first = answer(world, "police", asked, "NOT_ACCEPTED")["history"][-1]["eventId"]
    world.at(8)
    second = answer(world, "police", asked, "ACCEPTED")["history"][-1]["eventId"]
    assert response(world, asked) == ("police", "ACCEPTED")
    moved = {"id": asked, "eventId": second, "field": "happenedOn", "newValue": on(4), "reason": "Of the 12th"}
    world.do("unit", "recommendationCorrect", **moved)
    assert response(world, asked) == ("police", "NOT_ACCEPTED")
    told = world.read("unit", f'recommendation(id: "{asked}") {{ responses {{ answer respondedOn }} }}')
    told_in_order = [(each["answer"], each["respondedOn"]) for each in told["recommendation"]["responses"]]
    assert told_in_order == [("ACCEPTED", on(4)), ("NOT_ACCEPTED", on(5))]
    struck = {"id": asked, "eventId": first, "field": "voided", "newValue": "true", "reason": "Another file"}
    world.do("unit", "recommendationCorrect", **struck)
    assert response(world, asked) == ("police", "ACCEPTED")


def test_what_an_agency_answered_goes_on_with_the_one_that_it_went_on_in(world: World) -> None:
    asked = led_by(world, "police")
    answer(world, "police", asked)
    world.register.handle(MergeAgencies(key="police", into="health"), FOUNDER)
    assert response(world, asked, "health") == ("police", "ACCEPTED")
    answer(world, "health", asked, "NOT_ACCEPTED")
    assert response(world, asked) == ("health", "NOT_ACCEPTED")


def test_a_proposed_lead_that_another_replaced_sees_it_no_more_and_owes_no_answer(world: World) -> None:
    asked = world.a_recommendation(leadAgency="health", responseDueOn=on(5))
    named = world.a_recommendation(leadAgency="health", addressedTo=["health"], responseDueOn=on(5))
    for thing in (asked, named):
        assert world.read("health", f'recommendation(id: "{thing}") {{ id }}')["recommendation"]
        world.do("unit", "recommendationAssign", id=thing, leadAgency="police", dueOn=on(60))
    world.at(10)
    assert world.read("health", f'recommendation(id: "{asked}") {{ id }}')["recommendation"] is None
    assert world.refused("health", "recommendationRespond", id=asked, answer="ACCEPTED") == ["NOT_FOUND"]
    (own,) = world.read("health", "overdueByAgency { responsesOverdue }")["overdueByAgency"]
    assert own["responsesOverdue"] == 1


def overdue(world: World, thing: str, **moment: str) -> bool:
    asked = (
        f'recommendation(id: "{thing}") {{ overdue }} recommendations(filter: {{overdue: true}}) {{ nodes {{ id }} }}'
    )
    found = world.read("inspector", f"{asked} overdueByAgency {{ recommendationsOverdue }}", **moment)
    late: bool = found["recommendation"]["overdue"]
    assert late is (thing in [each["id"] for each in found["recommendations"]["nodes"]])
    assert late is bool(sum(row["recommendationsOverdue"] for row in found["overdueByAgency"]))
    return late


@pytest.mark.parametrize(("day", "still_late"), [(10, False), (11, True)])
def test_not_accepting_ends_no_lateness_that_has_begun(world: World, day: int, still_late: bool) -> None:
    thing = led_by(world, "police", due=10)
    world.at(day)
    answer(world, "police", thing, "NOT_ACCEPTED")
    world.at(15)
    assert overdue(world, thing) is still_late
    assert overdue(world, thing, effectiveOn=on(11)) is still_late


QUEUED = """oversight { waiting(queues: [NOT_ACCEPTED]) { nodes {
  body { key } subject { id } since days dueOn chairOnly
  response { answer reason agency { key } } evidence { id } } } }"""


def queued(world: World, who: str = "chair", **moment: str) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = world.read(who, QUEUED, **moment)["oversight"]["waiting"]["nodes"]
    return nodes


def test_what_is_not_accepted_waits_for_the_board(world: World) -> None:
    in_time, too_late, accepted = (led_by(world, "police", due=due) for due in (10, 2, 10))
    world.at(5)
    for thing, said in ((in_time, "NOT_ACCEPTED"), (too_late, "NOT_ACCEPTED"), (accepted, "ACCEPTED")):
        answer(world, "police", thing, said)
    world.at(9)
    before = world.known_at()
    found = {each["subject"]["id"]: each for each in queued(world, "body")}
    assert found.keys() == {in_time, too_late}
    assert found[in_time] == {
        "body": {"key": "serious-incident-review-group"},
        "subject": {"id": in_time},
        "since": on(5),
        "days": 4,
        "dueOn": None,
        "chairOnly": False,
        "response": {"answer": "NOT_ACCEPTED", "reason": "No funds", "agency": {"key": "police"}},
        "evidence": None,
    }
    assert queued(world, effectiveOn=on(4)) == []
    world.do("chair", "challengeIssue", agency="police", subjects=[in_time], grounds="It is needed")
    world.do("unit", "recommendationTransfer", id=too_late, toAgency="health", reason="They can")
    assert queued(world) == []
    assert {each["subject"]["id"] for each in queued(world, knownAt=before)} == {in_time, too_late}
    assert world.read("police", QUEUED)["oversight"] is None


def test_a_replayed_answer_gives_its_own_events_and_what_the_caller_may_see_today(world: World) -> None:
    asked = led_by(world, "police")
    sent = {"id": asked, "answer": "ACCEPTED", "idempotencyKey": "11111111-1111-4111-8111-111111111111"}
    first = world.send_command("police", "recommendationRespond", "version", **sent)
    world.do("unit", "recommendationReportProgress", id=asked, narrative="By letter")
    again = world.send_command("police", "recommendationRespond", "version", **sent)
    assert len(first["eventIds"]) == 1
    assert again["eventIds"] == first["eventIds"]
    assert again["recommendation"]["version"] == first["recommendation"]["version"] + 1
    world.do("unit", "recommendationTransfer", id=asked, toAgency="health", reason="They can")
    hidden = world.send_command("police", "recommendationRespond", "version", **sent)
    assert hidden == {"recommendation": None, "userErrors": [], "eventIds": first["eventIds"]}


def test_an_answer_on_paper_tells_whose_it_is_and_whom_it_came_from(world: World) -> None:
    asked = led_by(world, "police", responseDueOn=on(10))
    world.at(12)
    paper = {"id": asked, "answer": "ACCEPTED", "receivedFrom": "DI Hart, by letter", "happenedOn": on(8)}
    shown = "response { answer respondedOn receivedFrom agency { key } by { role agency { key } } } responseOverdue"
    assert world.do("unit", "recommendationRespond", shown, **paper) == {
        "response": {
            "answer": "ACCEPTED",
            "respondedOn": on(8),
            "receivedFrom": "DI Hart, by letter",
            "agency": {"key": "police"},
            "by": {"role": "BUSINESS_UNIT", "agency": None},
        },
        "responseOverdue": False,
    }
    assert world.refused("unit", "recommendationRespond", id=asked, answer="ACCEPTED", agency="health") == ["INVALID"]
    assert world.refused("chair", "recommendationRespond", id=asked, answer="ACCEPTED") == ["NOT_PERMITTED"]


def test_evidence_and_progress_on_paper_tell_whose_they_are(world: World) -> None:
    action = world.assigned("police")
    world.do("unit", "actionAssign", id=action, leadAgency="police", contributingAgencies=["health"], dueOn=on(60))
    world.at(4)
    paper = {"id": action, "narrative": "As minuted", "happenedOn": on(3), "receivedFrom": "The minutes"}
    world.do("unit", "actionReportProgress", **paper, agency="health")
    world.do("unit", "actionSubmitEvidence", **paper)
    world.do("health", "actionReportProgress", id=action, narrative="Half done")
    told = "agency { key } receivedFrom by { role }"
    read = world.read("health", f'action(id: "{action}") {{ progress {{ {told} }} evidence {{ {told} }} }}')["action"]
    by_unit = {"receivedFrom": "The minutes", "by": {"role": "BUSINESS_UNIT"}}
    assert read["evidence"] == [{"agency": {"key": "police"}, **by_unit}]
    own = {"agency": {"key": "health"}, "receivedFrom": None, "by": {"role": "AGENCY"}}
    assert read["progress"] == [{"agency": {"key": "health"}, **by_unit}, own]
    assert world.refused("health", "actionReportProgress", id=action, narrative="x", receivedFrom="y") == ["INVALID"]
