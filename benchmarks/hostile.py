"""A running `goldenthread serve` with two hundred quiet callers, and one hostile caller beside them, attack by attack.

The quiet ones ask in turn without the attack, beside it, and beside the same attack on a server that answers nothing,
so that whatever else the machine does falls on all. They live in one process and the attack in another, on the same
processors as the server: the third measure says what the attacker alone takes from them.
"""

import asyncio
import random
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from os import getloadavg
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import orjson
import psycopg
from psutil import Process
from psycopg import sql

from api.app.installation import Installation
from benchmarks.serving import PORT, large_register, served
from domain.shared.vocabulary import Role
from storage.migrate import schema_of

QUIET, EVERY, SPELL, TURNS = 200, 10.0, 10.0, 2
"""Quiet callers, seconds between two requests of one, seconds of each measurement, and how often it is taken."""
NOTHING = PORT + 1
"""The port of a server that answers nothing."""
OK = 200
STUCK = "stuck"
PAGE = "{ register { actions(first: 5, filter: { overdue: true }) { nodes { reference stage dueOn } } } }"
COMPARED = "{ register { partnership { %s: key " + "key " * 620 + "} } }"
ALIASED = " ".join(f"a{n}: wording" for n in range(190))
LONG = f"{{ register {{ actions(first: 100) {{ nodes {{ {ALIASED} }} }} }} }}"
HEAVY = "{ register { overdueByAgency { agency { key name } open overdue reportedLate } } }"


class Tokens(NamedTuple):
    """Whose requests they are; `stuck` belongs to a partnership whose queries do not end."""

    quiet: list[str]
    hostile: str
    stuck: str


def request(token: str, query: str, said: int | None = None) -> bytes:
    """`said`: the length of the body, where that is not true."""
    body = orjson.dumps({"query": query})
    lines = ("POST /graphql HTTP/1.1", "Host: register", f"Authorization: Bearer {token}")
    more = ("Content-Type: application/json", f"Content-Length: {said or len(body)}", "", "")
    return "\r\n".join((*lines, *more)).encode() + body


class Kept:
    """A connection that is kept, and opened again where the server has ended it."""

    def __init__(self, port: int = PORT) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, sent: bytes) -> int:
        """The status; 0 where there was no answer."""
        try:
            if self._streams is None:
                self._streams = await asyncio.open_connection("127.0.0.1", self._port)
            reader, writer = self._streams
            writer.write(sent)
            head = await reader.readuntil(b"\r\n\r\n")
            length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
            await reader.readexactly(length)
            if b"connection: close" in head.lower():
                self._end()
            return int(head[9:12])
        except (OSError, asyncio.IncompleteReadError):
            self._end()
            return 0

    def _end(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
        self._streams = None


async def ask_for_ever(port: int, token: str, query: Callable[[], str]) -> None:
    kept = Kept(port)
    while True:
        if await kept.ask(request(token, query())) != OK:
            await asyncio.sleep(0.05)  # a hostile caller that is refused tries again, twenty times a second


async def leave_for_ever(port: int, token: str) -> None:
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(request(token, HEAVY))
            await asyncio.sleep(0.3)
            writer.transport.abort()


async def hold_for_ever(port: int, sent: bytes) -> None:
    while True:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(sent)
            await reader.read()
            writer.close()


NUMBERS = count()


def compared() -> str:
    """Another text each time, in more than a comment."""
    return COMPARED % f"a{next(NUMBERS)}"


ATTACKS: dict[str, Callable[[int, Tokens], list[Awaitable[None]]]] = {
    "a query that is long to validate, 16 at once": lambda p, t: [
        ask_for_ever(p, t.hostile, compared) for _ in range(16)
    ],
    "pages of 100 with 190 aliases, 16 at once": lambda p, t: [
        ask_for_ever(p, t.hostile, lambda: LONG) for _ in range(16)
    ],
    "an aggregate over everything, 16 at once": lambda p, t: [
        ask_for_ever(p, t.hostile, lambda: HEAVY) for _ in range(16)
    ],
    "light queries, 64 at once": lambda p, t: [ask_for_ever(p, t.hostile, lambda: PAGE) for _ in range(64)],
    "64 that leave before they are answered": lambda p, t: [leave_for_ever(p, t.hostile) for _ in range(64)],
    "stuck queries of another partnership, 32 at once": lambda p, t: [
        ask_for_ever(p, t.stuck, lambda: PAGE) for _ in range(32)
    ],
    "1,500 sockets that say nothing": lambda p, _: [hold_for_ever(p, b"") for _ in range(1_500)],
    "1,500 sockets that send one byte": lambda p, _: [hold_for_ever(p, b"P") for _ in range(1_500)],
    "64 halves of a body": lambda p, t: [hold_for_ever(p, request(t.hostile, PAGE, 100_000)) for _ in range(64)],
    "tokens that are none, 32 at once": lambda p, t: [ask_for_ever(p, t.hostile[:-9], lambda: PAGE) for _ in range(32)],
}


def attack(name: str, port: int, tokens: Tokens, begun: Event, over: Event) -> None:
    """In a process of its own, until told."""

    async def attacking() -> None:
        tasks = [asyncio.ensure_future(each) for each in ATTACKS[name](port, tokens)]
        await asyncio.sleep(1.0)
        begun.set()
        await asyncio.to_thread(over.wait)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(attacking())


def answer_nothing() -> None:
    """A server that takes what it is sent, for ever."""

    async def taken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while await reader.read(65536):
                continue
        writer.close()

    async def serving() -> None:
        async with await asyncio.start_server(taken, "127.0.0.1", NOTHING, backlog=2_048) as server:
            await server.serve_forever()

    asyncio.run(serving())


def ask_quietly(tokens: list[str], seconds: float) -> tuple[list[float], int]:
    """Milliseconds of each answer, and how many were refused or not answered."""
    times: list[float] = []
    refused = 0

    async def caller(token: str, until: float) -> None:
        nonlocal refused
        kept, sent = Kept(), request(token, PAGE)
        await asyncio.sleep(random.random() * min(EVERY, seconds))
        while perf_counter() < until:
            began = perf_counter()
            refused += await kept.ask(sent) != OK
            times.append((perf_counter() - began) * 1000)
            await asyncio.sleep(min(EVERY, max(0.0, until - perf_counter())))

    async def all_of_them() -> None:
        until = perf_counter() + seconds
        await asyncio.gather(*(caller(token, until) for token in tokens))

    asyncio.run(all_of_them())
    return times, refused


@contextmanager
def beside(target: Callable[..., None], *given: Any) -> Iterator[None]:
    """In a process of its own, until the end of the block."""
    process = get_context("fork").Process(target=target, args=given)  # at once, where importing takes seconds
    process.start()
    try:
        yield
    finally:
        process.kill()
        process.join(60)


@contextmanager
def attacked(name: str, tokens: Tokens, port: int = PORT) -> Iterator[None]:
    context = get_context("fork")
    begun, over = context.Event(), context.Event()
    with beside(attack, name, port, tokens, begun, over):
        begun.wait(60)
        yield


@contextmanager
def queries_without_end(conninfo: str) -> Iterator[None]:
    """Of the one partnership."""
    with psycopg.connect(conninfo) as conn:
        conn.execute("SET idle_in_transaction_session_timeout = 0")
        table = sql.Identifier(schema_of(STUCK), "action_history")
        conn.execute(sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(table))
        yield


def measure(conninfo: str, actions: int) -> dict[str, Any]:
    """For each attack the quiet callers' median and worst, absent and present, and the one by the other."""
    partnership = large_register(conninfo, actions)
    with Installation.open(conninfo) as installation:
        installation.create_partnership(STUCK, "Stuck", "knowsley-2015")
        tokens = Tokens(
            [installation.issue_token(partnership, Role.INSPECTOR, f"quiet {n}") for n in range(QUIET)],
            installation.issue_token(partnership, Role.INSPECTOR, "hostile"),
            installation.issue_token(STUCK, Role.INSPECTOR, "stuck"),
        )
    with served(conninfo) as process, queries_without_end(conninfo), beside(answer_nothing):
        ask_quietly(tokens.quiet, SPELL)
        server = Process(process)
        return {
            "actions": actions,
            "quiet callers": QUIET,
            "seconds between two requests of one": EVERY,
            "load of the machine at the begin": round(getloadavg()[0], 1),
            "attacks": {name: _beside(name, tokens, server) for name in ATTACKS},
        }


def _beside(name: str, tokens: Tokens, server: Process) -> dict[str, Any]:
    """Absent, present, and present at a server that answers nothing."""
    absent, present, elsewhere = Measured([], []), Measured([], []), Measured([], [])
    refused = 0
    for _ in range(TURNS):
        absent.measure(tokens, server)
        with attacked(name, tokens):
            refused += present.measure(tokens, server)
        with attacked(name, tokens, NOTHING):
            elsewhere.measure(tokens, server)
    print(name, *(round(median(each.times), 1) for each in (absent, present, elsewhere)), file=sys.stderr, flush=True)
    return {
        "ms absent": _middle_and_worst(absent.times),
        "ms present": _middle_and_worst(present.times),
        "ms beside an attacker of a server that answers nothing": _middle_and_worst(elsewhere.times),
        "present/absent": _ratios(present, absent),
        "present/beside an attacker of a server that answers nothing": _ratios(present, elsewhere),
        "server's processor, of one": {
            "absent": round(median(absent.used), 3),
            "present": round(median(present.used), 3),
        },
        "quiet requests": len(present.times),
        "of them refused": refused,
    }


class Measured(NamedTuple):
    """Milliseconds of each answer, and the server's share of a processor in each spell."""

    times: list[float]
    used: list[float]

    def measure(self, tokens: Tokens, server: Process) -> int:
        """How many were refused, in one more spell."""
        before, began = sum(server.cpu_times()[:2]), perf_counter()
        times, refused = ask_quietly(tokens.quiet, SPELL)
        self.used.append((sum(server.cpu_times()[:2]) - before) / (perf_counter() - began))
        self.times.extend(times)
        return refused


def _ratios(one: Measured, other: Measured) -> dict[str, float]:
    return {
        "median": round(median(one.times) / median(other.times), 2),
        "worst": round(max(one.times) / max(other.times), 2),
    }


def _middle_and_worst(times: list[float]) -> dict[str, float]:
    return {"median": round(median(times), 1), "worst": round(max(times), 1)}
