"""Every mutation through the edge: recorded, refused, replayed."""

from uuid import uuid4

import pytest

from support.partnership_world import LED, World, on

KEY = "018f4b1e-7c5a-4f0e-9d3b-2a6c1e5f7a90"


def test_a_review_is_commissioned_completed_and_published(world: World) -> None:
    review = world.a_review(kind="serious-case-review", **LED)
    sections = [{"key": "principles", "text": "Openness"}]
    world.do("chair", "reviewAgree", id=review)
    world.do("unit", "reviewComplete", id=review, sections=sections)
    shown = "stage publishedOn boardResponse leadReviewerIndependent sections { key text } kind { key }"
    found = world.do("chair", "reviewPublish", shown, id=review, boardResponse="We accept it", url="https://a.test/r")
    assert found == {
        "stage": "PUBLISHED",
        "publishedOn": on(0),
        "boardResponse": "We accept it",
        "leadReviewerIndependent": True,
        "sections": sections,
        "kind": {"key": "serious-case-review"},
    }


def test_a_review_may_be_withheld_with_its_improvements(world: World) -> None:
    review = world.a_review()
    world.do("unit", "reviewComplete", id=review)
    shown = "stage publicationWithheldReason improvements"
    asked = {"id": review, "reason": "A child could be known", "improvements": "Share sooner"}
    found = world.do("chair", "reviewWithholdPublication", shown, **asked)
    assert list(found.values()) == ["WITHHELD", "A child could be known", "Share sooner"]


def test_learning_is_identified_and_coded(world: World) -> None:
    asked = {"reviewId": world.a_review(), "wording": "Nobody asked the father", "themes": ["neglect"]}
    found = world.do(
        "unit", "learningIdentify", "learning { wording goodPractice themes { key } review { title } }", **asked
    )
    assert found["learning"] == [
        {
            "wording": "Nobody asked the father",
            "goodPractice": False,
            "themes": [{"key": "neglect"}],
            "review": {"title": "Child J"},
        }
    ]


def test_a_recommendation_is_raised_on_learning_and_answered(world: World) -> None:
    review = world.a_review()
    asked = {"reviewId": review, "wording": "Nobody asked", "themes": ["neglect"]}
    learning = world.do("unit", "learningIdentify", "learning { id }", **asked)["learning"][0]["id"]
    recommendation = world.a_recommendation(reviewId=review, learning=[learning], addressedTo=["police", "health"])
    world.do("health", "recommendationRespond", id=recommendation, answer="ACCEPTED")
    shown = "learning { id } responses { agency { key } answer reason } response { answer }"
    given = {"id": recommendation, "answer": "NOT_ACCEPTED", "reason": "Done already"}
    found = world.do("police", "recommendationRespond", shown, **given)
    assert found == {
        "learning": [{"id": learning}],
        "responses": [
            {"agency": {"key": "health"}, "answer": "ACCEPTED", "reason": None},
            {"agency": {"key": "police"}, "answer": "NOT_ACCEPTED", "reason": "Done already"},
        ],
        "response": None,
    }


@pytest.mark.parametrize("kind", ["recommendation", "action"])
def test_one_life_from_assignment_to_verified_impact(world: World, kind: str) -> None:
    thing = world.an_action() if kind == "action" else world.a_recommendation()

    def do(who: str, command: str, shown: str = "stage", **given: object) -> dict[str, object]:
        return world.do(who, f"{kind}{command}", shown, id=thing, **given)

    assert (
        do("unit", "Assign", leadAgency="police", contributingAgencies=["health"], dueOn=on(30))["stage"] == "ASSIGNED"
    )
    progress = do(
        "health", "ReportProgress", "progress { narrative rag by { agency { key } } }", narrative="Half", rag="AMBER"
    )
    assert progress["progress"] == [{"narrative": "Half", "rag": "AMBER", "by": {"agency": {"key": "health"}}}]
    do("police", "RequestExtension", until=on(50), reason="Sickness")
    extended = do("body", "GrantExtension", "dueOn originalDueOn extensions { answer grantedUntil }")
    assert extended == {
        "dueOn": on(50),
        "originalDueOn": on(30),
        "extensions": [{"answer": "GRANTED", "grantedUntil": on(50)}],
    }
    found = do(
        "police",
        "SubmitEvidence",
        "stage awaitingReview evidence { id verdict }",
        narrative="Done",
        claimsComplete=True,
    )
    assert (found["stage"], found["awaitingReview"]) == ("EVIDENCED", True)
    evidence = found["evidence"][0]["id"]  # type: ignore[index]
    judged = "evidence { verdict judgedBy { subject body { key } } attachments { id } }"
    assert do("body", "AcceptEvidence", judged, evidenceId=evidence)["evidence"] == [
        {
            "verdict": "ACCEPTED",
            "judgedBy": {"subject": "body", "body": {"key": "serious-incident-review-group"}},
            "attachments": [],
        }
    ]
    closed = do("body", "Close", "stage closure { outcome completedOn impactDueOn by { role } }", outcome="IMPLEMENTED")
    assert closed["closure"] == {
        "outcome": "IMPLEMENTED",
        "completedOn": on(0),
        "impactDueOn": closed["closure"]["impactDueOn"],  # type: ignore[index]
        "by": {"role": "MONITORING_BODY"},
    }
    verified = do("chair", "VerifyImpact", "stage impact { finding measure }", finding="EMBEDDED", measure="An audit")
    assert verified == {"stage": "IMPACT_VERIFIED", "impact": {"finding": "EMBEDDED", "measure": "An audit"}}


@pytest.mark.parametrize("kind", ["recommendation", "action"])
def test_evidence_is_returned_withdrawn_and_an_extension_refused(world: World, kind: str) -> None:
    thing = world.an_action() if kind == "action" else world.a_recommendation()
    world.do("unit", f"{kind}Assign", id=thing, leadAgency="police", dueOn=on(30))
    submit = {"id": thing, "narrative": "Done"}
    first = world.do("police", f"{kind}SubmitEvidence", "evidence { id }", **submit)["evidence"][0]["id"]
    given = {"id": thing, "evidenceId": first, "reason": "No names", "fixBy": on(9)}
    shown = "stage evidence { verdict verdictReason fixBy }"
    returned = world.do("body", f"{kind}ReturnEvidence", shown, **given)
    expected = {"verdict": "RETURNED", "verdictReason": "No names", "fixBy": on(9)}
    assert returned == {"stage": "ASSIGNED", "evidence": [expected]}
    second = world.do("police", f"{kind}SubmitEvidence", "evidence { id }", **submit)["evidence"][1]["id"]
    given = {"id": thing, "evidenceId": second, "reason": "Wrong file"}
    withdrawn = world.do("police", f"{kind}WithdrawEvidence", "evidence { withdrawn }", **given)
    assert [each["withdrawn"] for each in withdrawn["evidence"]] == [False, True]
    world.do("police", f"{kind}RequestExtension", id=thing, until=on(50), reason="Sickness")
    refused = world.do(
        "body", f"{kind}RefuseExtension", "dueOn extensions { answer answerReason }", id=thing, reason="No"
    )
    assert refused == {"dueOn": on(30), "extensions": [{"answer": "REFUSED", "answerReason": "No"}]}


@pytest.mark.parametrize("kind", ["recommendation", "action"])
def test_a_thing_is_transferred_closed_and_reopened(world: World, kind: str) -> None:
    thing = world.an_action() if kind == "action" else world.a_recommendation()
    world.do("unit", f"{kind}Assign", id=thing, leadAgency="police", dueOn=on(30))
    moved = world.do("unit", f"{kind}Transfer", "leadAgency { key }", id=thing, toAgency="council", reason="Moved")
    assert moved == {"leadAgency": {"key": "council"}}
    world.do("body", f"{kind}Close", id=thing, outcome="SUPERSEDED")
    found = world.do("body", f"{kind}Reopen", "stage dueOn closure { outcome }", id=thing, reason="Again", dueOn=on(90))
    assert found == {"stage": "ASSIGNED", "dueOn": on(90), "closure": None}


def test_impact_that_is_not_embedded_reopens_the_action_and_what_is_above(world: World) -> None:
    action = world.closed()
    follow_up = {"reason": "Nobody knew", "reopenUntil": on(90)}
    given = {"id": action, "finding": "NOT_EMBEDDED", "measure": "An audit", "followUp": follow_up}
    found = world.do("body", "actionVerifyImpact", "stage dueOn impact { finding } impacts { finding }", **given)
    assert found == {"stage": "ASSIGNED", "dueOn": on(90), "impact": None, "impacts": [{"finding": "NOT_EMBEDDED"}]}


def test_a_challenge_is_issued_answered_and_upheld(world: World) -> None:
    action = world.closed()
    given = {"agency": "police", "subjects": [action], "grounds": "It does not work", "requested": "Do it"}
    shown = "id stage agency { key } issuedBy { role } responseDueOn subjects { ... on Action { id challenged } }"
    challenge = world.do("chair", "challengeIssue", shown, **given)
    assert challenge["subjects"] == [{"id": action, "challenged": True}]
    answer = {"id": challenge["id"], "narrative": "We know"}
    answered = world.do("police", "challengeRespond", "stage responses { narrative level }", **answer)
    assert answered == {"stage": "RESPONDED", "responses": [{"narrative": "We know", "level": 1}]}
    given = {"id": challenge["id"], "outcome": "UPHELD", "reason": "Do it again", "reopenDueOn": on(40)}
    resolved = world.do("chair", "challengeResolve", "stage outcome endedOn", **given)
    assert resolved == {"stage": "RESOLVED", "outcome": "UPHELD", "endedOn": on(0)}
    found = world.ask(
        "unit", "query ($id: ID!) { node(id: $id) { ... on Action { stage challenged dueOn } } }", id=action
    )
    assert found["node"] == {"stage": "ASSIGNED", "challenged": False, "dueOn": on(40)}


def test_a_challenge_may_be_withdrawn(world: World) -> None:
    subjects = [world.assigned()]
    challenge = world.do("chair", "challengeIssue", agency="police", subjects=subjects, grounds="Late")["id"]
    found = world.do("chair", "challengeWithdraw", "stage outcomeReason", id=challenge, reason="Answered by letter")
    assert found == {"stage": "WITHDRAWN", "outcomeReason": "Answered by letter"}


def test_every_item_of_a_batch_stands_for_itself(world: World) -> None:
    mine, of_another = world.assigned("police"), world.assigned("council")
    items = [{"idempotencyKey": str(uuid4()), "id": id, "narrative": "Done"} for id in (mine, of_another, mine)]
    query = """mutation ($input: [ActionSubmitEvidenceInput!]!) { actionSubmitEvidenceBatch(input: $input) {
      results { action { id evidence { narrative } } userErrors { code } eventIds } } }"""
    first, hidden, second = world.ask("police", query, input=items)["actionSubmitEvidenceBatch"]["results"]
    assert (hidden["action"], hidden["userErrors"], hidden["eventIds"]) == (None, [{"code": "NOT_FOUND"}], [])
    assert first["action"]["id"] == second["action"]["id"] == mine
    assert len(first["eventIds"]) == len(second["eventIds"]) == 1
    again = world.ask("police", query, input=items)["actionSubmitEvidenceBatch"]["results"]
    assert [each["eventIds"] for each in again] == [first["eventIds"], [], second["eventIds"]]


# ---- once, and on the version it was decided on ----


def test_a_replay_records_nothing_and_answers_as_the_first_time(world: World) -> None:
    given = {"idempotencyKey": KEY, "kind": "practice-learning-review", "title": "Child J", "agencies": ["police"]}
    first = world.send_command("unit", "reviewCommission", **given)
    before = world.position()
    assert world.send_command("unit", "reviewCommission", **given) == first
    assert world.position() == before


def test_a_null_is_the_same_as_leaving_a_value_out(world: World) -> None:
    given = {"idempotencyKey": KEY, "kind": "practice-learning-review", "title": "Child J", "agencies": ["police"]}
    first = world.send_command("unit", "reviewCommission", **given)
    assert world.send_command("unit", "reviewCommission", method=None, **given) == first


def test_a_key_with_another_body_is_refused(world: World) -> None:
    given = {"idempotencyKey": KEY, "kind": "practice-learning-review", "agencies": ["police"]}
    world.do("unit", "reviewCommission", title="Child J", **given)
    assert world.refused("unit", "reviewCommission", title="Child K", **given) == ["IDEMPOTENCY_KEY_REUSED"]


def test_a_key_belongs_to_its_caller(world: World) -> None:
    action = world.assigned("police")
    world.do("unit", "actionReportProgress", idempotencyKey=KEY, id=action, narrative="On paper")
    world.do("police", "actionReportProgress", idempotencyKey=KEY, id=action, narrative="Half way")


def test_a_refusal_is_not_stored_under_its_key(world: World) -> None:
    action = world.an_action()
    given = {"idempotencyKey": KEY, "id": action, "narrative": "Half way"}
    assert world.refused("unit", "actionReportProgress", **given) == ["NOT_ASSIGNED"]
    world.do("unit", "actionAssign", id=action, leadAgency="police", dueOn=on(9))
    world.do("unit", "actionReportProgress", **given)


def test_a_command_on_an_older_version_is_refused(world: World) -> None:
    action = world.assigned()
    version = world.do("police", "actionReportProgress", id=action, narrative="Half way")["version"]
    refused = world.refused("police", "actionReportProgress", id=action, narrative="More", expectedVersion=version - 1)
    assert refused == ["VERSION_CONFLICT"]
    world.do("police", "actionReportProgress", id=action, narrative="More", expectedVersion=version)


def test_what_others_leave_on_a_thing_moves_no_version_that_an_agency_is_shown_or_has_to_expect(world: World) -> None:
    action = world.assigned("police", contributingAgencies=["health"])
    shown = f'action(id: "{action}") {{ version }}'
    seen, whole = (world.read(who, shown)["action"]["version"] for who in ("health", "unit"))
    challenge = world.do("chair", "challengeIssue", agency="police", subjects=[action], grounds="Late")["id"]
    world.do("chair", "challengeWithdraw", id=challenge, reason="It is not late")
    assert (world.read("health", shown)["action"]["version"], seen) == (seen, 2)
    told = {"id": action, "narrative": "Half way"}
    assert world.refused("unit", "actionReportProgress", **told, expectedVersion=whole) == ["VERSION_CONFLICT"]
    assert world.do("health", "actionReportProgress", **told, expectedVersion=seen)["version"] == seen + 1
    assert world.refused("health", "actionReportProgress", **told, expectedVersion=seen) == ["VERSION_CONFLICT"]


def test_what_says_nothing_new_records_nothing(world: World) -> None:
    action = world.assigned("police", 60)
    payload = world.send_command("unit", "actionAssign", id=action, leadAgency="police", dueOn=on(60))
    assert (payload["action"]["id"], payload["userErrors"], payload["eventIds"]) == (action, [], [])


def test_the_ids_of_what_was_recorded_are_those_of_the_history(world: World) -> None:
    payload = world.send_command(
        "unit", "actionRaise", "history { eventId }", recommendationId=world.a_recommendation(), wording="Train"
    )
    assert payload["action"]["history"] == [{"eventId": payload["eventIds"][0]}]
    assert len(payload["eventIds"]) == 2  # the action's own, and the mark on the recommendation
