"""What SQL lets an agency see is what the domain says that it may read, whatever has happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any, cast
from uuid import UUID, uuid4

from hypothesis import given, settings
from hypothesis import strategies as st
from psycopg import sql

from domain.agency.events import AgencyAdded, AgencyMerged
from domain.agency.state import Agencies
from domain.challenge.events import Subject
from domain.dispatch import version_as_seen
from domain.ports import Append
from domain.replay import replay
from domain.shared.facts import Fact, Recorded
from domain.shared.vocabulary import Kind
from projections.engine.history_rows import histories
from support.effort import examples
from support.fact_recorder import Ground, unique_entries
from support.random_histories import AGENCIES, BY, FIRST, LATER, START
from support.visibility_oracle import Access, Thing, may_read

merges = st.lists(st.tuples(st.sampled_from(AGENCIES), st.sampled_from(AGENCIES)), max_size=3)


@dataclass
class Register:
    """What has been recorded of things that hang together; `tied` names what each stands below."""

    streams: dict[UUID, list[Recorded]]
    tied: dict[UUID, dict[str, Any]]

    def thing(self, id: UUID) -> Thing:
        return cast(Thing, replay(self.kind(id), self.streams[id]))

    def kind(self, id: UUID) -> Kind:
        return self.streams[id][0].kind

    def above(self, id: UUID) -> list[Thing]:
        named = (self.tied[id].get(name) for name in ("review_id", "recommendation_id"))
        return [self.thing(each) for each in named if each]

    def below(self, id: UUID) -> list[Thing]:
        return [self.thing(each) for each, tie in self.tied.items() if id in _above(tie)]


def _above(tie: dict[str, Any]) -> Iterable[UUID]:
    """What a thing stands below; of a challenge, the reviews that it is about."""
    named = (value for value in tie.values() if isinstance(value, UUID))
    return (*named, *(subject.id for subject in tie.get("subjects", ()) if subject.kind is Kind.REVIEW))


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """A few reviews, what arose from them, and challenges about any of it; everything in any order of events."""
    register = Register({}, {})
    reviews = [_one(draw, register, Kind.REVIEW) for _ in range(draw(st.integers(1, 2)))]
    raised = [
        _one(draw, register, Kind.RECOMMENDATION, review_id=draw(st.sampled_from(reviews)))
        for _ in range(draw(st.integers(1, 3)))
    ]
    for _ in range(draw(st.integers(0, 3))):
        above = draw(st.sampled_from(raised))
        tie = {"recommendation_id": above, "review_id": register.tied[above]["review_id"]}
        _one(draw, register, Kind.ACTION, **tie)
    for _ in range(draw(st.integers(0, 1))):
        _one(draw, register, Kind.RETURN)
    about = [id for id in register.streams if register.kind(id) is not Kind.RETURN]
    for _ in range(draw(st.integers(0, 1))):
        _one(draw, register, Kind.PROGRAMME)
    for _ in range(draw(st.integers(0, 2))):
        named = draw(st.lists(st.sampled_from(about), min_size=1, max_size=2, unique=True))
        _one(draw, register, Kind.CHALLENGE, subjects=tuple(Subject(kind=register.kind(i), id=i) for i in named))
    return register


def _one(draw: st.DrawFn, register: Register, kind: Kind, **tie: Any) -> UUID:
    later = draw(st.lists(LATER[kind], max_size=4))
    [facts] = unique_entries([[draw(FIRST[kind]), *later]])
    thing = uuid4()
    first = facts[0].model_copy(update=tie)
    kept = [Recorded(kind, thing, nth, fact) for nth, fact in enumerate([first, *facts[1:]], 1)]
    register.streams[thing], register.tied[thing] = kept, tie
    return thing


def merged(pairs: list[tuple[str, str]]) -> Agencies:
    added: list[Fact] = [AgencyAdded(happened_on=START, by=BY, key=key, name=key) for key in AGENCIES]
    gone = [AgencyMerged(happened_on=START, by=BY, key=key, into=into) for key, into in pairs if key != into]
    kept = [Recorded(Kind.AGENCIES, UUID(int=0), nth, fact) for nth, fact in enumerate([*added, *gone], 1)]
    agencies = replay(Kind.AGENCIES, kept)
    assert isinstance(agencies, Agencies)
    return agencies


def visible(conn: Any, kind: Kind, mine: frozenset[str]) -> dict[UUID, str]:
    function = sql.Identifier(f"visible_{kind}s")
    found = conn.execute(sql.SQL("SELECT thing, access FROM {}(%s)").format(function), (sorted(mine),)).fetchall()
    assert len(found) == len(dict(found)), "a thing is seen once"
    return dict(found)


ABOVE = {Kind.RECOMMENDATION: "review", Kind.ACTION: "recommendation"}


def seen_one_by_one(conn: Any, kind: Kind, mine: frozenset[str]) -> dict[UUID, str]:
    """The same asked of every thing by itself, as lists do that are read in their order."""
    asked = sql.SQL(
        "SELECT h.thing, seen.access FROM {history} h CROSS JOIN LATERAL {function}(h.thing, h.{above}, %s) seen"
        " WHERE upper_inf(h.recorded) AND upper_inf(h.effective)"
    )
    names = {"history": f"{kind}_history", "function": f"{kind}_as_seen", "above": ABOVE[kind]}
    found = conn.execute(asked.format(**{key: sql.Identifier(name) for key, name in names.items()}), (sorted(mine),))
    return dict(found.fetchall())


@settings(max_examples=examples(50), deadline=None)
@given(register=registers(), pairs=merges)
def test_an_agency_sees_in_sql_what_the_domain_lets_it_read(
    ground: Ground, register: Register, pairs: list[tuple[str, str]]
) -> None:
    for facts in register.streams.values():
        ground.ledger.append(facts, Append(histories=histories([([], facts)])))
    agencies = merged(pairs)
    with ground.database.transaction(ground.ledger.schema) as conn:
        for key, kind in product(AGENCIES, FIRST):
            mine = agencies.with_predecessors(key)
            seen = visible(conn, kind, mine)
            one_by_one = seen_one_by_one(conn, kind, mine) if kind in ABOVE else seen
            for thing in (each for each in register.streams if register.kind(each) is kind):
                allowed = may_read(mine, register.thing(thing), register.above(thing), register.below(thing))
                assert seen.get(thing, Access.NONE.name) == allowed.name
                assert one_by_one.get(thing, Access.NONE.name) == allowed.name
        for thing, facts in register.streams.items():
            [(version,)] = conn.execute("SELECT version_as_seen(%s, %s)", (thing, len(facts))).fetchall()
            assert version == version_as_seen(facts)
