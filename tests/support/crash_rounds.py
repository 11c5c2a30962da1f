"""Rounds in which processes of a real `goldenthread serve` are killed under load, and what must hold after each."""

import json
import os
import signal
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from threading import Event, Lock, Thread
from typing import Any
from uuid import uuid4

import httpx
import psutil
import psycopg

from api.app.founding import FOUNDER
from api.app.installation import Installation
from domain.agency.commands import AddAgency
from domain.shared.vocabulary import Role
from projections.engine.rebuild import RebuildIncomplete, SwitchGivenUp, rebuild
from projections.engine.staging import RebuildUnderWay
from projections.engine.verify import verify
from storage.embedded.postmaster import postmaster
from storage.migrate import schema_of
from support.served_process import Running, free_port

KINDS = ("api", "postmaster", "both", "backend")
CLIENTS = 4
PARTNERSHIP_LASTS = 20
"""Rounds; then another begins, so that comparing everything takes as long in the last round as in the first."""
ACKNOWLEDGED = 8
"""Commands that have work behind them before a kill, and after it."""
AT_MOST = 120.0
"""Seconds after which something that was to come is taken never to come."""
AGAIN = ("VERSION_CONFLICT",)
"""What a client is told that it may send once more, unchanged."""

COMMANDS: Mapping[str, tuple[str, str]] = {
    "actionSubmitEvidence": ("ActionSubmitEvidenceInput", "action { id }"),
    "actionReportProgress": ("ActionReportProgressInput", "action { id }"),
    "actionRaise": ("ActionRaiseInput", "action { id reference }"),
    "recommendationRaise": ("RecommendationRaiseInput", "recommendation { id reference }"),
    "reviewRefer": ("ReviewReferInput", "review { id reference }"),
}
LEDGER = "SELECT (SELECT position FROM head), count(*), coalesce(max(position), 0), count(DISTINCT position) FROM facts"
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'goldenthread, process %'"
LEFT_OVER = "SELECT nspname FROM pg_namespace WHERE nspname ~ '^rebuil[dt]_'"


@dataclass(frozen=True)
class Sent:
    """A command as a client sends it, each time in the same words."""

    mutation: str
    given: dict[str, Any]
    token: str

    @property
    def body(self) -> dict[str, Any]:
        kind, shown = COMMANDS[self.mutation]
        selected = f"{shown} eventIds userErrors {{ code message }}"
        query = f"mutation ($input: {kind}!) {{ {self.mutation}(input: $input) {{ {selected} }} }}"
        return {"query": query, "variables": {"input": self.given}}


@dataclass
class Partnership:
    """A partnership, who speaks in it, what clients work on, and everything that they ever sent and were answered."""

    key: str
    police: str
    unit: str
    founded: int = 0
    review: str = ""
    recommendation: str = ""
    actions: list[str] = field(default_factory=list)
    sent: dict[str, Sent] = field(default_factory=dict)
    acknowledged: dict[str, Any] = field(default_factory=dict)

    @property
    def schema(self) -> str:
        return schema_of(self.key)

    def a_command(self, chance: Random, mutation: str = "") -> Sent:
        """Anything that clients do, or this: much of it about the same few things."""
        mutation, action = mutation or chance.choice(list(COMMANDS)), chance.choice(self.actions)
        given: Mapping[str, dict[str, Any]] = {
            "actionSubmitEvidence": {"id": action, "narrative": "Seen"},
            "actionReportProgress": {"id": action, "narrative": "Under way"},
            "actionRaise": {"recommendationId": self.recommendation, "wording": "Train the team"},
            "recommendationRaise": {"reviewId": self.review, "wording": "Share", "themes": ["neglect"]},
            "reviewRefer": {"title": "A child", "agencies": ["police", "health"]},
        }
        token = self.police if "id" in given[mutation] else self.unit
        return Sent(mutation, {**given[mutation], "idempotencyKey": str(uuid4())}, token)


class Found(AssertionError):
    """What must hold does not; the message says what, and in which round."""


@dataclass
class Crashes:
    """A data folder, the server on it, and rounds of its death."""

    data: Path
    conninfo: str
    seed: int
    log: Path
    running: Running = field(init=False)
    partnership: Partnership = field(init=False)
    back: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    rounds: int = 0
    rebuilds: int = 0
    kept: int = 0
    to_be_sent_again: set[int] = field(default_factory=lambda: {httpx.codes.SERVICE_UNAVAILABLE})
    """The answers by which a client knows that it is to send the same once more."""
    unexpected: list[Any] = field(default_factory=list)
    stop: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)
        self.port = free_port()
        self.client = httpx.Client(timeout=30, trust_env=False)

    # ---- the server ----

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Again, where it was killed."""
        with self.log.open("ab") as log:
            self.running = Running(self.data, self.port, log)

    def end(self) -> None:
        if self.running.process.poll() is None:
            self.running.process.terminate()
        self.running.process.communicate(timeout=60)

    def found_partnership(self) -> None:
        """Another one, by a process beside the running server, and work in it through that server."""
        key = f"round-{self.rounds}"
        with Installation.open(self.conninfo, pool_size=2) as installation:
            installation.create_partnership(key, "Of a round", "knowsley-2015")
            for agency in ("police", "health"):
                installation.register(key).handle(AddAgency(key=agency, name=f"The {agency}"), FOUNDER)
            police = installation.issue_token(key, Role.AGENCY, "police", "police")
            unit = installation.issue_token(key, Role.BUSINESS_UNIT, "unit")
        now = self.partnership = Partnership(key, police, unit)
        self.kept = 0
        review = {"kind": "practice-learning-review", "title": "Child J", "agencies": ["police", "health"]}
        now.review = self._set_up("reviewCommission", "review", **review)
        now.recommendation = self._set_up(
            "recommendationRaise", "recommendation", reviewId=now.review, wording="Share", themes=["neglect"]
        )
        due = (date.today() + timedelta(days=90)).isoformat()  # noqa: DTZ011 - far from any midnight
        for nth in range(6):
            action = self._set_up("actionRaise", "action", recommendationId=now.recommendation, wording=f"Step {nth}")
            now.actions.append(self._set_up("actionAssign", "action", id=action, leadAgency="police", dueOn=due))
        with psycopg.connect(self.conninfo) as conn:
            conn.execute("SELECT set_config('search_path', %s, false)", (now.schema,))
            (now.founded,) = conn.execute("SELECT position FROM head").fetchone() or (0,)

    def _set_up(self, mutation: str, thing: str, **given: Any) -> str:
        kind = f"{mutation[0].upper()}{mutation[1:]}Input"
        shown = f"{thing} {{ id }} userErrors {{ message }}"
        query = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {shown} }} }}"
        body = {"query": query, "variables": {"input": {**given, "idempotencyKey": str(uuid4())}}}
        payload = self._post(body, self.partnership.unit).json()["data"][mutation]
        assert payload["userErrors"] == [], payload
        return str(payload[thing]["id"])

    def _post(self, body: dict[str, Any], token: str) -> httpx.Response:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/graphql-response+json"}
        return self.client.post(f"{self.url}/graphql", json=body, headers=headers)

    # ---- the clients ----

    @contextmanager
    def load(self, *, with_rebuilds: bool) -> Iterator[None]:
        """Several clients, and perhaps somebody who rebuilds the read models again and again."""
        self.stop.clear()
        threads = [Thread(target=self._work, args=(self.chance.randrange(2**32),)) for _ in range(CLIENTS)]
        if with_rebuilds:
            threads.append(Thread(target=self._rebuild))
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stop.set()
            for thread in threads:
                thread.join()

    def _work(self, seed: int) -> None:
        chance = Random(seed)
        while not self.stop.is_set():
            sent = self.partnership.a_command(chance)
            self.partnership.sent[sent.given["idempotencyKey"]] = sent
            while self.send(sent) is None and not self.stop.wait(0.05):
                continue

    def send(self, sent: Sent) -> Any:
        """What it was answered; None where nobody answered, or it is to be sent again."""
        try:
            answer = self._post(sent.body, sent.token)
        except httpx.TransportError:
            return None
        if answer.status_code in self.to_be_sent_again:
            return None
        try:
            payload = answer.json()["data"][sent.mutation]
            errors = payload["userErrors"]
        except (ValueError, KeyError, TypeError):
            self._note(sent, answer.status_code, answer.text[:500])
            return None
        if errors:
            if errors[0]["code"] not in AGAIN:
                self._note(sent, errors)
            return None
        with self.lock:
            first = self.partnership.acknowledged.setdefault(sent.given["idempotencyKey"], payload)
        if first != payload:
            self._note(sent, "answered", first, "then", payload)
        return payload

    def _note(self, *what: Any) -> None:
        with self.lock:
            self.unexpected.append((self.rounds, *what))

    def _rebuild(self) -> None:
        """A kill that meets it may cost it its connection, and nothing else."""
        while not self.stop.is_set():
            try:
                rebuild(self.conninfo, self.partnership.schema)
                self.rebuilds += 1
            except (psycopg.OperationalError, RebuildUnderWay, SwitchGivenUp):
                pass  # the kill has met it, or its lock is still held by what has just been killed
            except (psycopg.Error, RebuildIncomplete) as error:
                self._note("a rebuild", type(error).__name__, str(error))
            self.stop.wait(0.3)

    def some_are_acknowledged(self) -> None:
        """A moment of chance, with work behind it."""
        enough = len(self.partnership.acknowledged) + ACKNOWLEDGED
        self.until(lambda: len(self.partnership.acknowledged) >= enough, "nothing was acknowledged")
        time.sleep(self.chance.uniform(0, 0.3))

    def until(self, true: Callable[[], bool], otherwise: str) -> None:
        end = time.monotonic() + AT_MOST
        while not true():
            self.raise_for([otherwise, *map(str, self.unexpected)] if time.monotonic() > end else [])
            time.sleep(0.01)

    # ---- a round ----

    def round(self, kind: str) -> None:
        """Load, a death, what comes back, and everything compared. Raises `Found`."""
        if self.rounds and self.rounds % PARTNERSHIP_LASTS == 0:
            self.found_partnership()
        with self.load(with_rebuilds=self.rounds % 3 == 0):
            self.some_are_acknowledged()
            self.back[kind].append(self._kill(kind))
            self.some_are_acknowledged()
        self.everything_holds()
        self.rounds += 1

    def _kill(self, kind: str) -> float:
        """Seconds from the kill until it says that it is ready and answers."""
        victims = self._victims(kind)
        began = time.monotonic()
        for pid in victims:
            os.kill(pid, signal.SIGKILL)
        if kind in ("api", "both"):
            self.running.process.communicate(timeout=30)
            self.start()
        self.until(lambda: not any(map(_lives, victims)), "what was killed goes on")
        self.until(self.answers, f"it did not come back after {kind}")
        return time.monotonic() - began

    def _victims(self, kind: str) -> list[int]:
        server = postmaster(self.data / "postgres")
        assert server is not None
        if kind == "backend":
            with psycopg.connect(self.conninfo) as conn:
                return [self.chance.choice(conn.execute(BACKENDS).fetchall())[0]]
        both = {"api": [self.running.process.pid], "postmaster": [server.pid]}
        return both.get(kind) or [*both["postmaster"], *both["api"]]

    def answers(self) -> bool:
        """Whether it says that it is ready, and is."""
        try:
            ready = httpx.get(f"{self.url}/health/ready", trust_env=False, timeout=5).status_code
            asked = self._post({"query": "{ register { position } }"}, self.partnership.unit).status_code
        except httpx.TransportError:
            return False
        return (ready, asked) == (httpx.codes.OK, httpx.codes.OK)

    # ---- what must hold ----

    def everything_holds(self) -> None:
        """Every acknowledged event is there once, replays answer alike, read models are what a rebuild gives."""
        now = self.partnership
        self.replay(now.sent.values() if self._is_its_last() else self._recent())
        ids = [id for payload in now.acknowledged.values() for id in payload["eventIds"]]
        head, facts, last, positions = self.ledger()
        faults = [
            f"{sent.mutation} was never acknowledged" for key, sent in now.sent.items() if key not in now.acknowledged
        ]
        if len(set(ids)) != len(ids):
            faults.append("an event was acknowledged to two commands")
        if facts != now.founded + len(ids):
            faults.append(f"{facts} facts, {now.founded} of them from before, for {len(ids)} that were acknowledged")
        if {head, facts, last} != {positions}:
            faults.append(f"head {head}, facts {facts}, last {last}, positions {positions}")
        self.raise_for([*faults, *self._of_the_read_models(), *map(str, self.unexpected)])

    def raise_for(self, faults: list[str]) -> None:
        if faults:
            raise Found(f"Round {self.rounds}, seed {self.seed}: {'; '.join(faults[:10])}")

    def _is_its_last(self) -> bool:
        return self.rounds % PARTNERSHIP_LASTS == PARTNERSHIP_LASTS - 1

    def _recent(self) -> list[Sent]:
        """What was sent in this round, and some of what was before."""
        sent = list(self.partnership.sent.values())
        recent, older = sent[self.kept :], sent[: self.kept]
        return recent + self.chance.sample(older, min(20, len(older)))

    def replay(self, sent: Iterable[Sent]) -> None:
        """Each once more, until it is answered; that answer is compared with the first."""
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(self._send_until_answered, sent))
        self.kept = len(self.partnership.sent)

    def _send_until_answered(self, sent: Sent) -> None:
        end = time.monotonic() + AT_MOST
        while self.send(sent) is None and time.monotonic() < end and not self.unexpected:
            time.sleep(0.05)

    def ledger(self) -> tuple[int, ...]:
        """Position of the head, facts, last position, different positions."""
        with psycopg.connect(self.conninfo) as conn:
            conn.execute("SELECT set_config('search_path', %s, false)", (self.partnership.schema,))
            found: tuple[int, ...] = conn.execute(LEDGER.encode()).fetchone() or ()
        return found

    def _of_the_read_models(self) -> list[str]:
        _, checks = verify(self.conninfo, self.partnership.schema)
        return [f"{check.name}: {fault}" for check in checks for fault in check.faults]

    def left_over(self) -> list[str]:
        """Tables of rebuilds that were cut short, after a further rebuild has cleared up."""
        rebuild(self.conninfo, self.partnership.schema, wait_s=60)
        with psycopg.connect(self.conninfo) as conn:
            return [name for (name,) in conn.execute(LEFT_OVER)]

    # ---- figures ----

    def figures(self) -> dict[str, Any]:
        """Seconds until ready after each kind of kill."""
        return {
            kind: {"rounds": len(taken), "median_s": round(median(taken), 2), "most_s": round(max(taken), 2)}
            for kind, taken in sorted(self.back.items())
        }

    def report(self, file: Path) -> None:
        """Written anew."""
        told = {
            "rounds": self.rounds,
            "seed": self.seed,
            "rebuilds_beside": self.rebuilds,
            "ready_after": self.figures(),
        }
        file.write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def _lives(pid: int) -> bool:
    """Not as a child that nobody has waited for yet."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
