"""A partnership taken through steps: by the application in two processes, and through GraphQL text."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from itertools import count
from random import Random
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from api.app.founding import FOUNDER
from api.app.installation import Installation
from api.relay import global_id
from api.served import Served
from domain.agency.commands import AddAgency
from domain.correction.commands import Correct
from domain.frameworks import shipped_frameworks
from domain.register import IdempotencyKey, Register
from domain.shared.actor import Caller
from domain.shared.commands import Command
from domain.shared.facts import Recorded
from domain.shared.refusals import Refusal
from projections.engine.history_rows import histories
from random_steps.edge import mutation_of, spoken
from random_steps.people import AGENCIES, founders, holders, without_credentials
from random_steps.scene import Scene
from random_steps.step import DESK, EDGE, OTHER_DESK, SPACE, Step
from storage.ledger import Ledger
from support.partnership_world import START, World, entity

ZONE = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Result:
    """What a step was answered: what it recorded, or the code of its refusal."""

    positions: tuple[int, ...] = ()
    refused: str | None = None
    thing: UUID | None = None


@dataclass(frozen=True)
class Happened:
    """One step with its answer, the facts that the log got, and the streams as they were before."""

    step: Step
    caller: Caller
    result: Result
    facts: tuple[Recorded, ...]
    before: dict[UUID, list[Recorded]]

    @property
    def touched(self) -> list[UUID]:
        return list(dict.fromkeys(each.originator_id for each in self.facts))


@dataclass
class Run:
    """One partnership on its way. `accepted` counts commands that recorded something.

    `chance` is for what is looked at; it begins anew with each step, so that a step is looked at alike in any story.
    """

    installation: Installation
    key: str
    framework: str
    seed: int
    chance: Random = field(default_factory=lambda: Random(0))
    scene: Scene = field(init=False)
    desks: dict[str, Register] = field(init=False)
    tokens: dict[str, str] = field(default_factory=dict)
    done: dict[int, tuple[Step, Result]] = field(default_factory=dict)
    instants: list[datetime] = field(default_factory=list)
    accepted: Counter[type[Command]] = field(default_factory=Counter)
    tried: Counter[type[Command]] = field(default_factory=Counter)
    codes: Counter[str] = field(default_factory=Counter)
    position: int = 0
    _ids: Iterator[UUID] = field(default_factory=lambda: iter(()))

    def __post_init__(self) -> None:
        self.installation.create_partnership(self.key, "Any", self.framework, demonstration=True, today=START)
        self.scene = Scene(Random(self.seed), shipped_frameworks())
        served = self.installation.served(self.key)
        self.desks = {way: self._desk(Ledger.of(served.register.ledger).schema) for way in (DESK, OTHER_DESK)}
        self.installation._served[self.key] = Served(self.desks[DESK], served.transaction)
        self._ids = (uuid5(SPACE, f"founding/{nth}") for nth in count(1))
        for agency in AGENCIES:
            self.desks[DESK].handle(AddAgency(key=agency, name=f"The {agency}"), FOUNDER)
        self._issue(founders(shipped_frameworks()[self.framework]))
        self.world = World(self.installation, self.tokens, self.key)
        self._catch_up()

    def _desk(self, schema: str) -> Register:
        ledger = Ledger(self.installation.database, schema)
        return Register(ledger, histories, shipped_frameworks(), lambda: next(self._ids))

    def _issue(self, cast: dict[str, Caller]) -> None:
        for name, each in cast.items():
            self.tokens[name] = self.installation.issue_token(
                self.key, each.role, each.subject, each.agency, each.bodies, each.independent
            )
        self.cast = cast | without_credentials()
        self.scene.cast = dict(self.cast)

    @property
    def ledger(self) -> Ledger:
        return Ledger.of(self.desks[DESK].ledger)

    def at(self, clock: datetime) -> None:
        self.ledger.set_clock(clock)
        self.scene.today = clock.astimezone(ZONE).date()

    def take(self, step: Step) -> Happened:
        """Take one step and learn from the log what came of it."""
        self.chance.seed(step.number)
        self.at(step.at)
        step = self._as_it_stands(step)
        self._ids = (step.new_id(nth) for nth in range(1, 100))
        caller = self.scene.cast[step.who]
        result = self._by_the_edge(step) if step.way == EDGE else self._by_a_desk(step, caller)
        before = dict(self.scene.facts)
        facts = self._catch_up()
        self._count(step, result)
        return Happened(step, caller, result, facts, before)

    def _as_it_stands(self, step: Step) -> Step:
        """A correction names its fact by position, which depends on what was recorded before."""
        command = step.command
        if isinstance(command, Correct) and step.corrects is not None:
            stream = self.scene.facts.get(command.id, ())
            position = next((e.position for e in stream if e.originator_version == step.corrects), None)
            command = command.model_copy(update={"event_id": position or command.event_id})
        speaks = step.who in self.tokens and mutation_of(command) is not None
        return replace(step, command=command, way=step.way if step.way != EDGE or speaks else DESK)

    def _by_a_desk(self, step: Step, caller: Caller) -> Result:
        asked = f"{type(step.command).__name__} {step.command.model_dump_json()}"
        try:
            key = IdempotencyKey(step.key, sha256(asked.encode()).digest())
            outcome = self.desks[step.way].handle(step.command, caller, key)
        except Refusal as refusal:
            return Result(refused=refusal.code)
        return Result(outcome.positions, None, outcome.id) if outcome else Result()

    def _by_the_edge(self, step: Step) -> Result:
        mutation = mutation_of(step.command) or ""
        given = {"idempotencyKey": str(step.key)} | spoken(step.command, mutation)
        if isinstance(step.command, Correct):
            given["eventId"] = global_id.of_fact(self.ledger.opening().epoch.name, step.command.event_id)
        payload: dict[str, Any] = self.world.send_command(step.who, mutation, "id", **given)
        if payload["userErrors"]:
            return Result(refused=payload["userErrors"][0]["code"])
        positions = tuple(global_id.decode(id, "fact").place[1] for id in payload["eventIds"])
        thing = payload[entity(mutation)]
        thing = (thing or [None])[0] if isinstance(thing, list) else thing
        return Result(positions, None, global_id.decode(thing["id"]).uuid if thing and positions else None)

    def _catch_up(self) -> tuple[Recorded, ...]:
        """What the log has got since, stream by stream as it stands there; in order of position."""
        streams = {id: self.ledger.stream(id) for id in self.ledger.moved_since(self.position)}
        every = (each for stream in streams.values() for each in stream)
        fresh = sorted((each for each in every if _place(each) > self.position), key=_place)
        for id in dict.fromkeys(each.originator_id for each in fresh):
            self.scene.take(id, streams[id])
        self.instants += sorted({each.recorded_at for each in fresh if each.recorded_at})
        self.position = self.ledger.opening().position
        if fresh:
            self.scene.cast = self.cast | holders(self.scene)
        return tuple(fresh)

    def _count(self, step: Step, result: Result) -> None:
        self.tried[type(step.command)] += 1
        self.codes[result.refused or ("accepted" if result.positions else "nothing new")] += 1
        if result.positions and step.key_of == step.number:
            self.accepted[type(step.command)] += 1
            self.done[step.key_of] = (step, result)

    @property
    def may_come_again(self) -> list[Step]:
        return [step for step, _ in self.done.values() if step.who in self.cast]


def _place(recorded: Recorded) -> int:
    return recorded.position or 0
