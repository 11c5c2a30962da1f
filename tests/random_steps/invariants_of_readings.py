"""What must hold of everything that is read; looked at now and then, for it is looked at as a whole."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from api.relay import global_id
from domain.action.state import Action
from domain.challenge.state import Challenge
from domain.lifecycle.state import (
    Lifecycle,
    awaiting_review,
    days_overdue,
    open_on,
    overdue,
    overdue_against_original,
)
from domain.programme.state import Programme
from domain.recommendation.clocks import ResponseRequests, requests_after, response_clocks
from domain.recommendation.state import Recommendation, evolve
from domain.replay import replay
from domain.returns.events import ReturnCalled
from domain.returns.state import Return
from domain.review.events import LearningDisseminated
from domain.review.state import Review
from domain.shared.dates import overdue as clock_overdue
from domain.shared.facts import Recorded, effective_order
from domain.shared.vocabulary import ChallengeStage, Kind
from projections.engine.query_context import AsOf, QueryContext, Window
from projections.engine.rebuild import rebuild, streams_without_rows
from projections.histories.registry import KEY_COLUMNS
from projections.queries.overdue_by_agency.query import overdue as overdue_by_agency
from projections.queries.owed_by_agency.query import Owing, owed
from random_steps.invariants_of_records import OF_ONE_THING, as_told
from random_steps.run import ZONE, Run
from support.history_oracle import expected, known
from support.visibility_oracle import Access, Thing, may_read

COUNTED = (
    "open",
    "overdue",
    "overdue_against_original",
    "awaiting_review",
    "challenged",
    "due_within_30_days",
    "recommendations_overdue",
    "responses_overdue",
    "challenge_responses_overdue",
    "duties_overdue",
    "extensions_pending",
    "reported_late",
)
OWED = {
    "ACTION": "overdue",
    "RECOMMENDATION": "recommendations_overdue",
    "RESPONSE": "responses_overdue",
    "CHALLENGE_RESPONSE": "challenge_responses_overdue",
}
LISTED = (Kind.REVIEW, Kind.RECOMMENDATION, Kind.ACTION, Kind.CHALLENGE)
DUE = ("due_on", "until", "response_due_on", "confirm_by")
AGES = ((1, 30), (31, 90), (91, 180), (181, None))


def some_moment(run: Run) -> AsOf:
    """Now; any instant of the past with any day around it; or now, of a day on which something fell due or the next."""
    match run.chance.randrange(3):
        case 0:
            return AsOf(run.instants[-1], run.scene.today)
        case 1:
            instant = run.chance.choice(run.instants)
            return AsOf(instant, instant.astimezone(ZONE).date() + timedelta(days=run.chance.randint(-60, 60)))
    day = run.chance.choice(_due_days(run) or [run.scene.today])
    return AsOf(run.instants[-1], day + timedelta(days=run.chance.randint(0, 1)))


def _due_days(run: Run) -> list[date]:
    facts = (each.fact for stream in run.scene.facts.values() for each in stream)
    found = (getattr(fact, name, None) for fact in facts for name in DUE)
    return [day for day in found if day is not None]


def every_history_equals_the_oracle(run: Run) -> None:
    moment = some_moment(run)
    told = {
        at: {name: value for name, value in row.items() if name != "expires_at"}
        for stream in run.scene.facts.values()
        for at, row in expected(stream[0].kind, stream, moment).items()
    }
    held = dict(_held(run, moment))
    assert held.keys() == told.keys(), f"at {moment}"
    for at, row in told.items():
        assert held[at] == row, f"{at} at {moment}"


def _held(run: Run, moment: AsOf) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    query = sql.SQL("SELECT {key}::text, to_jsonb(h) FROM {table} h WHERE h.recorded @> %s AND h.effective @> %s")
    with run.ledger.database.transaction(run.ledger.schema) as conn:
        for table, key in KEY_COLUMNS.items():
            asked = query.format(key=sql.Identifier(key), table=sql.Identifier(table))
            for of, row in conn.execute(asked, (moment.known, moment.on)):
                yield (table, of), as_told(row, key)


# ---- counted per agency ----


def what_is_overdue_per_agency_is_what_can_be_counted(run: Run) -> None:
    moment = some_moment(run)
    with run.ledger.database.transaction(run.ledger.schema) as conn:
        rows = overdue_by_agency(QueryContext(conn, moment, None), ZONE.key, include_up_to_date=True)
    found = Counter({(row.agency, name): getattr(row, name) for row in rows for name in COUNTED})
    found.update({(row.agency, bucket["from_days"]): bucket["actions"] for row in rows for bucket in row.ageing})
    wanted = counted(run, moment)
    assert +found == +wanted, f"too many {found - wanted}, too few {wanted - found}, at {moment}"
    late = {row.agency: row.oldest_due_on for row in rows if row.oldest_due_on}
    assert late == _oldest(run, moment), f"at {moment}"
    what_is_owed_late_is_what_is_overdue_per_agency(run, moment)


def what_is_owed_late_is_what_is_overdue_per_agency(run: Run, moment: AsOf) -> None:
    """For everybody, and for one agency's own eyes; duties in returns are owed together."""
    keys = sorted(run.scene.agencies.by_key) or ["nobody"]
    agency = keys[len(run.instants) % len(keys)]
    with run.ledger.database.transaction(run.ledger.schema) as conn:
        for mine in (None, (agency,)):
            query_context = QueryContext(conn, moment, mine)
            rows = overdue_by_agency(query_context, ZONE.key)
            wanted = Counter({(row.agency, kind): getattr(row, name) for row in rows for kind, name in OWED.items()})
            page = owed(query_context, Owing(kinds=list(OWED), overdue=True), Window(1_000_000))
            found = Counter((row.agency_key, row.kind) for row in page.rows)
            assert +found == +wanted, f"too many {found - wanted}, too few {wanted - found}, at {moment} for {mine}"
            assert page.total == len(page.rows)


def counted(run: Run, moment: AsOf) -> Counter[tuple[str, Any]]:
    """By plain counting over folded states: agency and what is counted."""
    counts = Counter[tuple[str, Any]]()
    for _, life in lives(run, Kind.ACTION, moment):
        counts.update(_of_an_action(life, moment.on))
    for _, life in lives(run, Kind.RECOMMENDATION, moment):
        counts.update(_of_a_recommendation(life, moment.on))
    for id in run.scene.all(Kind.RECOMMENDATION):
        counts.update(_answers_overdue(run, id, moment))
    for challenge in states(run, Kind.CHALLENGE, moment):
        counts.update(_of_a_challenge(challenge, moment.on))
    for kind in (Kind.REVIEW, Kind.RETURN):
        counts.update(_duties_overdue(run, kind, moment))
    counts.update(_reported_late(run, moment))
    return counts


def states(run: Run, kind: Kind, moment: AsOf) -> Iterator[Any]:
    """Every thing of a kind that there was, as it was known and judged."""
    for id in run.scene.all(kind):
        facts = known(run.scene.facts[id], moment)
        if any(each.originator_version == 1 for each in facts):
            yield replay(kind, facts)


def lives(run: Run, kind: Kind, moment: AsOf) -> Iterator[tuple[Any, Lifecycle]]:
    return ((state, state.life) for state in states(run, kind, moment))


def _of_an_action(life: Lifecycle, day: date) -> Iterator[tuple[str, object]]:
    if life.lead is None or life.due_on is None or not open_on(life, day):
        return
    late = days_overdue(life, day)
    told: dict[object, bool] = {
        "open": True,
        "overdue": overdue(life, day),
        "overdue_against_original": overdue_against_original(life, day),
        "awaiting_review": awaiting_review(life),
        "challenged": bool(life.challenges),
        "due_within_30_days": day <= life.due_on <= day + timedelta(days=30)
        and not (life.completed_on and life.completed_on <= day),
        "extensions_pending": life.extension is not None,
        **{first: late >= first and (last is None or late <= last) for first, last in AGES},
    }
    yield from ((life.lead, name) for name, holds in told.items() if holds)


def _of_a_recommendation(life: Lifecycle, day: date) -> Iterator[tuple[str, Any]]:
    if life.lead is not None and overdue(life, day):
        yield life.lead, "recommendations_overdue"
    if life.lead is not None and life.extension is not None and open_on(life, day):
        yield life.lead, "extensions_pending"


def _answers_overdue(run: Run, id: UUID, moment: AsOf) -> Iterator[tuple[str, Any]]:
    """Of whoever is asked and has not answered by its own day; a closing ends the asking."""
    state, requests = Recommendation(), ResponseRequests()
    for each in sorted(known(run.scene.facts[id], moment), key=effective_order):
        state = evolve(state, each)
        requests = requests_after(requests, state, each)
    for clock in response_clocks(requests, state):
        if clock.stopped_on is None and clock.due_on < moment.on:
            yield clock.agency, "responses_overdue"


def _of_a_challenge(challenge: Challenge, day: date) -> Iterator[tuple[str, Any]]:
    waits = challenge.stage in {ChallengeStage.ISSUED, ChallengeStage.ESCALATED}
    if waits and challenge.response_due_on is not None and challenge.response_due_on < day:
        yield challenge.agency, "challenge_responses_overdue"


def _duties_overdue(run: Run, kind: Kind, moment: AsOf) -> Iterator[tuple[str, Any]]:
    """Of every agency that holds one; when it is due stands in the fact that it arose from."""
    for id in run.scene.all(kind):
        facts = known(run.scene.facts[id], moment)
        due: dict[UUID, date] = {}
        for each in facts:
            match each.fact:
                case LearningDisseminated() as fact:
                    due[fact.dissemination_id] = fact.confirm_by
                case ReturnCalled() as fact:
                    due[id] = fact.due_on
        duties = replay(kind, facts).duties.values()  # type: ignore[union-attr]
        late = (duty for duty in duties if clock_overdue(due[duty.origin], duty.done_on, moment.on))
        yield from ((duty.agency, "duties_overdue") for duty in late if duty.agency)


def _reported_late(run: Run, moment: AsOf) -> Iterator[tuple[str, Any]]:
    """Overdue as known at the end of the day, and known later to have been done by it, or claimed in time."""
    then = AsOf(datetime.combine(moment.on, time.max, ZONE).astimezone(UTC), moment.on)
    if then.known >= moment.known:
        return
    for id in run.scene.all(Kind.ACTION):
        was, now = (_life(run.scene.facts[id], each) for each in (then, moment))
        if was.lead is not None and overdue(was, moment.on) and _done_in_time(now, moment.on):
            yield was.lead, "reported_late"


def _life(stream: list[Recorded], moment: AsOf) -> Lifecycle:
    life: Lifecycle = replay(Kind.ACTION, known(stream, moment)).life  # type: ignore[union-attr]
    return life


def _done_in_time(life: Lifecycle, day: date) -> bool:
    return (life.completed_on is not None and life.completed_on <= day) or any(
        each.counts
        and each.awaiting
        and each.claims_complete
        and each.by_lead
        and each.submitted_on is not None
        and life.due_on is not None
        and each.submitted_on <= life.due_on
        for each in life.evidence
    )


def _oldest(run: Run, moment: AsOf) -> dict[str, date]:
    oldest: dict[str, date] = {}
    for _, life in lives(run, Kind.ACTION, moment):
        if life.lead is not None and life.due_on is not None and overdue(life, moment.on):
            oldest[life.lead] = min(life.due_on, oldest.get(life.lead, life.due_on))
    return oldest


# ---- what an agency sees ----


def an_agency_sees_what_it_may_read_and_nothing_else(run: Run) -> None:
    """A challenge's subjects are named whatever they are; of these, reviews are reviews."""
    with run.ledger.database.transaction(run.ledger.schema) as conn:
        for agency, kind in product(run.scene.agencies.by_key, OF_ONE_THING):
            kin = run.scene.agencies.kin(agency)
            query = sql.SQL("SELECT thing, access FROM {}(%s)").format(sql.Identifier(f"visible_{kind}s"))
            seen = conn.execute(query, (sorted(kin),)).fetchall()
            assert len(seen) == len({id for id, _ in seen}), "a thing is seen once"
            of_the_kind = {(id, access) for id, access in seen if run.scene.kind(id) is kind}
            may = {(id, access.name) for id, access in readable(run, kin, kind)}
            assert of_the_kind == may, f"{agency} sees {of_the_kind - may}, and not {may - of_the_kind}"


def readable(run: Run, kin: frozenset[str], kind: Kind) -> Iterator[tuple[UUID, Access]]:
    for id in run.scene.all(kind):
        thing: Thing = run.scene.state(id)
        access = may_read(kin, thing, _above(run, thing), _below(run, id))
        if access is not Access.NONE:
            yield id, access


def _above(run: Run, thing: Thing) -> list[Thing]:
    names = (getattr(thing, name, None) for name in ("recommendation_id", "review_id"))
    return [run.scene.state(id) for id in names if id in run.scene.facts]


def _below(run: Run, id: UUID) -> list[Thing]:
    return [run.scene.state(each) for each in run.scene.all(*OF_ONE_THING) if _stands_on(run.scene.state(each), id)]


def _stands_on(thing: Thing, id: UUID) -> bool:
    match thing:
        case Action():
            return id in {thing.recommendation_id, thing.review_id}
        case Recommendation():
            return thing.review_id == id
        case Challenge():
            return any(subject.id == id and subject.kind is Kind.REVIEW for subject in thing.subjects)
        case Review() | Return() | Programme():
            return False


def what_graphql_lists_for_an_agency_is_what_it_may_read(run: Run) -> None:
    """Headers stand above what it sees, and are in no list. One that ended sees nothing of its successor's own."""
    name = run.chance.choice([each for each in run.tokens if run.cast[each].role == "AGENCY"])
    kin = run.scene.agencies.with_predecessors(run.cast[name].agency or "")
    lists = " ".join(f"{kind}s(first: 100) {{ totalCount nodes {{ id }} }}" for kind in LISTED)
    answer = run.world.read(name, f"{lists} overdueByAgency {{ agency {{ key }} }}")
    for kind in LISTED:
        may = {id for id, access in readable(run, kin, kind) if access is not Access.HEADER and _exists(run, id)}
        found = {global_id.decode(each["id"]).uuid for each in answer[f"{kind}s"]["nodes"]}
        assert answer[f"{kind}s"]["totalCount"] == len(may), f"{name}, {kind}: {found} of {may}"
        assert found <= may, f"{name}, {kind}"
        assert len(found) == min(len(may), 100)
    assert {each["agency"]["key"] for each in answer["overdueByAgency"]} <= kin


def _exists(run: Run, id: UUID) -> bool:
    """Today; nothing begins in the future."""
    return min(each.fact.happened_on for each in run.scene.facts[id]) <= run.scene.today


# ---- rebuilt ----


def rebuilding_gives_the_very_same_tables(run: Run) -> None:
    before = tables(run)
    assert streams_without_rows(run.installation.conninfo, run.ledger.schema) == 0
    rebuild(run.installation.conninfo, run.ledger.schema)
    assert tables(run) == before


def tables(run: Run) -> dict[str, Any]:
    """Every history, all its rows as text in one order, by count and digest."""
    query = sql.SQL("SELECT count(*), md5(string_agg(h::text, '|' ORDER BY h::text)) FROM {} h")
    with psycopg.connect(run.installation.conninfo) as conn:
        conn.execute("SELECT set_config('search_path', %s, false)", (run.ledger.schema,))
        return {table: conn.execute(query.format(sql.Identifier(table))).fetchone() for table in KEY_COLUMNS}
