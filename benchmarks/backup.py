"""A backup of one register and its restore beside itself: facts and megabytes a second, each way, and how small."""

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any, TypeVar

from api.app.backups import back_up_to, restore_from
from api.app.installation import Installation
from api.app.verifying import verify_installation
from benchmarks.dataset import write
from benchmarks.ground import fresh_schema
from projections.engine.rebuild import rebuild
from storage.files.store import FileStore
from storage.migrate import migrate_installation, partnership_of

T = TypeVar("T")


def measure(conninfo: str, actions: int) -> dict[str, Any]:
    """`actions` makes some ten facts each. The restore makes the read models too: a rebuild stands beside it."""
    schema = fresh_schema(conninfo, "backup")
    facts, key = write(conninfo, schema, actions), partnership_of(schema)
    migrate_installation(conninfo)
    rebuilt, _ = _timed(lambda: rebuild(conninfo, schema))
    with TemporaryDirectory() as folder, Installation.open(conninfo) as opened:
        file, files = Path(folder) / "made.zip", FileStore(Path(folder) / "attachments")
        taken, manifest = _timed(lambda: back_up_to(conninfo, file, key, _unwatched, files=files))
        size = sum(part.bytes for part in manifest.parts)
        restored, _ = _timed(
            lambda: restore_from(opened, file.open("rb"), file.name, key, "restored-again", _unwatched, files)
        )
        verified, _ = _timed(lambda: verify_installation(conninfo, "restored-again", _unwatched, files))
        compressed = file.stat().st_size
    return {
        "facts": facts,
        "MB": size / 1e6,
        "compressed MB": compressed / 1e6,
        "rebuild": _rates(facts, size, rebuilt),
        "backup": _rates(facts, size, taken),
        "restore": _rates(facts, size, restored),
        "verify": _rates(facts, size, verified),
    }


def _timed(work: Callable[[], T]) -> tuple[float, T]:
    began = perf_counter()
    done = work()
    return perf_counter() - began, done


def _rates(facts: int, size: int, seconds: float) -> dict[str, float]:
    return {"s": seconds, "facts/s": facts / seconds, "MB/s": size / 1e6 / seconds}


def _unwatched(_what: str, _done: int, _of: int) -> None:
    """Nobody watches."""
