"""What was known on any past moment about any past day equals the oracle, column by column."""

from datetime import date, timedelta
from itertools import chain, pairwise, product
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql

from domain.lifecycle.events import Assigned
from domain.lifecycle.state import awaiting_review, days_overdue, overdue, overdue_against_original, stage
from domain.ports import Append
from domain.replay import replay
from domain.shared.facts import Fact, Recorded
from domain.shared.vocabulary import Kind
from projections.engine.history_rows import histories
from projections.engine.query_context import AsOf, QueryContext
from projections.engine.timeline import Timeline
from projections.histories.registry import FOLDS, KEY_COLUMNS
from projections.queries.actions.query import actions
from projections.queries.recommendations.query import recommendations
from support.effort import examples
from support.fact_recorder import Ground, record, unique_entries
from support.history_oracle import expected, known
from support.random_histories import AFTER_A_CORRECTION, BY, FIRST, SPAN, START, a_raised_action, saves

KINDS = sorted(FIRST)
THING = UUID(int=9)
OF_A_THING = {"thing", "entry", "dissemination", "duty"}
moments = st.tuples(st.integers(0, 9), st.integers(-1, SPAN + 1))


def the_moment(kept: list[Recorded], save: int, day: int) -> AsOf:
    instants = sorted({recorded.recorded_at for recorded in kept if recorded.recorded_at})
    return AsOf(instants[min(save, len(instants) - 1)], START + timedelta(days=day))


def found(ground: Ground, kept: list[Recorded], moment: AsOf) -> dict[tuple[str, str], Any]:
    thing, seen = kept[0].originator_id, {}
    with ground.database.transaction(ground.ledger.schema) as conn:
        for table, key in KEY_COLUMNS.items():
            if key not in OF_A_THING:
                continue
            query = sql.SQL(
                "SELECT {key}::text, to_jsonb(h) FROM {table} h"
                " WHERE h.thing = %s AND h.recorded @> %s AND h.effective @> %s"
            ).format(key=sql.Identifier(key), table=sql.Identifier(table))
            for of, row in conn.execute(query, (thing, moment.known, moment.on)):
                skipped = {"recorded", "effective", "noted_at", key}
                seen[table, of] = {name: value for name, value in row.items() if name not in skipped}
    return seen


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=examples(20), deadline=None)
@given(data=st.data())
def test_every_column_at_a_past_pair_of_moments_is_what_the_oracle_folds(ground: Ground, kind: Kind, data: Any) -> None:
    kept = record(ground, kind, unique_entries(data.draw(saves(kind))))
    for save, day in data.draw(st.lists(moments, min_size=1, max_size=6)):
        moment = the_moment(kept, save, day)
        assert found(ground, kept, moment) == expected(kind, kept, moment)


@settings(max_examples=examples(100), deadline=None)
@given(later=st.lists(st.sampled_from(list(chain(*AFTER_A_CORRECTION.values()))), max_size=9))
def test_a_save_changes_the_same_however_the_facts_before_it_were_taken_in(later: list[list[Fact]]) -> None:
    """A rebuild takes them in save by save, an append all at once."""
    kept, one_by_one = list[Recorded](), Timeline(FOLDS[Kind.ACTION])
    for facts in [[a_raised_action()], *later]:
        now = [Recorded(Kind.ACTION, THING, len(kept) + nth, fact) for nth, fact in enumerate(facts, 1)]
        changed = {each.key: each for each in one_by_one.add(now)}
        assert changed == {each.key: each for each in Timeline(FOLDS[Kind.ACTION], kept).add(now)}
        kept += now


@pytest.mark.parametrize("later", AFTER_A_CORRECTION.values(), ids=AFTER_A_CORRECTION)
def test_what_is_recorded_after_a_correction_is_what_the_oracle_folds(ground: Ground, later: list[list[Fact]]) -> None:
    kept = record(ground, Kind.ACTION, unique_entries([[a_raised_action()], *later]))
    for save, day in product(range(len(later) + 1), range(10)):
        moment = the_moment(kept, save, day)
        assert found(ground, kept, moment) == expected(Kind.ACTION, kept, moment)


@settings(max_examples=examples(30), deadline=None)
@given(told=saves(Kind.ACTION), asked=st.lists(moments, min_size=1, max_size=6))
def test_lateness_in_sql_is_lateness_in_the_domain(ground: Ground, told: list[list[Fact]], asked: Any) -> None:
    kept = record(ground, Kind.ACTION, unique_entries(told))
    for save, day in asked:
        moment = the_moment(kept, save, day)
        with ground.database.transaction(ground.ledger.schema) as conn:
            read = actions.by_id(QueryContext(conn, moment, None), [kept[0].originator_id])
        facts = known(kept, moment)
        assert bool(read) == any(recorded.originator_version == 1 for recorded in facts)
        for row in read.values():
            life = replay(Kind.ACTION, facts).life  # type: ignore[union-attr]
            assert row.overdue == overdue(life, moment.on)
            assert row.days_overdue == days_overdue(life, moment.on)
            assert row.overdue_against_original == overdue_against_original(life, moment.on)
            assert row.awaiting_review == awaiting_review(life)
            assert row.stage == stage(life)


@settings(max_examples=examples(30), deadline=None)
@given(told=saves(Kind.RECOMMENDATION), asked=st.lists(moments, min_size=1, max_size=6))
def test_a_recommendations_lateness_heeds_its_leads_answer(ground: Ground, told: list[list[Fact]], asked: Any) -> None:
    kept = record(ground, Kind.RECOMMENDATION, unique_entries(told))
    for save, day in asked:
        moment = the_moment(kept, save, day)
        with ground.database.transaction(ground.ledger.schema) as conn:
            read = recommendations.by_id(QueryContext(conn, moment, None), [kept[0].originator_id])
        for row in read.values():
            life = replay(Kind.RECOMMENDATION, known(kept, moment)).life  # type: ignore[union-attr]
            assert (row.overdue, row.days_overdue) == (overdue(life, moment.on), days_overdue(life, moment.on))


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=examples(10), deadline=None)
@given(data=st.data())
def test_history_has_no_gap_and_no_overlap(ground: Ground, kind: Kind, data: Any) -> None:
    kept = record(ground, kind, unique_entries(data.draw(saves(kind))))
    query = sql.SQL(
        "SELECT recorded, effective FROM {table} WHERE thing = %s ORDER BY lower(recorded), lower(effective)"
    ).format(table=sql.Identifier(f"{kind}_history"))
    with ground.database.transaction(ground.ledger.schema) as conn, conn.cursor() as cursor:
        spans = cursor.execute(query, (kept[0].originator_id,)).fetchall()
    for moment in [the_moment(kept, save, SPAN) for save in range(10)]:
        standing = sorted((e for r, e in spans if moment.known in r), key=lambda span: span.lower)
        assert all(earlier.upper == later.lower for earlier, later in pairwise(standing))
        assert not standing or standing[-1].upper_inf


def test_the_neighbour_of_a_changed_thing_stays_as_it_is(ground: Ground) -> None:
    one, other = (record(ground, Kind.ACTION, [[a_raised_action()]]) for _ in range(2))
    before = found(ground, other, the_moment(other, 0, 0))
    assigned = _assigned()
    now = [Recorded(Kind.ACTION, one[0].originator_id, 2, assigned)]
    ground.ledger.append(now, Append(histories=histories([(one, now)])))
    assert found(ground, other, the_moment(other, 0, 0)) == before


def _assigned() -> Fact:
    return Assigned(happened_on=START, by=BY, lead_agency="police", due_on=date(2024, 3, 1))
