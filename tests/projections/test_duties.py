"""Duties at any pair of moments, one by one and counted, are what the oracle folds."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.agency.events import AgencyAdded
from domain.correction.amending import apply_corrections
from domain.replay import EVOLVE, INITIAL
from domain.shared.dates import overdue
from domain.shared.facts import Recorded, fold
from domain.shared.vocabulary import Kind
from projections.engine.query_context import AsOf, QueryContext
from projections.histories.duty import TABLE, DutyRow
from projections.histories.registry import FOLDS
from projections.queries.coverage.query import by_agency
from projections.queries.duties.query import of_origins
from projections.queries.overdue_by_agency.query import overdue as overdue_by_agency
from storage.database import Database
from storage.ledger import Ledger
from storage.migrate import migrate, prepare_cluster
from support.effort import examples
from support.fact_recorder import Ground, record, unique_entries
from support.random_histories import AGENCIES, BY, SPAN, START, saves

asked = st.lists(st.tuples(st.integers(0, 9), st.integers(-1, SPAN + 1)), min_size=1, max_size=5)


@pytest.fixture(scope="module")
def ground(server: str) -> Iterator[Ground]:
    """A schema of its own, so that agencies owe nothing but what is told here."""
    prepare_cluster(server)
    migrate(server, "gt_duties")
    with Database(server, max_size=4) as pool:
        found = Ground(server, pool, Ledger(pool, "gt_duties"))
        since = START - timedelta(days=30)
        record(found, Kind.AGENCIES, [[AgencyAdded(happened_on=since, by=BY, key=key, name=key)] for key in AGENCIES])
        yield found


def the_known(kept: list[Recorded], moment: AsOf) -> list[Recorded]:
    recorded = apply_corrections(r for r in kept if r.recorded_at and r.recorded_at <= moment.known)
    return [r for r in recorded if r.fact.happened_on <= moment.on]


def owed(kind: Kind, kept: list[Recorded], moment: AsOf) -> list[DutyRow]:
    """The oracle's: of what was recorded by the moment, as corrected by then, what had happened by the day."""
    known = the_known(kept, moment)
    rows = FOLDS[kind].rows(fold(FOLDS[kind].start(), FOLDS[kind].step, known))
    return [row for key, row in rows.items() if key.table == TABLE and isinstance(row, DutyRow)]


def the_moment(kept: list[Recorded], save: int, day: int) -> AsOf:
    instants = sorted({each.recorded_at for each in kept if each.recorded_at})
    return AsOf(instants[min(save, len(instants) - 1)], START + timedelta(days=day))


def before(kept: list[Recorded], on: AsOf) -> AsOf:
    assert kept[0].recorded_at
    return AsOf(kept[0].recorded_at - timedelta(microseconds=1), on.on)


def late(query_context: QueryContext) -> Counter[str]:
    rows = overdue_by_agency(query_context, "Europe/London", include_up_to_date=True)
    return Counter({row.agency: row.duties_overdue for row in rows})


def covered(query_context: QueryContext) -> Counter[tuple[str, str]]:
    rows = by_agency(query_context)
    return Counter({(row.agency, name): getattr(row, name) for row in rows for name in ("duties", "done", "overdue")})


def counts(rows: list[DutyRow], moment: AsOf) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        if row.agency is not None:
            found[row.agency, "duties"] += 1
            found[row.agency, "done"] += row.done_on is not None
            found[row.agency, "overdue"] += overdue(row.due_on, row.done_on, moment.on)
    return found


@pytest.mark.parametrize("kind", [Kind.REVIEW, Kind.RETURN])
@settings(max_examples=examples(15), deadline=None)
@given(data=st.data())
def test_each_duty_is_late_in_sql_as_in_the_domain_and_counted_so(ground: Ground, kind: Kind, data: Any) -> None:
    kept = record(ground, kind, unique_entries(data.draw(saves(kind))))
    for save, day in data.draw(asked):
        moment = the_moment(kept, save, day)
        rows = owed(kind, kept, moment)
        with ground.database.transaction(ground.ledger.schema) as conn:
            now, earlier = (QueryContext(conn, each, None) for each in (moment, before(kept, moment)))
            read = of_origins(now, {row.origin for row in rows})
            gained = late(now) - late(earlier)
            reached = covered(now) - covered(earlier)
        assert sorted((each.origin, each.key, each.agency_key or "", each.overdue) for each in read) == sorted(
            (row.origin, row.key, row.agency or "", overdue(row.due_on, row.done_on, moment.on)) for row in rows
        )
        if rows:
            held = fold(INITIAL[kind], EVOLVE[kind], the_known(kept, moment)).duties  # type: ignore[union-attr]
            assert {(each.entry, each.agency_key, each.done_on) for each in read} == {
                (duty.id, duty.agency, duty.done_on) for duty in held.values()
            }
        expected = counts(rows, moment)
        assert gained == Counter({key: n for (key, name), n in expected.items() if name == "overdue" and n})
        if kind is Kind.REVIEW:
            assert reached == +expected


@pytest.mark.parametrize("kind", [Kind.REVIEW, Kind.RETURN])
@settings(max_examples=examples(10), deadline=None)
@given(data=st.data())
def test_an_agencys_eyes_count_what_it_owes_and_what_was_asked_of_it_and_no_more(
    ground: Ground, kind: Kind, data: Any
) -> None:
    kept = record(ground, kind, unique_entries(data.draw(saves(kind))))
    moment = the_moment(kept, 9, SPAN)
    rows = owed(kind, kept, moment)
    with ground.database.transaction(ground.ledger.schema) as conn:
        for key in AGENCIES:
            own, earlier = (QueryContext(conn, each, (key,)) for each in (moment, before(kept, moment)))
            its = [row for row in rows if key in {row.agency, row.asked_of}]
            assert late(own) == Counter({key: late(QueryContext(conn, moment, None))[key]})
            read = of_origins(own, {row.origin for row in rows})
            assert Counter((each.origin, each.key, each.agency_key) for each in read) == Counter(
                (row.origin, row.key, row.agency) for row in its
            )
            reached = covered(own) - covered(earlier)
            assert reached == (+counts(its, moment) if kind is Kind.REVIEW else Counter())
