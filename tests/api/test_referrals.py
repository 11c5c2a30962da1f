"""Referrals through the edge: referred, advised about, declined or commissioned, on both clocks."""

from typing import Any

from support.partnership_world import BODY, LED, World, on

REFERRAL = "id reference stage kind { key } commissionedOn referredOn referredBy agencies { key } awareOn"
ADVICE = "stage advice { body { key } kind { key } advice advisedOn by { role body { key } } }"


def referred(world: World, **given: Any) -> dict[str, Any]:
    asked = {"title": "Child L", "agencies": ["police"], "referredBy": "A school nurse"} | given
    return world.do("unit", "reviewRefer", REFERRAL, **asked)


def commissioning(referral: str, **given: Any) -> dict[str, Any]:
    asked = {
        "referralId": referral,
        "kind": "serious-case-review",
        "title": "Child L",
        "agencies": ["police", "health"],
        **LED,
    }
    return asked | given


def test_a_case_is_referred_advised_about_and_commissioned_by_the_chair(world: World) -> None:
    found = referred(world, awareOn=on(-2))
    assert found == {
        "id": found["id"],
        "reference": found["reference"],
        "stage": "REFERRED",
        "kind": None,
        "commissionedOn": None,
        "referredOn": on(0),
        "referredBy": "A school nurse",
        "agencies": [{"key": "police"}],
        "awareOn": on(-2),
    }
    world.at(4)
    told = {"body": BODY, "kind": "serious-case-review", "advice": "The criteria are met"}
    assert world.do("body", "reviewAdvise", ADVICE, id=found["id"], **told) == {
        "stage": "REFERRED",
        "advice": [
            {
                "body": {"key": BODY},
                "kind": {"key": "serious-case-review"},
                "advice": "The criteria are met",
                "advisedOn": on(4),
                "by": {"role": "MONITORING_BODY", "body": {"key": BODY}},
            }
        ],
    }
    world.at(6)
    shown = f"{REFERRAL} monitoredBy {{ key }} history {{ name }}"
    review = world.do("chair", "reviewCommission", shown, **commissioning(found["id"]))
    assert (review["id"], review["reference"], review["stage"]) == (found["id"], found["reference"], "COMMISSIONED")
    assert (review["referredOn"], review["commissionedOn"], review["awareOn"]) == (on(0), on(6), on(-2))
    assert review["monitoredBy"] == [{"key": BODY}]
    names = ["review.referred.v1", "review.advised.v1", "review.commissioned.v1"]
    assert [each["name"] for each in review["history"]] == names
    then = world.read("inspector", f'review(id: "{found["id"]}") {{ {REFERRAL} }}', effectiveOn=on(5))["review"]
    assert then == found


def test_a_declined_referral_keeps_its_reason_and_is_decided(world: World) -> None:
    referral = referred(world, kind="practice-learning-review")["id"]
    assert world.refused("unit", "reviewDecline", id=referral, reason="No") == ["NOT_PERMITTED"]
    shown = "stage declinedOn declinedReason history { summary reason }"
    found = world.do("chair", "reviewDecline", shown, id=referral, reason="Below the threshold")
    assert (found["stage"], found["declinedOn"], found["declinedReason"]) == (
        "NOT_COMMISSIONED",
        on(0),
        "Below the threshold",
    )
    assert found["history"][-1]["reason"] == "Below the threshold"
    assert world.refused("unit", "reviewCommission", **commissioning(referral)) == ["CONDITIONS_NOT_MET"]
    assert world.refused("unit", "reviewComplete", id=referral) == ["CONDITIONS_NOT_MET"]


def test_a_commission_may_give_the_referral_another_reference_that_nobody_carries(world: World) -> None:
    world.a_review(reference="KSP-1")
    referral = referred(world)["id"]
    taken = commissioning(referral, reference="KSP-1", kind="practice-learning-review")
    assert world.refused("unit", "reviewCommission", **taken) == ["INVALID"]
    found = world.do("unit", "reviewCommission", "reference", **taken | {"reference": "KSP-2"})
    assert found == {"reference": "KSP-2"}
    again = {"kind": "practice-learning-review", "title": "M", "agencies": ["police"], "reference": "KSP-2"}
    assert world.refused("unit", "reviewCommission", **again) == ["INVALID"]


def test_referrals_are_listed_by_stage_and_come_last_by_their_commissioning(world: World) -> None:
    review, first, second = world.a_review(), referred(world)["id"], referred(world)["id"]
    stages = world.read("unit", "reviews(filter: { stages: [REFERRED] }) { totalCount nodes { stage } }")
    assert stages["reviews"]["totalCount"] == 2
    for order in ("COMMISSIONED_ON_ASC", "COMMISSIONED_ON_DESC"):
        paged, after = [], ""
        while True:
            page = world.read(
                "unit",
                f"reviews(orderBy: {order}, first: 1{after}) {{ nodes {{ id }} pageInfo {{ endCursor hasNextPage }} }}",
            )
            paged += [each["id"] for each in page["reviews"]["nodes"]]
            if not page["reviews"]["pageInfo"]["hasNextPage"]:
                break
            after = f', after: "{page["reviews"]["pageInfo"]["endCursor"]}"'
        assert paged[0] == review
        assert sorted(paged[1:]) == sorted([first, second])


def test_an_agency_sees_no_referral(world: World) -> None:
    referral = referred(world)["id"]
    assert world.read("police", f'review(id: "{referral}") {{ id }}')["review"] is None
    assert world.read("police", "reviews { totalCount }")["reviews"]["totalCount"] == 0


DECIDED = "stage kind { key } declinedOn declinedReason commissionedReason history { name reason }"


def test_a_body_advises_no_review_and_after_declining_the_chair_commissions_another_form(world: World) -> None:
    referral = referred(world, kind="serious-case-review")["id"]
    shown = "advice { kind { key } noReview advice } history { summary }"
    found = world.do("body", "reviewAdvise", shown, id=referral, body=BODY, noReview=True, advice="No joint working")
    assert found["advice"] == [{"kind": {"key": "serious-case-review"}, "noReview": True, "advice": "No joint working"}]
    assert found["history"][-1]["summary"] == f"The {BODY} advised against a serious-case-review."
    assert world.refused("body", "reviewAdvise", id=referral, body=BODY, advice="Hm") == ["INVALID"]
    world.at(3)
    world.do("chair", "reviewDecline", id=referral, reason="The criteria are not met")
    another = {"referralId": referral, "kind": "practice-learning-review", "title": "L", "agencies": ["police"]}
    assert world.refused("unit", "reviewCommission", **another, reason="To learn") == ["CONDITIONS_NOT_MET"]
    assert world.refused("chair", "reviewCommission", **another) == ["REASON_REQUIRED"]
    world.at(5)
    review = world.do("chair", "reviewCommission", f"id {DECIDED}", **another, reason="There is something to learn")
    assert (review["id"], review["stage"], review["kind"]) == (
        referral,
        "COMMISSIONED",
        {"key": "practice-learning-review"},
    )
    assert (review["declinedOn"], review["declinedReason"]) == (on(3), "The criteria are not met")
    assert review["commissionedReason"] == review["history"][-1]["reason"] == "There is something to learn"
    before = world.read("inspector", f'review(id: "{referral}") {{ {DECIDED} }}', effectiveOn=on(4))["review"]
    assert (before["stage"], before["commissionedReason"]) == ("NOT_COMMISSIONED", None)


def test_what_was_said_before_a_review_stays_hidden_from_agencies_when_it_is_published(world: World) -> None:
    referral = referred(world, kind="practice-learning-review")["id"]
    world.do("chair", "reviewDecline", id=referral, reason="Below the threshold")
    another = {"referralId": referral, "kind": "single-agency-review", "title": "L", "agencies": ["police"]}
    world.do("chair", "reviewCommission", **another, reason="There is something to learn")
    world.do("unit", "reviewComplete", id=referral)
    world.do("chair", "reviewPublish", id=referral, boardResponse="Yes")
    shown = f'review(id: "{referral}") {{ stage declinedOn declinedReason commissionedReason circumstances {{ key }} }}'
    assert world.read("police", shown)["review"] == {
        "stage": "PUBLISHED",
        "declinedOn": None,
        "declinedReason": None,
        "commissionedReason": None,
        "circumstances": [],
    }


def test_the_council_reports_what_it_becomes_aware_of_and_follows_its_own_clock_only(world: World) -> None:
    ours = {"title": "Child N", "agencies": ["council", "police"], "awareOn": on(-3)}
    shown = "id title stage referredOn awareOn reportedBy { key } clocks { name startedOn dueOn runsFrom } "
    found = world.do("council", "reviewRefer", shown, **ours)
    notice = {
        "name": "serious-incident-notification",
        "startedOn": on(-3),
        "dueOn": on(4),
        "runsFrom": "AWARENESS",
    }
    header = {"id": found["id"], "title": "Child N", "stage": "REFERRED", "clocks": [notice]}
    assert found == header | {"referredOn": None, "awareOn": None, "reportedBy": None}
    whole = world.read("unit", f'review(id: "{found["id"]}") {{ {shown} }}')["review"]
    assert whole == header | {"referredOn": on(0), "awareOn": on(-3), "reportedBy": {"key": "council"}}
    assert world.read("police", f'review(id: "{found["id"]}") {{ id }}')["review"] is None
    others = referred(world)["id"]
    assert world.read("council", f'review(id: "{others}") {{ id }}')["review"] is None
    assert world.read("council", "reviews { totalCount }")["reviews"]["totalCount"] == 0
    assert world.refused("council", "reviewRefer", **ours, happenedOn=on(0)) == ["INVALID"]
    assert world.refused("council", "reviewDecline", id=found["id"], reason="No") == ["NOT_PERMITTED"]
    stopping = {"reviewId": found["id"], "clock": notice["name"], "stoppedOn": on(0)}
    assert world.refused("council", "clockStop", **stopping) == ["NOT_PERMITTED"]
