"""Instants, days and UUIDs are taken only in the one form that the contract names."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from graphql import GraphQLError, GraphQLScalarType
from hypothesis import given
from hypothesis import strategies as st

from api.relay.scalars import parse_day, parse_instant, parse_uuid, write_day, write_instant
from support.edge_schema import SCHEMA, ask
from support.partnership_world import World

OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
INSTANTS = st.datetimes(datetime(2, 1, 1), datetime(9998, 12, 31), timezones=OFFSETS)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-14T09:30:00Z", datetime(2026, 3, 14, 9, 30, tzinfo=UTC)),
        ("2026-06-14T09:30:00+01:00", datetime(2026, 6, 14, 8, 30, tzinfo=UTC)),
        ("2026-03-14T09:30:00.5Z", datetime(2026, 3, 14, 9, 30, 0, 500_000, tzinfo=UTC)),
        ("2026-03-14T09:30:00.123456-00:00", datetime(2026, 3, 14, 9, 30, 0, 123_456, tzinfo=UTC)),
    ],
)
def test_an_instant_with_an_offset_is_taken_and_kept_in_utc(text: str, instant: datetime) -> None:
    assert parse_instant(text) == instant
    assert parse_instant(text).tzinfo is UTC


@pytest.mark.parametrize(
    "value",
    [
        "2026-01-01", "2026-03-14T09:30:00", "2026-03-14 09:30:00Z", "2026-03-14t09:30:00z", "2026-W11-6T09:30:00Z",
        "20260314T093000Z", "2026-03-14T09:30Z", "2026-03-14T09:30:00+0100", "2026-03-14T09:30:00+01",
        "2026-02-30T09:30:00Z", "2026-03-14T24:30:00Z", "2026-03-14T09:30:60Z", "2026-03-14T09:30:00+25:00",
        "2026-03-14T09:30:00.1234567Z", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00",
        "2026-03-14T09:30:00Z\n", "202\u0666-03-14T09:30:00Z", "", "now", 1773480600, 1.5, True, None, ["x"], {"a": 1},
    ],
)  # fmt: skip
def test_what_is_not_exactly_an_instant_is_refused(value: object) -> None:
    with pytest.raises(GraphQLError, match="DateTime cannot represent"):
        parse_instant(value)


@pytest.mark.parametrize(
    "value",
    ["20260101", "2026-W01-1", "2026-1-1", "2026-02-30", "2026-01-01T00:00:00Z", "0000-01-01", "2026-01-01 ", "", 5],
)
def test_what_is_not_exactly_a_day_is_refused(value: object) -> None:
    with pytest.raises(GraphQLError, match="Date cannot represent"):
        parse_day(value)


@pytest.mark.parametrize(
    "value",
    ["018f4b1e7c5a4f0e9d3b2a6c1e5f7a90", "{018f4b1e-7c5a-4f0e-9d3b-2a6c1e5f7a90}", "urn:uuid:018f4b1e", "x", 7, None],
)
def test_a_uuid_is_taken_only_with_its_hyphens(value: object) -> None:
    with pytest.raises(GraphQLError, match="UUID cannot represent"):
        parse_uuid(value)


@given(INSTANTS)
def test_an_instant_written_reads_back_as_the_same_instant(instant: datetime) -> None:
    written = write_instant(instant)
    assert written.endswith("Z")
    assert ("." in written) == (instant.microsecond != 0)
    assert parse_instant(written) == instant


@given(st.dates())
def test_a_day_written_reads_back_as_the_same_day(day: date) -> None:
    assert parse_day(write_day(day)) == day


def test_an_instant_without_an_offset_is_never_written() -> None:
    with pytest.raises(ValueError, match="without an offset"):
        write_instant(datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(TypeError):
        write_day(datetime(2026, 1, 1, tzinfo=UTC))


def test_the_scalars_stand_in_the_schema_as_the_contract_prints_them() -> None:
    instant, day = (SCHEMA._schema.type_map[name] for name in ("DateTime", "Date"))
    assert isinstance(instant, GraphQLScalarType)
    assert instant.specified_by_url == "https://scalars.graphql.org/andimarek/date-time"
    assert instant.description == "An instant, RFC 3339 with an offset. A value without an offset is refused."
    assert day.description == "A calendar day, YYYY-MM-DD, in the partnership's time zone."


def test_a_value_goes_in_and_out_of_a_query_by_literal_and_by_variable() -> None:
    assert ask('{ instant(at: "2026-06-14T09:30:00+01:00") }').json() == {"data": {"instant": "2026-06-14T08:30:00Z"}}
    by_variable = ask("query ($on: Date!) { day(on: $on) }", variables={"on": "2026-03-14"})
    assert by_variable.json() == {"data": {"day": "2026-03-14"}}


@pytest.mark.parametrize("text", ["2026-01-01", "2026-W01-1"])
def test_a_refused_scalar_is_a_request_error_that_says_why(text: str) -> None:
    for answer in (
        ask(f'{{ instant(at: "{text}") }}'),
        ask("query ($at: DateTime!) { instant(at: $at) }", variables={"at": text}),
    ):
        assert answer.status_code == 400
        assert "data" not in answer.json()
        assert "expected an RFC 3339 instant with an offset" in answer.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("asked", "names", "column"),
    [
        ('register(knownAt: "yesterday") { position }', ["knownAt"], 21),
        ('register { actions(filter: {dueBefore: "2024-02-31"}) { totalCount } }', ["filter", "dueBefore"], 42),
        ('register { actions(first: "ten") { totalCount } }', ["first"], 29),
        ("register { actions(filter: {stages: [RAISED, LOST]}) { totalCount } }", ["filter", "stages", "1"], 48),
    ],
)
def test_an_error_about_a_value_in_the_text_says_where_it_stands_and_to_what_it_was_given(
    world: World, asked: str, names: list[str], column: int
) -> None:
    (error,) = world.answer("unit", f"{{ {asked} }}")["errors"]
    assert error["locations"] == [{"line": 1, "column": column}]
    assert error["extensions"] == {"code": "INVALID", "field": names}
    assert error["message"].startswith(f"{'.'.join(names)}: ")
