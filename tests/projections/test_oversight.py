"""What awaits a body, at random past pairs of moments, is what the lives themselves say."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.correction.amending import apply_corrections
from domain.lifecycle.state import Lifecycle, awaiting_impact, awaiting_review, open_on, unassigned
from domain.recommendation.state import Recommendation, refusals
from domain.replay import replay
from domain.review.events import Referred
from domain.review.state import Review
from domain.shared.facts import Recorded, fold
from domain.shared.vocabulary import DutyHolder, EvidenceVerdict, Kind, ReviewStage
from projections.engine.query_context import AsOf, QueryContext, Window
from projections.histories.duty import DutyRow
from projections.histories.registry import FOLDS
from projections.queries.oversight.query import AwaitedRead, Overseeing, awaited, counts
from support.effort import examples
from support.fact_recorder import Ground, record, unique_entries
from support.random_histories import SPAN, START, a_raised_action, saves

EVERYTHING = Window(1_000_000)
ADVISERS: list[dict[str, Any]] = [
    {"framework": "hull-2015", "kind": None, "body": "board"},
    {"framework": "hull-2015", "kind": None, "body": "case-review"},
    {"framework": "hull-2015", "kind": "audit", "body": "case-review", "any_of": ["case-review", "board"]},
    {"framework": "hull-2015", "kind": "audit", "body": "board", "any_of": ["case-review", "board"]},
    {"framework": "elsewhere", "kind": "audit", "body": "board"},
]
asked = st.lists(st.tuples(st.integers(0, 9), st.integers(-1, SPAN + 1)), min_size=1, max_size=5)
own = st.lists(st.sampled_from(["police", "health", "council"]), max_size=2)
members = st.lists(st.builds(lambda body, own: {"body": body, "own": own}, st.sampled_from(["board", "other"]), own))


def the_moment(kept: list[Recorded], save: int, day: int) -> AsOf:
    instants = sorted({each.recorded_at for each in kept if each.recorded_at})
    return AsOf(instants[min(save, len(instants) - 1)], START + timedelta(days=day))


def known(kept: list[Recorded], moment: AsOf) -> list[Recorded]:
    stream = apply_corrections(each for each in kept if each.recorded_at and each.recorded_at <= moment.known)
    return [each for each in stream if each.fact.happened_on <= moment.on]


def entries(kind: Kind, stream: list[Recorded], noted_as: str) -> dict[str, Any]:
    rows: Any = FOLDS[kind].rows(fold(FOLDS[kind].start(), FOLDS[kind].step, stream))
    return {
        key.of: row.detail for key, row in rows.items() if getattr(row, "noted_version", 0) and row.kind == noted_as
    }


def found(ground: Ground, thing: UUID, moment: AsOf, wanted: Overseeing) -> list[AwaitedRead]:
    with ground.database.transaction(ground.ledger.schema) as conn:
        query_context = QueryContext(conn, moment, None)
        everything = awaited(query_context, wanted, EVERYTHING)
        assert everything.total == len(everything.rows) == sum(each.waiting for each in counts(query_context, wanted))
        backwards = awaited(query_context, wanted, Window(EVERYTHING.limit, forward=False), counted=False)
        assert backwards.rows[::-1] == everything.rows
    assert all(row.days == (moment.on - row.since).days >= 0 for row in everything.rows)
    places = [(row.since, row.place) for row in everything.rows]
    assert places == sorted(places)
    return [row for row in everything.rows if row.thing == thing]


def of_a_life(life: Lifecycle, evidence: dict[str, Any], requests: dict[str, Any], on: date) -> dict[str, set[date]]:
    """By queue, since when; the parts of a life that the rules forbid are told apart by the entries."""
    waiting: dict[str, set[date]] = {}
    if life.raised_on is None:
        return waiting
    days = {detail["happened_on"] for detail in evidence.values() if waits(detail)}
    if life.closure is None:
        waiting["EVIDENCE_AWAITING"] = set(map(date.fromisoformat, days)) if awaiting_review(life) else set()
        claims = [
            each for each in life.evidence if each.counts and each.awaiting and each.claims_complete and each.by_lead
        ]
        waiting["CLAIMED_COMPLETE"] = (
            {min(each.submitted_on for each in claims if each.submitted_on)} if claims else set()
        )
    if open_on(life, on):
        if life.extension is not None and (
            unanswered := [each for each in requests.values() if not (each.get("answer") or each.get("lapsed_on"))]
        ):
            waiting["EXTENSION_PENDING"] = {date.fromisoformat(each["happened_on"]) for each in unanswered}
        if life.completed_on and not awaiting_review(life) and not life.challenges:
            judged = [each["judged_on"] for each in evidence.values() if each["verdict"] == EvidenceVerdict.ACCEPTED]
            waiting["TO_CLOSE"] = {max([life.completed_on, *map(date.fromisoformat, judged)])}
    if unassigned(life):
        waiting["UNASSIGNED"] = {life.raised_on}
    if awaiting_impact(life) and life.closure:
        due = life.closure.impact_due_on or life.closure.closed_on
        waiting["IMPACT_DUE"] = {due} if due <= on else set()
    return {queue: since for queue, since in waiting.items() if since}


def waits(detail: dict[str, Any]) -> bool:
    return detail["verdict"] == EvidenceVerdict.AWAITING and not detail.get("withdrawn")


def filed(row: AwaitedRead, life: Lifecycle, evidence: dict[str, Any], requests: dict[str, Any]) -> set[str]:
    """Who filed what is judged there, or asked for it."""
    if row.entry is not None:
        return {(evidence | requests)[str(row.entry)]["agency"]}
    counting = {str(each.id) for each in life.evidence if each.counts}
    rests_on = claims if row.queue == "CLAIMED_COMPLETE" else accepted
    return {detail["agency"] for of, detail in evidence.items() if of in counting and rests_on(detail)}


def claims(detail: dict[str, Any]) -> bool:
    return waits(detail) and bool(detail["claims_complete"] and detail["by_lead"])


def accepted(detail: dict[str, Any]) -> bool:
    return detail["verdict"] == EvidenceVerdict.ACCEPTED and not detail.get("withdrawn")


@pytest.mark.parametrize("kind", [Kind.ACTION, Kind.RECOMMENDATION])
@settings(max_examples=examples(20), deadline=None)
@given(data=st.data())
def test_what_a_life_leaves_to_be_done_is_in_its_queue(ground: Ground, kind: Kind, data: Any) -> None:
    kept = record(ground, kind, unique_entries(data.draw(saves(kind))))
    acting = data.draw(members)
    for save, day in data.draw(asked):
        moment = the_moment(kept, save, day)
        stream = known(kept, moment)
        state: Any = replay(kind, stream)
        rows = found(ground, kept[0].originator_id, moment, Overseeing(acting, ADVISERS))
        queues = {queue: {row.since for row in rows if row.queue == queue} for queue in {row.queue for row in rows}}
        told = (entries(kind, stream, "evidence"), entries(kind, stream, "extension"))
        expected = of_a_life(state.life, *told, moment.on)
        if isinstance(state, Recommendation) and refusals(state):
            expected["NOT_ACCEPTED"] = {each.on for each in refusals(state).values()}
        told = (told[0] | entries(kind, stream, "response"), told[1])
        several = expected.pop("EXTENSION_PENDING", set())
        assert queues.pop("EXTENSION_PENDING", set()) <= several
        assert queues == expected
        decides = state.reporting.bodies[0] if state.reported else None
        for row in rows:
            whose = {*state.life.parties, *filed(row, state.life, *told)}
            alone = all(set(each["own"]) & whose for each in acting if each["body"] == decides)
            assert row.chair_only == (alone and row.queue != "UNASSIGNED"), row.queue
        assert all((row.body, row.kind) == (decides, kind) for row in rows)


@settings(max_examples=examples(30), deadline=None)
@given(data=st.data())
def test_what_a_review_and_a_referral_await(ground: Ground, data: Any) -> None:
    kept = record(ground, Kind.REVIEW, unique_entries(data.draw(saves(Kind.REVIEW))))
    for save, day in data.draw(asked):
        moment = the_moment(kept, save, day)
        stream = known(kept, moment)
        review: Any = replay(Kind.REVIEW, stream)
        assert isinstance(review, Review)
        everything = found(ground, kept[0].originator_id, moment, Overseeing([], ADVISERS))
        clocks = {(row.queue, str(row.entry)) for row in everything if row.queue.startswith("CLOCK_")}
        shown = {row.entry: row for row in everything if row.queue == "DUTY_OUTSTANDING"}
        rows = [row for row in everything if row.queue != "DUTY_OUTSTANDING" and not row.queue.startswith("CLOCK_")]
        assert {id: (row.since, row.due_on, row.chair_only) for id, row in shown.items()} == of_the_board(stream)
        assert all(row.days_late == days_late(row.due_on, moment.on) for row in shown.values())
        assert {row.body for row in shown.values()} <= {None}
        advised = {each["body"] for each in entries(Kind.REVIEW, stream, "advice").values()}
        kind = next((each.fact.kind for each in stream if isinstance(each.fact, Referred)), None)
        began = review.commissioned_on or review.referred_on
        expected = of_a_review(review, kind, advised) if stream and began else set()
        assert clocks == (of_clocks(stream, moment.on) if stream and began else set())
        assert {(row.queue, row.body) for row in rows} == expected
        assert len(rows) == len(expected)


def of_the_board(stream: list[Recorded]) -> dict[UUID | None, tuple[date, date | None, bool]]:
    """By duty: since when, due when, and whether it is the chair's."""
    rows = FOLDS[Kind.REVIEW].rows(fold(FOLDS[Kind.REVIEW].start(), FOLDS[Kind.REVIEW].step, stream))
    owed = {UUID(key.of): row for key, row in rows.items() if isinstance(row, DutyRow) and row.agency is None}
    return {
        id: (row.arisen_on, row.due_on, row.held_by == DutyHolder.CHAIR)
        for id, row in owed.items()
        if row.done_on is None
    }


def days_late(due_on: date | None, day: date) -> int:
    return max((day - due_on).days, 0) if due_on else 0


def of_a_review(review: Review, kind: str | None, advised: set[str]) -> set[tuple[str, str | None]]:
    if review.stage is ReviewStage.COMMISSIONED:
        return {("AGREEMENT_AWAITED", body) for body in review.lacking}
    if review.stage is not ReviewStage.REFERRED:
        return set()
    asks = [each for each in ADVISERS if (each["framework"], each["kind"]) == ("hull-2015", kind)]
    awaited = {each["body"] for each in asks if advised.isdisjoint({each["body"], *each.get("any_of", ())})}
    return {("ADVICE_AWAITED", body) for body in awaited} | {("DECISION_AWAITED", None)}


def of_clocks(stream: list[Recorded], on: date) -> set[tuple[str, str]]:
    """Those that have started and not stopped."""
    told = entries(Kind.REVIEW, stream, "clock").items()
    running = {id: said for id, said in told if not said.get("stopped_on") and said["started_on"] <= str(on)}
    return {("CLOCK_MISSED" if said["due_on"] < str(on) else "CLOCK_RUNNING", str(id)) for id, said in running.items()}


def test_pages_bodies_and_queues_are_cut_from_the_same_whole(ground: Ground) -> None:
    kept = [record(ground, Kind.ACTION, [[a_raised_action()]]) for _ in range(7)]
    moment = the_moment(kept[-1], 0, 0)
    with ground.database.transaction(ground.ledger.schema) as conn:
        query_context = QueryContext(conn, moment, None)
        whole = awaited(query_context, Overseeing([], [], ["board"], ["UNASSIGNED"]), EVERYTHING)
        assert {(row.queue, row.body) for row in whole.rows} == {("UNASSIGNED", "board")}
        walked: list[str] = []
        after = None
        while (
            page := awaited(query_context, Overseeing([], [], ["board"], ["UNASSIGNED"]), Window(3, after=after))
        ).rows:
            assert page.total == whole.total
            walked += [row.place for row in page.rows]
            after = (page.rows[-1].since, page.rows[-1].place)
        assert walked == [row.place for row in whole.rows]
        assert awaited(query_context, Overseeing([], [], ["nobody"]), Window(3)).rows == []
        assert awaited(query_context, Overseeing([], [], None, []), Window(3)).total == 0
