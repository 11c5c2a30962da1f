"""One data directory of PostgreSQL: made, started and stopped with PostgreSQL's own programs."""

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from storage.embedded.account import Account
from storage.embedded.errors import EmbeddedServerError
from storage.embedded.postmaster import Postmaster, postmaster
from storage.embedded.sockets import socket_folder

MAJOR = "18"
PATIENCE_S = 60
LAUNCHES = 6
_INITDB = (
    *("--username=postgres", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
)
_LOG = "postgres.log"


@dataclass(frozen=True, slots=True)
class Cluster:
    """The directory `home/postgres`, owned by `account`, run with the programs in `programs`."""

    home: Path
    account: Account
    programs: Path
    settings: Mapping[str, str]

    @property
    def folder(self) -> Path:
        return self.home / "postgres"

    def start(self) -> Postmaster:
        """The running server, started if need be. Raises `EmbeddedServerError` when it does not come up in a minute."""
        self._ensure_created()
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            match postmaster(self.folder):
                case None:
                    self._launch()
                case Postmaster(status="ready") as ready:
                    return ready
                case _:
                    time.sleep(0.05)
        raise EmbeddedServerError(f"The embedded PostgreSQL in {self.folder} did not become ready in {PATIENCE_S} s.")

    def stop(self) -> None:
        """Stop in an orderly way: open transactions are rolled back, everything committed is on disk."""
        if postmaster(self.folder):
            self._run("pg_ctl", "stop", "-D", "postgres", "-m", "fast", "-w", "-t", str(PATIENCE_S))

    def _launch(self) -> None:
        # After a crash of the server its orphans hold the shared memory for a moment more.
        for _ in range(LAUNCHES - 1):
            try:
                return self._run("pg_ctl", *self._start_arguments())
            except EmbeddedServerError:
                time.sleep(0.3)
        return self._run("pg_ctl", *self._start_arguments())

    def _start_arguments(self) -> tuple[str, ...]:
        settings = {**self.settings, "unix_socket_directories": str(socket_folder(self.folder, self.account))}
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
        return ("start", "-D", "postgres", "-w", "-t", str(PATIENCE_S), "-l", f"postgres/{_LOG}", "-o", options)

    def _ensure_created(self) -> None:
        if not self.folder.exists():
            self._create()
        version = self.folder / "PG_VERSION"
        found = version.read_text(encoding="utf-8").strip() if version.exists() else "something else"
        if found != MAJOR:
            raise EmbeddedServerError(f"{self.folder} holds {found}, not a database of PostgreSQL {MAJOR}.")

    def _create(self) -> None:
        # Renamed when complete: a killed first start leaves nothing that looks like a database.
        fresh = self.home / "postgres.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        os.chown(fresh, self.account.uid, self.account.gid, follow_symlinks=False)
        self._run("initdb", "-D", "postgres.new", *_INITDB)
        fresh.rename(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        env = {"PATH": os.defpath, "LC_ALL": "C"}  # PGDATA, PGPORT and their like must not reach the server
        done = subprocess.run(
            command, cwd=self.home, env=env, capture_output=True, text=True, check=False, **self.account.identity()
        )
        if done.returncode != 0:
            raise EmbeddedServerError(
                f"{program} failed in {self.home}: {done.stderr.strip()} {self._last_words()}".strip()
            )

    def _last_words(self) -> str:
        logs = sorted((self.folder / "log").glob("*.log"), key=lambda log: log.stat().st_mtime)
        return logs[-1].read_text(encoding="utf-8", errors="replace")[-1000:].strip() if logs else ""
