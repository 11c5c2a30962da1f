"""A running `goldenthread serve`, asked over connections that are kept: every question now and as at five years ago.

What is asked one at a time is the median of a few, and beside it the first of them, for which nothing was kept from an
earlier asking (0026); requests a second are asked with eight connections at once.
"""

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from os import environ
from statistics import median
from time import perf_counter
from typing import Any

import orjson

from api.app.installation import Installation
from benchmarks.dataset import AGENCIES, write
from benchmarks.ground import fresh_schema
from benchmarks.questions import PAGES, PAST, questions
from domain.shared.vocabulary import Role
from projections.engine.rebuild import rebuild
from storage.migrate import partnership_schemas

PORT, CONNECTIONS, EACH, FEW = 8123, 8, 40, 5
NOW = "register"
REVIEW = "{ register { reviews(first: 1, filter: { stages: [PUBLISHED] }) { nodes { id } } } }"
SERVE = "from cli.main import main; main()"
AT_ONCE = ("overdueByAgency", next(iter(PAGES)))
MEMBERS_OF = ("review-and-learning-group",)
WITHIN = {"now": 150, "past": 300}
"""Milliseconds that each question may take, by whoever asks it."""


def measure(conninfo: str, actions: int) -> dict[str, Any]:
    """Milliseconds of every question for an inspector and for an agency; a request on a kept connection; at once."""
    partnership = large_register(conninfo, actions)
    with Installation.open(conninfo) as installation:
        tokens = {
            "inspector": installation.issue_token(partnership, Role.INSPECTOR, "bench"),
            "agency": installation.issue_token(partnership, Role.AGENCY, "bench", "agency-01"),
        }
        for agency in AGENCIES[1:3]:  # so that what is the chair's alone is not told at once
            installation.issue_token(partnership, Role.MONITORING_BODY, f"member of {agency}", agency, MEMBERS_OF)
    with served(conninfo):
        connection = HTTPConnection("127.0.0.1", PORT, timeout=120)
        review = _ask(connection, tokens["inspector"], REVIEW)[1]["data"]["register"]["reviews"]["nodes"][0]["id"]
        asked = dict(questions(review))
        found = {name: _in_turn(connection, tokens, text) for name, text in asked.items()}
        return {
            "ms on a kept connection": _kept(connection, tokens["inspector"]),
            "connections": CONNECTIONS,
            "requests/s": {name: _at_once(tokens["inspector"], asked[name]) for name in AT_ONCE},
            "ms": found,
            "slower than wanted": sorted(name for name, times in found.items() if _is_slow(times, first=False)),
            "slower at first": sorted(name for name, times in found.items() if _is_slow(times, first=True)),
        }


def large_register(conninfo: str, actions: int) -> str:
    """The key of the register that rebuilding has made, or a new one of its size."""
    name = f"rebuild_{actions}"
    if f"gt_{name}" not in partnership_schemas(conninfo):
        schema = fresh_schema(conninfo, name)
        write(conninfo, schema, actions)
        rebuild(conninfo, schema)
    return name.replace("_", "-")


def _kept(connection: HTTPConnection, token: str) -> float:
    return median(_ask(connection, token, "{ __typename }")[0] for _ in range(EACH))


def _in_turn(connection: HTTPConnection, tokens: dict[str, str], text: str) -> dict[str, float]:
    """Past and now in turn, so that whatever else the machine does falls on both."""
    times: dict[str, list[float]] = {f"{who} {when}": [] for who in tokens for when in WITHIN}
    for _ in range(FEW):
        for who, token in tokens.items():
            for when, root in (("now", NOW), ("past", PAST)):
                times[f"{who} {when}"].append(_ask(connection, token, f"{{ {root} {{ {text} }} }}")[0])
    found = {name: round(median(each), 1) for name, each in times.items()}
    return found | {f"{name} first": round(each[0], 1) for name, each in times.items()}


def _is_slow(times: dict[str, float], *, first: bool) -> bool:
    return any(taken > WITHIN[name.split()[1]] for name, taken in times.items() if name.endswith(" first") is first)


def _at_once(token: str, text: str) -> dict[str, float]:
    def several(query: str) -> None:
        connection = HTTPConnection("127.0.0.1", PORT, timeout=120)
        for _ in range(EACH):
            _ask(connection, token, query)

    rates = {}
    for when, root in (("now", NOW), ("past", PAST)):
        with ThreadPoolExecutor(CONNECTIONS) as pool:
            began = perf_counter()
            list(pool.map(several, [f"{{ {root} {{ {text} }} }}"] * CONNECTIONS))
            rates[when] = round(CONNECTIONS * EACH / (perf_counter() - began), 1)
    return rates


def _ask(connection: HTTPConnection, token: str, query: str) -> tuple[float, Any]:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    began = perf_counter()
    connection.request("POST", "/graphql", orjson.dumps({"query": query}), headers)
    answer = connection.getresponse()
    text = answer.read()
    taken = (perf_counter() - began) * 1000
    found = orjson.loads(text)
    if answer.status != 200 or "errors" in found:
        raise RuntimeError(f"{query}: {text.decode()}")
    return taken, found


@contextmanager
def served(conninfo: str) -> Iterator[int]:
    """`goldenthread serve` as a process of its own, as an installation runs it; its number."""
    words = [sys.executable, "-c", SERVE, "serve", "--port", str(PORT), "--database-url", conninfo]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environ | {"GOLDENTHREAD_POOL_SIZE": "20"})
    try:
        assert process.stdout is not None
        if not process.stdout.readline().startswith("Serving"):
            raise RuntimeError("it does not serve")
        yield process.pid
    finally:
        process.terminate()
        process.communicate(timeout=60)
