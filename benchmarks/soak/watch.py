"""What the service and its database hold, sampled; and how fast each of it grows."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from statistics import median
from typing import Any

import orjson
import psutil

MB = 1e6
Sample = dict[str, float]


class By(Enum):
    """How a figure's growth is read."""

    SLOPE = "the median of the slopes between all pairs behind the warm-up, which a peak here and there does not move"
    FLOOR = "that slope of the lowest of every five minutes: what callers hold just now comes and goes, a leak stays"
    PEAKS = "from the height of the first half to that of the second: it begins anew with each connection, for an hour"


@dataclass(frozen=True)
class Bound:
    """So much growth an hour counts as flat, in the figure's own unit."""

    figure: str
    an_hour: float
    by: By = By.FLOOR


FLAT = (
    Bound("service MB", 6.0, By.SLOPE),
    Bound("service descriptors", 1.0),
    Bound("service threads", 1.0),
    Bound("service connections", 1.0),
    Bound("database private MB", 24.0, By.PEAKS),
    Bound("database processes", 1.0),
    Bound("database descriptors", 100.0, By.PEAKS),
)
"""A service that is restarted once a month, with each upgrade, grows by less than 5 GB until then, on a machine of 8.
A backend keeps the plans of a hundred statements, and a descriptor for each file that it has read up to a limit."""
WINDOW = 30
"""Samples in five minutes."""


class Watch:
    """The processes of one installation, as the kernel counts them."""

    def __init__(self, service: int, data: Path) -> None:
        self._service = psutil.Process(service)
        self._data = data
        self._used: dict[tuple[int, float], float] = {}

    def sample(self) -> Sample:
        """Megabytes and numbers at this moment."""
        service = self._service
        with service.oneshot():
            found = {
                "service MB": service.memory_info().rss / MB,
                "service descriptors": float(service.num_fds()),
                "service threads": float(service.num_threads()),
                "service connections": float(len(service.net_connections("tcp"))),
                "service processor s": sum(service.cpu_times()[:2]),
            }
        return found | self._database()

    def _database(self) -> Sample:
        """All of PostgreSQL's processes: what each has for itself, and with the shared memory counted once."""
        backends, private, whole, descriptors = 0, 0, 0, 0
        for each in self._backends():
            try:
                memory = each.memory_full_info()
                descriptors += each.num_fds()
                self._used[each.pid, each.create_time()] = sum(each.cpu_times()[:2])
            except psutil.NoSuchProcess:
                continue
            backends, private, whole = backends + 1, private + memory.uss, whole + memory.pss
        return {
            "database MB": whole / MB,
            "database private MB": private / MB,
            "database processes": float(backends),
            "database descriptors": float(descriptors),
            "database processor s": sum(self._used.values()),
        }

    def _backends(self) -> Sequence[psutil.Process]:
        try:
            number = int((self._data / "postgres" / "postmaster.pid").read_text(encoding="utf-8").splitlines()[0])
            above = psutil.Process(number)
            return [above, *above.children(recursive=True)]
        except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
            return []


def slope(hours: Sequence[float], values: Sequence[float]) -> float:
    """Growth an hour: the median of the slopes between all pairs, which a peak here and there does not move."""
    pairs = [
        (later - earlier) / (end - begin)
        for nth, (begin, earlier) in enumerate(zip(hours, values, strict=True))
        for end, later in zip(hours[nth + 1 :], values[nth + 1 :], strict=True)
        if end > begin
    ]
    return median(pairs) if pairs else 0.0


def growth(samples: Sequence[Sample], warm_up: float) -> dict[str, dict[str, Any]]:
    """Of every bounded figure behind the warm-up, in hours: at its begin and end, the highest, and how it grows."""
    warm = [each for each in samples if each["hours"] >= warm_up]
    found = {}
    for bound in FLAT:
        values = [each[bound.figure] for each in warm]
        quarter = max(len(values) // 4, 1)
        found[bound.figure] = {
            "first quarter": round(median(values[:quarter]), 1),
            "last quarter": round(median(values[-quarter:]), 1),
            "highest": round(max(values), 1),
            "growth an hour": round(_growth(bound, samples, warm), 2),
            "at most": bound.an_hour,
            "by": bound.by.name.lower(),
        }
    return found


def _growth(bound: Bound, samples: Sequence[Sample], warm: Sequence[Sample]) -> float:
    hours, values = [each["hours"] for each in warm], [each[bound.figure] for each in warm]
    match bound.by:
        case By.SLOPE:
            return slope(hours, values)
        case By.FLOOR:
            return floor_slope(hours, values)
        case By.PEAKS:
            return peaks([each[bound.figure] for each in samples], samples)


def floor_slope(hours: Sequence[float], values: Sequence[float]) -> float:
    """Growth an hour of what is always held."""
    begins = range(0, len(values), WINDOW)
    return slope([hours[nth] for nth in begins], [min(values[nth : nth + WINDOW]) for nth in begins])


def peaks(values: Sequence[float], samples: Sequence[Sample]) -> float:
    """Growth an hour from the height of the first half to that of the second; one in twenty is higher than that."""
    half = len(values) // 2
    first, second = (sorted(each)[len(each) * 95 // 100] for each in (values[:half], values[half:]))
    return (second - first) / (samples[-1]["hours"] - samples[0]["hours"]) * 2


def logged(file: Path) -> dict[str, Any]:
    """How many lines of each level the service wrote, how requests ended, and the first lines from `error` on."""
    levels: dict[str, int] = {}
    outcomes: dict[str, int] = {}
    wrong: list[str] = []
    warned: dict[str, int] = {}
    for line in file.read_text(encoding="utf-8", errors="replace").splitlines():
        try:
            said = orjson.loads(line)
        except orjson.JSONDecodeError:
            said = {"level": "error", "message": line}
        level = said["level"]
        levels[level] = levels.get(level, 0) + 1
        if outcome := said.get("outcome"):
            outcomes[outcome] = outcomes.get(outcome, 0) + 1
        elif level == "warning":
            key = "".join("#" if each.isdigit() else each for each in said["message"])[:120]
            warned[key] = warned.get(key, 0) + 1
        if level in {"error", "critical"} and len(wrong) < 20:
            wrong.append(line[:2000])
    return {"lines": levels, "outcomes": outcomes, "warnings": warned, "errors": wrong}
