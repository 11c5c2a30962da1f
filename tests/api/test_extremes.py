"""Whatever the edge is sent, it answers clearly: never a failure of its own, never more than was asked for."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import anyio
import pytest
from httpx import ASGITransport, AsyncClient, Response

from api.relay import cursor
from api.relay.cursor import Key
from api.relay.global_id import decode
from domain.review.commands import PublishReview
from support.partnership_world import RECORDED, Stage, World, entity, on

DAYS = ("0001-01-01", "0001-01-02", "1582-10-10", "9999-12-30", "9999-12-31")
INSTANTS = (
    "0001-01-01T00:00:00Z",
    "0001-01-02T12:00:00Z",
    "1850-01-01T00:00:00+00:00",
    "9999-12-31T23:59:59.999999Z",
)
WHOLE = """position unassigned partnership { framework { key } } agencies { key } themes { key }
  overdueByAgency(includeUpToDate: true) { overdue reportedLate actions { nodes { id } } }
  recurringLearning(filter: {minimumReviews: 1}) { nodes { perYear { year } } }
  reviews { nodes { title history { summary } } } recommendations { nodes { wording history { summary } } }
  actions { nodes { daysOverdue history { summary } } } challenges { nodes { overdue } }"""
EYES = ("police", "inspector")


def codes(answer: dict[str, Any]) -> set[str]:
    return {error["extensions"]["code"] for error in answer.get("errors", [])}


def story(world: World) -> None:
    """A register in which something of everything has happened."""
    action = world.assigned("police")
    world.published()
    world.at(100)
    world.do("chair", "challengeIssue", agency="police", subjects=[action], grounds="Late")


@pytest.fixture
def lived(stage: Stage) -> World:
    return stage(story).world


@pytest.mark.parametrize("who", EYES)
def test_the_first_and_the_last_day_of_the_calendar_can_be_asked_about(lived: World, who: str) -> None:
    for day in DAYS:
        assert codes(lived.answer(who, f'{{ register(effectiveOn: "{day}") {{ {WHOLE} }} }}')) == set()
        filtered = f'actions(filter: {{dueBefore: "{day}"}}) {{ totalCount }}'
        since = f'recurringLearning(filter: {{since: "{day}", minimumReviews: 2147483647}}) {{ nodes {{ reviews }} }}'
        assert codes(lived.answer(who, f"{{ register {{ {filtered} {since} }} }}")) == set()


@pytest.mark.parametrize("who", EYES)
def test_an_instant_at_the_edge_of_the_calendar_is_answered_or_refused_clearly(lived: World, who: str) -> None:
    for instant in INSTANTS:
        assert codes(lived.answer(who, f'{{ register(knownAt: "{instant}") {{ {WHOLE} }} }}')) <= {"INVALID"}
        assert codes(lived.answer(who, f'{{ changes(since: "{instant}") {{ nodes {{ name }} }} }}')) == set()


COUNTED = (2**31, 2**63 - 1, -(2**63) + 1, None)
RECURRING = "query ($c: String) { register { recurringLearning(after: $c) { nodes { reviews } } } }"
CHANGES = "query ($c: String) { changes(after: $c) { nodes { name } } }"
ACTIONS = "query ($c: String) { register { actions(after: $c) { nodes { id } } } }"


def test_a_cursor_that_somebody_made_up_breaks_nothing(lived: World) -> None:
    first = lived.ask("unit", "{ changes(first: 1) { nodes { eventId } } }")["changes"]["nodes"][0]["eventId"]
    epoch, _ = decode(first, "fact").place
    made_up: list[tuple[str, Key, str]] = [
        *((RECURRING, (count, "neglect"), "recurrence\0") for count in COUNTED),
        *((CHANGES, (count,), "changes\0") for count in COUNTED),
        *((CHANGES, (given_in, count), "changes\0") for count in COUNTED for given_in in (epoch, "lost", None)),
        *((ACTIONS, (day, UUID(int=0)), "action DUE_ON_ASC\0") for day in (date.min, date.max, None)),
    ]
    for query, key, bound_to in made_up:
        assert codes(lived.answer("police", query, c=cursor.write(key, bound_to))) <= {"INVALID", "RESTORED"}


def test_a_day_at_the_edge_of_the_calendar_is_refused_or_recorded(lived: World) -> None:
    review = lived.a_review()
    action, led = lived.an_action(), lived.assigned("police", due=200)
    for day in DAYS:
        sent: list[tuple[str, str, dict[str, Any]]] = [
            ("unit", "reviewCommission", {"kind": "audit", "title": "T", "agencies": ["police"], "happenedOn": day}),
            ("unit", "recommendationRaise", {"reviewId": review, "wording": "W", "themes": [], "responseDueOn": day}),
            ("unit", "actionAssign", {"id": action, "leadAgency": "police", "dueOn": on(300), "happenedOn": day}),
            ("police", "actionSubmitEvidence", {"id": led, "narrative": "N", "completedOn": day}),
            ("police", "actionRequestExtension", {"id": led, "until": day, "reason": "R"}),
            ("body", "actionClose", {"id": led, "outcome": "SUPERSEDED", "reason": "R", "happenedOn": day}),
            ("chair", "challengeIssue", {"agency": "police", "subjects": [led], "grounds": "G", "happenedOn": day}),
            ("chair", "challengeIssue", {"agency": "police", "subjects": [led], "grounds": "G", "responseDueOn": day}),
        ]
        for who, mutation, given in sent:
            kind = f"{mutation[0].upper()}{mutation[1:]}Input"
            shown = f"{entity(mutation)} {{ history {{ summary }} }} {RECORDED}"
            query = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {shown} }} }}"
            assert codes(lived.answer(who, query, input={"idempotencyKey": str(uuid4()), **given})) == set()
    assert codes(lived.answer("inspector", f"{{ register {{ {WHOLE} }} }}")) == set()


@pytest.mark.parametrize("text", ["https://a.example/\0", "https://a.example/ b", "javascript:alert(1)", "https://"])
def test_what_is_no_address_is_none_of_a_published_review(text: str) -> None:
    with pytest.raises(ValueError, match="url"):
        PublishReview.model_validate({"id": UUID(int=1), "url": text})
    assert PublishReview.model_validate({"id": UUID(int=1), "url": "https://a.example/é?b=1"}).url


def test_a_refusal_does_not_repeat_a_long_text_in_full(world: World) -> None:
    long = "x" * 100_000
    asked = [
        "query ($t: [String!]) { register { actions(filter: {leadAgencies: $t}) { totalCount } } }",
        "query ($t: [String!]) { register { overdueByAgency(agencies: $t) { open } } }",
        "query ($t: [String!]) { changes(names: $t) { nodes { name } } }",
        "query ($t: [String!]) { changes(agencies: $t) { nodes { name } } }",
    ]
    for query in asked:
        [error] = world.answer("police", query, t=[long])["errors"]
        assert len(error["message"]) < 200


def test_a_length_that_is_no_number_is_ignored(world: World) -> None:
    async def exchange() -> Response:
        token = world.tokens["police"].encode()
        headers = [
            (b"authorization", b"Bearer " + token),
            (b"content-type", b"application/json"),
            (b"content-length", b"\xb2"),
        ]
        async with AsyncClient(transport=ASGITransport(world.app), base_url="http://register.test") as client:
            return await client.post("/graphql", content=b'{"query": "{ viewer { subject } }"}', headers=headers)

    assert anyio.run(exchange).json() == {"data": {"viewer": {"subject": "police"}}}
