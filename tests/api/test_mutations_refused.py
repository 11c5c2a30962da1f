"""Refusals through the edge: a code, the input's own path, and nothing recorded."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from api.relay import global_id
from domain.shared.vocabulary import Role
from support.partnership_world import KEY, LED, OTHER_BODY, World, on

Given = Callable[[World], dict[str, Any]]
NOBODY = global_id.encode("action", uuid4())


def closed(world: World) -> dict[str, Any]:
    return {"id": world.closed()}


def assigned(world: World) -> dict[str, Any]:
    return {"id": world.assigned()}


def raised(world: World) -> dict[str, Any]:
    return {"id": world.an_action()}


def judged(world: World) -> dict[str, Any]:
    action = world.assigned()
    evidence = world.evidence(action)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=evidence)
    return {"id": action, "evidenceId": evidence}


def awaiting(world: World) -> dict[str, Any]:
    action = world.assigned()
    return {"id": action, "evidenceId": world.evidence(action)}


def challenged(world: World) -> dict[str, Any]:
    action = world.assigned()
    world.do("chair", "challengeIssue", agency="police", subjects=[action], grounds="Late")
    return {"id": action}


def extension_pending(world: World) -> dict[str, Any]:
    action = world.assigned()
    world.do("police", "actionRequestExtension", id=action, until=on(70), reason="Sickness")
    return {"id": action}


def a_challenge_that_ended(world: World) -> dict[str, Any]:
    action = world.assigned()
    challenge = world.do("chair", "challengeIssue", agency="police", subjects=[action], grounds="Late")["id"]
    world.do("chair", "challengeWithdraw", id=challenge, reason="Answered")
    return {"id": challenge}


def with_open_actions(world: World) -> dict[str, Any]:
    recommendation = world.a_recommendation()
    world.an_action(recommendationId=recommendation)
    world.do("unit", "recommendationAssign", id=recommendation, leadAgency="police", dueOn=on(60))
    given = {"id": recommendation, "narrative": "Done", "claimsComplete": True}
    found = world.do("police", "recommendationSubmitEvidence", "evidence { id }", **given)
    given = {"id": recommendation, "evidenceId": found["evidence"][0]["id"]}
    world.do("body", "recommendationAcceptEvidence", **given)
    return {"id": recommendation}


def a_review(world: World) -> dict[str, Any]:
    return {"id": world.a_review()}


def a_review_to_raise_on(world: World) -> dict[str, Any]:
    return {"reviewId": world.a_review(), "wording": "Share", "themes": ["neglect"]}


def nothing(_: World) -> dict[str, Any]:
    return {}


REVIEW = {"kind": "serious-case-review", "title": "Child J", "agencies": ["police"]} | LED
IMPLEMENTED = {"outcome": "IMPLEMENTED"}
REFUSALS: list[tuple[str, str, str, Given, dict[str, Any], list[str] | None]] = [
    ("UNKNOWN_REVIEW_KIND", "unit", "reviewCommission", nothing, REVIEW | {"kind": "seance"}, ["kind"]),
    ("UNKNOWN_AGENCY", "unit", "reviewCommission", nothing, REVIEW | {"agencies": ["navy"]}, ["agencies", "0"]),
    ("UNKNOWN_THEME", "unit", "reviewCommission", nothing, REVIEW | {"themes": ["fun"]}, ["themes", "0"]),
    ("INVALID", "unit", "reviewCommission", nothing, REVIEW | {"title": " "}, ["title"]),
    ("CONDITIONS_NOT_MET", "unit", "reviewCommission", nothing, REVIEW | {"leadReviewer": None}, ["leadReviewer"]),
    (
        "CONDITIONS_NOT_MET",
        "unit",
        "reviewCommission",
        nothing,
        REVIEW | {"leadReviewerEmployer": None},
        ["leadReviewerEmployer"],
    ),
    ("INVALID", "unit", "reviewCommission", nothing, REVIEW | {"programmeYear": 12}, ["programmeYear"]),
    ("DATE_IN_FUTURE", "unit", "reviewCommission", nothing, REVIEW | {"happenedOn": on(1)}, ["happenedOn"]),
    ("NOT_FOUND", "unit", "reviewCommission", nothing, REVIEW | {"followsUp": NOBODY}, ["followsUp"]),
    ("REVIEW_NOT_COMPLETED", "chair", "reviewPublish", a_review, {}, None),
    ("INVALID", "chair", "reviewPublish", a_review, {"url": "javascript:alert(1)"}, ["url"]),
    ("REVIEW_NOT_COMPLETED", "chair", "reviewWithholdPublication", a_review, {"reason": "Why"}, None),
    ("NOT_PERMITTED", "unit", "reviewPublish", a_review, {}, None),
    ("NOT_PERMITTED", "inspector", "reviewComplete", a_review, {}, None),
    ("NOT_PERMITTED", "administrator", "reviewComplete", a_review, {}, None),
    ("INVALID", "unit", "reviewComplete", a_review, {"sections": [{"key": "", "text": "x"}]}, ["sections", "0", "key"]),
    ("UNKNOWN_THEME", "unit", "recommendationRaise", a_review_to_raise_on, {"themes": ["fun"]}, ["themes", "0"]),
    (
        "DUE_DATE_IN_PAST",
        "unit",
        "recommendationRaise",
        a_review_to_raise_on,
        {"responseDueOn": on(-1)},
        ["responseDueOn"],
    ),
    ("NOT_ASSIGNED", "unit", "actionTransfer", raised, {"toAgency": "health", "reason": "Moved"}, None),
    ("UNKNOWN_AGENCY", "unit", "actionAssign", raised, {"leadAgency": "navy", "dueOn": on(9)}, ["leadAgency"]),
    ("DUE_DATE_IN_PAST", "unit", "actionAssign", raised, {"leadAgency": "police", "dueOn": on(-9)}, ["dueOn"]),
    ("INVALID", "unit", "actionAssign", assigned, {"leadAgency": "police", "dueOn": on(9)}, ["dueOn"]),
    (
        "INVALID",
        "police",
        "actionReportProgress",
        assigned,
        {"narrative": "x", "percentComplete": 101},
        ["percentComplete"],
    ),
    ("INVALID", "police", "actionReportProgress", assigned, {"narrative": "x", "happenedOn": on(0)}, ["happenedOn"]),
    (
        "UNKNOWN_ATTACHMENT",
        "police",
        "actionSubmitEvidence",
        assigned,
        {"narrative": "x", "attachments": ["a"]},
        ["attachments", "0"],
    ),
    ("EVIDENCE_ALREADY_JUDGED", "body", "actionReturnEvidence", judged, {"reason": "Late"}, ["evidenceId"]),
    ("REASON_REQUIRED", "body", "actionReturnEvidence", awaiting, {"reason": " "}, ["reason"]),
    ("NOT_INDEPENDENT", "body of police", "actionAcceptEvidence", awaiting, {}, None),
    ("NOT_FOUND", "body", "actionAcceptEvidence", assigned, {"evidenceId": NOBODY}, ["evidenceId"]),
    ("EXTENSION_NOT_REQUESTED", "body", "actionGrantExtension", assigned, {}, None),
    (
        "EXTENSION_PENDING",
        "police",
        "actionRequestExtension",
        extension_pending,
        {"until": on(80), "reason": "More"},
        None,
    ),
    ("EVIDENCE_MISSING", "body", "actionClose", assigned, IMPLEMENTED, None),
    ("CHALLENGE_OPEN", "body", "actionClose", challenged, {"outcome": "SUPERSEDED"}, None),
    ("ALREADY_CLOSED", "body", "actionClose", closed, {"outcome": "SUPERSEDED"}, None),
    ("ACTIONS_STILL_OPEN", "body", "recommendationClose", with_open_actions, IMPLEMENTED, None),
    ("REASON_REQUIRED", "body", "actionClose", assigned, {"outcome": "NOT_IMPLEMENTED"}, ["reason"]),
    ("NOT_CLOSED", "body", "actionReopen", assigned, {"reason": "Again", "dueOn": on(99)}, None),
    ("NOT_CLOSED", "body", "actionVerifyImpact", assigned, {"finding": "EMBEDDED", "measure": "Audit"}, None),
    (
        "FOLLOW_UP_REQUIRED",
        "body",
        "actionVerifyImpact",
        closed,
        {"finding": "NOT_EMBEDDED", "measure": "Audit"},
        ["followUp"],
    ),
    ("CHALLENGE_ENDED", "police", "challengeRespond", a_challenge_that_ended, {"narrative": "Late"}, None),
    ("NOT_FOUND", "unit", "actionReportProgress", nothing, {"id": NOBODY, "narrative": "x"}, ["id"]),
    ("NOT_FOUND", "unit", "actionReportProgress", a_review, {"narrative": "x"}, ["id"]),
    ("NOT_FOUND", "unit", "actionReportProgress", nothing, {"id": "nonsense", "narrative": "x"}, ["id"]),
]


@pytest.mark.parametrize(
    ("code", "who", "mutation", "standing", "given", "field"),
    REFUSALS,
    ids=[f"{r[2]}-{r[0]}-{i}" for i, r in enumerate(REFUSALS)],
)
def test_a_command_is_refused_with_its_code_and_field(
    world: World, code: str, who: str, mutation: str, standing: Given, given: dict[str, Any], field: list[str] | None
) -> None:
    asked = standing(world) | given
    before = world.position()
    payload = world.send_command(who, mutation, **asked)
    assert [(error["code"], error["field"]) for error in payload["userErrors"]] == [(code, field)]
    assert payload["userErrors"][0]["message"].endswith((".", "?"))
    assert payload["eventIds"] == []
    assert world.position() == before


def test_a_subject_of_another_agency_cannot_be_challenged(world: World) -> None:
    subjects = [world.assigned("council")]
    given = {"agency": "police", "subjects": subjects, "grounds": "Late"}
    assert world.refused("chair", "challengeIssue", **given) == ["SUBJECT_NOT_OF_AGENCY"]


def test_a_reference_is_given_once(world: World) -> None:
    world.do("unit", "reviewCommission", **REVIEW, reference="SCR-1")
    assert world.refused("unit", "reviewCommission", **REVIEW, reference="SCR-1") == ["INVALID"]


def test_another_body_decides_nothing_about_it(world: World) -> None:
    issue = world.installation.issue_token
    token = issue(KEY, Role.MONITORING_BODY, "other", bodies=(OTHER_BODY,), independent=True)
    other = World(world.installation, {**world.tokens, "other": token})
    assert other.refused("other", "actionClose", id=other.assigned(), outcome="SUPERSEDED") == ["NOT_PERMITTED"]
