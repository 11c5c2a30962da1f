"""Which functions the tests call: watched once, without any mutant."""

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any, TypeAlias

import pytest

Key: TypeAlias = tuple[str, int, str]
"""A piece of code: its file, its first line, its name."""


def key(code: CodeType) -> Key:
    return code.co_filename, code.co_firstlineno, code.co_name


def run_test(item: pytest.Item, following: pytest.Item | None = None) -> None:
    item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


class CallRecorder:
    """Which functions of a package have been called since it was last asked."""

    def __init__(self, package: Path) -> None:
        self.package = str(package)
        self.seen: set[CodeType] = set()
        self.ours: dict[str, bool] = {}

    def __call__(self, frame: FrameType, *_: Any) -> None:
        file = frame.f_code.co_filename
        if file not in self.ours:
            self.ours[file] = file.startswith(self.package)
        if self.ours[file]:
            self.seen.add(frame.f_code)

    def take(self) -> set[Key]:
        seen, self.seen = self.seen, set()
        return set(map(key, seen))


class CallCoverage:
    """`before_tests`: what ran before the first test; `callers`: of each function the tests that call it, by number."""

    def __init__(self, package: Path) -> None:
        self.recorder = CallRecorder(package)
        self.before_tests: set[Key] = set()
        self.callers: dict[Key, list[int]] = defaultdict(list)
        self.seconds: list[float] = []

    def start(self) -> None:
        sys.settrace(self.recorder)

    def collection_finished(self) -> None:
        self.before_tests = self.recorder.take()

    def run_all(self, items: Sequence[pytest.Item]) -> None:
        for at, item in enumerate(items):
            start = time.process_time()
            sys.settrace(self.recorder)
            run_test(item)
            self.seconds.append(time.process_time() - start)
            for called in self.recorder.take():
                self.callers[called].append(at)
        sys.settrace(None)

    def write(self, path: Path, files: Sequence[str]) -> None:
        """How often the tests of each file call what is in each module."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for (module, _, _), tests in self.callers.items():
            found[module].update(files[at] for at in tests)
        path.write_text(json.dumps(found), encoding="utf-8")
