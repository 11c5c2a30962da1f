"""Corrections over the API: visible as such, true from the mistaken day on, known only since they were recorded."""

from typing import Any

from api.relay.global_id import encode
from support.disseminated_learning import disseminated, learned
from support.partnership_world import LED, World, on

POINT = "id wording duty { id }"
ENTRY = "history { eventId name corrects summary reason happenedOn changes { field from to } }"


def entries(world: World, who: str, kind: str, id: str, **moment: str) -> list[dict[str, Any]]:
    if kind == "yearlyReturn":
        return list(a_return(world, who, id, ENTRY)["history"])
    found: list[dict[str, Any]] = world.read(who, f'{kind}(id: "{id}") {{ {ENTRY} }}', **moment)[kind]["history"]
    return found


def a_return(world: World, who: str, id: str, shown: str) -> dict[str, Any]:
    found: dict[str, Any] = world.ask(who, f'{{ node(id: "{id}") {{ ... on YearlyReturn {{ {shown} }} }} }}')["node"]
    return found


def event(world: World, kind: str, id: str, name: str) -> str:
    return str(next(each["eventId"] for each in entries(world, "unit", kind, id) if f".{name}." in each["name"]))


def mistaken(world: World, action: str, name: str, field: str, value: str | None) -> dict[str, Any]:
    named = {"id": action, "eventId": event(world, "action", action, name), "field": field}
    return named | {"newValue": value, "reason": "Misread minutes"}


def test_a_corrected_due_date_is_true_from_its_day_and_known_since_its_recording(world: World) -> None:
    action, neighbour = world.assigned("police", due=5), world.assigned("police", due=5)
    world.at(10)
    then = world.known_at()
    shown = "dueOn originalDueOn dueOnCorrected overdue"
    asked = mistaken(world, action, "assigned", "dueOn", on(30))
    corrected = world.do("unit", "actionCorrect", shown, **asked)
    assert corrected == {"dueOn": on(30), "originalDueOn": on(30), "dueOnCorrected": True, "overdue": False}
    query = f'action(id: "{action}") {{ {shown} }} other: action(id: "{neighbour}") {{ {shown} }}'
    mistake = {"dueOn": on(5), "originalDueOn": on(5), "dueOnCorrected": False, "overdue": True}
    assert world.read("unit", query) == {"action": corrected, "other": mistake}
    assert world.read("unit", query, knownAt=then, effectiveOn=on(10))["action"] == mistake
    assert world.read("unit", query, effectiveOn=on(6))["action"] == corrected


def test_a_history_names_the_corrected_fact_its_field_and_both_values(world: World) -> None:
    action = world.assigned("police", due=5)
    world.at(10)
    asked = mistaken(world, action, "assigned", "dueOn", on(30))
    world.do("unit", "actionCorrect", **asked)
    told = entries(world, "unit", "action", action)
    assert [each["corrects"] for each in told] == [None, None, asked["eventId"]]
    assert (told[2]["name"], told[2]["happenedOn"], told[2]["reason"]) == (
        "action.corrected.v1",
        on(0),
        "Misread minutes",
    )
    assert told[2]["summary"] == f"dueOn was corrected from {on(5)} to {on(30)}."
    assert told[2]["changes"] == [
        {"field": "dueOn", "from": on(5), "to": on(30)},
        {"field": "originalDueOn", "from": on(5), "to": on(30)},
    ]


def test_struck_out_evidence_is_gone_and_its_fact_stays_in_the_history(world: World) -> None:
    action = world.assigned("police", due=5)
    world.evidence(action)
    then = world.known_at()
    shown = "stage evidence { narrative }"
    struck = world.do("unit", "actionCorrect", shown, **mistaken(world, action, "evidence_submitted", "voided", "true"))
    assert struck == {"stage": "ASSIGNED", "evidence": []}
    past = world.read("unit", f'action(id: "{action}") {{ {shown} }}', knownAt=then)["action"]
    assert past == {"stage": "EVIDENCED", "evidence": [{"narrative": "Done"}]}
    assert [each["summary"] for each in entries(world, "unit", "action", action)][-1] == "A fact was struck out."
    assert world.evidence(action)


def test_a_fact_moved_to_an_earlier_day_is_told_from_that_day(world: World) -> None:
    action = world.assigned("police", due=5)
    world.at(10)
    world.do("unit", "actionReportProgress", id=action, narrative="Paper", agency="police")
    world.do("unit", "actionCorrect", **mistaken(world, action, "progress_reported", "happenedOn", on(3)))
    shown = f'action(id: "{action}") {{ progress {{ happenedOn narrative }} }}'
    told = [{"happenedOn": on(3), "narrative": "Paper"}]
    assert world.read("unit", shown, effectiveOn=on(4))["action"]["progress"] == told
    assert world.read("unit", shown, effectiveOn=on(2))["action"]["progress"] == []
    assert len(entries(world, "unit", "action", action, effectiveOn=on(4))) == 4
    assert len(entries(world, "unit", "action", action, effectiveOn=on(2))) == 2


def test_reviews_recommendations_and_challenges_are_corrected(world: World) -> None:
    review = world.a_review()
    recommendation = world.a_recommendation(reviewId=review)
    action = world.assigned("police", recommendationId=recommendation)
    challenge = world.do("chair", "challengeIssue", agency="police", subjects=[action], grounds="Late")["id"]
    for kind, id, name, field, value in (
        ("review", review, "commissioned", "title", "Child K"),
        ("recommendation", recommendation, "raised", "wording", "Share it"),
        ("challenge", challenge, "issued", "grounds", "Two are late"),
    ):
        asked = {"id": id, "eventId": event(world, kind, id, name), "field": field, "newValue": value}
        assert world.do("unit", f"{kind}Correct", field, **asked, reason="Typed wrongly") == {field: value}


def test_corrections_are_refused_by_their_codes(world: World) -> None:
    action, neighbour = world.assigned("police", due=5), world.assigned("police", due=5)
    asked = mistaken(world, action, "assigned", "dueOn", on(30))
    theirs = event(world, "action", neighbour, "assigned")
    for change, codes in (
        ({"eventId": theirs}, ["NOT_FOUND"]),
        ({"eventId": encode("fact", "many")}, ["NOT_FOUND"]),
        ({"eventId": "moon"}, ["NOT_FOUND"]),
        ({"field": "position"}, ["INVALID"]),
        ({"newValue": "soon"}, ["INVALID"]),
        ({"newValue": None}, ["INVALID"]),
        ({"field": "happenedOn", "newValue": on(-1)}, ["DATE_BEFORE_START"]),
        ({"reason": " "}, ["REASON_REQUIRED"]),
        ({"expectedVersion": 1}, ["VERSION_CONFLICT"]),
    ):
        assert world.refused("unit", "actionCorrect", **(asked | change)) == codes
    for who in ("police", "body", "chair", "administrator", "inspector"):
        assert world.refused(who, "actionCorrect", **asked) == ["NOT_PERMITTED"]


def test_a_corrected_day_that_is_none_is_refused_in_words_of_ours(world: World) -> None:
    asked = mistaken(world, world.assigned("police", due=5), "assigned", "dueOn", on(30))
    for value in ("2024-13-45", "2024-02-30", "20240131", "soon", "", None):
        [error] = world.send_command("unit", "actionCorrect", **asked | {"newValue": value})["userErrors"]
        said = f"dueOn cannot be {value!r}: a day is expected, written YYYY-MM-DD."
        assert (error["code"], error["message"], error["field"]) == ("INVALID", said, ["newValue"])


def test_a_lead_above_is_told_of_corrections_but_not_of_those_of_others_evidence(world: World) -> None:
    above = world.a_recommendation()
    world.do("unit", "recommendationAssign", id=above, leadAgency="council", dueOn=on(90))
    action = world.assigned("police", due=5, recommendationId=above)
    world.evidence(action)
    world.do("unit", "actionCorrect", **mistaken(world, action, "evidence_submitted", "narrative", "All of it"))
    world.do("unit", "actionCorrect", **mistaken(world, action, "assigned", "dueOn", on(30)))
    for who, seen in (("police", 2), ("council", 1), ("school", 0)):
        feed = world.ask(who, '{ changes(names: ["action.corrected.v1"]) { nodes { name } } }')["changes"]["nodes"]
        assert len(feed) == seen
    told = [each["name"] for each in entries(world, "council", "action", action)]
    assert told.count("action.corrected.v1") == 1


def test_the_closing_of_the_wrong_action_is_struck_out_and_put_back_and_both_are_told(world: World) -> None:
    action, neighbour = world.closed("police"), world.closed("police")
    world.at(3)
    closed = world.known_at()
    shown = "stage closure { outcome }"
    struck = mistaken(world, action, "closed", "voided", "true")
    assert world.do("unit", "actionCorrect", shown, **struck) == {"stage": "EVIDENCED", "closure": None}
    open_again = world.known_at()
    world.do("unit", "actionCorrect", **(struck | {"newValue": "false", "reason": "It was the right one"}))
    query = f'action(id: "{action}") {{ {shown} }} other: action(id: "{neighbour}") {{ {shown} }}'
    as_it_was = {"stage": "CLOSED", "closure": {"outcome": "IMPLEMENTED"}}
    assert world.read("unit", query) == {"action": as_it_was, "other": as_it_was}
    assert world.read("unit", query, knownAt=open_again)["action"]["stage"] == "EVIDENCED"
    assert world.read("unit", query, knownAt=closed)["action"] == as_it_was
    told = entries(world, "unit", "action", action)[-2:]
    assert [each["summary"] for each in told] == ["A fact was struck out.", "A fact that was struck out was put back."]


def test_a_refused_correction_names_the_fact_that_stands_in_the_way(world: World) -> None:
    action = world.closed("police")
    struck = mistaken(world, action, "evidence_accepted", "voided", "true")
    payload = world.send_command("unit", "actionCorrect", "id", **struck)
    (error,) = payload["userErrors"]
    assert (error["code"], error["field"]) == ("EVIDENCE_MISSING", ["newValue"])
    assert f"action.closed.v1 of {on(0)} (version 6) stands in the way" in error["message"]
    assert world.read("unit", f'action(id: "{action}") {{ stage }}')["action"]["stage"] == "CLOSED"


def test_a_wrong_lead_is_corrected_after_all_and_its_lateness_is_the_right_agencys(world: World) -> None:
    action = world.assigned("police", due=5)
    world.at(10)
    world.do("unit", "actionReportProgress", id=action, narrative="Paper", agency="police")
    late = "overdueByAgency { agency { key } overdue }"
    assert late_agencies(world, late) == ["police"]
    then = world.known_at()
    world.do("unit", "actionCorrect", **mistaken(world, action, "assigned", "leadAgency", "health"))
    assert late_agencies(world, late) == ["health"]
    assert late_agencies(world, late, knownAt=then) == ["police"]
    found = f'action(id: "{action}") {{ stage }}'
    assert (world.read("police", found)["action"], world.read("health", found)["action"]["stage"]) == (None, "ASSIGNED")


def late_agencies(world: World, asked: str, **moment: str) -> list[str]:
    found = world.read("unit", asked, **moment)["overdueByAgency"]
    return [each["agency"]["key"] for each in found if each["overdue"]]


def test_what_a_correction_reaches_on_other_things_is_recorded_with_it(world: World) -> None:
    action = world.closed("police")
    world.at(4)
    asked = {"agency": "police", "subjects": [action], "grounds": "Not so"}
    challenge = world.do("chair", "challengeIssue", **asked)["id"]
    told = {"id": challenge, "outcome": "UPHELD", "reason": "So it is", "reopenDueOn": on(60)}
    world.do("chair", "challengeResolve", **told)
    shown = "stage dueOn challenged"
    reopened = world.read("unit", f'action(id: "{action}") {{ {shown} }}')["action"]
    assert reopened == {"stage": "ASSIGNED", "dueOn": on(60), "challenged": False}
    struck = {"id": challenge, "eventId": event(world, "challenge", challenge, "resolved"), "field": "voided"}
    world.do("unit", "challengeCorrect", **struck, newValue="true", reason="It was another one")
    found = world.read("unit", f'action(id: "{action}") {{ {shown} }}')["action"]
    assert (found["stage"], found["challenged"]) == ("CLOSED", True)
    world.do("unit", "challengeCorrect", **struck, newValue="false", reason="It was this one")
    assert world.read("unit", f'action(id: "{action}") {{ {shown} }}')["action"] == reopened


def test_evidence_that_was_another_agencys_after_all_is_hidden_from_the_lead_above(world: World) -> None:
    above = world.a_recommendation()
    world.do("unit", "recommendationAssign", id=above, leadAgency="council", dueOn=on(90))
    action, own = (world.assigned("council", due=5, recommendationId=above) for _ in range(2))
    for each in (action, own):
        world.evidence(each, "council")
    world.do("unit", "actionCorrect", **mistaken(world, action, "assigned", "leadAgency", "police"))
    world.do("unit", "actionCorrect", **mistaken(world, action, "evidence_submitted", "agency", "police"))
    for thing, shown in ((action, 0), (own, 1)):
        told = [each["name"] for each in entries(world, "council", "action", thing)]
        listed = world.read("council", f'action(id: "{thing}") {{ evidence {{ narrative }} }}')["action"]["evidence"]
        assert (told.count("action.evidence_submitted.v1"), len(listed)) == (shown, shown)
    assert "action.evidence_submitted.v1" in [each["name"] for each in entries(world, "police", "action", action)]


def corrected(world: World, kind: str, id: str, name: str, field: str, value: str | None) -> dict[str, Any]:
    """The last entry of the history, after a correction of the first fact of that name."""
    named = {"id": id, "eventId": event(world, kind, id, name), "field": field, "newValue": value}
    mutation = "returnCorrect" if kind == "yearlyReturn" else f"{kind}Correct"
    world.do("unit", mutation, **named, reason="Misread minutes")
    return next(each for each in reversed(entries(world, "unit", kind, id)) if each["corrects"] == named["eventId"])


def change(entry: dict[str, Any]) -> tuple[str, str | None, str | None]:
    first = entry["changes"][0]
    return first["field"], first["from"], first["to"]


def test_what_a_challenge_is_about_is_corrected_by_the_ids_that_partners_know(world: World) -> None:
    wrong, right = world.assigned("police"), world.assigned("police")
    review = disseminated(world)
    world.do("unit", "clockStart", "id", reviewId=review, clock="a, b", startedOn=on(0), dueOn=on(9))
    asked = f'review(id: "{review}") {{ duties {{ id agency {{ key }} }} }}'
    owed = [each for each in world.read("unit", asked)["review"]["duties"] if each["agency"] == {"key": "police"}]
    given = {"agency": "police", "subjects": [wrong], "grounds": "Late", "responseDueOn": on(20)}
    challenge = world.do("chair", "challengeIssue", **given)["id"]
    about = f"{right}, {review}/{owed[0]['id']}, {review}/clock:a%2C b"
    told = corrected(world, "challenge", challenge, "issued", "subjects", about)
    assert (change(told), told["summary"]) == (("subjects", wrong, about), "subjects was corrected.")
    shown = "challenged challenges { id }"
    found = world.read("unit", f'wrong: action(id: "{wrong}") {{ {shown} }} right: action(id: "{right}") {{ {shown} }}')
    assert (found["wrong"]["challenged"], found["right"]["challenges"]) == (False, [{"id": challenge}])
    for value, code in ((world.assigned("health"), "SUBJECT_NOT_OF_AGENCY"), ("somewhere", "NOT_FOUND")):
        named = {"id": challenge, "eventId": event(world, "challenge", challenge, "issued"), "field": "subjects"}
        sent = world.send_command("unit", "challengeCorrect", **named, newValue=value, reason="No")
        assert [(each["code"], each["field"]) for each in sent["userErrors"]] == [(code, ["newValue"])]


def test_which_learning_and_which_review_is_corrected_by_their_ids(world: World) -> None:
    review = world.a_review()
    one, other = (learned(world, review) for _ in range(2))
    thing = world.a_recommendation(reviewId=review, learning=[one])
    told = corrected(world, "recommendation", thing, "raised", "learning", f"{other}, {one}")
    assert change(told) == ("learning", one, f"{other}, {one}")
    shown = world.read("unit", f'recommendation(id: "{thing}") {{ learning {{ id }} }}')["recommendation"]
    assert [each["id"] for each in shown["learning"]] == [other, one]
    told = corrected(world, "review", review, "commissioned", "followsUp", second := world.a_review())
    assert change(told) == ("followsUp", None, second)


def test_the_kind_of_a_review_and_its_sections_are_corrected_and_shown(world: World) -> None:
    review = world.a_review(**LED)
    thing = world.an_action(recommendationId=world.a_recommendation(reviewId=review))
    before = world.known_at()
    corrected(world, "review", review, "commissioned", "kind", "serious-case-review")
    asked = f'review(id: "{review}") {{ kind {{ key }} }} action(id: "{thing}") {{ monitoredBy {{ key }} }}'
    found = world.read("unit", asked)
    assert found["review"] == {"kind": {"key": "serious-case-review"}}
    assert found["action"]["monitoredBy"][0] == {"key": "serious-incident-review-group"}
    assert world.read("unit", asked, knownAt=before)["review"] == {"kind": {"key": "practice-learning-review"}}
    other = world.a_review()
    world.do("unit", "reviewComplete", id=other, sections=[{"key": "summary", "text": "Noone asked"}])
    told = corrected(world, "review", other, "completed", "sections.summary", "Nobody asked")
    assert told["summary"] == "sections.summary was corrected from Noone asked to Nobody asked."
    shown = world.read("unit", f'review(id: "{other}") {{ sections {{ key text }} }}')["review"]["sections"]
    assert shown == [{"key": "summary", "text": "Nobody asked"}]


def test_what_was_assessed_is_corrected_by_the_id_of_its_standard(world: World) -> None:
    called: Any
    (called,) = world.do("unit", "returnsCall", "id duties { id }", year=2024, agencies=["police"])
    thing, duty = called["id"], called["duties"][0]["id"]
    assessed = [{"dutyId": duty, "compliance": "PARTLY_MET"}]
    improvements = [{"wording": "Train the third team", "dutyId": duty}]
    world.do("police", "returnSubmit", id=thing, assessments=assessed, improvements=improvements)
    told = corrected(world, "yearlyReturn", thing, "submitted", f"assessments.{duty}.compliance", "MET")
    assert change(told) == (f"assessments.{duty}.compliance", "PARTLY_MET", "MET")
    assert told["summary"] == "assessments (compliance) was corrected from PARTLY_MET to MET."
    shown = f"duties {{ id compliance }} improvements {{ {POINT} }}"
    now = a_return(world, "unit", thing, shown)
    assert next(each["compliance"] for each in now["duties"] if each["id"] == duty) == "MET"
    point = now["improvements"][0]["id"]
    corrected(world, "yearlyReturn", thing, "submitted", f"improvements.{point}.wording", "Train all teams")
    corrected(world, "yearlyReturn", thing, "submitted", f"improvements.{point}.dutyId", None)
    now = a_return(world, "unit", thing, shown)
    assert now["improvements"] == [{"id": point, "wording": "Train all teams", "duty": None}]
    wrong = {"id": thing, "eventId": event(world, "yearlyReturn", thing, "submitted"), "reason": "No"}
    sent = world.send_command("unit", "returnCorrect", **wrong, field="assessments.x.compliance", newValue="MET")
    assert [(each["code"], each["field"]) for each in sent["userErrors"]] == [("NOT_FOUND", ["field"])]
