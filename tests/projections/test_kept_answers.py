"""What is kept until the next fact is what would be found anew: whoever asks, of whichever moment."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.shared.vocabulary import Kind
from projections.engine.kept_answers import KeptAnswers, Rows, key_of
from projections.engine.query_context import AsOf, Head, QueryContext, Window, head
from projections.engine.rebuild import rebuild
from projections.queries.oversight.query import Overseeing, awaited, counts
from projections.queries.recurring_learning.query import Recurrences, behind, occurrences, recurring, reviews
from support.fact_recorder import Ground, record, unique_entries
from support.random_histories import SPAN, saves

MEMBERS = [{"body": "board", "own": ["police"]}]
EYES = st.sampled_from([None, ("police",), ("health",)])
PAGE = Window(20)


def answers(query_context: QueryContext) -> list[Any]:
    """To every question whose answers are kept, as values."""
    wanted, overseeing = Recurrences(minimum_reviews=1), Overseeing(MEMBERS, [], chair_only=False)
    rows = recurring(query_context, wanted, PAGE)
    themes = [row.theme for row in rows]
    return [
        rows,
        reviews(query_context, wanted, themes),
        behind(query_context, wanted, themes),
        occurrences(query_context, wanted, themes, 3),
        counts(query_context, Overseeing(MEMBERS, [])),
        awaited(query_context, Overseeing(MEMBERS, []), PAGE),
        awaited(query_context, overseeing, PAGE),
    ]


@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_what_is_kept_is_what_would_be_found(ground: Ground, data: Any) -> None:
    kept = KeptAnswers()
    for _ in range(3):
        kind = data.draw(st.sampled_from([Kind.RECOMMENDATION, Kind.ACTION]))
        record(ground, kind, unique_entries(data.draw(saves(kind))))
        for _ in range(3):
            days = data.draw(st.sampled_from([0, 1]) | st.integers(-SPAN, -1))
            back = timedelta(seconds=data.draw(st.sampled_from([0, 0, 1])))
            mine = data.draw(EYES)
            with ground.database.snapshot(ground.ledger.schema) as conn:
                end = head(conn)
                moment = AsOf(end.recorded_at - back, end.last_day + timedelta(days=days))
                found = answers(QueryContext(conn, moment, mine, end))
                assert answers(QueryContext(conn, moment, mine, end, kept=kept)) == found
                assert answers(QueryContext(conn, moment, mine, end, kept=kept)) == found


class Unread:
    """A transaction that nothing may be read in."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} was asked for")


def test_nothing_is_read_again_until_something_is_recorded_or_rebuilt(ground: Ground) -> None:
    kept = KeptAnswers()

    def asked(later: int = 0) -> tuple[QueryContext, list[Any]]:
        with ground.database.snapshot(ground.ledger.schema) as conn:
            end = head(conn)
            moment = AsOf(end.recorded_at + timedelta(seconds=later), end.last_day)
            query_context = QueryContext(conn, moment, None, end, kept=kept)
            found = answers(query_context)
            return QueryContext(Unread(), moment, None, end, kept=kept), found  # type: ignore[arg-type]

    first, found = asked()
    assert answers(first) == found
    later, _ = asked(later=60)
    assert answers(later) == found, "the present is the same whenever it is asked for"
    assert first.head is not None
    for changed in (
        _with(first.head, position=first.head.position + 1),
        _with(first.head, epoch_name="another"),
        _with(first.head, tables=first.head.tables + 1),
    ):
        with pytest.raises(AssertionError, match="asked for"):
            answers(QueryContext(Unread(), first.moment, None, changed, kept=kept))  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="asked for"):
        answers(QueryContext(Unread(), first.moment, ("police",), first.head, kept=kept))  # type: ignore[arg-type]


def _with(end: Head, **changes: Any) -> Head:
    return replace(end, **changes)


def test_a_rebuild_is_other_tables(ground: Ground) -> None:
    with ground.database.snapshot(ground.ledger.schema) as conn:
        before = head(conn)
    rebuild(ground.conninfo, ground.ledger.schema)
    with ground.database.snapshot(ground.ledger.schema) as conn:
        after = head(conn)
    assert (after.position, after.epoch_name) == (before.position, before.epoch_name)
    assert after.tables != before.tables


def test_only_what_a_statement_speaks_of_tells_its_answers_apart() -> None:
    values = {"known": 1, "day": 2, "mine": ["police"], "few": UUID(int=0)}
    assert key_of("SELECT %(day)s, %(mine)s", values) == ("SELECT %(day)s, %(mine)s", "day=2", "mine=['police']")


def test_what_was_not_asked_for_lately_is_forgotten() -> None:
    kept = KeptAnswers(most=2)
    for number in (1, 2, 1, 3):
        kept.find((number,), lambda number=number: Rows(("n",), [(number,)]))  # type: ignore[misc]

    def read_again() -> Rows:
        return Rows(("n",), [(0,)])

    assert [kept.find((number,), read_again).rows for number in (1, 3, 2)] == [[(1,)], [(3,)], [(0,)]]
