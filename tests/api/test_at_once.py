"""Many who record on one thing at once, and who ask about the moment at which somebody is saving."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import psycopg
import pytest

from api.relay.global_id import decode, encode
from domain.action.commands import RaiseAction
from domain.lifecycle.commands import AcceptEvidence, Assign, ReportProgress
from domain.recommendation.commands import RaiseRecommendation
from domain.register import IdempotencyKey, Register, attempts
from domain.shared.actor import Caller
from domain.shared.commands import Command
from domain.shared.refusals import IdempotencyKeyReused, VersionConflict
from domain.shared.vocabulary import Kind, Role
from support.partnership_world import BODY, START, World

UNIT = Caller("officer", Role.BUSINESS_UNIT)
POLICE = Caller("police system", Role.AGENCY, "police")
SO_MANY = 20


def together(world: World, caller: Caller, command: Callable[[int], Command]) -> list[Any]:
    """What each of so many commands came to, all sent at the same time."""
    start = Barrier(SO_MANY)

    def send(nth: int) -> Any:
        start.wait(30)
        return world.register.handle(command(nth), caller)

    with ThreadPoolExecutor(SO_MANY) as pool:
        return list(pool.map(send, range(SO_MANY)))


def above(world: World) -> UUID:
    """The one recommendation that there is, raised when it is first asked for."""
    shown = world.read("unit", "recommendations { nodes { id } }")["recommendations"]["nodes"]
    return decode(shown[0]["id"] if shown else world.a_recommendation(), Kind.RECOMMENDATION).uuid


def test_reports_on_one_action_at_once_are_all_recorded(world: World) -> None:
    action, neighbour = world.assigned(), world.assigned()
    id = decode(action, Kind.ACTION).uuid
    told = together(world, POLICE, lambda nth: ReportProgress(kind=Kind.ACTION, id=id, narrative=f"By {nth}"))
    assert all(told)
    shown = world.read("unit", f'action(id: "{action}") {{ progress {{ narrative }} }}')["action"]["progress"]
    assert sorted(each["narrative"] for each in shown) == sorted(f"By {nth}" for nth in range(SO_MANY))
    assert world.read("unit", f'action(id: "{neighbour}") {{ progress {{ narrative }} }}')["action"]["progress"] == []


def test_recommendations_of_one_review_at_once_are_all_raised_with_numbers_of_their_own(world: World) -> None:
    review = world.a_review()
    id = decode(review, Kind.REVIEW).uuid
    together(world, UNIT, lambda nth: RaiseRecommendation(review_id=id, wording=f"Share {nth}", themes=("neglect",)))
    shown = world.read("unit", f'review(id: "{review}") {{ recommendations(first: 100) {{ nodes {{ reference }} }} }}')
    references = {each["reference"] for each in shown["review"]["recommendations"]["nodes"]}
    assert len(references) == SO_MANY


def test_who_names_a_version_is_told_when_it_has_moved(world: World) -> None:
    id = decode(world.assigned(), Kind.ACTION).uuid
    version = world.register.open().stream(id).version
    report = ReportProgress(kind=Kind.ACTION, id=id, narrative="Under way", expected_version=version)
    world.register.handle(report, POLICE)
    with pytest.raises(VersionConflict):
        world.register.handle(report, POLICE)


def test_what_a_key_did_is_told_also_to_who_sent_it_a_moment_too_early_to_see_it(world: World) -> None:
    """Read before the first sending was recorded and decided after it, it is still the same command."""
    action = world.assigned(due=90)
    evidence = world.evidence(action)
    id, body = (
        decode(action, Kind.ACTION).uuid,
        Caller("member", Role.MONITORING_BODY, bodies=(BODY,), independent=True),
    )
    accept = AcceptEvidence(kind=Kind.ACTION, id=id, evidence_id=decode(evidence).uuid)
    at_its_version = ReportProgress(
        kind=Kind.ACTION, id=id, narrative="Half way", expected_version=world.register.open().stream(id).version + 2
    )
    assigned = Assign(
        kind=Kind.ACTION, id=id, lead_agency="police", due_on=START + timedelta(days=90), lead_officer="Jo"
    )
    for command, caller in ((accept, body), (at_its_version, POLICE), (assigned, UNIT)):
        key = IdempotencyKey(uuid4(), type(command).__name__.encode())
        first: list[Any] = []

        def overtaken(
            command: Command = command, caller: Caller = caller, key: IdempotencyKey = key, first: list[Any] = first
        ) -> UUID:
            """Asked for between the two readings."""
            if not first:
                first.append(world.register.handle(command, caller, key))
            return uuid4()

        register = Register(world.register.ledger, world.register._project, world.register.shipped, overtaken)
        told = register.handle(command, caller, key)
        assert told is not None
        assert told == first[0]
        with pytest.raises(IdempotencyKeyReused):
            register.handle(command, caller, IdempotencyKey(key.key, b"another body"))


def test_without_any_patience_there_is_a_second_attempt() -> None:
    assert list(attempts(0)) == [0, 1]


HOLD = "SELECT pg_advisory_lock(28)"
LET_GO = "SELECT pg_advisory_unlock(28)"


def until_let_go(conn: psycopg.Connection[Any]) -> None:
    conn.execute("SELECT pg_advisory_xact_lock(28)")


WAITING = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"


def wait_for(conn: psycopg.Connection[Any], waiting: int, *also: Future[Any]) -> None:
    """Until so many wait for a lock, or what is also looked at has ended."""
    while conn.execute(WAITING).fetchone() != (waiting,) and not any(each.done() for each in also):
        continue


def test_the_moment_that_an_agency_cites_is_now_and_waits_for_the_save_under_way(world: World) -> None:
    """Not when somebody else recorded something; and what it was answered stands."""
    action = world.assigned("police")
    world.register.ledger.set_clock(None)
    session = world.register.open()
    told = ReportProgress(kind=Kind.ACTION, id=decode(action).uuid, narrative="Half way")
    world.register.decide(session, told, UNIT)
    asked = f'knownAt action(id: "{action}") {{ progress {{ narrative }} }}'
    with psycopg.connect(world.installation.conninfo, autocommit=True) as conn, ThreadPoolExecutor(2) as pool:
        conn.execute(HOLD)
        saved = pool.submit(world.register.save, session, until_let_go)
        wait_for(conn, 1, saved)
        answering = pool.submit(world.read, "police", asked)
        wait_for(conn, 2, answering)
        conn.execute(LET_GO)
        assert saved.result(30)
        answered = answering.result(30)
        assert len(answered["action"]["progress"]) == 1
        assert answered == world.read("police", asked, knownAt=answered["knownAt"])
        later = world.read("police", asked)
        assert later["knownAt"] > answered["knownAt"]
        both = world.ask(
            "police",
            f"{{ one: register {{ ...it }} two: register {{ {asked} }} }} fragment it on Register {{ {asked} }}",
        )
        assert both["one"] == both["two"]


def test_a_moment_during_a_save_is_answered_alike_for_good(world: World) -> None:
    world.register.ledger.set_clock(None)
    session = world.register.open()
    world.register.decide(session, RaiseAction(recommendation_id=above(world), wording="Train"), UNIT)
    with psycopg.connect(world.installation.conninfo, autocommit=True) as conn, ThreadPoolExecutor(2) as pool:
        conn.execute(HOLD)
        saved = pool.submit(world.register.save, session, until_let_go)  # it has its instant, and is not committed
        wait_for(conn, 1, saved)
        (during,) = conn.execute("SELECT clock_timestamp()").fetchone() or (None,)
        asked = pool.submit(world.read, "unit", "knownAt position actions { totalCount }", knownAt=during.isoformat())
        wait_for(conn, 2, asked)
        conn.execute(LET_GO)
        assert saved.result(30)
        answered = asked.result(30)
        world.an_action(recommendationId=encode(Kind.RECOMMENDATION, above(world)))
        again = world.read("unit", "position actions { totalCount }", knownAt=during.isoformat())
        assert again == {"position": answered["position"], "actions": {"totalCount": 1}}
        as_told = world.read("unit", "knownAt position actions { totalCount }", knownAt=answered["knownAt"])
        assert as_told == answered


def test_now_never_waits_for_a_save_under_way(world: World) -> None:
    world.register.ledger.set_clock(None)
    session = world.register.open()
    world.register.decide(session, RaiseAction(recommendation_id=above(world), wording="Train"), UNIT)
    with psycopg.connect(world.installation.conninfo, autocommit=True) as conn, ThreadPoolExecutor(1) as pool:
        conn.execute(HOLD)
        saved = pool.submit(world.register.save, session, until_let_go)
        wait_for(conn, 1, saved)
        now = world.read("unit", "knownAt actions { totalCount }")
        conn.execute(LET_GO)
        assert saved.result(30)
        assert now["actions"]["totalCount"] == 0
        assert now == world.read("unit", "knownAt actions { totalCount }", knownAt=now["knownAt"])
