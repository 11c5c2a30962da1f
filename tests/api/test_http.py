"""GraphQL over HTTP: what is answered to which request, and that no body makes it fail."""

import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import Request

from api.http.limits import Limits
from support.edge_schema import DatabaseAway, TookTooLong, Written, ask, send
from support.effort import examples

MODERN = "application/graphql-response+json"
LEGACY = "application/json"


def code(answer: Any) -> str:
    return str(answer.json()["errors"][0]["extensions"]["code"])


def test_a_query_is_answered_by_post_and_by_get() -> None:
    assert send(json={"query": "{ hello }"}).json() == {"data": {"hello": "Hello, world"}}
    by_get = send("GET", params={"query": "query ($n: String!) { hello(name: $n) }", "variables": '{"n": "board"}'})
    assert by_get.json() == {"data": {"hello": "Hello, board"}}


def test_a_mutation_is_answered_by_post_and_refused_by_get() -> None:
    assert ask('mutation { write(text: "kept") }').json() == {"data": {"write": "kept"}}
    refused = send("GET", params={"query": 'mutation { write(text: "kept") }'})
    assert (refused.status_code, refused.headers["allow"]) == (405, "POST")


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "OPTIONS"])
def test_other_methods_are_refused(method: str) -> None:
    assert send(method).status_code == 405


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (MODERN, MODERN), (LEGACY, LEGACY), ("*/*", LEGACY), ("application/*", LEGACY), ("", LEGACY),
        (f"{LEGACY}, {MODERN}", LEGACY), (f"{MODERN}, {LEGACY};q=0.9", MODERN),
        (f"{LEGACY};q=0.1, {MODERN};q=0.2", MODERN),
        (f"{MODERN}, */*;q=0.1", MODERN), (f"{LEGACY};q=0, */*", MODERN), (f"{MODERN}; charset=utf-8", MODERN),
        ("text/html, */*;q=0.8", LEGACY), ("APPLICATION/JSON", LEGACY),
    ],
)  # fmt: skip
def test_the_media_type_is_negotiated(accept: str, media: str) -> None:
    answer = send(json={"query": "{ hello }"}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, f"{media}; charset=utf-8")


@pytest.mark.parametrize("accept", ["text/html", "image/png", f"{LEGACY};q=0", f"{MODERN}; charset=utf-16"])
def test_what_we_cannot_write_is_not_acceptable(accept: str) -> None:
    assert send(json={"query": "{ hello }"}, headers={"Accept": accept}).status_code == 406


@pytest.mark.parametrize(
    ("query", "variables"),
    [("{", None), ("{ nonsense }", None), ("query ($n: String!) { hello(name: $n) }", {"n": 5}), ("{ hello(", {})],
)
def test_a_request_error_is_400_without_data_and_200_for_legacy_callers(query: str, variables: object) -> None:
    body = {"query": query, "variables": variables}
    for media, status in ((MODERN, 400), (LEGACY, 200)):
        answer = send(json=body, headers={"Accept": media})
        assert answer.status_code == status
        assert answer.json().keys() == {"errors"}


@pytest.mark.parametrize(
    "body",
    [
        b'"x"', b"5", b"null", b"true", b"[]", b'[{"query": "{ hello }"}]', b"{}", b"", b"{", b'{"query": "{ hello',
        b'\xff\xfe{"query": "{ hello }"}', b'{"query": "\xff"}', b'{"query": "\\ud800"}', b'{"query": NaN}',
        b"[" * 100_000,
        b'{"a":' * 50_000, b'{"query": 5}', b'{"query": null}', b'{"query": ""}', b'{"query": "  "}',
        b'{"query": ["{ hello }"]}',
        b'{"query": "{ hello }", "variables": []}', b'{"query": "{ hello }", "variables": "x"}',
        b'{"query": "{ hello }", "operationName": 5}', b'{"query": "{ hello }", "extensions": "x"}',
        b'{"query": "{ hello }", "operationName": "Other"}', b'{"query": "{ hello }", "variables": {"n": "\\u0000"}}',
        b'{"query": "fragment F on Query { hello }"}', b'{"query": "query A { hello } query B { hello }"}',
        b'{"query": "type T { a: Int }"}', b'{"query": "subscription { hello }"}',
        b'\xef\xbb\xbf{"query": "{ hello }"}',
    ],
)  # fmt: skip
def test_a_body_that_is_no_request_is_a_clear_400(body: bytes) -> None:
    answer = send(content=body, headers={"Content-Type": LEGACY, "Accept": MODERN})
    assert answer.status_code == 400
    assert answer.json().keys() == {"errors"}
    assert answer.json()["errors"][0]["message"]
    assert code(answer) == "INVALID"


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None, max_examples=examples(30))
@given(st.one_of(st.binary(max_size=60), st.text(max_size=40).map(lambda q: json.dumps({"query": q}).encode())))
def test_no_body_makes_the_edge_fail(body: bytes) -> None:
    assert send(content=body, headers={"Content-Type": LEGACY, "Accept": MODERN}).status_code == 400


def test_repeated_keys_and_nulls_are_tolerated() -> None:
    body = (
        b'{"query": "{ nonsense }", "query": "{ hello }", "variables": null, "operationName": null, "extensions": null}'
    )
    assert send(content=body, headers={"Content-Type": LEGACY}).json() == {"data": {"hello": "Hello, world"}}


@pytest.mark.parametrize("variables", ["{", "[]", '"x"', "\x00"])
def test_variables_by_get_must_be_a_json_object(variables: str) -> None:
    assert send("GET", params={"query": "{ hello }", "variables": variables}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {}, {"Content-Type": "text/plain"}, {"Content-Type": "application/x-www-form-urlencoded"},
        {"Content-Type": "application/json; charset=utf-16"}, {"Content-Type": LEGACY, "Content-Encoding": "gzip"},
    ],
)  # fmt: skip
def test_a_body_of_another_kind_is_415(headers: dict[str, str]) -> None:
    assert send(content=b'{"query": "{ hello }"}', headers=headers).status_code == 415


def test_a_body_above_the_cap_is_413_by_its_announced_length() -> None:
    answer = send(content=b" " * 2_000, headers={"Content-Type": LEGACY}, limits=Limits(body_bytes=1_000))
    assert (answer.status_code, code(answer)) == (413, "TOO_LARGE")


def test_a_body_without_a_length_is_read_no_further_than_the_cap() -> None:
    sent: list[int] = []

    async def endless() -> AsyncIterator[bytes]:
        for chunk in range(50):
            sent.append(chunk)
            yield b" " * 1_000_000

    answer = send(content=endless(), headers={"Content-Type": LEGACY}, limits=Limits(body_bytes=2_500_000))
    assert (answer.status_code, code(answer)) == (413, "TOO_LARGE")
    assert len(sent) <= 4


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer ", "Basic dXNlcg==", "good"])
def test_without_a_bearer_token_nothing_is_answered(authorization: str) -> None:
    answer = send(json={"query": "{ hello }"}, headers={"Authorization": authorization})
    assert (answer.status_code, code(answer)) == (401, "UNAUTHENTICATED")
    assert answer.headers["www-authenticate"] == 'Bearer realm="goldenthread"'


def test_a_refused_token_says_why() -> None:
    answer = send(json={"query": "{ hello }"}, headers={"Authorization": "Bearer revoked"})
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="goldenthread", error="invalid_token"'
    assert answer.json()["errors"][0]["message"] == "The token has been revoked."


def test_the_scheme_is_read_in_any_case_and_the_caller_reaches_the_context() -> None:
    answer = send(json={"query": "{ caller }"}, headers={"Authorization": "bearer good"})
    assert answer.json() == {"data": {"caller": "officer"}}


def test_a_refused_reading_names_its_code_and_field_and_leaves_its_neighbours() -> None:
    answer = ask("{ missing hello }")
    assert answer.status_code == 200
    assert answer.json()["data"] == {"missing": None, "hello": "Hello, world"}
    error = answer.json()["errors"][0]
    assert error["message"] == "There is no such action."
    assert error["path"] == ["missing"]
    assert error["extensions"] == {"code": "NOT_FOUND", "field": ["id"]}


def test_the_unexpected_is_masked_and_logged_with_its_id(caplog: pytest.LogCaptureFixture) -> None:
    answer = ask("{ broken }")
    error = answer.json()["errors"][0]
    assert error["message"] == "An unexpected error occurred"
    assert "secret" not in answer.text
    assert error["extensions"]["id"] in caplog.text
    assert "SELECT secret FROM events" in caplog.text


def test_a_failure_outside_any_field_is_masked_too(caplog: pytest.LogCaptureFixture) -> None:
    def failing(_: Request, __: str) -> Written:
        raise RuntimeError("SELECT secret FROM events")

    answer = send(json={"query": "{ hello }"}, context=failing)
    assert (answer.status_code, code(answer)) == (500, "UNEXPECTED")
    assert "secret" not in answer.text
    assert answer.json()["errors"][0]["extensions"]["id"] in caplog.text


def test_a_database_that_is_away_in_a_resolver_is_503_and_to_be_tried_again() -> None:
    answer = ask("{ hello away }")
    assert (answer.status_code, code(answer), answer.headers["retry-after"]) == (503, "SERVICE_UNAVAILABLE", "5")
    assert "database is away" in answer.json()["errors"][0]["message"]
    assert "data" not in answer.json()


def test_a_database_that_is_away_when_the_token_or_context_is_read_is_503() -> None:
    def away(_: Request, __: str) -> Written:
        raise DatabaseAway

    assert send(json={"query": "{ hello }"}, headers={"Authorization": "Bearer away"}).status_code == 503
    assert send(json={"query": "{ hello }"}, context=away).status_code == 503


def test_a_statement_that_took_too_long_is_not_told_as_a_database_that_is_away() -> None:
    def slow(_: Request, __: str) -> Written:
        raise TookTooLong("canceling statement due to statement timeout")

    answer = send(json={"query": "{ hello }"}, context=slow)
    assert (answer.status_code, code(answer), answer.headers["retry-after"]) == (503, "TIMED_OUT", "5")


@pytest.mark.parametrize("most", [{"answer_bytes": 4_000}, {"cost": 150}])
def test_an_answer_that_turns_out_too_large_is_refused_with_what_to_do(most: dict[str, int]) -> None:
    page = "actions(first: 100) { nodes { wording } }"
    answer = send(json={"query": f"{{ a: {page} b: {page} }}"}, headers={"Accept": MODERN}, limits=Limits(**most))
    assert (answer.status_code, code(answer)) == (400, "TOO_LARGE")
    assert "ask for smaller pages, or for fewer fields" in answer.json()["errors"][0]["message"]
    small = send(json={"query": f"{{ {page} }}"}, headers={"Accept": MODERN}, limits=Limits(**most))
    assert len(small.json()["data"]["actions"]["nodes"]) == 100


def test_nothing_is_stored_or_guessed_by_whoever_reads_an_answer() -> None:
    for answer in (ask("{ hello }"), ask("{"), send("PUT"), send(json={}, headers={"Authorization": ""})):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_named_operation_is_executed() -> None:
    document = "query A { hello } query B { caller }"
    assert ask(document, operationName="B").json() == {"data": {"caller": "officer"}}


def test_a_query_beyond_the_gates_limits_is_refused_by_name() -> None:
    answer = ask("{ " + " ".join(f"a{n}: hello" for n in range(300)) + " }")
    assert (answer.status_code, code(answer)) == (400, "TOO_LARGE")


@pytest.mark.parametrize(
    ("accepted", "compressed"),
    [
        ("gzip, deflate, br", True),
        ("GZIP;q=0.5", True),
        ("*", True),
        ("", False),
        ("gzip;q=0, *", False),
        ("br", False),
    ],
)
def test_an_answer_is_compressed_where_that_was_asked_for(accepted: str, compressed: bool) -> None:
    query = "{ actions(first: 100) { nodes { wording } } }"
    answer = send(json={"query": query}, headers={"Accept-Encoding": accepted})
    assert (answer.headers.get("content-encoding") == "gzip") is compressed
    assert (int(answer.headers["content-length"]) < len(answer.content)) is compressed
    assert answer.headers["vary"] == "Accept, Accept-Encoding"
    assert answer.json() == send(json={"query": query}, headers={"Accept-Encoding": ""}).json()


def test_a_small_answer_is_sent_as_it_is() -> None:
    assert "content-encoding" not in send(json={"query": "{ hello }"}, headers={"Accept-Encoding": "gzip"}).headers
