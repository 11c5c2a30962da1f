"""How far a plan has been carried out: the counts are those of listing what the asker may see of it."""

from collections import Counter
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.action.events import Raised as ActionRaised
from domain.action.state import Action, evolve
from domain.correction.amending import apply_corrections
from domain.recommendation.events import Raised
from domain.replay import replay
from domain.review.events import Commissioned
from domain.shared.facts import Fact, Recorded, fold
from domain.shared.vocabulary import Kind
from projections.engine.query_context import AsOf, Condition, QueryContext, Window
from projections.queries.actions.query import actions
from projections.queries.entries.query import of_things
from projections.queries.implementation.query import COLUMNS, ImplementationRead, implementation
from projections.queries.recommendations.query import recommendations
from support.effort import examples
from support.fact_recorder import Ground, record, unique_entries
from support.random_histories import AGENCIES, BY, START, saves

ALL = Window(100)
Plan = list[list[Recorded]]


def commissioned() -> Fact:
    return Commissioned(
        happened_on=START,
        by=BY,
        reference=str(uuid4()),
        title="Child J",
        kind="audit",
        framework="hull-2015",
        agencies=tuple(AGENCIES),
        monitored_by=("board",),
    )


def of_review(told: list[list[Fact]], review: UUID, above: UUID) -> list[list[Fact]]:
    """The same life under this review; challenges are left to be open about it."""

    def moved(fact: Fact) -> Fact:
        match fact:
            case ActionRaised():
                return fact.model_copy(update={"review_id": review, "recommendation_id": above})
            case Raised():
                return fact.model_copy(update={"review_id": review})
        return fact

    return [[moved(fact) for fact in facts] for facts in unique_entries(told)]


def a_plan(ground: Ground, data: Any) -> tuple[UUID, list[Recorded], Plan]:
    review = record(ground, Kind.REVIEW, [[commissioned()]])[0].originator_id
    told = of_review(data.draw(saves(Kind.RECOMMENDATION)), review, review)
    kept = record(ground, Kind.RECOMMENDATION, told)
    above = kept[0].originator_id
    lives = data.draw(st.lists(saves(Kind.ACTION), min_size=1, max_size=4))
    return review, kept, [record(ground, Kind.ACTION, of_review(each, review, above)) for each in lives]


def listed(query_context: QueryContext, review: UUID, **condition: Any) -> Any:
    where = [Condition("review", {"review": review}), *(Condition(name, {name: v}) for name, v in condition.items())]
    return actions.page(query_context, "REFERENCE_ASC", where, ALL).rows


def not_embedded(query_context: QueryContext, rows: Any) -> set[UUID]:
    """Those of which the latest finding is so, reopened or not."""
    findings = of_things(query_context, [row.thing for row in rows], "impact")
    latest = {
        thing: max(told, key=lambda each: (each.detail["happened_on"], each.noted_version)).detail["finding"]
        for thing, told in findings.items()
        if told
    }
    return {thing for thing, finding in latest.items() if finding == "NOT_EMBEDDED"}


def awaiting_since(query_context: QueryContext, plan: Plan, seen: dict[UUID, str]) -> date | None:
    """The earliest unjudged evidence, by the domain's own state."""
    days = []
    for kept in plan:
        known = apply_corrections(r for r in kept if r.recorded_at and r.recorded_at <= query_context.moment.known)
        state = fold(Action(), evolve, (r for r in known if r.fact.happened_on <= query_context.moment.on))
        if seen.get(kept[0].originator_id) == "FULL":
            awaited = [each for each in state.life.evidence if each.awaiting and state.life.closure is None]
            days += [each.submitted_on for each in awaited if each.submitted_on]
    return min(days, default=None)


def pending(query_context: QueryContext, told: list[Recorded], thing: UUID) -> bool:
    """Whether a request for an extension of the recommendation awaits its answer, by the domain's own state."""
    assert told[0].originator_id == thing
    known = apply_corrections(r for r in told if r.recorded_at and r.recorded_at <= query_context.moment.known)
    state: Any = replay(Kind.RECOMMENDATION, [r for r in known if r.fact.happened_on <= query_context.moment.on])
    return state.life.extension is not None


def expected(query_context: QueryContext, review: UUID, told: list[Recorded], plan: Plan) -> dict[str, Any]:
    rows = listed(query_context, review)
    above = recommendations.page(query_context, "REFERENCE_ASC", [Condition("review", {"review": review})], ALL).rows
    above = [row for row in above if not row.draft]
    whole = [row for row in above if row.access == "FULL"]
    return {
        "recommendations": len(above),
        "recommendations_closed": sum(row.stage in {"CLOSED", "IMPACT_VERIFIED"} for row in above),
        "recommendations_overdue": sum(row.overdue for row in whole),
        "recommendations_challenged": sum(row.challenged for row in whole),
        "recommendations_awaiting_review": sum(row.awaiting_review for row in whole),
        "recommendation_extensions_pending": len([row for row in whole if pending(query_context, told, row.thing)]),
        "actions": len(rows),
        "closed": sum(row.stage in {"CLOSED", "IMPACT_VERIFIED"} for row in rows),
        "impact_verified": sum(row.stage == "IMPACT_VERIFIED" for row in rows),
        "not_embedded": len(not_embedded(query_context, rows)),
        "awaiting_impact": len(listed(query_context, review, awaiting_impact=True)),
        "overdue": sum(row.overdue for row in rows),
        "challenged": sum(row.challenged for row in rows),
        "evidence_awaiting_review": sum(row.awaiting_review for row in rows),
        "oldest_evidence_awaiting_since": awaiting_since(query_context, plan, {row.thing: row.access for row in rows}),
        "extensions_pending": len(listed(query_context, review, extension_pending=True)),
    }


def by_agency(query_context: QueryContext, review: UUID) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for row in listed(query_context, review):
        if row.lead is not None:
            found.setdefault(row.lead, Counter()).update(
                actions=1,
                closed=row.stage in {"CLOSED", "IMPACT_VERIFIED"},
                impact_verified=row.stage == "IMPACT_VERIFIED",
                not_embedded=row.thing in not_embedded(query_context, [row]),
                overdue=row.overdue,
                awaiting_review=row.awaiting_review,
                challenged=row.challenged,
            )
    return found


def said(row: ImplementationRead, fields: dict[str, Any]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in fields}


@pytest.mark.parametrize("mine", [None, ("police",), ("health",)], ids=["everybody", "police", "health"])
@settings(max_examples=examples(12), deadline=None)
@given(data=st.data())
def test_the_counts_are_those_of_listing_the_actions(ground: Ground, mine: tuple[str, ...] | None, data: Any) -> None:
    review, told, plan = a_plan(ground, data)
    instants = sorted({r.recorded_at for kept in (told, *plan) for r in kept if r.recorded_at})
    day = START.toordinal() + data.draw(st.integers(0, 45))
    moment = AsOf(data.draw(st.sampled_from(instants)), date.fromordinal(day))
    with ground.database.transaction(ground.ledger.schema) as conn:
        query_context = QueryContext(conn, moment, mine)
        rows = implementation(query_context, "board", review)
        column = data.draw(st.sampled_from(COLUMNS))
        alone = [getattr(row, column) for row in implementation(query_context, "board", review, columns=[column])]
        assert alone == [getattr(row, column) for row in rows], "nothing is counted otherwise by itself"
        wanted = expected(query_context, review, told, plan)
        of_the_board = [row for row in listed(query_context, review) if "board" in row.bodies]
        assert bool(rows) or (mine is not None and not of_the_board), "a header goes by what is seen below it"
        for row in rows:
            assert said(row, wanted) == wanted
            shown = {each["agency"]: each for each in row.agencies}
            leads = by_agency(query_context, review)
            assert shown == {key: {"agency": key, **dict(counts)} for key, counts in leads.items()}


def test_pages_go_on_where_the_page_before_ended_and_hold_what_all_at_once_hold(ground: Ground) -> None:
    told = [record(ground, Kind.REVIEW, [[commissioned()]])[0] for _ in range(5)]
    assert told[-1].recorded_at is not None
    with ground.database.transaction(ground.ledger.schema) as conn:
        query_context = QueryContext(conn, AsOf(told[-1].recorded_at, START), None)
        whole = [row.review_id for row in implementation(query_context, "board")]
        pages, after = list[UUID](), None
        while page := [row.review_id for row in implementation(query_context, "board", limit=2, after=after)]:
            assert len(page) <= 2
            pages, after = [*pages, *page], page[-1]
        assert pages == whole
        assert {each.originator_id for each in told} <= set(whole)
        assert implementation(query_context, "board", after=uuid4()) == []


def test_other_reviews_other_bodies_and_what_was_recorded_later_are_left_out(ground: Ground) -> None:
    ours, neighbour, later = (record(ground, Kind.REVIEW, [[commissioned()]])[0] for _ in range(3))
    assert neighbour.recorded_at is not None
    with ground.database.transaction(ground.ledger.schema) as conn:
        query_context = QueryContext(conn, AsOf(neighbour.recorded_at, START), None)
        assert [row.review_id for row in implementation(query_context, "board", ours.originator_id)] == [
            ours.originator_id
        ]
        monitored = {row.review_id for row in implementation(query_context, "board")}
        assert {ours.originator_id, neighbour.originator_id} <= monitored
        assert later.originator_id not in monitored
        assert implementation(query_context, "training") == []
