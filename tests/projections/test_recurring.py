"""Which learning recurs, at random moments, is what a reader of the recommendations and of the merges would count."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.shared.facts import Fact
from domain.shared.vocabulary import Kind
from domain.theme.events import ThemeAdded, ThemeMerged
from projections.engine.query_context import AsOf, Condition, QueryContext, Window, head
from projections.queries.entries.query import of_things
from projections.queries.recommendations.query import recommendations
from projections.queries.recurring_learning.query import (
    Recurrences,
    RecurringRead,
    behind,
    occurrences,
    recurring,
    reviews,
)
from support.effort import examples
from support.fact_recorder import Ground, record, unique_entries
from support.random_histories import BY, SPAN, START, corrected, days, living, raised_recommendation, responded

EVERY = Window(100)
ENDED = {
    "closure": ("outcome", {"IMPLEMENTED"}),
    "impact": ("finding", {"EMBEDDED", "PARTLY_EMBEDDED"}),
}
BEFORE_ALL = date.min
MERGES = "SELECT h.theme, h.merged_into, h.merged_on FROM theme_history h WHERE h.theme = ANY (%(keys)s)"
AT = " AND h.recorded @> %(known)s AND h.effective @> %(day)s AND h.merged_into IS NOT NULL"


@dataclass(frozen=True)
class Occurrence:
    thing: UUID
    review: UUID
    raised_on: date
    agencies: frozenset[str]
    after: frozenset[str]


def gone_on(merges: list[tuple[str, str, date]], theme: str) -> set[tuple[str, date]]:
    """All that a theme has gone on in, each with the latest merge on the way."""
    found = {(theme, BEFORE_ALL)}
    while (
        further := {(into, max(since, on)) for root, since in found for key, into, on in merges if key == root} - found
    ):
        found |= further
    return found


def expected(
    query_context: QueryContext, keys: list[str], merges: list[tuple[str, str, date]]
) -> dict[str, list[Occurrence]]:
    """By theme, the newest first: told from the rows of the recommendations and from what is listed under them."""
    rows = recommendations.page(query_context, "RAISED_DESC", [Condition("themes", {"themes": keys})], EVERY).rows
    rows = [row for row in rows if not row.draft]
    listed = {kind: of_things(query_context, [row.thing for row in rows], kind) for kind in ENDED}
    ways = {key: gone_on(merges, key) for key in keys}
    newest = {key: max((r.raised_on for r in rows if key in r.theme_keys), default=None) for key in keys}
    since = {
        (one, other): min(max(a, b) for (root, a), (same, b) in product(ways[one], ways[other]) if root == same)
        for one, other in product(keys, keys)
        if {root for root, _ in ways[one]} & {root for root, _ in ways[other]}
    }

    def counted_as(theme: str) -> str:
        """What it goes by: the latest in which it went on and of which anything was raised since."""
        alive = [
            (root, merged)
            for root, merged in ways[theme]
            if root == theme
            or any(
                day is not None and max(merged, on) <= day
                for other, day in newest.items()
                for into, on in ways[other]
                if into == root
            )
        ]
        return min(alive, key=lambda way: (-way[1].toordinal(), len(ways[way[0]]), way[0]))[0]

    def recurs(theme: str, row: Any, kind: str) -> bool:
        field, named = ENDED[kind]
        days = [
            max(date.fromisoformat(each.detail["happened_on"]) + timedelta(days=1), since[theme, coded])
            for other in rows
            if other.review_id != row.review_id and other.access == "FULL"
            for coded in other.theme_keys
            if (theme, coded) in since
            for each in listed[kind][other.thing]
            if each.detail[field] in named
        ]
        return any(row.raised_on >= day for day in days)

    found: dict[str, dict[UUID, Occurrence]] = {}
    for row, theme in ((each, theme) for each in rows for theme in each.theme_keys if theme in keys):
        after = {kind for kind in ENDED if recurs(theme, row, kind)}
        told = found.setdefault(counted_as(theme), {})
        before = told[row.thing].after if row.thing in told else frozenset[str]()
        agencies = frozenset(key for key in (row.lead, *row.addressees) if key)
        told[row.thing] = Occurrence(row.thing, row.review_id, row.raised_on, agencies, before | after)
    order = {theme: sorted(told.values(), key=lambda o: (o.raised_on, o.thing)) for theme, told in found.items()}
    return {theme: told[::-1] for theme, told in order.items()}


lives_told = st.tuples(raised_recommendation, st.lists(living | responded | corrected, max_size=6)).map(
    lambda life: [life[0], *life[1]]
)


def told(ground: Ground, data: Any) -> list[str]:
    """Three themes that may have been merged, and recommendations on them; returns the themes' keys."""
    keys = [f"{name}-{uuid4().hex}" for name in ("one", "two", "three")]
    pairs = st.tuples(st.sampled_from(keys), st.sampled_from(keys), days)
    on: dict[str, Any] = {"happened_on": START - timedelta(days=1), "by": BY}
    merges = data.draw(st.lists(pairs.filter(lambda pair: pair[0] != pair[1]), max_size=3))
    facts: list[Fact] = [ThemeAdded(key=key, name=key, **on) for key in keys]
    facts += [ThemeMerged(happened_on=day, by=BY, key=key, into=into) for key, into, day in merges]
    record(ground, Kind.THEMES, [facts])
    reviews = [uuid4(), uuid4(), uuid4()]
    coded = st.lists(st.sampled_from(keys), min_size=1, max_size=4)
    for raised, *later in data.draw(st.lists(lives_told, min_size=1, max_size=4)):
        drawn = {"review_id": data.draw(st.sampled_from(reviews)), "themes": tuple(data.draw(coded))}
        saved = [[raised.model_copy(update=drawn)], *([fact] for fact in later)]
        record(ground, Kind.RECOMMENDATION, unique_entries(saved))
    return keys


@pytest.mark.parametrize("mine", [None, ("police",)], ids=["everybody", "police"])
@settings(max_examples=examples(10), deadline=None)
@given(data=st.data())
def test_what_recurs_is_what_the_recommendations_say(ground: Ground, mine: tuple[str, ...] | None, data: Any) -> None:
    keys = told(ground, data)
    wanted = Recurrences(
        themes=keys, minimum_reviews=data.draw(st.integers(1, 3)), after_closure_only=data.draw(st.booleans())
    )
    day = START + timedelta(days=data.draw(st.integers(0, SPAN + 1)))
    with ground.database.transaction(ground.ledger.schema) as conn:
        end = head(conn)
        query_context = QueryContext(conn, AsOf(end.recorded_at, day), mine, end)
        merges = conn.execute(MERGES + AT, {"keys": keys, **query_context.values}).fetchall()
        whole = expected(query_context, keys, merges)
        rows = recurring(query_context, wanted, EVERY)
        shown = [row.theme for row in rows]
        assert recurring(query_context, wanted, Window(100, forward=False))[::-1] == rows
        assert shown == [key for key in in_order(whole) if is_wanted(whole[key], wanted)]
        for row in rows:
            assert said(row) == counted(whole[row.theme])
        assert reviews(query_context, wanted, shown) == {
            key: len({each.review for each in whole[key]}) for key in shown
        }
        for key, found in behind(query_context, wanted, shown).items():
            assert found.agencies == sorted({agency for each in whole[key] for agency in each.agencies})
            years = {each["year"]: each["occurrences"] for each in found.per_year}
            assert years == Counter(each.raised_on.year for each in whole[key])
        listed = occurrences(query_context, wanted, shown, 2)
        assert listed == {key: [each.thing for each in whole[key]][:2] for key in shown}
        for key in shown:
            from_the_first = occurrences(query_context, wanted, [key], 100, listed[key][0])
            assert from_the_first == {key: [each.thing for each in whole[key]]}
        assert occurrences(query_context, wanted, shown, 2, uuid4()) == {key: [] for key in shown}


def in_order(whole: dict[str, list[Occurrence]]) -> list[str]:
    return sorted(whole, key=lambda key: (-len(whole[key]), key))


def is_wanted(told: list[Occurrence], wanted: Recurrences) -> bool:
    enough = len({each.review for each in told}) >= wanted.minimum_reviews
    return enough and (not wanted.after_closure_only or any("closure" in each.after for each in told))


def counted(told: list[Occurrence]) -> tuple[Any, ...]:
    dates = [each.raised_on for each in told]
    after = [sum(kind in each.after for each in told) for kind in ENDED]
    return len(told), min(dates), max(dates), *after


def said(row: RecurringRead) -> tuple[Any, ...]:
    after = row.recurred_after_closure, row.recurred_after_impact_verified
    return row.occurrences, row.first_seen_on, row.last_seen_on, *after
