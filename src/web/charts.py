"""Pictures of numbers as inline SVG: drawn here, so that a page has them without a script and on paper."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, LABEL, VALUE = 1000, 360, 60
ROW, BAR = 34, 22


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar; `shade` counts the parts from the left."""

    x: float
    width: float
    shade: int
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a chart: what it is of, its parts, and their sum."""

    label: str
    y: int
    parts: Sequence[Part]
    total: int
    end: float


@dataclass(frozen=True, slots=True)
class Bars:
    """Horizontal bars of several parts, the widest of which takes all the room."""

    rows: Sequence[Bar]
    names: Sequence[str]
    height: int
    width: int = WIDTH
    label: int = LABEL
    bar: int = BAR


def bars(rows: Sequence[tuple[str, Sequence[int]]], names: Sequence[str]) -> Bars:
    """Of rows with a label and a number for each of the names; rows of nothing but zeros are left out."""
    shown = [(label, numbers) for label, numbers in rows if sum(numbers)]
    scale = (WIDTH - LABEL - VALUE) / max((sum(numbers) for _, numbers in shown), default=1)
    made = [_bar(label, numbers, names, nth * ROW, scale) for nth, (label, numbers) in enumerate(shown)]
    return Bars(made, names, ROW * len(made))


def _bar(label: str, numbers: Sequence[int], names: Sequence[str], y: int, scale: float) -> Bar:
    x, parts = float(LABEL), list[Part]()
    for shade, (number, name) in enumerate(zip(numbers, names, strict=True)):
        if number:
            parts.append(Part(round(x, 1), round(number * scale, 1), shade, f"{name}: {number}"))
            x += number * scale
    return Bar(label, y, parts, sum(numbers), round(x, 1))
