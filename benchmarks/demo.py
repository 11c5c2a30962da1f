"""The second `make demo`: seconds from the command to the first answered query, and the memory it then takes."""

import os
import re
import subprocess
import sys
import tempfile
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, perf_counter, sleep
from typing import Any

import orjson
import psutil

PORT = 8124
GOLDENTHREAD = Path(sys.executable).with_name("goldenthread")
QUERY = orjson.dumps({"query": "{ register { overdueByAgency { agency { name } overdue } } }"})
TOKEN = re.compile(rb"ey[\w-]+\.[\w-]+\.[\w-]+")


def measure() -> dict[str, Any]:
    """First and second start of the demonstration in a data folder of its own."""
    with tempfile.TemporaryDirectory(prefix="goldenthread-") as folder:
        Path(folder).chmod(0o755)
        data = Path(folder) / "data"
        first, _ = _start(data)
        second, memory = _start(data)
    return {"first start s": first, "second start s": second, "resident MB": memory}


def _start(data: Path) -> tuple[float, dict[str, float]]:
    began = perf_counter()
    command = [str(GOLDENTHREAD), "demo", "--data", str(data), "--port", str(PORT)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=_quiet()) as process:
        _answered(_token(process))
        took = perf_counter() - began
        memory = _memory(process.pid)
        process.terminate()
        process.wait(60)
    return took, memory


def _token(process: "subprocess.Popen[bytes]") -> str:
    for line in process.stdout or ():
        if found := TOKEN.search(line):
            return found[0].decode()
    raise RuntimeError("the demonstration printed no token")


def _answered(token: str) -> None:
    until = monotonic() + 120
    while monotonic() < until:
        try:
            connection = HTTPConnection("127.0.0.1", PORT, timeout=10)
            headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
            connection.request("POST", "/graphql", QUERY, headers)
            answer = connection.getresponse()
            if answer.status == 200 and b"errors" not in answer.read():
                return
        except OSError:
            sleep(0.02)
    raise RuntimeError("the demonstration answered no query within two minutes")


def _memory(pid: int) -> dict[str, float]:
    """Megabytes of the serving process, and of the database's processes (shared pages once, where the kernel says)."""
    serving = psutil.Process(pid)
    children = serving.children(recursive=True)
    return {
        "serving": serving.memory_info().rss / 1e6,
        "database": sum(child.memory_full_info().pss for child in children) / 1e6 if children else 0.0,
    }


def _quiet() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith("GOLDENTHREAD_")}
