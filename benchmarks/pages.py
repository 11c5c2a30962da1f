"""Every page of a running `goldenthread serve` at 100,000 actions, as people who are signed in ask for it; sheets.

A page's first byte is the median of a few on a kept connection; its bytes are those that are sent, compressed. A sheet
is asked for whole: its seconds, and how much more the service held meanwhile at most than before.
"""

import gzip
from collections.abc import Callable, Iterator
from datetime import timedelta
from http.client import HTTPConnection
from statistics import median
from threading import Event, Thread
from time import perf_counter
from typing import Any

import orjson
import psutil

from api.app.installation import Installation
from api.app.settings import Settings
from benchmarks.serving import FEW, PORT, large_register, served
from domain.shared.vocabulary import Role
from storage.sessions import Sessions
from web.signing_in.seals import SESSIONS, Seal

PEOPLE: dict[str, dict[str, Any]] = {
    "business unit": {"role": Role.BUSINESS_UNIT},
    "body": {"role": Role.MONITORING_BODY, "bodies": ["review-and-learning-group"], "independent": True},
    "agency": {"role": Role.AGENCY, "agency": "agency-01"},
}
LISTS = (
    "/",
    "/overdue",
    "/agencies/agency-01",
    "/agencies/agency-01?overdue=true",
    "/oversight",
    "/oversight?queue=TO_CLOSE",
    "/oversight?chair-only=true",
    "/recurring",
    "/recurring?agency=agency-01",
    "/reviews",
    "/reviews?text=Review+77",
    "/recommendations",
    "/recommendations?overdue=true",
    "/recommendations?theme=theme-07&agency=agency-01",
    "/actions",
    "/actions?overdue=true",
    "/actions?awaiting-review=true",
    "/actions?theme=theme-07&agency=agency-01",
    "/challenges",
    "/challenges?overdue=true",
    "/search?q=R00077",
    "/search?q=children",
    "/words",
    "/sessions",
)
ONE_EACH = """{ register {
  reviews(first: 1, filter: { stages: [PUBLISHED] }) { nodes { reference } }
  recommendations(first: 1, filter: { stages: [ASSIGNED] }) { nodes { reference } }
  actions(first: 1, filter: { stages: [CLOSED] }) { nodes { reference } }
  challenges(first: 1) { nodes { reference } } } }"""
SHEETS = ("/actions.xlsx", "/actions.csv")
MB = 1e6
WITHIN_MS, WITHIN_KB = 150, 100


def measure(conninfo: str, actions: int) -> dict[str, Any]:
    """Milliseconds to the first byte and kilobytes of every page, by whoever asks; seconds and megabytes of sheets."""
    partnership = large_register(conninfo, actions)
    with Installation.open(conninfo) as installation:
        token = installation.issue_token(partnership, Role.INSPECTOR, "bench")
        links = {name: _link(installation, partnership, name, given) for name, given in PEOPLE.items()}
    with served(conninfo) as service:
        connection = HTTPConnection("127.0.0.1", PORT, timeout=600)
        cookies = {name: _signed_in(connection, link) for name, link in links.items()}
        pages = [*LISTS, *_one_each(connection, token)]
        found = {f"{who}: {page}": _page(connection, cookie, page) for who, cookie in cookies.items() for page in pages}
        return {
            "pages": found,
            "over": sorted(name for name, each in found.items() if _is_over(each)),
            "sheets": {path: _sheet(connection, cookies["business unit"], path, service) for path in SHEETS},
        }


def _link(installation: Installation, partnership: str, name: str, given: dict[str, Any]) -> str:
    settings = Settings()
    sessions = Sessions(installation.database, settings.session_idle, settings.session_longest)
    credential = installation.credential_of_person(partnership, subject=f"Person of {name}", **given)
    seal = Seal(installation.signer.key_for(SESSIONS))
    return f"/sign-in/{seal.sealed(sessions.offer(partnership, credential, timedelta(hours=1)))}"


def _signed_in(connection: HTTPConnection, link: str) -> str:
    connection.request("POST", link, b"", {"Content-Type": "application/x-www-form-urlencoded"})
    answer = connection.getresponse()
    answer.read()
    cookie = answer.getheader("Set-Cookie")
    if cookie is None:
        raise RuntimeError(f"the link signs nobody in: {answer.status}")
    return cookie.partition(";")[0]


def _one_each(connection: HTTPConnection, token: str) -> Iterator[str]:
    """A review, a recommendation, an action and a challenge."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    connection.request("POST", "/graphql", orjson.dumps({"query": ONE_EACH}), headers)
    register = orjson.loads(connection.getresponse().read())["data"]["register"]
    for kind, rows in register.items():
        yield f"/{kind}/{rows['nodes'][0]['reference']}"


def _page(connection: HTTPConnection, cookie: str, path: str) -> dict[str, Any]:
    """Its status tells what somebody may not see."""
    times, status, sent = [], 0, b""
    for _ in range(FEW):
        began = perf_counter()
        connection.request("GET", path, None, {"Cookie": cookie, "Accept": "text/html", "Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        times.append((perf_counter() - began) * 1000)
        status, sent = answer.status, answer.read()
        if status >= 500 or status in {301, 302, 303}:
            raise RuntimeError(f"{path}: {status} {_text(sent)}")
    return {"status": status, "ms": round(median(times), 1), "KB": round(len(sent) / 1000, 1)}


def _text(sent: bytes) -> str:
    return (gzip.decompress(sent) if sent.startswith(b"\x1f\x8b") else sent).decode()


def _is_over(page: dict[str, Any]) -> bool:
    return bool(page["ms"] > WITHIN_MS or page["KB"] > WITHIN_KB)


def _sheet(connection: HTTPConnection, cookie: str, path: str, service: int) -> dict[str, float]:
    process = psutil.Process(service)
    before, size = process.memory_info().rss, 0
    with _watched(lambda: process.memory_info().rss) as most:
        began = perf_counter()
        connection.request("GET", path, None, {"Cookie": cookie, "Accept": "*/*"})
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status} {answer.read().decode()}")
        while chunk := answer.read(1 << 20):
            size += len(chunk)
        took = perf_counter() - began
    return {"s": round(took, 1), "MB": round(size / MB, 1), "memory MB": round((most.most - before) / MB, 1)}


class _watched:  # noqa: N801 - a context manager reads as a verb
    """The most that was met, looked at ten times a second."""

    def __init__(self, look: Callable[[], int]) -> None:
        self._look, self._done, self.most = look, Event(), look()
        self._thread = Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._done.wait(0.1):
            self.most = max(self.most, self._look())

    def __enter__(self) -> "_watched":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()
