"""Pages: sizes, cursors bound to their list, and the shape of a connection."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from graphql import print_type
from hypothesis import given
from hypothesis import strategies as st

from api.relay import cursor
from api.relay.connection import Key, Page, PageRequest
from api.relay.paging import DEFAULT_SIZE
from domain.shared.refusals import Invalid
from support.edge_schema import SCHEMA, ask

THING = UUID("018f4b1e-7c5a-4f0e-9d3b-2a6c1e5f7a90")
TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20)
KEYS = st.tuples(
    st.none() | st.dates(), TEXTS, st.uuids(), st.datetimes(timezones=st.just(UTC)), st.integers(-9, 2**62)
)


def parse(
    first: int | None = None, after: str | None = None, last: int | None = None, before: str | None = None
) -> PageRequest:
    return PageRequest.parse(first, after, last, before, "due_on", "overdue")


def refusal(**given: object) -> Invalid:
    with pytest.raises(Invalid) as refused:
        parse(**given)  # type: ignore[arg-type]
    return refused.value


def test_without_a_size_a_page_holds_twenty_from_the_start() -> None:
    asked = parse()
    assert (asked.size, asked.forward, asked.fetch) == (DEFAULT_SIZE, True, 21)


@pytest.mark.parametrize("size", [1, 100])
def test_a_page_holds_one_to_a_hundred(size: int) -> None:
    assert parse(first=size).size == size
    assert (parse(last=size).size, parse(last=size).forward) == (size, False)


@pytest.mark.parametrize("argument", ["first", "last"])
@pytest.mark.parametrize("size", [0, -1, 101, 2**31 - 1])
def test_a_size_outside_one_to_a_hundred_is_refused_by_its_argument(argument: str, size: int) -> None:
    assert refusal(**{argument: size}).field == (argument,)


def test_first_and_last_together_are_refused() -> None:
    assert "not both" in str(refusal(first=1, last=1))


@given(KEYS)
def test_a_cursor_brings_back_the_key_it_was_given(key: Key) -> None:
    assert cursor.read(cursor.write(key, "list"), "list") == key
    assert parse(after=cursor.write(key, parse().bound_to)).after == key


@pytest.mark.parametrize(("order", "filter_key"), [("reference", "overdue"), ("due_on", ""), ("due_on\0overdue", "")])
def test_a_cursor_of_another_order_or_filter_is_refused(order: str, filter_key: str) -> None:
    elsewhere = PageRequest.parse(None, None, None, None, order, filter_key)
    refused = refusal(before=cursor.write((THING,), elsewhere.bound_to))
    assert refused.field == ("before",)


@pytest.mark.parametrize(
    "text", ["", "x", "====", "é", "bnVsbA", "W10", "WzFd", "WzEsMiwzXQ", "A" * 5_000, "e30", "WzEsIngiLFtbMV1dXQ"]
)
def test_a_broken_cursor_is_refused_by_its_argument(text: str) -> None:
    refused = refusal(after=text)
    assert (refused.code, refused.field) == ("INVALID", ("after",))


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading_of_cursors(text: str) -> None:
    assert refusal(after=text).field == ("after",)


@given(st.data())
def test_an_altered_cursor_is_refused(data: st.DataObject) -> None:
    whole = cursor.write((date(2026, 3, 14), "A-1", THING), parse().bound_to)
    place = data.draw(st.integers(0, len(whole) - 1))
    other = data.draw(st.sampled_from([c for c in "ABCxyz019-_" if c != whole[place]]))
    altered = whole[:place] + other + whole[place + 1 :]
    assert refusal(after=altered).field == ("after",)


def test_a_cursor_whose_values_do_not_fit_the_list_is_refused() -> None:
    written = cursor.write(("text", THING), parse().bound_to)
    assert PageRequest.parse(None, written, None, None, "due_on", "overdue", shape=(str, UUID)).after
    for shape in ((date, UUID), (str,), (str, UUID, UUID)):
        with pytest.raises(Invalid):
            PageRequest.parse(None, written, None, None, "due_on", "overdue", shape=shape)


def test_a_day_and_an_instant_stay_apart_in_a_cursor() -> None:
    instant = datetime(2026, 3, 14, tzinfo=UTC)
    written = cursor.write((instant,), parse().bound_to)
    with pytest.raises(Invalid):
        PageRequest.parse(None, written, None, None, "due_on", "overdue", shape=(date,))


def test_the_row_beyond_the_page_says_that_there_is_more() -> None:
    forward = Page.of([1, 2, 3], parse(first=2))
    assert (list(forward.rows), forward.has_next, forward.has_previous) == ([1, 2], True, False)
    backward = Page.of([9, 8, 7], parse(last=2))
    assert (list(backward.rows), backward.has_next, backward.has_previous) == ([8, 9], False, True)


def test_a_page_behind_a_cursor_has_one_before_it() -> None:
    place = cursor.write((THING,), parse().bound_to)
    assert Page.of([1], parse(first=2, after=place)).has_previous
    assert Page.of([1], parse(last=2, before=place)).has_next


def printed(name: str) -> str:
    """Without what it says of itself."""
    described = print_type(SCHEMA._schema.type_map[name])
    return re.sub(r'^ *""".*?"""\n', "", described, flags=re.MULTILINE | re.DOTALL).replace("\n\n", "\n")


def test_connections_print_as_the_contract_names_them() -> None:
    assert printed("ActionEdge") == "type ActionEdge {\n  cursor: String!\n  node: Action!\n}"
    assert printed("ActionConnection") == (
        "type ActionConnection {\n  edges: [ActionEdge!]!\n  nodes: [Action!]!\n  pageInfo: PageInfo!\n"
        "  totalCount: Int!\n}"
    )
    assert printed("ChangeConnection") == (
        "type ChangeConnection {\n  edges: [ChangeEdge!]!\n  nodes: [Change!]!\n  pageInfo: PageInfo!\n}"
    )


def test_a_connection_answers_edges_nodes_ends_and_total() -> None:
    fields = (
        "edges { cursor node { number } } nodes { number } pageInfo { hasNextPage startCursor endCursor } totalCount"
    )
    found = ask(f"{{ actions(first: 2) {{ {fields} }} }}").json()["data"]["actions"]
    cursors = [edge["cursor"] for edge in found["edges"]]
    assert found["nodes"] == [edge["node"] for edge in found["edges"]] == [{"number": 1}, {"number": 2}]
    assert found["pageInfo"] == {"hasNextPage": True, "startCursor": cursors[0], "endCursor": cursors[1]}
    assert found["totalCount"] == 500
    assert cursors[0] != cursors[1]


def test_a_size_out_of_bounds_is_a_named_error_of_the_query() -> None:
    error = ask("{ actions(first: 0) { totalCount } }").json()["errors"][0]
    assert error["extensions"] == {"code": "INVALID", "field": ["first"]}


def test_an_explicit_null_size_is_the_default() -> None:
    assert len(ask("{ actions(first: null) { nodes { number } } }").json()["data"]["actions"]["nodes"]) == 20
