"""What is counted per agency, and what agencies and themes were called, at random past moments: equal to the oracle."""

from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.agency.events import AgencyAdded, AgencyMerged, AgencyRenamed, AliasAdded
from domain.lifecycle.state import Lifecycle, awaiting_review, open_on, overdue, overdue_against_original
from domain.replay import replay
from domain.shared.facts import Fact, Recorded, fold
from domain.shared.vocabulary import Kind
from domain.theme.events import ThemeAdded, ThemeMerged, ThemeRenamed
from projections.engine.query_context import AsOf, QueryContext
from projections.histories.registry import FOLDS
from projections.queries.agencies import query as agencies
from projections.queries.overdue_by_agency.query import overdue as overdue_by_agency
from projections.queries.themes import query as themes
from support.effort import examples
from support.fact_recorder import Ground, record, unique_entries
from support.random_histories import AGENCIES, BY, SPAN, START, days, saves, words

asked = st.lists(st.tuples(st.integers(0, 9), st.integers(-1, SPAN + 1)), min_size=1, max_size=5)


def _moment(kept: list[Recorded], save: int, day: int) -> AsOf:
    instants = sorted({each.recorded_at for each in kept if each.recorded_at})
    return AsOf(instants[min(save, len(instants) - 1)], START + timedelta(days=day))


def _known(kept: list[Recorded], moment: AsOf) -> list[Recorded]:
    return [r for r in kept if r.recorded_at and r.recorded_at <= moment.known and r.fact.happened_on <= moment.on]


COUNTED = ("open", "overdue", "overdue_against_original", "awaiting_review", "challenged", "extensions_pending")


@settings(max_examples=examples(15), deadline=None)
@given(told=saves(Kind.ACTION), moments=asked)
def test_what_is_counted_per_agency_is_what_the_life_says(ground: Ground, told: list[list[Fact]], moments: Any) -> None:
    own = {key: f"{key}-{uuid4().hex}" for key in AGENCIES}
    since = START - timedelta(days=30)
    record(ground, Kind.AGENCIES, [[AgencyAdded(happened_on=since, by=BY, key=key, name=key)] for key in own.values()])
    kept = record(ground, Kind.ACTION, [[_led_by(fact, own) for fact in save] for save in unique_entries(told)])
    for save, day in moments:
        moment = _moment(kept, save, day)
        with ground.database.transaction(ground.ledger.schema) as conn:
            query_context = QueryContext(conn, moment, None)
            rows = overdue_by_agency(query_context, "Europe/London", list(own.values()), include_up_to_date=True)
        found = {(row.agency, name): getattr(row, name) for row in rows for name in COUNTED}
        counts = _counts(replay(Kind.ACTION, _known(kept, moment)).life, moment)  # type: ignore[union-attr]
        assert found == {(key, name): counts[key, name] for key in own.values() for name in COUNTED}


def _led_by(fact: Fact, own: dict[str, str]) -> Fact:
    text = fact.model_dump_json()
    for key, mine in own.items():
        text = text.replace(f'"{key}"', f'"{mine}"')
    return type(fact).model_validate_json(text)


def _counts(life: Lifecycle, moment: AsOf) -> Counter[tuple[str, str]]:
    if life.lead is None or not open_on(life, moment.on):
        return Counter()
    told = {
        "open": True,
        "overdue": overdue(life, moment.on),
        "overdue_against_original": overdue_against_original(life, moment.on),
        "awaiting_review": awaiting_review(life),
        "challenged": bool(life.challenges),
        "extensions_pending": life.extension is not None,
    }
    return Counter({(life.lead, name): int(value) for name, value in told.items()})


names = st.sampled_from(["one", "two", "three"])
agency_facts = st.one_of(
    st.builds(AgencyAdded, happened_on=days, by=st.just(BY), key=names, name=words),
    st.builds(AgencyRenamed, happened_on=days, by=st.just(BY), key=names, name=words),
    st.builds(AliasAdded, happened_on=days, by=st.just(BY), key=names, alias=words),
    st.builds(AgencyMerged, happened_on=days, by=st.just(BY), key=names, into=names),
)
theme_facts = st.one_of(
    st.builds(ThemeAdded, happened_on=days, by=st.just(BY), key=names, name=words, parent=st.none() | names),
    st.builds(ThemeRenamed, happened_on=days, by=st.just(BY), key=names, name=words),
    st.builds(ThemeMerged, happened_on=days, by=st.just(BY), key=names, into=names),
)


@pytest.mark.parametrize(("kind", "facts"), [(Kind.AGENCIES, agency_facts), (Kind.THEMES, theme_facts)])
@settings(max_examples=examples(15), deadline=None)
@given(data=st.data())
def test_what_they_were_called_is_what_the_oracle_folds(ground: Ground, kind: Kind, facts: Any, data: Any) -> None:
    own = uuid4().hex
    told = data.draw(st.lists(st.lists(facts, min_size=1, max_size=3), min_size=1, max_size=5))
    kept = record(ground, kind, [[_with_keys_of_its_own(fact, own) for fact in save] for save in told])
    for save, day in data.draw(asked):
        moment = _moment(kept, save, day)
        with ground.database.transaction(ground.ledger.schema) as conn:
            query_context = QueryContext(conn, moment, None)
            read = agencies.every(query_context) if kind is Kind.AGENCIES else themes.every(query_context)
        rows: Any = FOLDS[kind].rows(fold(FOLDS[kind].start(), FOLDS[kind].step, _known(kept, moment)))
        assert {key: each.name for key, each in read.items() if key.startswith(own)} == {
            key.of: row.name for key, row in rows.items()
        }
        assert {key: list(each.aliases) for key, each in read.items() if key.startswith(own)} == {
            key.of: list(row.aliases) for key, row in rows.items()
        }


def _with_keys_of_its_own(fact: Fact, own: str) -> Fact:
    named = {name: f"{own}-{value}" for name in ("key", "into", "parent") if (value := getattr(fact, name, None))}
    return fact.model_copy(update=named)
