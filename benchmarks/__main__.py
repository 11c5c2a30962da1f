"""`make bench`: every benchmark, or those named; prints ratios and keeps the figures in benchmarks/results."""

import os
import platform
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import psycopg

from benchmarks import append, backup, demo, files, hostile, importing, pages, rebuild, serving, switching
from storage.embedded import embedded_server

RESULTS = Path(__file__).parent / "results"
SIZES = (10_000, 105_000)

BENCHMARKS: dict[str, Callable[[str], dict[str, Any]]] = {
    "append": append.measure,
    "rebuild": lambda conninfo: rebuild.measure(conninfo, SIZES),
    "switching": lambda conninfo: switching.measure(conninfo, SIZES[-1]),
    "backup": lambda conninfo: backup.measure(conninfo, SIZES[0]),
    "serving": lambda conninfo: serving.measure(conninfo, SIZES[-1]),
    "pages": lambda conninfo: pages.measure(conninfo, SIZES[-1]),
    "hostile": lambda conninfo: hostile.measure(conninfo, SIZES[0]),
    "importing": importing.measure,
    "files": files.measure,
    "demo": lambda _: demo.measure(),
}


def main(names: list[str]) -> None:
    """Serving reads what rebuild has made, where it has."""
    wanted = names or list(BENCHMARKS)
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="goldenthread-") as folder:
        Path(folder).chmod(0o755)
        with embedded_server(Path(folder) / "data") as conninfo:
            for name in wanted:
                _report(name, BENCHMARKS[name](conninfo), conninfo)


def _report(name: str, found: dict[str, Any], conninfo: str) -> None:
    kept = {"measured at": datetime.now(UTC).isoformat(timespec="seconds"), "on": _machine(conninfo), name: found}
    text = orjson.dumps(kept, option=orjson.OPT_INDENT_2)
    (RESULTS / f"{name}.json").write_bytes(text + b"\n")
    sys.stdout.write(text.decode() + "\n")
    sys.stdout.flush()


def _machine(conninfo: str) -> dict[str, Any]:
    with psycopg.connect(conninfo) as conn:
        (fsync,) = conn.execute("SHOW fsync").fetchone() or ("",)
        (commit,) = conn.execute("SHOW synchronous_commit").fetchone() or ("",)
    cores = os.cpu_count()
    return {"python": platform.python_version(), "cores": cores, "fsync": fsync, "synchronous_commit": commit}


if __name__ == "__main__":
    main(sys.argv[1:])
