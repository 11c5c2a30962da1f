"""What awaits a body that oversees: queues with their days, per body, at any pair of moments."""

from typing import Any

import pytest

from api.app.founding import FOUNDER
from domain.agency.commands import AddAgency, MergeAgencies
from domain.shared.vocabulary import AgencyKind, Role
from support.partnership_world import BODY, KEY, LED, OTHER_BODY, World, on

ITEM = """queue body { key } since days dueOn daysLate chairOnly evidence { id verdict } extension { reason }
  subject { __typename id }"""
COUNT = "body { key } queue waiting oldestSince longestDays late chairOnly"


def waiting(world: World, who: str, given: str = "", body: str = "", **moment: str) -> list[dict[str, Any]]:
    asked = f"oversight{body} {{ waiting{given} {{ totalCount nodes {{ {ITEM} }} }} }}"
    found = world.read(who, asked, **moment)["oversight"]["waiting"]
    assert found["totalCount"] == len(found["nodes"])
    nodes: list[dict[str, Any]] = found["nodes"]
    return nodes


def queued(world: World, who: str, queue: str, body: str = "", **moment: str) -> list[dict[str, Any]]:
    return waiting(world, who, f"(queues: [{queue}])", body, **moment)


def others(world: World, who: str, **moment: str) -> list[dict[str, Any]]:
    """All that waits, but for the recommendations above that nobody was assigned."""
    return [each for each in waiting(world, who, **moment) if each["queue"] != "UNASSIGNED"]


def things(nodes: list[dict[str, Any]]) -> list[str]:
    return [node["subject"]["id"] for node in nodes]


def test_evidence_waits_for_its_verdict_and_the_days_are_the_bodys(world: World) -> None:
    action, neighbour = world.assigned("police"), world.assigned("police")
    world.at(20)
    evidence = world.evidence(action)
    world.at(30)
    (found,) = queued(world, "body", "EVIDENCE_AWAITING")
    assert found == {
        "queue": "EVIDENCE_AWAITING",
        "body": {"key": BODY},
        "since": on(20),
        "days": 10,
        "dueOn": None,
        "daysLate": 0,
        "chairOnly": False,
        "evidence": {"id": evidence, "verdict": "AWAITING"},
        "extension": None,
        "subject": {"__typename": "Action", "id": action},
    }
    withdrawn = world.evidence(action, claimsComplete=False)
    assert len(queued(world, "body", "EVIDENCE_AWAITING")) == 2
    world.do("police", "actionWithdrawEvidence", id=action, evidenceId=withdrawn, reason="Wrong file")
    assert queued(world, "body", "EVIDENCE_AWAITING") == [found]
    (claimed,) = queued(world, "body", "CLAIMED_COMPLETE")
    assert (claimed["since"], claimed["evidence"], claimed["subject"]["id"]) == (on(20), None, action)
    assert queued(world, "body", "EVIDENCE_AWAITING", effectiveOn=on(19)) == []
    assert neighbour not in things(others(world, "body"))
    before = world.known_at()
    world.do("body", "actionReturnEvidence", id=action, evidenceId=evidence, reason="No names")
    assert others(world, "body") == []
    assert [each["days"] for each in queued(world, "body", "EVIDENCE_AWAITING", effectiveOn=on(25))] == [5]
    known = {"knownAt": before, "effectiveOn": on(30)}
    assert [each["days"] for each in queued(world, "body", "EVIDENCE_AWAITING", **known)] == [10]


def test_what_was_completed_waits_to_be_closed(world: World) -> None:
    above = world.a_recommendation()
    world.do("unit", "recommendationAssign", id=above, leadAgency="council", dueOn=on(60))
    action = world.assigned("police", recommendationId=above)
    done = {"narrative": "Done", "claimsComplete": True}
    told = world.do("council", "recommendationSubmitEvidence", "evidence { id }", id=above, **done)
    evidence = world.evidence(action)
    world.at(4)
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=evidence)
    world.do("body", "recommendationAcceptEvidence", id=above, evidenceId=told["evidence"][0]["id"])
    world.at(9)
    (found,) = queued(world, "body", "TO_CLOSE")
    assert (found["subject"]["id"], found["since"], found["days"]) == (action, on(4), 5)
    challenge = world.do("chair", "challengeIssue", agency="police", subjects=[action], grounds="Late")["id"]
    assert queued(world, "body", "TO_CLOSE") == []
    world.do("chair", "challengeWithdraw", id=challenge, reason="In error")
    world.do("body", "actionClose", id=action, outcome="IMPLEMENTED")
    assert things(queued(world, "body", "TO_CLOSE")) == [above]
    world.do("body", "recommendationClose", id=above, outcome="IMPLEMENTED")
    assert others(world, "body") == []


def test_a_request_for_an_extension_waits_for_its_answer(world: World) -> None:
    action, overtaken = world.assigned("police"), world.assigned("health")
    world.at(3)
    for agency, thing in (("police", action), ("health", overtaken)):
        world.do(agency, "actionRequestExtension", id=thing, until=on(90), reason="Illness")
    world.do("unit", "actionAssign", id=overtaken, leadAgency="council", dueOn=on(60))
    world.at(8)
    (found,) = others(world, "body")
    assert (found["queue"], found["since"], found["days"]) == ("EXTENSION_PENDING", on(3), 5)
    assert (found["extension"], found["subject"]["id"]) == ({"reason": "Illness"}, action)
    world.do("body", "actionRefuseExtension", id=action, reason="No")
    assert others(world, "body") == []


def test_impact_waits_from_the_day_it_falls_due(world: World) -> None:
    action = world.assigned("police")
    world.do("body", "actionAcceptEvidence", id=action, evidenceId=world.evidence(action))
    world.do("body", "actionClose", id=action, outcome="IMPLEMENTED", impactDueOn=on(30))
    world.at(29)
    assert others(world, "body") == []
    world.at(30)
    assert [each["daysLate"] for each in queued(world, "body", "IMPACT_DUE")] == [0]
    world.at(33)
    (found,) = others(world, "body")
    assert (found["queue"], found["since"], found["dueOn"], found["daysLate"]) == ("IMPACT_DUE", on(30), on(30), 3)
    world.do("body", "actionVerifyImpact", id=action, finding="PARTLY_EMBEDDED", measure="Audit")
    assert others(world, "body") == []


def test_what_nobody_leads_is_not_forgotten(world: World) -> None:
    above = world.a_recommendation()
    action = world.an_action(recommendationId=above)
    world.at(12)
    found = queued(world, "body", "UNASSIGNED")
    assert {(each["subject"]["id"], each["days"]) for each in found} == {(above, 12), (action, 12)}


def test_a_review_waits_for_the_agreement_of_each_body_and_of_the_chair(world: World) -> None:
    world.installation.create_partnership("tees", "Tees", "sunderland-2015", demonstration=True)
    tees = World(world.installation, settled(world, "tees", "case-review"), "tees")
    given = {"kind": "after-action-review", "title": "Child K", "agencies": ["police", "health"], "mandatedBy": "board"}
    given["facilitator"] = "Ms Okoro"
    review = tees.do("unit", "reviewCommission", **given)["id"]
    assert things(waiting(tees, "body")) == [review]
    everybody = queued(tees, "chair", "AGREEMENT_AWAITED")
    assert [(each["body"], each["chairOnly"]) for each in everybody] == [(None, True), ({"key": "case-review"}, False)]
    tees.do("body", "reviewAgree", id=review)
    assert waiting(tees, "body") == []
    assert [each["body"] for each in queued(tees, "chair", "AGREEMENT_AWAITED")] == [None]
    tees.do("chair", "reviewAgree", id=review)
    assert waiting(tees, "chair") == []


def settled(world: World, key: str, body: str) -> dict[str, str]:
    for agency in ("police", "health"):
        world.installation.register(key).handle(AddAgency(key=agency, name=f"The {agency}"), FOUNDER)
    roles = {"unit": Role.BUSINESS_UNIT, "chair": Role.CHAIR, "inspector": Role.INSPECTOR}
    tokens = {name: world.installation.issue_token(key, role, name) for name, role in roles.items()}
    member = world.installation.issue_token(key, Role.MONITORING_BODY, "body", bodies=(body,), independent=True)
    return tokens | {"body": member}


def test_a_referral_waits_for_advice_and_for_the_chairs_decision(world: World) -> None:
    open_ended = str(world.do("unit", "reviewRefer", title="Child L", agencies=["police"])["id"])
    audit = {"title": "Child M", "agencies": ["police"], "kind": "thematic-audit"}
    named = str(world.do("unit", "reviewRefer", **audit)["id"])
    world.at(3)
    (found,) = others(world, "body")
    assert (found["queue"], found["days"], found["subject"]["id"]) == ("ADVICE_AWAITED", 3, open_ended)
    assert things(queued(world, "chair", "ADVICE_AWAITED", f'(body: "{OTHER_BODY}")')) == [named]
    assert set(things(queued(world, "chair", "DECISION_AWAITED"))) == {open_ended, named}
    advice = {"body": BODY, "kind": "serious-case-review", "advice": "The criteria are met"}
    world.do("body", "reviewAdvise", id=open_ended, **advice)
    assert others(world, "body") == []
    assert set(things(queued(world, "chair", "DECISION_AWAITED"))) == {open_ended, named}
    world.do("chair", "reviewDecline", id=open_ended, reason="Not met")
    assert things(queued(world, "chair", "DECISION_AWAITED")) == [named]


def test_a_serious_case_review_that_the_unit_commissioned_awaits_the_chair_and_its_agencies_see_no_draft(
    world: World,
) -> None:
    review = world.a_review(kind="serious-case-review", **LED)
    draft = world.a_recommendation(reviewId=review, addressedTo=["police"])
    assert [each["body"] for each in queued(world, "chair", "AGREEMENT_AWAITED")] == [None]
    assert things(queued(world, "chair", "AGREEMENT_AWAITED")) == [review]
    asked = f'recommendation(id: "{draft}") {{ draft }}'
    assert (world.read("unit", asked)["recommendation"], world.read("police", asked)["recommendation"]) == (
        {"draft": True},
        None,
    )
    world.do("chair", "reviewAgree", id=review)
    assert queued(world, "chair", "AGREEMENT_AWAITED") == []
    assert world.read("police", asked)["recommendation"] == {"draft": False}


def test_a_member_reads_the_queues_of_its_own_body_and_the_chair_reads_all(world: World) -> None:
    ours = world.assigned("police")
    audit = world.a_review(kind="thematic-audit", title="Audit", agencies=["police"])
    theirs = world.assigned("police", recommendationId=world.a_recommendation(reviewId=audit))
    for action in (ours, theirs):
        world.evidence(action)
    queue = "EVIDENCE_AWAITING"
    assert things(queued(world, "body", queue)) == [ours]
    for who in ("chair", "unit", "inspector", "administrator"):
        assert set(things(queued(world, who, queue))) == {ours, theirs}
        assert things(queued(world, who, queue, f'(body: "{OTHER_BODY}")')) == [theirs]
    assert things(queued(world, "body", queue, f'(body: "{OTHER_BODY}")')) == [theirs]


@pytest.mark.parametrize("asked", ["oversight", 'oversight(body: "training")', 'oversight(body: "moon")'])
def test_an_agency_reads_nobodys_queues(world: World, asked: str) -> None:
    world.evidence(world.assigned("police"))
    assert world.read("police", f"{asked} {{ counts {{ waiting }} waiting {{ totalCount }} }}") == {"oversight": None}


def test_a_body_that_nobody_knows_is_refused_by_name(world: World) -> None:
    found = world.answer("chair", '{ register { oversight(body: "moon") { waiting { totalCount } } } }')
    assert found["errors"][0]["extensions"] == {"code": "UNKNOWN_BODY", "field": ["body"]}


def test_how_much_awaits_each_body(world: World) -> None:
    action = world.closed("police")
    other = world.assigned("health")
    world.at(5)
    world.evidence(other, "health")
    world.at(250)
    found = world.read("chair", f"oversight {{ counts {{ {COUNT} }} }}")["oversight"]["counts"]
    by_queue = {each.pop("queue"): each for each in found}
    ours = {"body": {"key": BODY}, "chairOnly": 0}
    evidence = ours | {"waiting": 1, "oldestSince": on(5), "longestDays": 245, "late": 0}
    due = world.read("chair", f'action(id: "{action}") {{ closure {{ impactDueOn }} }}')["action"]["closure"]
    assert by_queue["EVIDENCE_AWAITING"] == by_queue["CLAIMED_COMPLETE"] == evidence
    assert (by_queue["IMPACT_DUE"]["late"], by_queue["IMPACT_DUE"]["oldestSince"]) == (1, due["impactDueOn"])
    assert (by_queue["UNASSIGNED"]["waiting"], by_queue["UNASSIGNED"]["longestDays"]) == (2, 250)
    assert by_queue.keys() == {"EVIDENCE_AWAITING", "CLAIMED_COMPLETE", "IMPACT_DUE", "UNASSIGNED"}


def test_where_no_member_is_independent_the_chair_acts(world: World) -> None:
    audit = world.a_review(kind="thematic-audit", title="Audit", agencies=["police"])
    above = world.a_recommendation(reviewId=audit)
    ours, theirs = world.assigned("police", recommendationId=above), world.assigned("health", recommendationId=above)
    evidence = {action: world.evidence(action, who) for action, who in ((ours, "police"), (theirs, "health"))}
    member = world.installation.issue_token(KEY, Role.MONITORING_BODY, "member", agency="police", bodies=(OTHER_BODY,))
    world = World(world.installation, {**world.tokens, "member": member})
    queue = "queues: [EVIDENCE_AWAITING]"
    assert things(waiting(world, "chair", f"({queue}, chairOnly: true)")) == [ours]
    assert things(waiting(world, "member", f"({queue}, chairOnly: false)")) == [theirs]
    judging = {"id": ours, "evidenceId": evidence[ours]}
    assert world.refused("member", "actionAcceptEvidence", **judging) == ["NOT_INDEPENDENT"]
    shown = "evidence { verdict judgedBy { role body { key } } }"
    judged = world.do("chair", "actionAcceptEvidence", shown, **judging)["evidence"]
    assert judged == [{"verdict": "ACCEPTED", "judgedBy": {"role": "CHAIR", "body": None}}]
    independent = world.installation.issue_token(
        KEY, Role.MONITORING_BODY, "another", bodies=(OTHER_BODY,), independent=True
    )
    assert independent
    assert waiting(world, "chair", "(queues: [TO_CLOSE, EVIDENCE_AWAITING], chairOnly: true)") == []


def test_the_queues_are_walked_page_by_page(world: World) -> None:
    above = world.a_recommendation()
    for day in (0, 0, 1, 1, 1):
        world.at(day)
        world.an_action(recommendationId=above)
    query = """query ($after: String) { register { oversight { waiting(first: 2, after: $after) { totalCount
      nodes { since subject { id } } pageInfo { hasNextPage endCursor } } } } }"""
    found: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        page = world.ask("body", query, after=cursor)["register"]["oversight"]["waiting"]
        found += page["nodes"]
        cursor = page["pageInfo"]["endCursor"]
        assert page["totalCount"] == 6
        if not page["pageInfo"]["hasNextPage"]:
            break
    assert things([{"subject": each["subject"]} for each in found]) == things(waiting(world, "body"))
    assert len({each["subject"]["id"] for each in found}) == 6
    assert [each["since"] for each in found] == sorted(each["since"] for each in found)
    other = query.replace("first: 2", "first: 2, chairOnly: false")
    error = world.answer("body", other, after=cursor)["errors"][0]["extensions"]
    assert error == {"code": "INVALID", "field": ["after"]}


def a_member(world: World, agency: str) -> World:
    """With a member of the other body's, from an agency."""
    member = world.installation.issue_token(KEY, Role.MONITORING_BODY, agency, agency=agency, bodies=(OTHER_BODY,))
    return World(world.installation, {**world.tokens, "member": member})


def filed_and_moved(world: World) -> tuple[str, str]:
    """An action with evidence of the police, which asked for longer as well, and lapsed; health leads it now."""
    above = world.a_recommendation(reviewId=world.a_review(kind="thematic-audit", title="Audit", agencies=["police"]))
    action = world.assigned("police", recommendationId=above)
    evidence = world.evidence(action, "police")
    world.do("police", "actionRequestExtension", id=action, until=on(90), reason="Illness")
    world.do("unit", "actionTransfer", id=action, toAgency="health", reason="The team moved")
    return action, evidence


def of_the_other_body(world: World, who: str, chair_only: str) -> set[str]:
    """The queues with anything of the body's, but for what nobody was assigned."""
    found = waiting(world, who, f"(chairOnly: {chair_only})", f'(body: "{OTHER_BODY}")')
    return {each["queue"] for each in found} - {"UNASSIGNED"}


def test_what_an_agency_did_before_it_moved_waits_for_somebody_else(world: World) -> None:
    action, evidence = filed_and_moved(world)
    world = a_member(world, "police")
    judging = {"id": action, "evidenceId": evidence}
    pending = {"EVIDENCE_AWAITING", "CLAIMED_COMPLETE"}
    assert (of_the_other_body(world, "chair", "true"), of_the_other_body(world, "chair", "false")) == (pending, set())
    assert world.refused("member", "actionAcceptEvidence", **judging) == ["NOT_INDEPENDENT"]
    assert world.refused("member", "actionGrantExtension", id=action) == ["EXTENSION_NOT_REQUESTED"]
    world.do("chair", "actionAcceptEvidence", **judging)
    assert of_the_other_body(world, "chair", "true") == {"TO_CLOSE"}
    assert world.refused("member", "actionClose", id=action, outcome="IMPLEMENTED") == ["NOT_INDEPENDENT"]
    world.do("chair", "actionClose", id=action, outcome="IMPLEMENTED", impactDueOn=on(0))
    assert of_the_other_body(world, "chair", "true") == {"IMPACT_DUE"}
    a_member(world, "council")
    assert of_the_other_body(world, "chair", "false") == {"IMPACT_DUE"}


def test_what_no_longer_counts_is_anybodys_to_judge(world: World) -> None:
    action, evidence = filed_and_moved(world)
    world = a_member(world, "police")
    world.do("chair", "actionAcceptEvidence", id=action, evidenceId=evidence)
    world.do("chair", "actionClose", id=action, outcome="IMPLEMENTED")
    world.do("chair", "actionReopen", id=action, reason="It happened again", dueOn=on(90))
    again = world.evidence(action, "health")
    assert of_the_other_body(world, "member", "false") == {"EVIDENCE_AWAITING", "CLAIMED_COMPLETE"}
    world.do("member", "actionAcceptEvidence", id=action, evidenceId=again)
    assert of_the_other_body(world, "member", "false") == {"TO_CLOSE"}
    world.do("member", "actionClose", id=action, outcome="IMPLEMENTED")


def test_the_queue_looks_through_a_merger(world: World) -> None:
    action, evidence = filed_and_moved(world)
    merge = MergeAgencies(key="police", into="council")
    world.register.handle(merge, FOUNDER)
    world = a_member(world, "council")
    assert of_the_other_body(world, "chair", "false") == set()
    assert world.refused("member", "actionAcceptEvidence", id=action, evidenceId=evidence) == ["NOT_INDEPENDENT"]


def test_what_the_board_itself_leads_waits_for_the_chair_alone(world: World) -> None:
    added = AddAgency(key="the-board", name="The board", agency_kind=AgencyKind.BOARD)
    world.register.handle(added, FOUNDER)
    token = world.installation.issue_token(world.key, Role.AGENCY, "the-board", "the-board")
    world = World(world.installation, {**world.tokens, "the-board": token}, world.key)
    action, neighbour = world.assigned("the-board"), world.assigned("police")
    told = {"narrative": "Done", "claimsComplete": True}
    shown = "evidence { id }"
    [claim] = world.do("the-board", "actionSubmitEvidence", shown, id=action, **told)["evidence"]
    world.evidence(neighbour)
    alone = {each["subject"]["id"]: each["chairOnly"] for each in queued(world, "body", "EVIDENCE_AWAITING")}
    assert alone == {action: True, neighbour: False}
    judged = {"id": action, "evidenceId": claim["id"]}
    assert world.refused("body", "actionAcceptEvidence", **judged) == ["NOT_INDEPENDENT"]
    found = world.do("chair", "actionAcceptEvidence", "evidence { verdict judgedBy { role } }", **judged)
    assert found["evidence"] == [{"verdict": "ACCEPTED", "judgedBy": {"role": "CHAIR"}}]
