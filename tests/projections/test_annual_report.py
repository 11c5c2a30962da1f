"""What a period brought is what counting the folded things gives, at random moments and for everybody's eyes."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.correction.amending import apply_corrections
from domain.lifecycle.events import Assigned, Closed, EvidenceReturned, EvidenceSubmitted, ImpactVerified
from domain.recommendation.events import Responded
from domain.review.events import Published
from domain.shared.facts import Fact, Recorded, fold
from domain.shared.vocabulary import Answer, ClosureOutcome, Impact, Kind
from projections.engine.query_context import AsOf, QueryContext, Window
from projections.histories.registry import FOLDS
from projections.queries.annual_report.query import FIGURES, findings, report, timeliness
from storage.database import Database
from storage.ledger import Ledger
from storage.migrate import migrate, prepare_cluster
from support.effort import examples
from support.fact_recorder import Ground, record, unique_entries
from support.random_histories import BY, SPAN, START, a_raised_action, agencies, days, saves

DAY = re.compile(r"\b20\d\d-\d\d-\d\d\b")
EXAMPLES = count(1)
KINDS = (Kind.REVIEW, Kind.RECOMMENDATION, Kind.ACTION)
EYES = [None, ("police",), ("school",)]
EVENTS = ("commissioned", "completed", "published", "withheld")
TIMELY = ("due", "in_time", "late", "outstanding")
Seen = dict[str, Any]


@pytest.fixture(scope="module")
def ground(server: str) -> Iterator[Ground]:
    """A schema of its own: the report counts everything that there is."""
    prepare_cluster(server)
    migrate(server, "gt_reported")
    with Database(server, max_size=4) as pool:
        yield Ground(server, pool, Ledger(pool, "gt_reported"))


def later(facts: list[list[Fact]], days: int) -> list[list[Fact]]:
    """The same lives so many days later, so that each example has a time of its own."""

    def moved(found: re.Match[str]) -> str:
        return str(date.fromisoformat(found[0]) + timedelta(days=days))

    return [[type(fact).model_validate_json(DAY.sub(moved, fact.model_dump_json())) for fact in s] for s in facts]


def folded(stream: list[Recorded], query_context: QueryContext) -> tuple[Seen, list[Seen]]:
    """The thing's own row and its entries, by the oracle; no row where it did not exist yet."""
    known = apply_corrections(r for r in stream if r.recorded_at and r.recorded_at <= query_context.moment.known)
    fold_of = FOLDS[stream[0].kind]
    happened = [each for each in known if each.fact.happened_on <= query_context.moment.on]
    rows = fold_of.rows(fold(fold_of.start(), fold_of.step, happened))
    said = [(key.table, orjson.loads(orjson.dumps(row._asdict()))) for key, row in rows.items()]
    own: Seen = next((row for table, row in said if table != "entry_history"), {})
    return own, [row for table, row in said if table == "entry_history"]


def accesses(query_context: QueryContext, kind: Kind, streams: list[list[Recorded]]) -> dict[UUID, str]:
    own = [stream[0].originator_id for stream in streams if stream[0].kind is kind]
    if query_context.visible_to is None:
        return dict.fromkeys(own, "FULL")
    function = {"review": "visible_reviews", "recommendation": "visible_recommendations", "action": "visible_actions"}
    query = f"SELECT thing, access FROM {function[kind.value]}(%s)"
    return dict(query_context.conn.execute(query, (list(query_context.visible_to),)).fetchall())


class Expected:
    """The figures of a period, counted thing by thing."""

    def __init__(self, query_context: QueryContext, streams: list[list[Recorded]], since: date, until: date) -> None:
        self.since, self.until = str(since), str(until)
        self.visible_to, self.day = query_context.visible_to, str(query_context.moment.on)
        self.timely: Counter[tuple[str, str]] = Counter()
        self.reviewed: Counter[tuple[str, str, str]] = Counter()
        self.figures: Counter[str] = Counter()
        self.findings: list[tuple[str, str]] = []
        seen = {kind: accesses(query_context, kind, streams) for kind in KINDS}
        for stream in streams:
            kind, access = stream[0].kind, seen[stream[0].kind].get(stream[0].originator_id, "HEADER")
            row, entries = folded(stream, query_context)
            if row and access != "HEADER":
                self._review(access, row, entries) if kind is Kind.REVIEW else self._item(kind, access, row, entries)

    def within(self, day: str | None) -> bool:
        return day is not None and self.since <= day <= self.until

    def _review(self, access: str, row: Seen, entries: list[Seen]) -> None:
        if row["commissioned_on"] is None:
            return
        for event in EVENTS if access == "FULL" else EVENTS[:-1]:
            self.reviewed[row["framework"], row["kind"], event] += self.within(row[f"{event}_on"])
        for entry in entries:
            draft = entry["detail"].get("draft")
            if entry["kind"] == "learning" and not draft and self.within(entry["detail"]["happened_on"]):
                self.figures["good_practice" if entry["detail"]["good_practice"] else "improvement"] += 1

    def _item(self, kind: Kind, access: str, row: Seen, entries: list[Seen]) -> None:
        if kind is Kind.RECOMMENDATION:
            self.figures["recommended"] += not row["draft"] and self.within(row["raised_on"])
            self._answers(entries)
        if kind is Kind.RECOMMENDATION and access != "FULL":
            return
        self._due(kind, row)
        if self.within(row["closed_on"]):
            self.figures[f"{kind} {row['outcome'].lower()}"] += 1
        for entry in entries:
            self._entry(kind, access, entry)

    def _due(self, kind: Kind, row: Seen) -> None:
        """By the due date that stands, of what was to be done at all."""
        refused = row.get("refused_on") is not None and row["refused_on"] <= (row["due_on"] or "")
        wanted = row["outcome"] in (None, "IMPLEMENTED") and not refused
        if not wanted or not self.within(row["due_on"]):
            return
        claimed = row["claimed_on"] if (row["claimed_on"] or "9999") <= row["due_on"] else None
        done = min((day for day in (row["completed_on"], claimed) if day), default=row["closed_on"])
        late = "outstanding" if row["due_on"] < self.day else "to come"
        self.timely[kind, "due"] += 1
        self.timely[kind, late if done is None else "in_time" if done <= row["due_on"] else "late"] += 1

    def _answers(self, entries: list[Seen]) -> None:
        given = [each["detail"] | {"nth": each["noted_version"]} for each in entries if each["kind"] == "response"]
        latest = {each["agency"]: each for each in sorted(given, key=lambda each: (each["happened_on"], each["nth"]))}
        for each in latest.values():
            self.figures[each["answer"]] += self.within(each["happened_on"])

    def _entry(self, kind: Kind, access: str, entry: Seen) -> None:
        detail = entry["detail"]
        if entry["kind"] == "impact" and self.within(detail["happened_on"]):
            self.figures[f"{kind} {detail['finding'].lower()}"] += 1
            self.findings.append((detail["happened_on"], detail["measure"]))
        hidden = access != "FULL" and detail.get("agency") not in (self.visible_to or ())
        if entry["kind"] == "evidence" and detail["verdict"] == "RETURNED" and not hidden:
            self.figures[f"{kind} evidence_returned"] += self.within(detail["judged_on"])


def more(draw: Any, kind: Kind) -> list[list[Fact]]:
    """What is reported on, which random lives seldom come to."""
    agency, evidence = draw(agencies), uuid4()
    said = {"agency": agency, "by_lead": True, "narrative": "Done", "claims_complete": False}
    steps: list[list[Fact]] = [
        [Assigned(**on_a_day(draw), lead_agency=draw(agencies), due_on=START)],
        [EvidenceSubmitted(happened_on=START, by=BY, evidence_id=evidence, **said)],
        [EvidenceReturned(**on_a_day(draw), evidence_id=evidence, reason="Unsigned")],
        [Closed(**on_a_day(draw), outcome=draw(st.sampled_from(ClosureOutcome)))],
        [ImpactVerified(**on_a_day(draw), finding=draw(st.sampled_from(Impact)), measure="Audit")],
    ]
    if kind is Kind.RECOMMENDATION:
        steps += [[Responded(**on_a_day(draw), agency=agency, answer=draw(st.sampled_from(Answer)))] for _ in range(2)]
    taken: list[list[Fact]] = draw(st.lists(st.sampled_from(steps), max_size=5))
    return taken


def on_a_day(draw: Any) -> dict[str, Any]:
    return {"happened_on": draw(days), "by": BY}


def told(ground: Ground, draw: Any, apart: int) -> list[list[Recorded]]:
    """A review, perhaps published in the end, with what arose from it."""
    end: list[list[Fact]] = (
        [[Published(happened_on=START + timedelta(days=SPAN), by=BY)]] if draw(st.booleans()) else []
    )
    streams = [_recorded(ground, apart, Kind.REVIEW, [*draw(saves(Kind.REVIEW)), *end], {})]
    review = streams[0][0].originator_id
    for _ in range(draw(st.integers(1, 2))):
        tie = {"review_id": review}
        lives = [*draw(saves(Kind.RECOMMENDATION)), *more(draw, Kind.RECOMMENDATION)]
        streams.append(_recorded(ground, apart, Kind.RECOMMENDATION, lives, tie))
        tie |= {"recommendation_id": streams[-1][0].originator_id}
        lives = [*draw(saves(Kind.ACTION)), *more(draw, Kind.ACTION)]
        streams.append(_recorded(ground, apart, Kind.ACTION, lives, tie))
    return streams


def _recorded(ground: Ground, apart: int, kind: Kind, lives: list[list[Fact]], tie: dict[str, UUID]) -> list[Recorded]:
    facts = unique_entries(lives)
    facts[0][0] = facts[0][0].model_copy(update=tie)
    return record(ground, kind, later(facts, apart))


@pytest.mark.parametrize("mine", EYES, ids=["everybody", "police", "no part in it"])
@settings(max_examples=examples(15), deadline=None)
@given(data=st.data())
def test_the_figures_are_those_of_counting_what_is_seen(
    ground: Ground, mine: tuple[str, ...] | None, data: Any
) -> None:
    apart = next(EXAMPLES) * 3 * SPAN
    streams = told(ground, data.draw, apart)
    instants = sorted({r.recorded_at for stream in streams for r in stream if r.recorded_at})
    first, short, early = (data.draw(st.just(0) | st.integers(0, SPAN)) for _ in range(3))
    length, on = SPAN - short, SPAN - early
    since = START + timedelta(days=apart + first)
    until, day = since + timedelta(days=length), START + timedelta(days=apart + on)
    with ground.database.transaction(ground.ledger.schema) as conn:
        query_context = QueryContext(
            conn, AsOf(data.draw(st.just(instants[-1]) | st.sampled_from(instants)), day), mine
        )
        found, evidence = report(query_context, since, until), findings(query_context, since, until, Window(1_000))
        figure = data.draw(st.sampled_from(FIGURES))
        alone = getattr(report(query_context, since, until, [figure]), figure)
        assert alone == getattr(found, figure), "nothing is counted otherwise by itself"
        in_time = timeliness(query_context, since, until)
        wanted = Expected(query_context, streams, since, until)
    shown = Counter({(r["framework"], r["kind"], event): r[event] for r in found.reviewed for event in EVENTS})
    assert +shown == +wanted.reviewed
    assert +figures(found) == +wanted.figures
    counted = {(kind, name): getattr(row, name) for kind, row in in_time.items() for name in TIMELY}
    assert +Counter(counted) == Counter({key: count for key, count in wanted.timely.items() if key[1] in TIMELY})
    assert Counter((str(row.verified_on), row.detail["measure"]) for row in evidence) == Counter(wanted.findings)
    assert [row.verified_on for row in evidence] == sorted(row.verified_on for row in evidence)


def figures(found: Any) -> Counter[str]:
    flat = Counter({"improvement": found.improvement, "good_practice": found.good_practice})
    flat.update({"recommended": found.recommended} | dict(found.answered))
    for kind, counts in {"recommendation": found.of_recommendations, "action": found.of_actions}.items():
        flat.update({f"{kind} {name}": count for name, count in counts.items()})
    return flat


def test_findings_are_walked_page_by_page(ground: Ground) -> None:
    raised, found = a_raised_action(), {"by": BY, "finding": Impact.EMBEDDED, "measure": "Audit"}
    days = [raised.happened_on + timedelta(days=nth // 2) for nth in range(7)]
    kept = record(ground, Kind.ACTION, [[raised, *(ImpactVerified(happened_on=day, **found) for day in days)]])
    assert kept[-1].recorded_at is not None
    with ground.database.transaction(ground.ledger.schema) as conn:
        query_context = QueryContext(conn, AsOf(kept[-1].recorded_at, days[-1]), None)
        period = (days[0], days[-1])
        whole, walked, place = findings(query_context, *period, Window(10_000)), list[UUID](), None
        while page := findings(query_context, *period, Window(2, after=place)):
            walked += [row.entry for row in page]
            place = (page[-1].verified_on, page[-1].entry)
        backwards, place = list[UUID](), None
        while page := findings(query_context, *period, Window(2, forward=False, before=place)):
            backwards += [row.entry for row in page]
            place = (page[-1].verified_on, page[-1].entry)
    assert [row.verified_on for row in whole if row.thing == kept[0].originator_id] == days
    assert walked == backwards[::-1] == [row.entry for row in whole]
