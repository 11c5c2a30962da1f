"""The two questions through HTTP, now and as at five years ago, and requests a second with eight connections."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection
from multiprocessing import get_context
from statistics import median
from time import monotonic, perf_counter, sleep
from typing import Any

import orjson
import uvicorn

from api.app import Installation, create_app
from domain.words import Role

PORT, CONNECTIONS, EACH = 8123, 8, 40
PAST = 'register(knownAt: "2021-06-30T12:00:00Z")'
OVERDUE = "{ %s { overdueByAgency { agency { key name } open overdue reportedLate ageing { fromDays actions } } } }"
PAGE = (
    "{ %s { actions(first: 50) { edges { cursor node { id reference stage dueOn overdue leadAgency { key name }"
    " evidence { narrative verdict } } } pageInfo { hasNextPage } } } }"
)


def measure(conninfo: str, partnership: str) -> dict[str, Any]:
    """Median milliseconds one at a time (now and past in turn), their ratio, and requests a second at once."""
    with Installation.open(conninfo) as installation:
        token = installation.issue_token(partnership, Role.INSPECTOR, "bench")
    with _served(conninfo):
        found: dict[str, Any] = {"connections": CONNECTIONS}
        for name, query in (("overdueByAgency", OVERDUE), ("50 actions with agency and evidence", PAGE)):
            now, past = _body(query % "register"), _body(query % PAST)
            found[name] = _in_turn(token, now, past) | {
                "requests/s now": _at_once(token, now),
                "requests/s past": _at_once(token, past),
            }
        return found


def _in_turn(token: str, now: bytes, past: bytes) -> dict[str, float]:
    """Past and now in turn, so that whatever else the machine does falls on both."""
    connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
    pairs = [(_ask(connection, token, now), _ask(connection, token, past)) for _ in range(EACH)][5:]
    times = {"ms now": median(a for a, _ in pairs), "ms past": median(b for _, b in pairs)}
    return times | {"past/now": median(b / a for a, b in pairs)}


def _at_once(token: str, body: bytes) -> float:
    def several(_: int) -> None:
        connection = HTTPConnection("127.0.0.1", PORT, timeout=60)
        for _nth in range(EACH):
            _ask(connection, token, body)

    with ThreadPoolExecutor(CONNECTIONS) as pool:
        began = perf_counter()
        list(pool.map(several, range(CONNECTIONS)))
        return CONNECTIONS * EACH / (perf_counter() - began)


def _ask(connection: HTTPConnection, token: str, body: bytes) -> float:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    began = perf_counter()
    connection.request("POST", "/graphql", body, headers)
    answer = connection.getresponse()
    text = answer.read()
    if answer.status != 200 or "errors" in orjson.loads(text):
        raise RuntimeError(text.decode())
    return (perf_counter() - began) * 1000


def _body(query: str) -> bytes:
    return orjson.dumps({"query": query})


@contextmanager
def _served(conninfo: str) -> Iterator[None]:
    process = get_context("spawn").Process(target=_serve, args=(conninfo,), daemon=True)
    process.start()
    try:
        _wait_until_alive()
        yield
    finally:
        process.terminate()
        process.join()


def _serve(conninfo: str) -> None:
    with Installation.open(conninfo, pool_size=20) as installation:
        uvicorn.run(create_app(installation), host="127.0.0.1", port=PORT, log_level="warning")


def _wait_until_alive() -> None:
    until = monotonic() + 60
    while True:
        try:
            connection = HTTPConnection("127.0.0.1", PORT, timeout=1)
            connection.request("GET", "/health/live")
            if connection.getresponse().status == 200:
                return
        except OSError:
            if monotonic() > until:
                raise
            sleep(0.1)
