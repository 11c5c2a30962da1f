"""The statements that partners wait for never read a big table from end to end, now or in the past."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest
from benchmarks.dataset import write
from psycopg.rows import TupleRow

from domain.duties import events as duties
from domain.duties.state import shared_out
from domain.review import events as review
from domain.shared.vocabulary import DutyHolder, Kind
from projections.engine.query_context import AsOf, Condition, QueryContext, Window, head
from projections.engine.rebuild import rebuild
from projections.queries.actions.query import actions
from projections.queries.change_feed.query import changes, newest_seen
from projections.queries.credentials.query import find
from projections.queries.duties.query import of_reviews as duties_of
from projections.queries.entries import query as listed
from projections.queries.history import query as history
from projections.queries.implementation.query import implementation
from projections.queries.overdue_by_agency.query import overdue
from projections.queries.oversight.query import Overseeing, awaited, counts
from projections.queries.recommendations.query import recommendations
from storage.database import PLANS, Database
from storage.ledger import Ledger
from storage.ledger.recorder import SQL
from storage.migrate import migrate, prepare_cluster
from support.fact_recorder import Ground, record
from support.random_histories import BY

BIG = ("facts", "action_history", "recommendation_history", "entry_history", "duty_history")
PAST = AsOf(datetime(2021, 6, 30, tzinfo=UTC), date(2021, 6, 30))
OFTEN = 12
"""Executions after which a server may have settled for one plan for all values."""


@dataclass
class Watched:
    """A connection that tells the plan of everything it runs."""

    conn: psycopg.Connection[TupleRow]
    plans: list[str] = field(default_factory=list)

    def scanned(self, ask: Callable[[], object]) -> set[str]:
        """The big tables that were read from end to end, on the last of many askings."""
        for _ in range(OFTEN):
            self.plans.clear()
            ask()
        return {table for table in BIG for plan in self.plans if f"Seq Scan on {table}" in plan}


@pytest.fixture(scope="module")
def watched(server: str) -> Iterator[Watched]:
    prepare_cluster(server)
    migrate(server, "gt_plans")
    with psycopg.connect(server, autocommit=True) as conn:  # an ANALYZE of the server's own would hide rows from VACUUM
        conn.execute("ALTER TABLE gt_plans.facts SET (autovacuum_enabled = off)")
    write(server, "gt_plans", 1_500)
    with Database(server, max_size=2) as pool:
        disseminate(Ground(server, pool, Ledger(pool, "gt_plans")))
    rebuild(server, "gt_plans")
    with psycopg.connect(server, options=PLANS, autocommit=True) as conn:
        seen = Watched(conn)
        conn.add_notice_handler(lambda notice: seen.plans.append(notice.message_primary or ""))
        for setting in (
            "SET search_path TO gt_plans",
            *(f"VACUUM (ANALYZE) {table}" for table in BIG),
            "LOAD 'auto_explain'",
            "SET auto_explain.log_min_duration = 0",
            "SET auto_explain.log_level = notice",
            "SET auto_explain.log_nested_statements = on",
        ):
            conn.execute(setting.encode())
        yield seen


def disseminate(ground: Ground) -> None:
    """Learning of many reviews to many agencies, of which all but two have confirmed what follows."""
    agencies = tuple(f"agency-{number:02}" for number in range(1, 21))
    owed = tuple(duties.DutyOwed(key=f"k{n}", role="r", wording="w", held_by=DutyHolder.AGENCY) for n in range(5))
    for number in range(150):
        day, point = date(2020, 1, 1) + timedelta(days=15 * number), uuid4()
        on = {"happened_on": day, "by": BY}
        kind = {"reference": f"D{number}", "title": "t", "kind": "audit", "framework": "hull-2015"}
        told = {"dissemination_id": point, "method": "bulletin", "audience": ("all",), "learning": (point,)}
        due = {"agencies": agencies, "confirm_by": day + timedelta(days=28), "duties": owed}
        obliged = tuple(duties.Obliged(agency=agency) for agency in agencies)
        done = tuple(id for id, _, each in shared_out(point, owed, obliged) if each.agency not in agencies[:2])
        facts = (
            review.Commissioned.model_validate(on | kind),
            review.LearningDisseminated.model_validate(on | told | due),
            duties.DutiesConfirmed.model_validate(on | {"duties": done, "assurance": "Done"}),
        )
        record(ground, Kind.REVIEW, [[fact] for fact in facts])


@pytest.fixture(params=["now", "past"])
def query_context(watched: Watched, request: pytest.FixtureRequest) -> QueryContext:
    end = head(watched.conn)
    now = AsOf(end.recorded_at, end.last_day)
    return QueryContext(watched.conn, now if request.param == "now" else PAST, None, end)


def some(query_context: QueryContext) -> list[UUID]:
    return [row.thing for row in actions.page(query_context, "DUE_ON_ASC", (), Window(50)).rows]


def test_a_page_of_actions(watched: Watched, query_context: QueryContext) -> None:
    assert watched.scanned(lambda: actions.page(query_context, "DUE_ON_ASC", (), Window(50))) == set()


def test_a_page_of_one_agencys_overdue_actions(watched: Watched, query_context: QueryContext) -> None:
    where = (Condition("lead_agencies", {"lead_agencies": ["agency-01"]}), Condition("overdue", {"overdue": True}))
    assert watched.scanned(lambda: actions.page(query_context, "DUE_ON_ASC", where, Window(50))) == set()


@pytest.mark.parametrize(
    "condition",
    [
        Condition("overdue_against_original", {"overdue_against_original": True}),
        Condition("awaiting_impact", {"awaiting_impact": True}),
        Condition("evidence_verdicts", {"evidence_verdicts": ["AWAITING"]}),
        Condition("challenged", {"challenged": True}),
        Condition("text", {"text": "%R00077%"}),
        Condition("monitored_by", {"monitored_by": ["nobody"]}),
    ],
    ids=lambda condition: str(condition.name),
)
def test_a_page_of_actions_that_meet_a_condition(
    watched: Watched, query_context: QueryContext, condition: Condition
) -> None:
    window = Window(50, counted=True)
    assert watched.scanned(lambda: actions.page(query_context, "DUE_ON_ASC", (condition,), window)) == set()


def test_what_is_overdue_is_counted_without_reading_it_at_any_moment(
    watched: Watched, query_context: QueryContext
) -> None:
    condition = Condition("overdue", {"overdue": True})
    ask = partial(actions.page, query_context, "DUE_ON_ASC", (condition,), Window(20, counted=True))
    assert watched.scanned(ask) == set()
    assert any("Index Only Scan using action_history" in plan for plan in watched.plans)


@pytest.mark.parametrize("order", ["DUE_ON_ASC", "REFERENCE_ASC"])
def test_an_agencys_page_of_recommendations_is_not_put_in_order_from_all(
    watched: Watched, query_context: QueryContext, order: str
) -> None:
    """Half of them are published to it: it reads them in their order, and sees from row to row which."""
    mine = replace(query_context, visible_to=("agency-01",))
    assert watched.scanned(lambda: recommendations.page(mine, order, (), Window(20))) == set()
    assert any("Index Scan using recommendation_history" in plan for plan in watched.plans)
    assert not any("Seq Scan on recommendation_history" in plan for plan in watched.plans)


def test_all_actions_are_counted_now_without_reading_them(watched: Watched) -> None:
    end = head(watched.conn)
    now = QueryContext(watched.conn, AsOf(end.recorded_at, end.last_day), None, end)
    assert watched.scanned(lambda: actions.page(now, "RAISED_DESC", (), Window(20, counted=True))) == set()
    assert any("Index Only Scan using action_history_present" in plan for plan in watched.plans)


def test_a_page_of_recommendations(watched: Watched, query_context: QueryContext) -> None:
    assert watched.scanned(lambda: recommendations.page(query_context, "REFERENCE_ASC", (), Window(50))) == set()


def test_what_is_overdue_per_agency(watched: Watched, query_context: QueryContext) -> None:
    assert watched.scanned(lambda: overdue(query_context, "Europe/London")) == set()


def test_what_awaits_a_verdict_an_answer_or_a_verification(watched: Watched, query_context: QueryContext) -> None:
    """In this register nobody leads any recommendation yet, so that to find those is to read them all."""
    wanted = Overseeing([], [], ["board"], ["EVIDENCE_AWAITING", "EXTENSION_PENDING", "TO_CLOSE", "IMPACT_DUE"])
    assert watched.scanned(lambda: (awaited(query_context, wanted, Window(50)), counts(query_context, wanted))) == set()


def test_what_is_to_be_closed_is_counted_without_reading_it(watched: Watched, query_context: QueryContext) -> None:
    """Who is concerned stands in no narrow index, and is looked for only where it is asked whether the chair acts."""
    wanted = Overseeing([], [], None, ["TO_CLOSE"])
    assert watched.scanned(lambda: counts(query_context, wanted, chairs=False)) == set()
    assert any(re.search("Index Only Scan using action_history_(present_)?completed", plan) for plan in watched.plans)


def test_a_page_of_plans(watched: Watched, query_context: QueryContext) -> None:
    assert watched.scanned(lambda: implementation(query_context, limit=20)) == set()


@pytest.mark.parametrize("where", [(), (Condition("themes", {"themes": ["theme-01"]}),)], ids=["all", "themes"])
def test_an_agencys_actions_are_found_by_what_it_sees(
    watched: Watched, query_context: QueryContext, where: tuple[Condition, ...]
) -> None:
    """However many others there are: nothing is joined with all that hold at the moment."""
    mine = replace(query_context, visible_to=("agency-01",))
    assert watched.scanned(lambda: actions.page(mine, "DUE_ON_ASC", where, Window(20, counted=True))) == set()
    assert not any(re.search("Scan using action_history_(present_)?(due|moment)", plan) for plan in watched.plans)


def test_how_far_plans_have_been_carried_out_is_counted_without_reading_the_actions(
    watched: Watched, query_context: QueryContext
) -> None:
    ask = partial(implementation, query_context, columns=["actions", "closed", "overdue"])
    assert watched.scanned(ask) == set()
    assert any("Index Only Scan using action_history" in plan for plan in watched.plans)
    assert not any(" on entry_history" in plan for plan in watched.plans), "nobody asked for findings"


def test_the_duties_that_follow_from_a_review(watched: Watched, query_context: QueryContext) -> None:
    one = watched.conn.execute("SELECT thing FROM dissemination_history LIMIT 1").fetchone()
    assert one is not None
    assert watched.scanned(lambda: duties_of(query_context, one)) == set()


def test_things_by_id_with_what_is_listed_under_them(watched: Watched, query_context: QueryContext) -> None:
    things = some(query_context)

    def ask() -> Any:
        return actions.by_id(query_context, things), listed.of_things(query_context, things, "evidence")

    assert watched.scanned(ask) == set()


def test_the_actions_under_recommendations(watched: Watched, query_context: QueryContext) -> None:
    above = [row.thing for row in recommendations.page(query_context, "REFERENCE_ASC", (), Window(20)).rows]
    assert watched.scanned(lambda: actions.pages_of(query_context, "under", above, "DUE_ON_ASC", Window(20))) == set()


def test_the_history_of_things(watched: Watched, query_context: QueryContext) -> None:
    things = some(query_context)
    assert watched.scanned(lambda: history.of_things(query_context, things)) == set()


def test_the_newest_changes(watched: Watched) -> None:
    now = AsOf(head(watched.conn).recorded_at, date(2026, 6, 30))
    last = head(watched.conn).position - 50
    assert watched.scanned(lambda: changes(QueryContext(watched.conn, now, None), last, 100)) == set()


def test_an_agencys_changes_are_the_same_in_whatever_stretches_the_log_is_gone_through(watched: Watched) -> None:
    for known in (head(watched.conn).recorded_at, PAST.known):
        query_context = QueryContext(watched.conn, AsOf(known, date(2026, 6, 30)), ("agency-01",), head(watched.conn))
        whole = changes(query_context, 0, 1_000_000, stretch=1_000_000)
        assert changes(query_context, 0, 60, stretch=2) == whole[:60]
        assert changes(query_context, whole[59].position, 1_000_000) == whole[60:]
        assert newest_seen(query_context) == newest_seen(query_context, stretch=1) == whole[-1].position
    before_all = AsOf(datetime(2000, 1, 1, tzinfo=UTC), date(2026, 6, 30))
    assert newest_seen(QueryContext(watched.conn, before_all, ("agency-01",), head(watched.conn))) == 0
    assert changes(QueryContext(watched.conn, before_all, ("agency-01",), head(watched.conn)), 0, 10) == []


def test_a_credential(watched: Watched) -> None:
    assert watched.scanned(lambda: find(watched.conn, UUID(int=1))) == set()


def test_the_challenges_that_an_agency_may_have_to_answer(watched: Watched) -> None:
    asked = {"keys": ["agency-01", "agency-02"]}
    assert watched.scanned(lambda: watched.conn.execute(SQL["challenges_to"], asked)) == set()


def test_the_watch_does_see_a_scan(watched: Watched) -> None:
    assert watched.scanned(lambda: watched.conn.execute("SELECT count(wording) FROM action_history")) == {
        "action_history"
    }
