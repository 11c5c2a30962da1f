"""One data directory of PostgreSQL: made, started and stopped with PostgreSQL's own programs."""

import logging
import os
import re
import shlex
import shutil
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

from storage.embedded.account import Account
from storage.embedded.errors import EmbeddedServerError
from storage.embedded.postmaster import (
    PID_FILE,
    Postmaster,
    copied_from,
    listening,
    pid_file,
    postmaster,
    processes_of,
)
from storage.embedded.sharing import uninterrupted
from storage.embedded.sockets import socket_folder

logger = logging.getLogger("goldenthread.storage")

MAJOR = "18"
PATIENCE_S = 300
"""A server that was killed reads again what it had not yet written to its tables, which may take minutes."""
STOP_PATIENCE_S = 60
TOLD_EVERY_S = 10.0
LAUNCHES = 12
_INITDB = (
    *("--username=postgres", "--auth-local=trust", "--auth-host=reject", "--encoding=UTF8"),
    *("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"),
)
_LOG = "postgres.log"
_FATAL = re.compile(r"(FATAL|PANIC):\s+(.*(?:\n(?:\t|.*?(?:DETAIL|HINT):).*)*)")
_MISTAKE_IN_SETTINGS = re.compile(r"LOG:\s+(.*\n.*FATAL:\s+configuration file .* contains errors)")
_BEGINNING = re.compile(r"^.*?(?:FATAL|DETAIL|HINT):\s+|^\t", re.MULTILINE)
_TO_CALLERS = "the database system is "
"""Begins what is told to whoever connects too early, which is no reason for anything."""
_SAYS_NOTHING = ("pg_ctl: another server might be running", "pg_ctl: could not start server", "Examine the log")
_IN_USE = "shared memory block"


@dataclass(frozen=True, slots=True)
class Cluster:
    """The directory `home/postgres`, owned by `account`, run with the programs in `programs`.

    `leaving` is set by whoever will not wait any longer for a start that is under way.
    """

    home: Path
    account: Account
    programs: Path
    settings: Mapping[str, str]
    leaving: Event = field(default_factory=Event)

    @property
    def folder(self) -> Path:
        return self.home / "postgres"

    def start(self) -> Postmaster:
        """The running server, started if need be; nobody else may start or stop it meanwhile.

        Raises `EmbeddedServerError` with the server's own reason where it does not come up.
        """
        self._ensure_created()
        begun = reported_at = time.monotonic()
        while not self.leaving.is_set() and (now := time.monotonic()) < begun + PATIENCE_S:
            match postmaster(self.folder):
                case None:
                    self._clear_what_a_crash_left()
                    self._launch()
                case Postmaster(status="ready") as ready:
                    return ready
                case other:
                    if now > reported_at + TOLD_EVERY_S:
                        reported_at = now
                        logger.warning("The embedded PostgreSQL in %s is still %s", self.folder, other.status)
                    self.leaving.wait(0.05)
        raise EmbeddedServerError(
            f"The embedded PostgreSQL in {self.folder} did not become ready in {time.monotonic() - begun:.0f} s; "
            f"its log is in {self.folder / 'log'}."
        )

    def stop(self) -> None:
        """Stop in an orderly way: open transactions are rolled back, everything committed is on disk."""
        if postmaster(self.folder):
            self._run("pg_ctl", "stop", "-D", "postgres", "-m", "fast", "-w", "-t", str(STOP_PATIENCE_S))

    def recover(self) -> None:
        """Start a copy that is brought forward as `settings` say, however long it takes, and stop it once it is there.

        Raises `EmbeddedServerError` with the server's own reason where it ends before.
        """
        self._run("pg_ctl", *self._start_arguments())
        while (running := postmaster(self.folder)) and running.status != "ready":
            self.leaving.wait(0.05)  # "standby": it reads what was written, and lets nobody in
        if running is None:
            raise EmbeddedServerError(self._why("pg_ctl", ("start",), "it ended", {}))
        self.stop()

    def _launch(self) -> None:
        # After a crash of the server its orphans hold the shared memory for a moment more.
        for _ in range(LAUNCHES - 1):
            try:
                return self._run("pg_ctl", *self._start_arguments())
            except EmbeddedServerError as error:
                if _IN_USE not in str(error) or self.leaving.wait(0.3):
                    raise
        return self._run("pg_ctl", *self._start_arguments())

    def _start_arguments(self) -> tuple[str, ...]:
        settings = {**self.settings, "unix_socket_directories": str(socket_folder(self.folder, self.account))}
        options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
        return ("start", "-D", "postgres", "-w", "-t", str(PATIENCE_S), "-l", f"postgres/{_LOG}", "-o", options)

    def _clear_what_a_crash_left(self) -> None:
        """Files that would keep the server from starting, and that no living server wrote here."""
        sockets = socket_folder(self.folder, self.account)
        if (pid := listening(sockets)) is not None:
            raise EmbeddedServerError(
                f"A server that does not say so in {PID_FILE} still runs in {self.folder}: "
                + (f"end it with `kill -INT {pid}`." if pid else "end it where it runs, perhaps in another container.")
            )
        if (origin := copied_from(self.folder)) is not None:
            raise EmbeddedServerError(
                f"{self.folder} was copied from {origin} while a server ran there or after it had crashed, so what "
                f"was being written may be torn: copy it with pg_basebackup or with the server stopped; if none ran "
                f"when it was copied, remove {self.folder / PID_FILE}."
            )
        if pid_file(self.folder):
            logger.warning("The embedded PostgreSQL in %s was not stopped in an orderly way", self.folder)
        (self.folder / PID_FILE).unlink(missing_ok=True)
        for left in sockets.glob(".s.PGSQL.*"):
            left.unlink(missing_ok=True)

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
        try:
            shutil.rmtree(fresh, ignore_errors=True)
            fresh.mkdir(mode=0o700)
            os.chown(fresh, self.account.uid, self.account.gid, follow_symlinks=False)
        except OSError as error:
            raise EmbeddedServerError(f"{fresh} cannot be made: {error.strerror}.") from error
        self._run("initdb", "-D", "postgres.new", *_INITDB)
        fresh.rename(self.folder)

    def _run(self, program: str, *arguments: str) -> None:
        """Raises `EmbeddedServerError` with the reason that the server wrote into its log, or else the program said."""
        command = [str(self.programs / program), *arguments]
        env = {"PATH": os.defpath, "LC_ALL": "C"}  # PGDATA, PGPORT and their like must not reach the server
        before = {log: log.stat().st_size for log in self._logs()}
        with subprocess.Popen(
            command,
            cwd=self.home,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # a terminal's Ctrl-C reaches whoever started this, who stops the server
            **self.account.identity(),
        ) as running:
            try:
                outcome = self._outcome(running)
            except BaseException:
                _let_it_be_found(running)
                raise
        if running.returncode != 0:
            raise EmbeddedServerError(self._why(program, arguments, outcome, before))

    def _outcome(self, running: "subprocess.Popen[str]") -> str:
        begun = time.monotonic()
        while True:
            try:
                return running.communicate(timeout=0.2)[1]
            except subprocess.TimeoutExpired:
                # Not in its first moments, in which the server that it starts could not yet be found and stopped.
                if self.leaving.is_set() and time.monotonic() > begun + 2:
                    running.terminate()

    def _logs(self) -> list[Path]:
        return [self.folder / _LOG, *(self.folder / "log").glob("*.log")] if (self.folder / _LOG).exists() else []

    def _why(self, program: str, arguments: tuple[str, ...], outcome: str, before: Mapping[Path, int]) -> str:
        if "start" not in arguments:
            return f"{program} failed in {self.home}: {_one_line(outcome)}."
        written = "\n".join(_written_since(log, before.get(log, 0)) for log in self._logs())
        reason = _one_line(_reason(written) or outcome)
        return f"The embedded PostgreSQL in {self.folder} does not start: {reason}. {self._advice(reason)}"

    def _advice(self, reason: str) -> str:
        if _IN_USE in reason and (left := processes_of(self.folder)):
            return f"End what is left of the former server: kill -9 {' '.join(map(str, left))}."
        if "invalid permissions" in reason:
            return f"Type: chmod 700 {shlex.quote(str(self.folder))}."
        return f"Its log is in {self.folder / 'log'} and {self.folder / _LOG}."


def _let_it_be_found(running: "subprocess.Popen[str]") -> None:
    """Whoever is interrupted while a server starts stops it, for which it must have written its file."""
    with uninterrupted(), suppress(subprocess.TimeoutExpired):
        running.wait(5)


def _written_since(log: Path, size: int) -> str:
    with log.open("rb") as file:
        file.seek(size if size <= log.stat().st_size else 0)
        return file.read(100_000).decode(errors="replace")


def _reason(written: str) -> str:
    """What the server died of, with what it added to it: its last panic, or the first fatal error."""
    if mistake := _MISTAKE_IN_SETTINGS.search(written):
        return mistake.group(1)
    found = [(kind, text) for kind, text in _FATAL.findall(written) if not text.startswith(_TO_CALLERS)]
    panics = [text for kind, text in found if kind == "PANIC"]
    return panics[-1] if panics else next((text for _, text in found), "")


def _one_line(text: str) -> str:
    lines = (line.strip().rstrip(".") for line in _BEGINNING.sub("", text).splitlines())
    return "; ".join(line for line in lines if line and not line.startswith(_SAYS_NOTHING))
