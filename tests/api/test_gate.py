"""The gate: what a query may weigh, and that measuring it costs what its text costs."""

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from graphql import OperationDefinitionNode, get_introspection_query, parse, validate
from hypothesis import given
from hypothesis import strategies as st

from api.http.cost import CostEstimator
from api.http.gate import Gate, QueryCache, QueryRefused, same_tokens
from api.http.limits import Limits
from support.edge_schema import SCHEMA


def gate(**limits: int) -> Gate:
    return Gate(SCHEMA._schema, Limits(**limits))


def refusals(query: str, **limits: int) -> list[str]:
    with pytest.raises(QueryRefused) as refused:
        gate(**limits).admit(query)
    return [error.message for error in refused.value.errors]


def cost(query: str) -> int:
    document = parse(query)
    operation = next(d for d in document.definitions if isinstance(d, OperationDefinitionNode))
    return CostEstimator(SCHEMA._schema, document, Limits()).operation(operation).cost


def nested_spreads(levels: int) -> str:
    inner = "".join(f" fragment F{i} on Action {{ ...F{i + 1} ...F{i + 1} }}" for i in range(levels))
    return "{ actions { nodes { ...F0 } } }" + inner + f" fragment F{levels} on Action {{ number }}"


def fragments(number: int, fields: str) -> str:
    return " ".join(f"fragment F{n} on Query {{ {fields} }}" for n in range(number))


CALLS_A_LEVEL = 400


@contextmanager
def at_most(calls: int) -> Iterator[None]:
    """Work is counted in calls of functions, which no other load on the machine adds to; one too many ends it."""
    made = 0

    def count(_: Any, event: str, __: Any) -> None:
        nonlocal made
        made += event == "call"
        if made > calls:
            sys.setprofile(None)
            raise AssertionError(f"more than {calls} calls")

    sys.setprofile(count)
    try:
        yield
    finally:
        sys.setprofile(None)


def test_a_valid_query_is_admitted_and_parsed_once() -> None:
    entrance = gate()
    assert entrance.admit("{ hello }") is entrance.admit("{ hello }")


def test_graphiqls_own_introspection_is_admitted() -> None:
    full = get_introspection_query(
        specified_by_url=True, directive_is_repeatable=True, schema_description=True, input_value_deprecation=True
    )
    assert gate().admit(full).document.definitions


@pytest.mark.parametrize("levels", [18, 100, 200])
def test_fragments_spread_twice_at_every_level_are_refused_at_once(levels: int) -> None:
    with at_most(CALLS_A_LEVEL * levels):
        messages = refusals(nested_spreads(levels))
    assert any("its cost" in message for message in messages)


def test_a_fragment_cycle_is_named_and_not_followed() -> None:
    cycle = "{ actions { nodes { ...A } } } fragment A on Action { ...B } fragment B on Action { ...A number }"
    assert refusals(cycle) == ["Cannot spread fragment 'A' within itself via 'B'."]


@pytest.mark.parametrize(
    ("query", "limits", "said"),
    [
        ("{ hello }" + " " * 300, {"query_bytes": 256}, "bytes; at most 256"),
        ("{ hello hello }", {"query_tokens": 3}, "tokens; at most 3"),
        ("{ actions { nodes { number } } }", {"query_depth": 2}, "3 levels; at most 2"),
        ("{ a: hello b: hello }", {"aliases": 1}, "2 aliases; at most 1"),
        ("{ hello @skip(if: true) caller @include(if: true) }", {"directives": 1}, "2 directives; at most 1"),
        ("query Q @skip(if: true) { hello @skip(if: true) }", {"directives": 1}, "2 directives; at most 1"),
        ("{ hello caller }", {"root_fields": 1}, "2 fields at its root; at most 1"),
        ("{ ...F caller } fragment F on Query { hello }", {"root_fields": 1}, "2 fields at its root; at most 1"),
        ("{ actions { nodes { number } } }", {"cost": 4}, "41 values at most (its cost); at most 40"),
    ],
)
def test_a_query_beyond_a_limit_is_refused_by_its_name(query: str, limits: dict[str, int], said: str) -> None:
    with pytest.raises(QueryRefused) as refused:
        gate(**limits).admit(query)
    assert said in refused.value.errors[0].message
    assert refused.value.errors[0].extensions == {"code": "TOO_LARGE"}


def test_a_query_that_asks_for_more_than_its_cost_may_find_as_many_rows_as_cost_no_more() -> None:
    query = "{ actions { nodes { number wording } } }"  # 61 values, 4 fields
    assert gate(cost=61).admit(query).rows is None
    assert gate(cost=60).admit(query).rows == 15
    either = f"query Costly {query} query Cheap {{ hello }}"
    assert gate(cost=60).admit(either).rows == 15


def test_a_command_may_ask_for_no_more_than_its_cost() -> None:
    """It would have been recorded when its answer turns out to be too large."""
    words = " ".join(f'a{n}: write(text: "w")' for n in range(5))
    assert gate(cost=5).admit(f"mutation {{ {words} }}").rows is None
    assert "5 values at most (its cost); at most 4" in refusals(f"mutation {{ {words} }}", cost=4)[0]


@pytest.mark.parametrize("query", ["{" + "a{" * 1000 + "b" + "}" * 1001, "{hello(name:" + "[" * 900 + "]" * 900 + ")}"])
def test_a_query_nested_beyond_the_parser_is_refused_and_breaks_nothing(query: str) -> None:
    assert "nested too deeply" in refusals(query, query_tokens=10_000)[0]


def test_a_page_costs_its_literal_size_and_a_variable_the_maximum() -> None:
    assert cost("{ actions(first: 7) { nodes { number wording } } }") == 1 + 7 * 3
    assert cost("query ($n: Int) { actions(first: $n) { nodes { number } } }") == 1 + 100 * 2
    assert cost("{ actions { nodes { number } } }") == 1 + 20 * 2
    assert cost("{ actions(first: null) { nodes { number } } }") == 1 + 20 * 2
    assert cost("{ actions(first: 99999999999999999999) { nodes { number } } }") == 1 + 100 * 2


def test_pages_within_pages_multiply() -> None:
    assert cost("{ actions(first: 10) { nodes { actions(first: 5) { edges { cursor } } } } }") == 1 + 10 * (2 + 5 * 2)


def test_what_stands_beside_the_rows_of_a_page_counts_once() -> None:
    assert cost("{ actions(first: 100) { totalCount pageInfo { hasNextPage } } }") == 1 + 1 + 2


def test_a_fragment_on_a_connection_takes_the_size_of_the_page_it_is_spread_in() -> None:
    fragment = " fragment C on ActionConnection { nodes { number } }"
    assert cost("{ actions(first: 3) { ...C } }" + fragment) == 1 + 3 * 2
    assert cost("{ actions(first: 50) { ...C } }" + fragment) == 1 + 50 * 2


@given(st.lists(st.sampled_from(["number", "wording", "alias: number"]), min_size=1, max_size=8))
def test_a_fragment_measures_as_its_text_written_in_place(fields: list[str]) -> None:
    text = " ".join(fields)
    inline = "{ actions(first: 2) { nodes { " + text + " } } }"
    spread = "{ actions(first: 2) { nodes { ...F } } } fragment F on Action { " + text + " }"
    assert cost(inline) == cost(spread)


def test_the_number_of_validation_errors_is_bounded() -> None:
    assert len(refusals("{ " + " ".join(f"no{i}" for i in range(200)) + " }", root_fields=500)) == Limits().errors + 1


def test_refusals_are_remembered_too() -> None:
    entrance = gate()
    found = []
    for _ in range(2):
        with pytest.raises(QueryRefused) as refused:
            entrance.admit("{ nonsense }")
        found.append(refused.value)
    assert found[0] is not found[1]
    assert found[0].errors is found[1].errors


def test_a_text_with_nul_in_a_query_is_refused() -> None:
    assert refusals('{ hello(name: "a\\u0000b") }') == ["A text may not hold the character NUL."]
    assert gate().admit('{ hello(name: "caf\\u00e9") }').document.definitions


def test_the_memory_of_queries_is_bounded_in_entries_and_in_bytes() -> None:
    kept: QueryCache[int] = QueryCache(entries=3, size=10)
    for number, query in enumerate(["aaaa", "bbbb", "cccc", "é" * 4]):
        kept.put(query, number)
    assert (kept.get("aaaa"), kept.get("bbbb"), kept.get("cccc"), kept.get("é" * 4)) == (None, None, None, 3)
    assert (len(kept), kept.held_bytes) == (1, 8)


def test_the_query_used_longest_ago_is_forgotten_first() -> None:
    kept: QueryCache[str] = QueryCache(entries=2, size=100)
    kept.put("old", "1")
    kept.put("new", "2")
    kept.get("old")
    kept.put("newest", "3")
    assert (kept.get("old"), kept.get("new"), kept.get("newest")) == ("1", None, "3")


def test_many_threads_may_share_one_gate() -> None:
    entrance = gate(cache_entries=5)
    queries = [f"query Q{n % 9} {{ hello }}" for n in range(400)]
    with ThreadPoolExecutor(8) as threads:
        documents = list(threads.map(entrance.admit, queries))
    assert all(admitted.document.definitions for admitted in documents)
    assert len(entrance._verdicts) == 5
    assert entrance._verdicts.held_bytes == 5 * len(queries[0])


@pytest.mark.parametrize(
    "query",
    [
        "{" + "hello " * 1200 + "}",
        "{" + "actions{nodes{number}}" * 400 + "}",
        "{" + " ".join(f"...F{n}" for n in range(180)) + "}" + fragments(180, "actions{nodes{number}}"),
    ],
)
def test_what_validation_compares_with_each_other_is_bounded(query: str) -> None:
    with at_most(700_000):
        messages = refusals(query, root_fields=2_000, query_tokens=10_000)
    assert messages == [
        "The query names the same fields too many times side by side; name each once, or give it an alias."
    ]


def test_what_was_too_much_to_compare_is_not_compared_again_for_another_comment() -> None:
    entrance = gate(root_fields=2_000, query_tokens=10_000)
    long = "{" + "hello " * 1200 + "}"
    with pytest.raises(QueryRefused):
        entrance.admit(long)
    with at_most(100_000), pytest.raises(QueryRefused, match="too many times side by side"):
        entrance.admit(f"{long} # again")


def test_what_a_client_repeats_through_fragments_is_not_refused() -> None:
    page = "actions(first: 2) { nodes { number wording } pageInfo { hasNextPage } }"
    spread = " ".join(f"...F{n}" for n in range(15))
    assert gate().admit("{ " + spread + " } " + fragments(15, page)).document.definitions


def test_another_comment_or_space_does_not_have_a_query_validated_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    validated: list[str] = []
    entrance = gate()

    def counting(*given: Any, **named: Any) -> Any:
        validated.append("once")
        return validate(*given, **named)

    monkeypatch.setattr("api.http.gate.validate", counting)
    for text in ('{ hello(name: "a # b") }', '{hello(name:"a # b")}#c', '{ # d\n hello, (name:,"a # b") }\n'):
        place = entrance.admit(text).document.loc
        assert place is not None
        assert place.source.body == text
    assert len(validated) == 1
    entrance.admit('{ hello(name: "a") }')
    assert len(validated) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ('{hello(name:"a  b")}', '{hello(name:"a b")}'),
        ('{hello(name:"a\\" # b")}', '{hello(name:"a\\"")}'),
        ('{hello(name:"""a # b""")}', '{hello(name:"""a""")}'),
        ('{hello(name:"""a \\""" # b""")}', '{hello(name:"""a \\"""""")}'),
        ("{hello caller}", "{hellocaller}"),
        ("{a:hello}", "{a hello}"),
    ],
)
def test_texts_of_other_tokens_are_not_taken_for_the_same(one: str, other: str) -> None:
    assert same_tokens(one) != same_tokens(other)


@given(st.lists(st.sampled_from([" ", ",", "\n", "#c\n", "\t", "\ufeff"]), min_size=9, max_size=9))
def test_what_a_parser_passes_over_makes_no_other_text(ignored: list[str]) -> None:
    tokens = ["{", "a", ":", "hello", "(", "name", ":", '"b"', ")", "}"]
    spaced = "".join(token + gap for token, gap in zip(tokens, [*ignored, ""], strict=True))
    assert same_tokens(spaced) == same_tokens("".join(tokens))
