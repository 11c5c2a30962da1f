"""A running `goldenthread serve` with two hundred quiet callers, and one hostile caller beside them, attack by attack.

The quiet ones are asked in turn without and with the attack, so that whatever else the machine does falls on both. They
live in one process and the attack in another, on the same processors as the server: what they need is in the figures.
"""

import asyncio
import random
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import count
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import orjson
import psycopg
from psycopg import sql

from api.app import Installation
from benchmarks.serving import PORT, large_register, served
from domain.words import Role
from storage.migrate import schema_of

QUIET, EVERY, SPELL, TURNS = 200, 10.0, 10.0, 1
"""Quiet callers, seconds between two requests of one, seconds of each measurement, and how often it is taken."""
STUCK = "stuck"
PAGE = "{ register { actions(first: 5, filter: { overdue: true }) { nodes { reference stage dueOn } } } }"
COMPARED = "{ register { partnership { " + "key " * 620 + "} } } # "
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

    def __init__(self) -> None:
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, sent: bytes) -> int:
        """The status; 0 where there was no answer."""
        try:
            if self._streams is None:
                self._streams = await asyncio.open_connection("127.0.0.1", PORT)
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


async def ask_for_ever(token: str, query: Callable[[], str]) -> None:
    kept = Kept()
    while True:
        if await kept.ask(request(token, query())) != 200:
            await asyncio.sleep(0.05)  # a hostile caller that is refused tries again, twenty times a second


async def leave_for_ever(token: str) -> None:
    while True:
        with suppress(OSError):
            _, writer = await asyncio.open_connection("127.0.0.1", PORT)
            writer.write(request(token, HEAVY))
            await asyncio.sleep(0.3)
            writer.transport.abort()


async def hold_for_ever(sent: bytes) -> None:
    while True:
        with suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
            writer.write(sent)
            await reader.read()
            writer.close()


NUMBERS = count()


def compared() -> str:
    return COMPARED + str(next(NUMBERS))


ATTACKS: dict[str, Callable[[Tokens], list[Awaitable[None]]]] = {
    "a query that is long to validate, 16 at once": lambda t: [ask_for_ever(t.hostile, compared) for _ in range(16)],
    "pages of 100 with 190 aliases, 16 at once": lambda t: [ask_for_ever(t.hostile, lambda: LONG) for _ in range(16)],
    "an aggregate over everything, 16 at once": lambda t: [ask_for_ever(t.hostile, lambda: HEAVY) for _ in range(16)],
    "light queries, 64 at once": lambda t: [ask_for_ever(t.hostile, lambda: PAGE) for _ in range(64)],
    "64 that leave before they are answered": lambda t: [leave_for_ever(t.hostile) for _ in range(64)],
    "stuck queries of another partnership, 32 at once": lambda t: [
        ask_for_ever(t.stuck, lambda: PAGE) for _ in range(32)
    ],
    "1,500 sockets that say nothing": lambda t: [hold_for_ever(b"") for _ in range(1_500)],
    "64 halves of a body": lambda t: [hold_for_ever(request(t.hostile, PAGE, 100_000)) for _ in range(64)],
    "tokens that are none, 32 at once": lambda t: [ask_for_ever(t.hostile[:-9], lambda: PAGE) for _ in range(32)],
}


def attack(name: str, tokens: Tokens, begun: Event, over: Event) -> None:
    """In a process of its own, until told."""

    async def attacking() -> None:
        tasks = [asyncio.ensure_future(each) for each in ATTACKS[name](tokens)]
        await asyncio.sleep(1.0)
        begun.set()
        await asyncio.to_thread(over.wait)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    asyncio.run(attacking())


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
            refused += await kept.ask(sent) != 200
            times.append((perf_counter() - began) * 1000)
            await asyncio.sleep(EVERY)

    async def all_of_them() -> None:
        until = perf_counter() + seconds
        await asyncio.gather(*(caller(token, until) for token in tokens))

    asyncio.run(all_of_them())
    return times, refused


@contextmanager
def attacked(name: str, tokens: Tokens) -> Iterator[None]:
    context = get_context("fork")  # at once, where importing takes seconds
    begun, over = context.Event(), context.Event()
    process = context.Process(target=attack, args=(name, tokens, begun, over))
    process.start()
    begun.wait(60)
    try:
        yield
    finally:
        over.set()
        process.join(60)


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
    with served(conninfo), queries_without_end(conninfo):
        ask_quietly(tokens.quiet, SPELL)
        return {
            "actions": actions,
            "quiet callers": QUIET,
            "seconds between two requests of one": EVERY,
            "attacks": {name: _beside(name, tokens) for name in ATTACKS},
        }


def _beside(name: str, tokens: Tokens) -> dict[str, Any]:
    absent: list[float] = []
    present: list[float] = []
    refused = 0
    for _ in range(TURNS):
        absent += ask_quietly(tokens.quiet, SPELL)[0]
        with attacked(name, tokens):
            times, lost = ask_quietly(tokens.quiet, SPELL)
        present += times
        refused += lost
    print(name, median(absent), median(present), file=sys.stderr, flush=True)
    return {
        "ms absent": _middle_and_worst(absent),
        "ms present": _middle_and_worst(present),
        "present/absent": {
            "median": round(median(present) / median(absent), 2),
            "worst": round(max(present) / max(absent), 2),
        },
        "quiet requests": len(present),
        "of them refused": refused,
    }


def _middle_and_worst(times: list[float]) -> dict[str, float]:
    return {"median": round(median(times), 1), "worst": round(max(times), 1)}
