"""The mixed load of a soak: what partners, their systems and strangers ask of a register in an ordinary hour.

Every activity says what it expects; what comes out otherwise is counted and kept as unexpected.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter
from typing import Any
from uuid import UUID

import httpx
import orjson

from benchmarks.dataset import AGENCIES, BEGAN

BUSY = {429, 503}
MOST_AT_ONCE, KEPT_UNEXPECTED, REPLAYABLE = 40, 20, 500
HEAVY = "{ register { overdueByAgency { agency { key name } open overdue reportedLate } } }"
LIGHT = "{ register { actions(first: 5, filter: { overdue: true }) { nodes { reference stage dueOn } } } }"
CHANGES = """query ($after: String) { register { position } changes(after: $after) {
  nodes { eventId name recordedAt } pageInfo { hasNextPage endCursor } } }"""
RECORDED = "eventIds userErrors { code message }"


@dataclass(frozen=True)
class Answer:
    """`status` 0: nobody answered."""

    status: int
    text: bytes = b""

    @property
    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = orjson.loads(self.text) if self.text else {}
        return found


@dataclass
class Tally:
    """What was asked and how it ended; `latencies`, in milliseconds, are of requests that were meant to be answered."""

    requests: Counter[str] = field(default_factory=Counter)
    busy: Counter[str] = field(default_factory=Counter)
    unexpected: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)

    def unexpectedly(self, activity: str, answer: Answer) -> None:
        self.unexpected[activity] += 1
        if len(self.examples) < KEPT_UNEXPECTED:
            self.examples.append(f"{activity}: {answer.status} {answer.text[:500].decode(errors='replace')}")


class Callers:
    """Who asks, by role, with connections that are kept."""

    def __init__(self, port: int, tokens: dict[str, str], tally: Tally) -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.tokens = tokens
        self.tally = tally
        self._client = httpx.AsyncClient(base_url=self.url, timeout=60, verify=False, trust_env=False)

    async def ask(self, activity: str, who: str, query: str, **variables: Any) -> Answer:
        """Over a connection that may have been used before."""
        return await self.send(activity, self._client, self.tokens[who], query, **variables)

    async def ask_once(self, activity: str, who: str, query: str) -> Answer:
        """Over a connection of its own."""
        async with httpx.AsyncClient(base_url=self.url, timeout=60, verify=False, trust_env=False) as client:
            return await self.send(activity, client, self.tokens[who], query)

    async def send(
        self, activity: str, client: httpx.AsyncClient | None, token: str, query: str, **variables: Any
    ) -> Answer:
        headers = {"Authorization": f"Bearer {token}", "Accept": "application/graphql-response+json"}
        body = {"query": query, "variables": variables}
        return await self.request(activity, "POST", "/graphql", client=client, headers=headers, json=body)

    async def request(
        self, activity: str, method: str, path: str, *, client: httpx.AsyncClient | None = None, **given: Any
    ) -> Answer:
        self.tally.requests[activity] += 1
        began = perf_counter()
        try:
            answered = await (client or self._client).request(method, path, **given)
        except httpx.TransportError as error:
            self.tally.busy[f"no answer: {type(error).__name__}"] += 1
            return Answer(0)
        self.tally.latencies.append((perf_counter() - began) * 1000)
        if answered.status_code in BUSY:
            self.tally.busy[str(answered.status_code)] += 1
        return Answer(answered.status_code, answered.content)


class Refused(Exception):
    """A command of a life was not recorded; the life is given up."""


@dataclass
class Load:
    """Activities at random moments, so many a second; `random` makes the same programme again.

    Attributes:
        questions: below `register`, by their names.
        sent: commands that were recorded, with who sent them and the ids of their events.
    """

    callers: Callers
    questions: list[str]
    random: Random
    metrics: str
    sent: deque[tuple[str, str, dict[str, Any], list[str]]] = field(default_factory=lambda: deque(maxlen=REPLAYABLE))

    async def run(self, seconds: float, rate: float) -> None:
        """For so many seconds, `rate` times what `ACTIVITIES` say."""
        until = perf_counter() + seconds
        standing = [asyncio.create_task(self._poll()) for _ in range(3)]
        running: set[asyncio.Task[None]] = set()
        names, weights = list(ACTIVITIES), [weight * rate for _, weight in ACTIVITIES.values()]
        while (now := perf_counter()) < until:
            await asyncio.sleep(min(self.random.expovariate(sum(weights)), until - now))
            if len(running) >= MOST_AT_ONCE:
                self.callers.tally.busy["put off, so many were under way"] += 1
                continue
            activity = ACTIVITIES[self.random.choices(names, weights)[0]][0]
            task = asyncio.ensure_future(activity(self))
            running.add(task)
            task.add_done_callback(running.discard)
        for task in standing:
            task.cancel()
        await asyncio.gather(*standing, return_exceptions=True)
        for failed in await asyncio.gather(*running, return_exceptions=True):
            if isinstance(failed, Exception) and not isinstance(failed, Refused):
                raise failed

    def expect(self, activity: str, answer: Answer, holds: Callable[[Answer], bool]) -> bool:
        """Whether it was answered at all; unless it holds then, it is unexpected."""
        if answer.status == 0 or answer.status in BUSY:
            return False
        if not holds(answer):
            self.callers.tally.unexpectedly(activity, answer)
            return False
        return True

    def uuid(self) -> str:
        return str(UUID(int=self.random.getrandbits(128), version=4))

    async def command(self, who: str, mutation: str, shown: str, /, **given: Any) -> Any:
        """The thing after it; raises `Refused` where it is not recorded."""
        kind = f"{mutation[0].upper()}{mutation[1:]}Input"
        query = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {shown} {RECORDED} }} }}"
        sent = {"idempotencyKey": self.uuid()} | given
        answer = await self.callers.ask("a life", who, query, input=sent)
        if not self.expect("a life", answer, lambda a: _data(a) is not None and not _data(a)[mutation]["userErrors"]):
            raise Refused(mutation)
        payload = answer.body["data"][mutation]
        self.sent.append((who, query, sent, payload["eventIds"]))
        return payload

    async def pause(self, longest: float = 3.0) -> None:
        await asyncio.sleep(self.random.uniform(0, longest))

    async def _poll(self) -> None:
        """A partner's system: reads on to the end, then every two seconds; from the oldest again now and then."""
        while True:
            after: str | None = None
            for _ in range(600):
                answer = await self.callers.ask("a poller", "inspector", CHANGES, after=after)
                if not self.expect("a poller", answer, lambda a: _data(a) is not None):
                    await asyncio.sleep(2)
                    continue
                page = answer.body["data"]["changes"]
                after = page["pageInfo"]["endCursor"] or after
                await asyncio.sleep(0.3 if page["pageInfo"]["hasNextPage"] else 2)


def _data(answer: Answer) -> Any:
    return None if "errors" in answer.body else answer.body.get("data")


def _answered(answer: Answer) -> bool:
    return answer.status == 200 and _data(answer) is not None


def _refused(answer: Answer) -> bool:
    if 400 <= answer.status < 500:
        return True
    found = answer.body
    return "errors" in found or any(payload["userErrors"] for payload in found["data"].values())


async def read_now(load: Load) -> None:
    who = load.random.choice(("inspector", "agency", "unit", "body"))
    answer = await load.callers.ask("a question now", who, f"{{ register {{ {load.random.choice(load.questions)} }} }}")
    load.expect("a question now", answer, _answered)


async def read_past(load: Load) -> None:
    """As known at a moment since the register began, up to a second ago."""
    now = datetime.now(UTC) - timedelta(seconds=1)
    back = (now - datetime(BEGAN.year + 1, 1, 1, tzinfo=UTC)) * load.random.random() ** 3
    asked = f'{{ register(knownAt: "{(now - back).isoformat()}") {{ {load.random.choice(load.questions)} }} }}'
    who = load.random.choice(("inspector", "agency"))
    load.expect(
        "a question as at a past day", await load.callers.ask("a question as at a past day", who, asked), _answered
    )


async def life(load: Load) -> None:
    """From a review to verified impact, with evidence returned, more time, a reopening or none, and reads between."""
    with suppress(Refused):
        random, do = load.random, load.command
        agency, due = AGENCIES[1], (datetime.now(UTC).date() + timedelta(days=90)).isoformat()
        review = (await do("unit", "reviewCommission", "review { id }", kind="practice-learning-review", title="Soaked",
            agencies=[agency, AGENCIES[2]]))["review"]["id"]  # fmt: skip
        learned = (await do("unit", "learningIdentify", "review { learning { id } }", reviewId=review,
            wording="Nobody asked the child", themes=["theme-01"]))["review"]["learning"][0]["id"]  # fmt: skip
        await load.pause()
        above = (await do("unit", "recommendationRaise", "recommendation { id }", reviewId=review, learning=[learned],
            wording="Share the chronology", themes=["theme-01"]))["recommendation"]["id"]  # fmt: skip
        action = (await do("unit", "actionRaise", "action { id }", recommendationId=above,
            wording="Train the team"))["action"]["id"]  # fmt: skip
        await do("unit", "actionAssign", "action { id }", id=action, leadAgency=agency, dueOn=due)
        for percent in range(random.randrange(4)):
            await load.pause()
            await do("agency", "actionReportProgress", "action { id }", id=action, narrative="Under way", rag="AMBER",
                percentComplete=percent * 20)  # fmt: skip
        await _claim_and_close(load, action)
        if random.random() < 0.3:
            await do("body", "actionReopen", "action { id }", id=action, reason="It came back", dueOn=due)
            await _claim_and_close(load, action)
        await do("body", "actionVerifyImpact", "action { impact { finding } }", id=action, finding="EMBEDDED",
            measure="an audit")  # fmt: skip
        shown = await load.callers.ask(
            "a life", "agency", f'{{ node(id: "{action}") {{ ... on Action {{ stage history {{ name }} }} }} }}'
        )
        load.expect("a life", shown, lambda a: _answered(a) and a.body["data"]["node"]["stage"] == "IMPACT_VERIFIED")


async def _claim_and_close(load: Load, action: str) -> None:
    do = load.command
    later = (datetime.now(UTC).date() + timedelta(days=120 + load.random.randrange(200))).isoformat()
    if load.random.random() < 0.5:
        await do("agency", "actionRequestExtension", "action { id }", id=action, until=later, reason="Winter")
        answer = load.random.choice((("actionGrantExtension", {}), ("actionRefuseExtension", {"reason": "No"})))
        await do("body", answer[0], "action { dueOn }", id=action, **answer[1])
    for verdict in ("actionReturnEvidence", "actionAcceptEvidence"):
        await load.pause()
        given = await do("agency", "actionSubmitEvidence", "action { evidence { id } }", id=action, claimsComplete=True,
            narrative="Done. " * 40)  # fmt: skip
        judged = given["action"]["evidence"][-1]["id"]
        why = {"reason": "Show us"} if verdict == "actionReturnEvidence" else {}
        await do("body", verdict, "action { stage }", id=action, evidenceId=judged, **why)
    await do("body", "actionClose", "action { stage }", id=action, outcome="IMPLEMENTED")


async def replay(load: Load) -> None:
    """The same key and body again: the same events."""
    if not load.sent:
        return
    who, query, sent, events = load.random.choice(load.sent)
    answer = await load.callers.ask("a replay", who, query, input=sent)
    load.expect(
        "a replay", answer, lambda a: _answered(a) and next(iter(a.body["data"].values()))["eventIds"] == events
    )


CLOSE = (
    "mutation ($input: ActionCloseInput!) { actionClose(input: $input) { action { id } eventIds userErrors { code } } }"
)


async def refused_command(load: Load) -> None:
    """Not found, decided on another version, without evidence, by whom it is not permitted to, an old key anew."""
    random = load.random
    sent: dict[str, Any] = {"idempotencyKey": load.uuid(), "id": load.uuid(), "outcome": "IMPLEMENTED"}
    if load.sent and random.random() < 0.8:
        known = [(given["id"], given["idempotencyKey"]) for _, _, given, _ in load.sent if "id" in given]
        if known:
            sent["id"], key = random.choice(known)
            sent |= random.choice(({"expectedVersion": 1}, {"outcome": "NOT_IMPLEMENTED"}, {"idempotencyKey": key}))
    answer = await load.callers.ask("a refused command", random.choice(("unit", "agency")), CLOSE, input=sent)
    load.expect("a refused command", answer, _refused)


MALFORMED = (
    "{ register { ",
    "{ register { nothing } }",
    "{ register { partnership { " + "key " * 3000 + "} } }",
    "{ " * 40 + "register" + " }" * 40,
    "{ register { actions(first: 1000) { nodes { id } } } }",
    '{ node(id: "bm9uZQ==") { id } missing: register(knownAt: "2999-01-01T00:00:00Z") { position } }',
    "# " + "x" * 70_000,
)


async def malformed(load: Load) -> None:
    """A document, a body or a request that cannot be answered."""
    nth = load.random.randrange(len(MALFORMED) + 3)
    ask, headers = load.callers.request, {"Authorization": f"Bearer {load.callers.tokens['unit']}"}
    match nth - len(MALFORMED):
        case 0:
            answer = await ask("malformed", "POST", "/graphql", headers=headers, content=b"{" + b" " * 1_100_000)
        case 1:
            answer = await ask("malformed", "PUT", "/graphql", headers=headers, content=b"x")
        case 2:
            answer = await ask("malformed", "GET", f"/{load.uuid()}")
        case _:
            query = MALFORMED[nth] + f" # {load.uuid()}"
            answer = await load.callers.ask("malformed", "unit", query)
    load.expect("malformed", answer, _refused)


async def bad_token(load: Load) -> None:
    good = load.callers.tokens["agency"]
    token = load.random.choice(
        (good[:-5] + load.uuid()[:5], "x" * 40, "none", good[40:], load.callers.tokens["revoked"])
    )
    answer = await load.callers.send("a bad token", None, token, LIGHT)
    load.expect("a bad token", answer, lambda a: a.status == 401)


async def own_connection(load: Load) -> None:
    answer = await load.callers.ask_once("a connection of its own", "agency", LIGHT)
    load.expect("a connection of its own", answer, _answered)


async def leave(load: Load) -> None:
    """Gone before the answer, in the middle of a body, or without having said a thing."""
    load.callers.tally.requests["a client that leaves"] += 1
    body = orjson.dumps(
        {"query": load.random.choice((HEAVY, f"{{ register {{ {load.random.choice(load.questions)} }} }}"))}
    )
    head = (
        f"POST /graphql HTTP/1.1\r\nHost: register\r\nAuthorization: Bearer {load.callers.tokens['leaver']}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    ).encode()
    whole = head + body
    with suppress(OSError):
        _, writer = await asyncio.open_connection("127.0.0.1", int(load.callers.url.rpartition(":")[2]))
        writer.write(whole[: load.random.choice((0, 30, len(head) + 5, len(whole), len(whole)))])
        await asyncio.sleep(load.random.choice((0.002, 0.02, 0.2, 2.0)))
        writer.transport.abort()


async def look(load: Load) -> None:
    """A probe, a scrape, and somebody with a browser."""
    scraping, browsing = {"Authorization": f"Bearer {load.metrics}"}, {"Accept": "text/html"}
    places: tuple[tuple[str, dict[str, str]], ...] = (
        ("/health/ready", {}),
        ("/health/live", {}),
        ("/metrics", scraping),
        ("/graphql", browsing),
    )
    path, headers = load.random.choice(places)
    answer = await load.callers.request("a probe", "GET", path, headers=headers)
    load.expect("a probe", answer, lambda a: a.status == 200)


Activity = Callable[[Load], Awaitable[None]]
ACTIVITIES: dict[str, tuple[Activity, float]] = {
    "read now": (read_now, 3.0),
    "read the past": (read_past, 2.0),
    "a life": (life, 0.2),
    "replay": (replay, 0.5),
    "refused command": (refused_command, 0.7),
    "malformed": (malformed, 0.5),
    "bad token": (bad_token, 0.5),
    "own connection": (own_connection, 1.0),
    "leave": (leave, 0.7),
    "probe": (look, 0.7),
}
"""Each with how often it begins a second; a life is some twenty requests."""


def percentiles(times: Iterable[float]) -> dict[str, float]:
    """Milliseconds: the median, and what 95 and 99 of a hundred stay below."""
    ordered = sorted(times)
    return (
        {f"p{p}": round(ordered[min(len(ordered) * p // 100, len(ordered) - 1)], 1) for p in (50, 95, 99)}
        if ordered
        else {}
    )
