"""What an agency may not see stays hidden in counts, histories, references and versions too."""

from typing import Any
from uuid import uuid4

from api.relay import global_id
from domain.agency.events import AgencyMerged
from domain.ports import Append
from domain.shared.actor import Actor
from domain.shared.facts import Recorded
from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import Kind, Role
from projections.engine.history_rows import histories
from support.partnership_world import World, on

HISTORY = "query ($id: ID!) { node(id: $id) { ... on Recommendation { history { name summary } } \
    ... on Action { history { name summary } } } }"
CHANGES = "{ changes { nodes { name subject { id } } } }"


def history(world: World, who: str, thing: str) -> list[str]:
    return [entry["name"] for entry in world.ask(who, HISTORY, id=thing)["node"]["history"]]


def changes(world: World, who: str) -> list[tuple[str, str]]:
    nodes = world.ask(who, CHANGES)["changes"]["nodes"]
    return [(node["subject"]["id"], node["name"]) for node in nodes]


def merge(world: World, key: str, into: str) -> None:
    """As the domain records it; no mutation does yet."""
    register = world.register
    before = register.ledger.stream(SINGLE[Kind.AGENCIES])
    by = Actor(subject="admin", role=Role.ADMINISTRATOR)
    fact = AgencyMerged(happened_on=register.today(), by=by, key=key, into=into)
    now = [Recorded(Kind.AGENCIES, SINGLE[Kind.AGENCIES], len(before) + 1, fact)]
    register.ledger.append(now, Append(histories=histories([(before, now)])))


def test_counts_of_the_past_leave_out_what_has_left_the_agency(world: World) -> None:
    action = world.assigned("police", due=10)
    world.at(20)
    moment = {"knownAt": world.known_at(), "effectiveOn": on(20)}
    counted = (
        "overdueByAgency(includeUpToDate: true) { agency { key } open overdue oldestDueOn actions { totalCount } }"
    )
    [before] = world.read("police", counted, **moment)["overdueByAgency"]
    assert (before["open"], before["overdue"], before["actions"]["totalCount"]) == (1, 1, 1)
    world.do("unit", "actionTransfer", id=action, toAgency="health", reason="Moved")
    [after] = world.read("police", counted, **moment)["overdueByAgency"]
    assert (after["open"], after["overdue"], after["oldestDueOn"], after["actions"]["totalCount"]) == (0, 0, None, 0)
    everybody = world.read("inspector", counted, **moment)["overdueByAgency"]
    assert [row["open"] for row in everybody if row["agency"]["key"] == "police"] == [1]


def test_what_was_reported_late_is_counted_for_who_still_sees_it(world: World) -> None:
    action = world.assigned("police", due=10)
    world.at(20)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=world.evidence(action, completedOn=on(9)))
    counted = "overdueByAgency(includeUpToDate: true) { reportedLate }"
    assert world.read("police", counted, effectiveOn=on(15))["overdueByAgency"] == [{"reportedLate": 1}]
    world.do("unit", "actionTransfer", id=action, toAgency="health", reason="Moved")
    assert world.read("police", counted, effectiveOn=on(15))["overdueByAgency"] == [{"reportedLate": 0}]


def test_recommendations_and_answers_that_left_the_agency_are_not_counted_in_its_past(world: World) -> None:
    recommendation = world.a_recommendation()
    world.do("unit", "recommendationAssign", id=recommendation, leadAgency="police", dueOn=on(10))
    world.at(20)
    counted = "overdueByAgency(includeUpToDate: true) { recommendationsOverdue }"
    moment = {"knownAt": world.known_at(), "effectiveOn": on(20)}
    assert world.read("police", counted, **moment)["overdueByAgency"] == [{"recommendationsOverdue": 1}]
    world.do("unit", "recommendationTransfer", id=recommendation, toAgency="health", reason="Moved")
    assert world.read("police", counted, **moment)["overdueByAgency"] == [{"recommendationsOverdue": 0}]


def test_a_challenge_that_left_the_agency_is_not_counted_in_its_past(world: World) -> None:
    action = world.assigned("police")
    issued = {"agency": "police", "subjects": [action], "grounds": "Late", "responseDueOn": on(10)}
    challenge = world.do("chair", "challengeIssue", **issued)["id"]
    world.at(20)
    counted = "overdueByAgency(includeUpToDate: true) { agency { key } challengeResponsesOverdue } \
        challenges { totalCount }"
    moment = {"knownAt": world.known_at(), "effectiveOn": on(15)}
    before = world.read("police", counted, **moment)
    assert before["overdueByAgency"] == [{"agency": {"key": "police"}, "challengeResponsesOverdue": 1}]
    world.do("unit", "actionTransfer", id=action, toAgency="health", reason="Moved")
    world.do("chair", "challengeTransfer", id=challenge, toAgency="health", reason="Moved")
    after = world.read("police", counted, **moment)
    assert (after["overdueByAgency"][0]["challengeResponsesOverdue"], after["challenges"]["totalCount"]) == (0, 0)
    everybody = world.read("inspector", counted, **moment)["overdueByAgency"]
    assert {row["agency"]["key"]: row["challengeResponsesOverdue"] for row in everybody}["police"] == 1


def test_an_agency_that_must_answer_does_not_learn_of_the_actions_of_others(world: World) -> None:
    recommendation = world.a_recommendation(addressedTo=["police", "council"])
    world.do("unit", "recommendationAssign", id=recommendation, leadAgency="council", dueOn=on(90))
    world.assigned("health", recommendationId=recommendation)
    planned = "recommendation.action_planned.v1"
    assert planned in history(world, "council", recommendation)
    assert planned not in history(world, "police", recommendation)
    assert (recommendation, planned) in changes(world, "council")
    assert (recommendation, planned) not in changes(world, "police")
    assert "recommendation.assigned.v1" in history(world, "police", recommendation)


def test_a_challenge_to_another_agency_leaves_no_trace_in_what_an_agency_reads(world: World) -> None:
    action = world.an_action()
    assigned = {"leadAgency": "police", "contributingAgencies": ["health"], "dueOn": on(60)}
    world.do("unit", "actionAssign", id=action, **assigned)
    challenge = world.do("chair", "challengeIssue", agency="police", subjects=[action], grounds="Late")["id"]
    world.do("chair", "challengeWithdraw", id=challenge, reason="Settled")
    marks = {"action.challenged.v1", "action.challenge_ended.v1"}
    assert marks <= set(history(world, "police", action))
    assert not marks & set(history(world, "health", action))
    assert marks <= {name for _, name in changes(world, "police")}
    assert not marks & {name for _, name in changes(world, "health")}


def test_the_lead_above_does_not_learn_when_others_evidence_said_it_was_done(world: World) -> None:
    recommendation = world.a_recommendation()
    world.do("unit", "recommendationAssign", id=recommendation, leadAgency="council", dueOn=on(90))
    action = world.assigned("police", recommendationId=recommendation)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=world.evidence(action))
    of_evidence = {"action.evidence_submitted.v1", "action.evidence_accepted.v1", "action.completed.v1"}
    assert of_evidence <= set(history(world, "police", action))
    assert not of_evidence & set(history(world, "council", action))
    assert not of_evidence & {name for _, name in changes(world, "council")}


def test_the_version_of_a_published_review_tells_nothing_of_challenges_about_it(world: World) -> None:
    review = world.published()
    version = f'review(id: "{review}") {{ version }}'
    before = world.read("school", version)
    world.do("chair", "challengeIssue", agency="police", subjects=[review], grounds="Late")
    assert world.read("school", version) == before


def test_a_reference_that_an_agency_gives_cannot_be_used_to_ask_for_hidden_ones(world: World) -> None:
    world.an_action(reference="HIDDEN-1")
    recommendation = world.a_recommendation(leadAgency="police")
    world.do("unit", "recommendationAssign", id=recommendation, leadAgency="police", dueOn=on(90))
    above = world.do("police", "recommendationRespond", "reference", id=recommendation, answer="ACCEPTED")["reference"]
    asked = {"recommendationId": recommendation, "wording": "Train"}
    taken = world.send_command("police", "actionRaise", **asked, reference="HIDDEN-1")["userErrors"]
    free = world.send_command("police", "actionRaise", **asked, reference="HIDDEN-2")["userErrors"]
    assert taken == free
    assert [error["code"] for error in taken] == ["INVALID"]
    assert world.do("police", "actionRaise", "reference", **asked, reference=f"{above}/P7") == {
        "reference": f"{above}/P7"
    }


def test_the_position_that_an_agency_reads_does_not_move_with_what_others_do(world: World) -> None:
    action, others = world.assigned("police"), world.assigned("health")
    before = world.read("police", "position")
    world.do("health", "actionReportProgress", id=others, narrative="Half way")
    assert world.read("police", "position") == before
    world.do("police", "actionReportProgress", id=action, narrative="Half way")
    assert world.read("police", "position") == world.read("inspector", "position") != before
    assert world.read("school", "position") == {"position": "0"}


def test_a_key_of_another_caller_replays_nothing(world: World) -> None:
    action, key = world.assigned("police"), str(uuid4())
    asked = {"id": action, "narrative": "Half way", "idempotencyKey": key}
    world.do("police", "actionReportProgress", **asked)
    assert world.refused("health", "actionReportProgress", **asked) == ["NOT_FOUND"]
    again = world.send_command("police", "actionReportProgress", **asked)
    world.do("unit", "actionTransfer", id=action, toAgency="health", reason="Moved")
    replayed = world.send_command("police", "actionReportProgress", **asked)
    assert (replayed["action"], replayed["eventIds"]) == (None, again["eventIds"])


def test_a_successor_sees_what_its_predecessor_saw_and_a_sister_nothing_of_it(world: World) -> None:
    action = world.assigned("school")
    listed = "actions { nodes { id } }"
    assert world.read("council", listed)["actions"]["nodes"] == []
    merge(world, "school", "council")
    merge(world, "health", "council")
    assert world.read("council", listed)["actions"]["nodes"] == [{"id": action}]
    assert world.read("school", listed)["actions"]["nodes"] == [{"id": action}]
    assert world.read("health", listed)["actions"]["nodes"] == []
    assert world.refused("health", "actionReportProgress", id=action, narrative="x") == ["NOT_FOUND"]
    world.do("council", "actionReportProgress", id=action, narrative="Taken over")


ABOUT_A_RECOMMENDATION: list[tuple[str, dict[str, Any]]] = [
    ("recommendationRespond", {"answer": "ACCEPTED", "expectedVersion": 999}),
    ("recommendationReportProgress", {"narrative": "x", "expectedVersion": 999}),
    ("recommendationSubmitEvidence", {"narrative": "x", "expectedVersion": 999}),
    ("recommendationRequestExtension", {"until": on(99), "reason": "x", "expectedVersion": 999}),
]


def test_why_a_command_on_a_header_or_on_what_is_published_is_refused_tells_nothing_of_its_state(world: World) -> None:
    review = world.a_review()
    closed, waiting = (world.a_recommendation(reviewId=review) for _ in range(2))
    for recommendation in (closed, waiting):
        world.do("unit", "recommendationAssign", id=recommendation, leadAgency="council", dueOn=on(90))
        world.assigned("police", recommendationId=recommendation)
    world.do("body", "recommendationClose", id=closed, outcome="SUPERSEDED", reason="Another one")
    world.do("unit", "reviewComplete", id=review)
    world.do("chair", "reviewPublish", id=review, boardResponse="We accept it")
    for who in ("police", "school"):
        for mutation, given in ABOUT_A_RECOMMENDATION:
            answers = [world.send_command(who, mutation, id=each, **given)["userErrors"] for each in (closed, waiting)]
            assert answers[0] == answers[1]
            assert [error["code"] for error in answers[0]] == ["NOT_PERMITTED"]


def test_evidence_below_a_recommendation_cannot_be_guessed_by_its_lead(world: World) -> None:
    recommendation = world.a_recommendation()
    world.do("unit", "recommendationAssign", id=recommendation, leadAgency="council", dueOn=on(90))
    action = world.assigned("police", recommendationId=recommendation)
    evidence = world.evidence(action)
    for guess in (evidence, global_id.encode("evidence", uuid4())):
        asked = {"id": action, "evidenceId": guess, "reason": "x"}
        assert world.refused("council", "actionWithdrawEvidence", **asked) == ["NOT_PERMITTED"]


def test_what_an_agency_may_never_command_is_refused_alike_whatever_it_names(world: World) -> None:
    hidden, nowhere = world.assigned("police"), global_id.encode("action", uuid4())
    review = world.a_review()
    for thing in (hidden, nowhere):
        asked = {"agency": "police", "subjects": [thing], "grounds": "Late"}
        assert world.refused("school", "challengeIssue", **asked) == ["NOT_PERMITTED"]
        assert world.refused("school", "actionClose", id=thing, outcome="IMPLEMENTED") == ["NOT_FOUND"]
    for earlier in (review, global_id.encode("review", uuid4())):
        asked = {"kind": "audit", "title": "T", "agencies": ["police"], "followsUp": earlier}
        assert world.refused("school", "reviewCommission", **asked) == ["NOT_FOUND"]
