"""Several clients with a few actions between them, over HTTP, who note when they sent what and when which answer came.

Seeds choose what each does; when it happens is the machine's. A client knows what any of them has read, so that it
judges evidence of others, names versions that have passed, and sends again what another has sent.
"""

import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from math import inf
from random import Random
from threading import Lock, Thread
from time import perf_counter, sleep
from typing import Any
from uuid import UUID

import httpx
import orjson

from api.relay import global_id
from linearizability.action_model import BUSY, Command, Read, Recorded, Refused, Sent, Shown
from linearizability.checker import Operation

SHOWN = """id version stage dueOn progress { narrative }
  evidence { id narrative verdict withdrawn } extensions { requestedUntil answer lapsedOn }"""
READ = f"query ($id: ID!) {{ register {{ knownAt action(id: $id) {{ {SHOWN} }} }} }}"
READ_AGAIN = f"query ($id: ID!, $at: DateTime!) {{ register(knownAt: $at) {{ action(id: $id) {{ {SHOWN} }} }} }}"
MUTATION = """mutation ($input: %sInput!) {
  %s(input: $input) { action { %s } eventIds userErrors { code message } } }"""
MAY_SEND: Mapping[str, tuple[str, ...]] = {
    "police": (
        *("actionSubmitEvidence",) * 4, "actionWithdrawEvidence", "actionReportProgress",
        *("actionRequestExtension",) * 2,
    ),
    "body": (
        *("actionAcceptEvidence",) * 3, "actionReturnEvidence", "actionGrantExtension", "actionRefuseExtension",
        *("actionClose",) * 3, *("actionReopen",) * 2,
    ),
}  # fmt: skip
"""By whose token; a command that stands here twice is sent twice as often."""
AGAIN, READS, PAST, AT_A_VERSION, ANEW, CUT = 0.15, 0.3, 0.06, 0.35, 0.1, 0.04
"""Shares: a key that was sent before; readings, now and as at a moment; commands that name a version; an old key with
another body; connections that are cut."""


class Lost(Exception):
    """No answer came, and nobody knows whether it was done."""


class NotSent(Exception):
    """It was not done, since nobody was there."""


@dataclass
class Notes:
    """What all clients have seen and sent; `moments`: what was shown as known at a moment, wherever that was asked."""

    history: dict[str, list[Operation]]
    evidence: dict[str, dict[str, str]]
    versions: dict[str, int]
    moments: list[tuple[str, str, Any]] = field(default_factory=list)
    sent: list[tuple[str, Sent]] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    @classmethod
    def of(cls, actions: Sequence[str]) -> "Notes":
        return cls({each: [] for each in actions}, {each: {} for each in actions}, dict.fromkeys(actions, 0))

    def operation(self, action: str, operation: Operation) -> Operation:
        with self.lock:
            self.history[action].append(operation)
        return operation

    def seen(self, action: str, found: Mapping[str, Any]) -> None:
        with self.lock:
            self.evidence[action] |= {each["narrative"]: each["id"] for each in found["evidence"]}
            self.versions[action] = max(self.versions[action], found["version"])


@dataclass
class Client:
    """One connection with one partner's token; `urls` are of the processes that serve, of which it uses one by one."""

    name: str
    who: str
    token: str
    urls: Sequence[str]
    notes: Notes
    random: Random
    today: date
    http: httpx.Client = field(default_factory=lambda: httpx.Client(timeout=30, verify=False, trust_env=False))
    steps: int = 0

    def run(self, steps: int) -> None:
        for _ in range(steps):
            try:
                self.step()
            except NotSent:
                sleep(0.1)
            except Lost:
                self.name += "'"  # whoever got no answer goes on as somebody else, for the operation has not ended
        self.http.close()

    def step(self) -> None:
        self.steps += 1
        action = self.random.choice(list(self.notes.history))
        drawn = self.random.random()
        if drawn < PAST and self.notes.moments:
            self.read_again(*self.random.choice(self.notes.moments))
        elif drawn < READS or self.who not in MAY_SEND:
            self.read(action)
        else:
            self.send(*(self.sent_before() or (action, self.new(action))))

    # ---- what is sent ----

    def new(self, action: str) -> Sent:
        name = self.random.choice(MAY_SEND[self.who])
        expected = None
        if self.random.random() < AT_A_VERSION:
            expected = max(self.notes.versions[action] - self.random.choice((0, 0, 0, 1)), 1)
        key, whose = str(UUID(int=self.random.getrandbits(128), version=4)), self.random.choice((self.who, "police"))
        with self.notes.lock:
            keys = [sent.key for about, sent in self.notes.sent if about == action and sent.keeper in (self.who, whose)]
        if keys and self.random.random() < ANEW:
            key = self.random.choice(keys)
        return Sent(self.who, key, Command(name, self.about(action, name), expected))

    def about(self, action: str, name: str) -> str:
        match name:
            case "actionSubmitEvidence" | "actionReportProgress":
                return f"{self.name}/{self.steps}"
            case "actionAcceptEvidence" | "actionReturnEvidence" | "actionWithdrawEvidence":
                with self.notes.lock:
                    known = list(self.notes.evidence[action])
                return self.random.choice(known[-4:]) if known else ""
            case "actionReopen" | "actionRequestExtension":
                return (self.today + timedelta(days=self.random.randrange(30, 400))).isoformat()
        return ""

    def sent_before(self) -> tuple[str, Sent] | None:
        """By anybody with this token; the last few most often, which may still be on their way."""
        with self.notes.lock:
            mine = [(action, sent) for action, sent in self.notes.sent if sent.keeper == self.who]
        if not mine or self.random.random() >= AGAIN:
            return None
        return self.random.choice(mine[-3:] if self.random.random() < 0.7 else mine)

    def send(self, action: str, sent: Sent) -> None:
        """A command, its answer, and what the answer shows of the action, which is a reading behind it."""
        if (
            sent.command.name.endswith(("AcceptEvidence", "ReturnEvidence", "WithdrawEvidence"))
            and not sent.command.about
        ):
            return
        with self.notes.lock:
            self.notes.sent.append((action, sent))
        variables = {"input": self.input(action, sent)}
        name = sent.command.name
        query = MUTATION % (f"{name[0].upper()}{name[1:]}", name, SHOWN)
        began = perf_counter()
        try:
            found = self.exchange(query, variables, cut=self.random.random() < CUT)
        except Lost:
            self.notes.operation(action, Operation(self.name, began, inf, sent, None))
            raise
        ended, payload = perf_counter(), found["data"][name]
        done = self.notes.operation(action, Operation(self.name, began, ended, sent, outcome(payload)))
        if payload["action"] is not None:
            self.notes.seen(action, payload["action"])
            self.notes.operation(action, Operation(self.name, began, ended, Read(), as_shown(payload["action"]), done))

    def input(self, action: str, sent: Sent) -> dict[str, Any]:
        command = sent.command
        given: dict[str, Any] = {"idempotencyKey": sent.key, "id": action}
        if command.expected is not None:
            given["expectedVersion"] = command.expected
        match command.name:
            case "actionSubmitEvidence":
                return given | {"narrative": command.about, "claimsComplete": True}
            case "actionReportProgress":
                return given | {"narrative": command.about}
            case "actionAcceptEvidence":
                return given | {"evidenceId": self.notes.evidence[action][command.about]}
            case "actionReturnEvidence" | "actionWithdrawEvidence":
                return given | {"evidenceId": self.notes.evidence[action][command.about], "reason": "Show us"}
            case "actionReopen":
                return given | {"reason": "It came back", "dueOn": command.about}
            case "actionRequestExtension":
                return given | {"until": command.about, "reason": "Winter"}
            case "actionRefuseExtension":
                return given | {"reason": "It is due"}
            case "actionClose":
                return given | {"outcome": "IMPLEMENTED"}
        return given

    # ---- what is read ----

    def read(self, action: str) -> None:
        began = perf_counter()
        found = self.exchange(READ, {"id": action})["data"]["register"]
        self.notes.operation(action, Operation(self.name, began, perf_counter(), Read(), as_shown(found["action"])))
        self.notes.seen(action, found["action"])
        with self.notes.lock:
            self.notes.moments.append((action, found["knownAt"], found["action"]))

    def read_again(self, action: str, known_at: str, first: Any) -> None:
        """What was known at a moment is answered for ever as it was answered first."""
        found = self.exchange(READ_AGAIN, {"id": action, "at": known_at})["data"]["register"]["action"]
        if found != first:
            raise AssertionError(f"known at {known_at}, first {first}, then {found}")

    # ---- how ----

    def exchange(self, query: str, variables: Mapping[str, Any], cut: bool = False) -> Any:
        """Raises `Lost`, `NotSent`, and any error that is not an answer."""
        url = self.random.choice(self.urls)
        content = orjson.dumps({"query": query, "variables": variables})
        if cut:
            self.cut(url, content)
        try:
            answer = self.http.post(f"{url}/graphql", content=content, headers=self.headers())
        except httpx.ConnectError as away:
            raise NotSent from away
        except httpx.TransportError as gone:
            raise Lost from gone
        if answer.status_code == httpx.codes.SERVICE_UNAVAILABLE:
            raise Lost(answer.text)
        found = answer.json()
        if answer.status_code != httpx.codes.OK or "errors" in found:
            raise AssertionError(f"{answer.status_code}: {answer.text}")
        return found

    def headers(self) -> dict[str, str]:
        accepted = {"Accept": "application/graphql-response+json", "Content-Type": "application/json"}
        return {"Authorization": f"Bearer {self.token}", **accepted}

    def cut(self, url: str, content: bytes) -> None:
        """Sent as a whole, and gone before the answer. Raises `Lost`, or `NotSent` where nobody was there."""
        host, port = url.removeprefix("http://").split(":")
        lines = ["POST /graphql HTTP/1.1", f"Host: {host}", f"Content-Length: {len(content)}"]
        lines += [f"{name}: {value}" for name, value in self.headers().items()]
        try:
            connection = socket.create_connection((host, int(port)), timeout=30)
        except ConnectionRefusedError as away:
            raise NotSent from away
        with connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode() + content)
            sleep(self.random.choice((0, 0.002, 0.01, 0.03)))
        raise Lost


def outcome(payload: Mapping[str, Any]) -> Recorded | Refused:
    if payload["userErrors"]:
        [error] = payload["userErrors"]
        return Refused(BUSY if "is busy" in error["message"] else error["code"])
    return Recorded(tuple(global_id.decode(each).place[1] for each in payload["eventIds"]))


def as_shown(found: Mapping[str, Any]) -> Shown:
    return Shown(
        found["version"],
        found["stage"],
        found["dueOn"],
        tuple((each["narrative"], each["verdict"], each["withdrawn"]) for each in found["evidence"]),
        tuple(
            (each["requestedUntil"], each["answer"] or ("LAPSED" if each["lapsedOn"] else None))
            for each in found["extensions"]
        ),
        len(found["progress"]),
    )


def run_together(clients: Sequence[Client], steps: int) -> None:
    """Each in a thread of its own; raises the first failure of any."""
    failures: list[BaseException] = []

    def run(client: Client) -> None:
        try:
            client.run(steps)
        except BaseException as failure:  # noqa: BLE001 - raised below, in the thread of the test
            failures.append(failure)

    threads = [Thread(target=run, args=(each,)) for each in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
