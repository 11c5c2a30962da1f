"""A large register made of facts alone: lives of actions spread over ten years, written straight into the log.

Only benchmarks write facts this way; sizes are printed with every figure.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from random import Random
from uuid import UUID

import psycopg

from domain.action import events as action
from domain.agency.events import AgencyAdded
from domain.challenge import events as challenge
from domain.duties import events as duties
from domain.duties.state import shared_out
from domain.event_names import encode, name_of
from domain.lifecycle import events as life
from domain.partnership.events import PartnershipCreated
from domain.recommendation import events as recommendation
from domain.review import events as review
from domain.shared.actor import Actor
from domain.shared.facts import Fact
from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import ClosureOutcome, DutyHolder, Impact, Kind, Rag, Role
from domain.theme.events import ThemeAdded
from projections.engine.rebuild_worker import line
from storage.sql import statements

TODAY = date(2026, 6, 30)
BEGAN = date(2016, 1, 4)
AGENCIES = [f"agency-{number:02d}" for number in range(40)]
THEMES = [f"theme-{number:02d}" for number in range(50)]
OFFICER = Actor(subject="officer", role=Role.BUSINESS_UNIT)
BODY = Actor(subject="reviewer", role=Role.MONITORING_BODY, body="review-and-learning-group")

CHAIR = Actor(subject="chair", role=Role.CHAIR)
OWED = duties.DutyOwed(key="share", role="lead", wording="To share it", held_by=DutyHolder.AGENCY)

CLOSED, RECOMMENDED, UNASSIGNED, CHALLENGED = 0.6, 0.3, 0.05, 0.02
Told = tuple[date, Kind, UUID, Fact]
SQL = statements("benchmarks", "dataset.sql")
ENTER, COPY, ADVANCE = SQL["enter"], SQL["copy"], SQL["advance"]


def uuid(random: Random) -> UUID:
    return UUID(int=random.getrandbits(128), version=4)


def partnership() -> Iterator[Told]:
    """The partnership, its agencies and themes."""
    on = {"happened_on": BEGAN, "by": Actor(subject="admin", role=Role.ADMINISTRATOR)}
    created = PartnershipCreated(
        key="bench", name="Bench", framework="knowsley-2020", time_zone="Europe/London", demonstration=False, **on
    )
    yield BEGAN, Kind.PARTNERSHIP, SINGLE[Kind.PARTNERSHIP], created
    for key in AGENCIES:
        yield BEGAN, Kind.AGENCIES, SINGLE[Kind.AGENCIES], AgencyAdded(key=key, name=key.title(), **on)
    for key in THEMES:
        yield BEGAN, Kind.THEMES, SINGLE[Kind.THEMES], ThemeAdded(key=key, name=key.title(), **on)


def reviews(random: Random, actions: int) -> Iterator[Told]:
    """Reviews of ten recommendations, each with one action, until there are so many actions."""
    for number in range(actions // 10):
        day = BEGAN + timedelta(days=random.randrange((TODAY - BEGAN).days - 30))
        yield from _review(random, number, day)


def _review(random: Random, number: int, day: date) -> Iterator[Told]:
    thing, on = uuid(random), {"happened_on": day, "by": OFFICER}
    yield (
        day,
        Kind.REVIEW,
        thing,
        review.Commissioned(
            reference=f"R{number:05d}",
            title=f"Review {number}",
            kind="practice-learning-review",
            framework="knowsley-2020",
            statutory=False,
            agencies=tuple(random.sample(AGENCIES, 3)),
            monitored_by=("review-and-learning-group",),
            **on,
        ),
    )
    for nth in range(10):
        yield from _recommendation(random, thing, f"R{number:05d}/{nth + 1}", day)
    yield from ((each.happened_on, Kind.REVIEW, thing, each) for each in _learning(random, number, day))
    done = day + timedelta(days=random.randrange(200, 500))
    if number % 2:
        yield done, Kind.REVIEW, thing, review.Completed(happened_on=done, by=OFFICER)
        yield done, Kind.REVIEW, thing, review.Published(happened_on=done, by=OFFICER, board_response="Accepted")


def _learning(random: Random, number: int, day: date) -> Iterator[Fact]:
    """A point of learning; that of every fifth review was told to three agencies, two of which have embedded it."""
    point, told, on = uuid(random), uuid(random), {"happened_on": day + timedelta(days=30), "by": OFFICER}
    yield review.LearningIdentified(
        learning_id=point, wording="Ask the child alone", good_practice=number % 3 == 0, themes=(THEMES[0],), **on
    )
    if number % 5:
        return
    agencies, owed = tuple(random.sample(AGENCIES, 3)), (OWED,)
    yield review.LearningDisseminated(
        dissemination_id=told,
        method="bulletin",
        audience=("practitioners",),
        agencies=agencies,
        learning=(point,),
        confirm_by=day + timedelta(days=60),
        duties=owed,
        **on,
    )
    obliged = tuple(duties.Obliged(agency=agency) for agency in agencies)
    done = tuple(id for id, _, each in shared_out(told, owed, obliged) if each.agency != agencies[0])
    after = {"happened_on": day + timedelta(days=50), "by": OFFICER}
    yield duties.DutiesConfirmed(duties=done, assurance="Briefed", **after)


def _recommendation(random: Random, above: UUID, reference: str, day: date) -> Iterator[Told]:
    thing, below, on = uuid(random), uuid(random), {"happened_on": day, "by": OFFICER}
    shared = {"review_id": above, "themes": tuple(random.sample(THEMES, 2)), "monitored_by": (BODY.body,)}
    wording = f"Make sure that {reference} is understood and done by everybody who works with children"
    yield (
        day,
        Kind.RECOMMENDATION,
        thing,
        recommendation.Raised(
            review_kind="practice-learning-review", reference=reference, wording=wording, **shared, **on
        ),
    )
    yield (
        day,
        Kind.ACTION,
        below,
        action.Raised(recommendation_id=thing, reference=f"{reference}/A1", wording=wording, **shared, **on),
    )
    if random.random() < RECOMMENDED:
        lead, due = random.choice(AGENCIES), day + timedelta(days=random.randrange(60, 400))
        yield day, Kind.RECOMMENDATION, thing, life.Assigned(lead_agency=lead, due_on=due, **on)
    if random.random() < UNASSIGNED:
        return
    for recorded_on, fact in _life(random, day):
        yield recorded_on, Kind.ACTION, below, fact
        if isinstance(fact, life.Assigned) and random.random() < CHALLENGED:
            yield from _challenge(random, below, fact.lead_agency, recorded_on + timedelta(days=9))


def _challenge(random: Random, about: UUID, agency: str, day: date) -> Iterator[Told]:
    thing, on = uuid(random), {"happened_on": day, "by": CHAIR}
    issued = challenge.Issued(
        reference=f"C{thing.hex[:8]}",
        agency=agency,
        subjects=(challenge.Subject(kind=Kind.ACTION, id=about),),
        grounds="It is not begun",
        response_due_on=day + timedelta(days=14),
        **on,
    )
    yield day, Kind.CHALLENGE, thing, issued
    yield day, Kind.ACTION, about, life.Challenged(challenge_id=thing, **on)


def _life(random: Random, day: date) -> Iterator[tuple[date, Fact]]:
    """The facts of an action with the days on which they were recorded."""
    lead, evidence = random.choice(AGENCIES), uuid(random)
    agency = Actor(subject=f"{lead} system", role=Role.AGENCY, agency=lead)
    due = day + timedelta(days=random.randrange(60, 400))
    days = [day + timedelta(days=step) for step in sorted(random.sample(range(10, 700), 6))]
    yield day, life.Assigned(happened_on=day, by=OFFICER, lead_agency=lead, due_on=due)
    for at in days[:3]:
        yield at, life.ProgressReported(happened_on=at, by=agency, agency=lead, narrative="Under way", rag=Rag.AMBER)
    yield (
        days[3],
        life.EvidenceSubmitted(
            happened_on=days[3],
            by=agency,
            evidence_id=evidence,
            agency=lead,
            by_lead=True,
            narrative="Audit attached",
            claims_complete=True,
            completed_on=days[2],
        ),
    )
    yield days[4], life.EvidenceAccepted(happened_on=days[4], by=BODY, evidence_id=evidence)
    yield days[4], life.Completed(happened_on=days[2], by=BODY, evidence_id=evidence)
    if random.random() < CLOSED:
        yield days[5], life.Closed(happened_on=days[5], by=BODY, outcome=ClosureOutcome.IMPLEMENTED)
        yield days[5], life.ImpactVerified(happened_on=days[5], by=BODY, finding=Impact.EMBEDDED, measure="audit")


def write(conninfo: str, schema: str, actions: int, seed: int = 7) -> int:
    """Write the facts of so many actions, each save just behind noon of its day; returns how many facts."""
    random = Random(seed)
    told = [each for each in (*partnership(), *reviews(random, actions)) if each[0] <= TODAY]
    told.sort(key=lambda each: each[0])
    with psycopg.connect(conninfo) as conn:
        conn.execute(ENTER, (schema,))
        with conn.cursor().copy(COPY) as copy:
            instant = _copy(copy, told)
        conn.execute(ADVANCE, (len(told), instant))
    return len(told)


def _copy(copy: psycopg.Copy, told: list[Told]) -> datetime:
    versions: defaultdict[UUID, int] = defaultdict(int)
    instant, position = datetime(2000, 1, 1, tzinfo=UTC), 0
    for (day, thing), save in groupby(told, key=lambda each: (each[0], each[2])):
        instant = max(datetime(day.year, day.month, day.day, 12, tzinfo=UTC), instant + timedelta(microseconds=1))
        for _, kind, _, fact in save:
            versions[thing], position = versions[thing] + 1, position + 1
            name, body = name_of(kind, fact), encode(fact).decode()
            copy.write(line((thing, versions[thing], position, instant, name, fact.happened_on, body)))
    return instant
