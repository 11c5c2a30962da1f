"""Whose answer is late, in SQL as in the domain, at random past pairs of moments."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.agency.events import AgencyAdded
from domain.challenge.state import Challenge
from domain.challenge.state import overdue as challenge_overdue
from domain.correction.amending import apply_corrections
from domain.recommendation.clocks import ResponseRequests, requests_after, response_clocks
from domain.recommendation.state import Recommendation, evolve
from domain.replay import replay
from domain.shared.dates import overdue
from domain.shared.facts import Fact, Recorded, effective_order
from domain.shared.vocabulary import Kind
from projections.engine.query_context import AsOf, QueryContext
from projections.queries.challenges.query import challenges
from projections.queries.overdue_by_agency.query import overdue as overdue_by_agency
from projections.queries.recommendations.query import recommendations
from support.effort import examples
from support.fact_recorder import Ground, record, unique_entries
from support.random_histories import AGENCIES, BY, SPAN, START, saves

asked = st.lists(st.tuples(st.integers(0, 9), st.integers(-1, SPAN + 15)), min_size=1, max_size=5)


def the_moment(kept: list[Recorded], save: int, day: int) -> AsOf:
    instants = sorted({each.recorded_at for each in kept if each.recorded_at})
    return AsOf(instants[min(save, len(instants) - 1)], START + timedelta(days=day))


def known(kept: list[Recorded], moment: AsOf) -> list[Recorded]:
    stream = apply_corrections(each for each in kept if each.recorded_at and each.recorded_at <= moment.known)
    return sorted((each for each in stream if each.fact.happened_on <= moment.on), key=effective_order)


def late(stream: list[Recorded], moment: AsOf) -> set[str]:
    requests, now = ResponseRequests(), Recommendation()
    for recorded in stream:
        now = evolve(now, recorded)
        requests = requests_after(requests, now, recorded)
    clocks = response_clocks(requests, now)
    return {clock.agency for clock in clocks if overdue(clock.due_on, clock.stopped_on, moment.on)}


def led_by(fact: Fact, own: dict[str, str]) -> Fact:
    text = fact.model_dump_json()
    for key, mine in own.items():
        text = text.replace(f'"{key}"', f'"{mine}"')
    return type(fact).model_validate_json(text)


@settings(max_examples=examples(20), deadline=None)
@given(told=saves(Kind.RECOMMENDATION), moments=asked)
def test_who_is_late_with_an_answer(ground: Ground, told: list[list[Fact]], moments: Any) -> None:
    own = {key: f"{key}-{uuid4().hex}" for key in AGENCIES}
    since = START - timedelta(days=30)
    record(ground, Kind.AGENCIES, [[AgencyAdded(happened_on=since, by=BY, key=key, name=key)] for key in own.values()])
    mine = [[led_by(fact, own) for fact in save] for save in unique_entries(told)]
    kept = record(ground, Kind.RECOMMENDATION, mine)
    thing = kept[0].originator_id
    for save, day in moments:
        moment = the_moment(kept, save, day)
        wanted = late(known(kept, moment), moment)
        with ground.database.transaction(ground.ledger.schema) as conn:
            query_context = QueryContext(conn, moment, None)
            rows = overdue_by_agency(query_context, "Europe/London", list(own.values()), include_up_to_date=True)
            shown = recommendations.by_id(query_context, [thing]).get(thing)
        counts = Counter({row.agency: row.responses_overdue for row in rows})
        assert {agency for agency in own.values() if counts[agency]} == wanted & set(own.values())
        assert (shown.response_overdue if shown else False) == bool(wanted)


@settings(max_examples=examples(20), deadline=None)
@given(told=saves(Kind.CHALLENGE), moments=asked)
def test_which_challenge_is_late(ground: Ground, told: list[list[Fact]], moments: Any) -> None:
    kept = record(ground, Kind.CHALLENGE, unique_entries(told))
    thing = kept[0].originator_id
    for save, day in moments:
        moment = the_moment(kept, save, day)
        stream = known(kept, moment)
        state = replay(Kind.CHALLENGE, stream) if stream else Challenge()
        assert isinstance(state, Challenge)
        with ground.database.transaction(ground.ledger.schema) as conn:
            shown = challenges.by_id(QueryContext(conn, moment, None), [thing]).get(thing)
        assert shown is None or shown.overdue == challenge_overdue(state, moment.on)
