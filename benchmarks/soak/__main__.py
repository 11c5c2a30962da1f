"""`make soak`: so many seconds of load; exits with 1 where something grows, fails or is answered wrongly."""

import asyncio
import os
import platform
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from threading import Event, Thread
from time import perf_counter
from typing import Any

import orjson

from api.app.founding import FOUNDER
from api.app.installation import Installation
from benchmarks.dataset import AGENCIES, BODY, write
from benchmarks.ground import fresh_schema
from benchmarks.questions import questions
from benchmarks.soak.load import Answer, Callers, Load, Tally, percentiles
from benchmarks.soak.watch import Sample, Watch, growth, logged
from domain.credential.commands import RevokeCredential
from domain.shared.vocabulary import Role
from projections.engine.rebuild import rebuild
from projections.queries.credentials.query import every
from storage.embedded import embedded_server

SECONDS, ACTIONS, RATE, SEED = 7200.0, 2_000, 1.0, 30062026
EVERY = 10.0
"""Seconds between two samples."""
WARM_UP = 1200.0
"""Seconds, or a quarter of a shorter soak, in which caches fill and pools open what they need."""
REBUILDS = 1500.0
STREAM_BYTES = 4 * 2**20
UNAVAILABLE = 0.002
"""The share of requests that may be told to come again, as where the machine does something else."""
PUBLISHED = "{ register { reviews(first: 1, filter: { stages: [PUBLISHED] }) { nodes { id } } } }"
RESULT = Path(__file__).parents[1] / "results" / "soak.json"
KEY = "soak"
METRICS = "soaked-and-scraped-0123456789"
SERVE = "from cli.main import main; main()"


def main(seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="goldenthread-soak-") as folder:
        Path(folder).chmod(0o711)
        found = soak(Path(folder), seconds)
    text = orjson.dumps(found, option=orjson.OPT_INDENT_2)
    RESULT.parent.mkdir(exist_ok=True)
    RESULT.write_bytes(text + b"\n")
    print(text.decode())
    sys.exit(1 if found["not flat"] or found["wrong"] else 0)


def soak(folder: Path, seconds: float) -> dict[str, Any]:
    """The figures of a soak of a register of its own in `folder`."""
    data, log = folder / "data", folder / "serve.log"
    tokens, facts = _register(data)
    tally, samples, over, port = Tally(), list[Sample](), Event(), _free_port()
    with _served(folder, port) as process:
        began = perf_counter()
        beside = [
            Thread(target=_sample, args=(Watch(process.pid, data), tally, samples, over)),
            Thread(target=_rebuild, args=(folder, tally, over)),
        ]
        for thread in beside:
            thread.start()
        try:
            asyncio.run(_load(port, tokens, tally, seconds))
        finally:
            over.set()
            for thread in beside:
                thread.join()
        lasted = perf_counter() - began
        backups = len(list((folder / "backups").glob("*.zip")))
    return _figures(lasted, tally, samples, logged(log)) | {"facts at first": facts, "backups kept": backups}


def _register(data: Path) -> tuple[dict[str, str], int]:
    """Tokens by who has them, and how many facts there are."""
    with embedded_server(data) as conninfo:
        schema = fresh_schema(conninfo, KEY)
        facts = write(conninfo, schema, ACTIONS)
        rebuild(conninfo, schema)
        with Installation.open(conninfo, pool_size=4) as installation:
            roles = {"inspector": Role.INSPECTOR, "unit": Role.BUSINESS_UNIT, "leaver": Role.CHAIR}
            tokens = {name: installation.issue_token(KEY, role, name) for name, role in roles.items()}
            tokens["body"] = installation.issue_token(
                KEY, Role.MONITORING_BODY, "body", bodies=(str(BODY.body),), independent=True
            )
            for name in ("agency", "revoked"):
                tokens[name] = installation.issue_token(KEY, Role.AGENCY, name, AGENCIES[1])
            _revoke(installation)
    return tokens, facts


def _revoke(installation: Installation) -> None:
    with installation.served(KEY).transaction() as conn:
        [credential] = [each.credential for each in every(conn) if each.subject == "revoked"]
    installation.register(KEY).handle(RevokeCredential(id=credential, reason="Lost"), FOUNDER)


def _environment(folder: Path) -> dict[str, str]:
    """Several backups and copies for the archive are taken, and the memory of streams is full before it is warm."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("GOLDENTHREAD_")}
    return own | {
        "GOLDENTHREAD_DATA": str(folder / "data"),
        "GOLDENTHREAD_METRICS_TOKEN": METRICS,
        "GOLDENTHREAD_STREAM_BYTES": str(STREAM_BYTES),
        "GOLDENTHREAD_BACKUP_FOLDER": str(folder / "backups"),
        "GOLDENTHREAD_BACKUP_EVERY": "10m",
        "GOLDENTHREAD_BACKUP_KEEP": "2",
        "GOLDENTHREAD_ARCHIVE_FOLDER": str(folder / "archive"),
        "GOLDENTHREAD_ARCHIVE_EVERY": "25m",
        "GOLDENTHREAD_ARCHIVE_KEEP": "1",
    }


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port: int = free.getsockname()[1]
    return port


@contextmanager
def _served(folder: Path, port: int) -> Iterator["subprocess.Popen[str]"]:
    """`goldenthread serve` with its embedded server."""
    words = [sys.executable, "-c", SERVE, "serve", "--port", str(port)]
    with (folder / "serve.log").open("wb") as log:
        process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=log, text=True, env=_environment(folder))
    try:
        assert process.stdout is not None
        if not process.stdout.readline().startswith("Serving"):
            raise RuntimeError(f"it does not serve: {(folder / 'serve.log').read_text(encoding='utf-8')}")
        yield process
    finally:
        process.terminate()
        process.communicate(timeout=120)


async def _load(port: int, tokens: dict[str, str], tally: Tally, seconds: float) -> None:
    callers = Callers(port, tokens, tally)
    found = (await callers.ask("setting out", "inspector", PUBLISHED)).body
    review = found["data"]["register"]["reviews"]["nodes"][0]["id"]
    load = Load(callers, [text for _, text in questions(review)], Random(SEED), METRICS)
    await load.run(seconds, RATE)


def _sample(watch: Watch, tally: Tally, samples: list[Sample], over: Event) -> None:
    """Until it is over; each sample has the percentiles of what was answered since the one before."""
    began = perf_counter()
    while not over.wait(EVERY):
        times, tally.latencies = tally.latencies, []
        samples.append({"hours": (perf_counter() - began) / 3600} | watch.sample() | percentiles(times))
        if len(samples) % 30 == 1:
            print(
                orjson.dumps(samples[-1]).decode(),
                dict(tally.unexpected),
                dict(tally.busy),
                file=sys.stderr,
                flush=True,
            )


def _rebuild(folder: Path, tally: Tally, over: Event) -> None:
    """As an operator does it, beside the running service."""
    words = [sys.executable, "-c", SERVE, "rebuild"]
    while not over.wait(REBUILDS):
        tally.requests["a rebuild"] += 1
        done = subprocess.run(words, env=_environment(folder), capture_output=True, check=False)
        if done.returncode:
            tally.unexpectedly("a rebuild", Answer(done.returncode, done.stderr))


def _figures(lasted: float, tally: Tally, samples: list[Sample], log: dict[str, Any]) -> dict[str, Any]:
    warm_up = min(WARM_UP, lasted / 4) / 3600
    grown = growth(samples, warm_up)
    asked, behind = sum(tally.requests.values()), samples[-1]["hours"] - samples[0]["hours"]
    refused, quarter = sum(tally.busy.values()), max(len(samples) // 4, 1)
    wrong = [*log["errors"], *tally.examples]
    if log["outcomes"].get("failed"):
        wrong.append(f"{log['outcomes']['failed']} requests failed unexpectedly")
    if refused > asked * UNAVAILABLE:
        wrong.append(f"{refused} of {asked} requests were told to come again")
    return {
        "measured at": datetime.now(UTC).isoformat(timespec="seconds"),
        "on": {"python": platform.python_version(), "cores": os.cpu_count()},
        "actions at first": ACTIONS,
        "hours": round(lasted / 3600, 2),
        "warm-up, hours": round(warm_up, 2),
        "requests": dict(tally.requests),
        "requests/s": round(asked / lasted, 1),
        "told to come again": dict(tally.busy),
        "unexpected": dict(tally.unexpected),
        "growth": grown,
        "not flat": [name for name, each in grown.items() if each["growth an hour"] > each["at most"]],
        "processors used": {
            who: round((samples[-1][f"{who} processor s"] - samples[0][f"{who} processor s"]) / behind / 3600, 2)
            for who in ("service", "database")
        },
        "ms": {
            part: {p: _middle(these, p) for p in ("p50", "p95", "p99")}
            for part, these in (
                ("first quarter", samples[:quarter]),
                ("last quarter", samples[-quarter:]),
            )
        },
        "log": log,
        "wrong": wrong,
        "samples": [
            {name: round(value, 3) for name, value in each.items()} for each in samples[:: max(len(samples) // 60, 1)]
        ],
    }


def _middle(samples: list[Sample], figure: str) -> float:
    return round(median([each[figure] for each in samples if figure in each] or [0.0]), 1)


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS)
