"""What a command shows: how far long work has come, and lists as columns of text."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TypeAlias

from rich.console import Console
from rich.progress import Progress, TaskID

# How far long work has come: a bar on a terminal, plain lines elsewhere.
Step: TypeAlias = Callable[[str, int, int], None]
"""What is being done, how many of it are done, and how many there are."""

TENTHS = 10


@contextmanager
def shown() -> Iterator[Step]:
    """Calls of what is given back are shown while the work goes on."""
    if not sys.stdout.isatty():
        yield _Lines()
        return
    with Progress(console=Console(), transient=True) as bars:
        yield _Bars(bars)


class _Bars:
    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._tasks: dict[str, TaskID] = {}

    def __call__(self, what: str, done: int, all_of_them: int) -> None:
        if what not in self._tasks:
            self._tasks[what] = self._bars.add_task(what)
        self._bars.update(self._tasks[what], completed=done, total=all_of_them)


class _Lines:
    """A line whenever another tenth is done."""

    def __init__(self) -> None:
        self._said: dict[str, int] = {}

    def __call__(self, what: str, done: int, all_of_them: int) -> None:
        tenth = TENTHS if done >= all_of_them else TENTHS * done // all_of_them
        if tenth > self._said.get(what, 0):
            self._said[what] = tenth
            print(f"{what}: {done:,} of {all_of_them:,}", flush=True)


# Lists as columns of text.


def show(header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The header and a line for each row, each column as wide as its widest text."""
    lines = [header, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    for line in lines:
        print("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())
