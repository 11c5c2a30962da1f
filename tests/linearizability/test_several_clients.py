"""Several clients on a few actions, by two processes that serve one database: what they were told has one order."""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from random import Random
from threading import Thread
from time import sleep

import pytest

from api.app.founding import FOUNDER
from api.app.installation import Installation
from api.relay.global_id import decode
from domain.agency.commands import AddAgency
from domain.shared.vocabulary import Role
from linearizability.action_model import ActionModel, Life, Recorded, Refused
from linearizability.checker import Operation, Verdict, check
from linearizability.clients import SHOWN, Client, Notes, run_together
from support.partnership_world import BODY, START, World
from support.served_process import Running, as_url, served

KEY = "shared"
CLIENTS = ("police", "police", "body", "body", "body", "unit")
PROGRAMMES = 20


@pytest.fixture
def shared(world: World) -> World:
    """A partnership on the real clock."""
    return founded(world.installation)


def founded(installation: Installation) -> World:
    installation.create_partnership(KEY, "Shared", "knowsley-2015")
    for agency in ("police", "health"):
        installation.register(KEY).handle(AddAgency(key=agency, name=f"The {agency}"), FOUNDER)
    roles = {"unit": Role.BUSINESS_UNIT, "inspector": Role.INSPECTOR}
    tokens = {name: installation.issue_token(KEY, role, name) for name, role in roles.items()}
    tokens["police"] = installation.issue_token(KEY, Role.AGENCY, "police", "police")
    tokens["body"] = installation.issue_token(KEY, Role.MONITORING_BODY, "body", bodies=(BODY,), independent=True)
    return World(installation, tokens, KEY)


def begun(world: World, so_many: int) -> dict[str, Life]:
    """Actions that the police lead, as their lives begin."""
    due = (world.register.today() - START).days + 20
    actions = [world.assigned(due=due) for _ in range(so_many)]
    found = {id: world.read("unit", f'action(id: "{id}") {{ {SHOWN} }}')["action"] for id in actions}
    return {id: Life(each["version"], each["dueOn"]) for id, each in found.items()}


def clients(world: World, urls: Sequence[str], notes: Notes, seed: str) -> list[Client]:
    day = world.register.today()
    return [
        Client(f"{who} {nth}", who, world.tokens[who], urls, notes, Random(f"{seed}/{nth}"), day)
        for nth, who in enumerate(CLIENTS)
    ]


def programme(
    world: World, urls: Sequence[str], seed: str, steps: int, disturbed: AbstractContextManager[None] | None = None
) -> Counter[str]:
    """What came of a programme of so many steps for each client, once it has an order and the log agrees.

    `disturbed`: around the programme, and over before what is there at its end is read.
    """
    lives = begun(world, 2)
    notes = Notes.of(list(lives))
    with disturbed or nullcontext():
        run_together(clients(world, urls, notes, seed), steps)
    for url in urls:
        last = Client(f"last, {url}", "inspector", world.tokens["inspector"], [url], notes, Random(seed), date.max)
        for id in lives:
            last.read(id)
        for moment in notes.moments[-10:]:
            last.read_again(*moment)
    for id, life in lives.items():
        verdict = check(ActionModel(life), notes.history[id])
        assert verdict, f"programme {seed}\n{verdict.explained()}"
        the_log_agrees(world, id, verdict)
    return Counter(_name(each) for history in notes.history.values() for each in history)


def the_log_agrees(world: World, id: str, verdict: Verdict[Life]) -> None:
    """It holds every fact that was acknowledged, once, in the order that was found, and as many as were counted."""
    found = world.read("unit", f'action(id: "{id}") {{ version history {{ eventId }} }}')["action"]
    positions = [decode(each["eventId"]).place[1] for each in found["history"]]
    told = dict.fromkeys(
        at for each in verdict.order if isinstance(each.answer, Recorded) for at in each.answer.positions
    )
    assert found["version"] == len(positions) == len(set(positions)) == verdict.state.version
    assert [at for at in positions if at in told] == sorted(told)


def _name(operation: Operation) -> str:
    match operation.answer:
        case Refused(code):
            return code
        case None:
            return "no answer"
    return type(operation.answer).__name__


def test_what_several_clients_were_told_has_one_order(shared: World) -> None:
    """By a process of its own and by this one, so that what each keeps in memory is not all that was recorded."""
    conninfo = shared.installation.conninfo
    with (
        Running(None, database=as_url(conninfo)) as one,
        Installation.open(conninfo) as installation,
        served(installation) as other,
    ):
        done = sum((programme(shared, [one.url, other.url], seed, 14) for seed in ("one", "two")), Counter[str]())
    assert done["Recorded"]
    assert done["Shown"]


@contextmanager
def killed(running: list[Running], nth: int, after: float, database: str) -> Iterator[None]:
    """One of the processes dies so many seconds after the begin, and comes back under its port."""

    def die_and_come_back() -> None:
        sleep(after)
        running[nth].kill()
        running[nth] = Running(None, running[nth].port, database=database)

    killer = Thread(target=die_and_come_back)
    killer.start()
    try:
        yield
    finally:
        killer.join()


@pytest.mark.long
def test_they_have_one_order_in_many_programmes_while_processes_are_killed(shared: World) -> None:
    database, random, done = as_url(shared.installation.conninfo), Random(30062026), Counter[str]()
    running = [Running(None, database=database) for _ in range(2)]
    urls = [each.url for each in running]
    try:
        for seed in range(PROGRAMMES):
            death = killed(running, seed % 2, random.uniform(0.2, 3), database)
            done += programme(shared, urls, f"long {seed}", 60, death)
    finally:
        for each in running:
            each.kill()
    sys.stdout.write(f"{sorted(done.items())}\n")
    assert {"no answer", "VERSION_CONFLICT", "EVIDENCE_ALREADY_JUDGED", "ALREADY_CLOSED", "Recorded"} <= done.keys()
