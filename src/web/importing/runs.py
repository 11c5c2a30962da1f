"""Imports that people began on a page: one at a time, in a thread of their own, while pages tell how far they are."""

import logging
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from threading import Lock
from time import monotonic
from typing import IO, TypeAlias
from uuid import UUID, uuid4
from weakref import finalize
from zipfile import BadZipFile, ZipFile

from domain.shared.refusals import Refusal
from importing.checking import Step
from importing.faults import FileFault
from importing.mapping import Mapping, load_mapping
from importing.mapping.loader import MappingError
from importing.recording import Interrupted
from importing.run import Result

LOG = logging.getLogger("goldenthread.imports")
KEPT = 20
"""Runs of all people together; the oldest give way."""
KEPT_S = 3_600.0
UNPACKED = 400_000_000
"""Bytes that the parts of a workbook may have once they are unpacked."""
LARGEST = 33_554_432
"""Bytes that a sheet may have as it is sent."""

Importing: TypeAlias = Callable[[Mapping, Path, Step, bool], Result]
"""Reads a file by a mapping and, unless it only checks, records it; tells how far it is."""


class CannotImport(Exception):
    """Of a file or a mapping that cannot be used; the message says why."""


@dataclass
class Run:
    """One sheet of one person: checked first, then recorded if they say so.

    Attributes:
        folder: where the file is kept until the run is forgotten.
        doing: in words, with how many of how many rows; None once it stands still.
        recorded: what was done last was recording, not checking.
        problem: why nothing came of it, in a sentence; empty where something did.
    """

    id: UUID
    owner: tuple[str, str]
    mapping: Mapping
    folder: Path
    file: Path
    begun_at: float = field(default_factory=monotonic)
    doing: tuple[str, int, int] | None = ("Waiting", 0, 0)
    recorded: bool = False
    result: Result | None = None
    problem: str = ""

    def step(self, what: str, done: int, total: int) -> None:
        self.doing = (what, done, total)


class Runs:
    """Of one process; safe between threads. A restart forgets them: what was recorded stays, each row once."""

    def __init__(self) -> None:
        self._runs: dict[UUID, Run] = {}
        self._lock = Lock()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="import")

    def begin(self, owner: tuple[str, str], mapping: Mapping, name: str, sheet: IO[bytes], do: Importing) -> Run:
        """The file is kept and checked; nothing is recorded. Raises `CannotImport`."""
        folder = Path(mkdtemp(prefix="goldenthread-sheet-"))
        try:
            file = folder / _file_name(name)
            with file.open("wb") as out:
                shutil.copyfileobj(sheet, out)
            _require_bounded(file)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        run = Run(uuid4(), owner, mapping, folder, file)
        finalize(run, shutil.rmtree, folder, ignore_errors=True)  # once it is forgotten, or the process ends
        with self._lock:
            self._forget()
            self._runs[run.id] = run
        self._thread.submit(_go, run, do, False)
        return run

    def of(self, id: UUID, owner: tuple[str, str]) -> Run | None:
        """Nobody finds another's."""
        found = self._runs.get(id)
        return found if found is not None and found.owner == owner else None

    def record(self, run: Run, do: Importing) -> None:
        """Once: while it is being recorded, or has been, nothing more is begun."""
        with self._lock:
            if run.doing is not None or run.recorded:
                return
            run.doing, run.recorded = ("Waiting", 0, 0), True
        self._thread.submit(_go, run, do, True)

    def _forget(self) -> None:
        still = [each for each in self._runs.values() if each.doing is None]
        old = [each for each in still if monotonic() - each.begun_at > KEPT_S]
        over = max(len(self._runs) - len(old) + 1 - KEPT, 0)
        for each in [*old, *[each for each in still if each not in old][:over]]:
            del self._runs[each.id]


def _go(run: Run, do: Importing, recording: bool) -> None:
    try:
        run.problem = ""
        run.result = do(run.mapping, run.file, run.step, recording)
    except (FileFault, Interrupted, Refusal) as fault:
        run.problem = str(fault)
    except Exception:
        run.problem = "Something went wrong; it has been noted. What was recorded until then stays, each row once."
        LOG.exception("An import that was begun on a page failed.")
    finally:
        run.doing = None


def mapping_of(text: bytes) -> Mapping:
    """A mapping that was sent as a file. Raises `CannotImport`, naming line and key."""
    with TemporaryDirectory(prefix="mapping-") as folder:
        file = Path(folder) / "mapping.yaml"
        file.write_bytes(text)
        try:
            return load_mapping(file)
        except (MappingError, UnicodeDecodeError) as error:
            raise CannotImport(str(error).replace(f"{folder}/", "")) from error


def _file_name(name: str) -> str:
    """As the person calls it, without what is no part of a file's name. Raises `CannotImport`."""
    plain = "".join(each for each in Path(name.replace("\\", "/")).name if each.isprintable())[-100:]
    if Path(plain).suffix.lower() not in {".csv", ".xlsx"}:
        raise CannotImport("Choose the sheet: a .csv or an .xlsx file.")
    return plain


def _require_bounded(file: Path) -> None:
    """Raises `CannotImport` for a workbook that is far larger than it looks."""
    if file.suffix.lower() != ".xlsx":
        return
    try:
        with ZipFile(file) as packed:
            if sum(each.file_size for each in packed.infolist()) > UNPACKED:
                raise CannotImport("This workbook is too large once it is unpacked; send it in parts.")
    except BadZipFile as error:
        raise CannotImport("This is no workbook: it cannot be unpacked.") from error
