"""What a soak calls flat, and what it calls wrong."""

from pathlib import Path
from random import Random

import orjson
import pytest
from benchmarks.soak.watch import FLAT, floor_slope, growth, logged, slope

HOURS = [each / 360 for each in range(360)]


def test_a_figure_that_grows_has_its_slope_whatever_peaks_it_has() -> None:
    random = Random(7)
    peaks = [500.0 if random.random() < 0.1 else 0.0 for _ in HOURS]
    noisy = [100 + 12 * hour + random.uniform(-1, 1) + peak for hour, peak in zip(HOURS, peaks, strict=True)]
    assert slope(HOURS, noisy) == pytest.approx(12, abs=1)


def test_a_figure_that_rises_and_falls_is_flat() -> None:
    assert slope(HOURS, [100 + nth % 7 for nth, _ in enumerate(HOURS)]) == pytest.approx(0, abs=0.1)


def test_growth_is_judged_behind_the_warm_up() -> None:
    samples = [{each.figure: 100 + min(hour, 0.25) * 400 for each in FLAT} | {"hours": hour} for hour in HOURS]
    found = growth(samples, 0.3)
    assert {each["growth an hour"] for each in found.values()} == {0}
    assert {each["highest"] for each in found.values()} == {200}


def test_what_begins_anew_with_each_connection_is_judged_by_how_high_it_rises() -> None:
    """The slope of what has risen twice is no growth; a second rise that is higher is."""
    again = [{each.figure: 100 + nth % 180 for each in FLAT} | {"hours": hour} for nth, hour in enumerate(HOURS)]
    assert growth(again, 0.3)["database private MB"]["growth an hour"] == 0
    higher = [
        {**each, "database private MB": each["database private MB"] * (1 + each["hours"] // 0.5)} for each in again
    ]
    assert growth(higher, 0.3)["database private MB"]["growth an hour"] > 100


def test_what_callers_hold_just_now_is_no_leak_and_what_stays_is() -> None:
    busier = [4.0 + nth % 30 * (1 + nth / 36) for nth, _ in enumerate(HOURS)]
    assert floor_slope(HOURS, busier) == pytest.approx(0)
    leaking = [each + 20 * hour for each, hour in zip(busier, HOURS, strict=True)]
    assert floor_slope(HOURS, leaking) == pytest.approx(20, abs=2)


def test_lines_of_the_log_are_counted_and_what_is_no_line_is_an_error(tmp_path: Path) -> None:
    log = tmp_path / "serve.log"
    lines = [
        {"level": "info", "message": "request", "outcome": "answered"},
        {"level": "warning", "message": "closed 12 connections"},
        {"level": "warning", "message": "closed 31 connections"},
        {"level": "error", "message": "it failed"},
    ]
    log.write_bytes(b"\n".join(map(orjson.dumps, lines)) + b"\nTraceback (most recent call last):\n")
    found = logged(log)
    assert found["lines"] == {"info": 1, "warning": 2, "error": 2}
    assert found["outcomes"] == {"answered": 1}
    assert found["warnings"] == {"closed ## connections": 2}
    assert len(found["errors"]) == 2
