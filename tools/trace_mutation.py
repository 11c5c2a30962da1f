"""Which files and functions of ours one request passes through, and the frames between its resolver and its decision.

`tests/tools/test_way_of_a_mutation.py` follows `actionSubmitEvidence` so, and holds the page of architecture to it.
"""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

SRC = f"{Path(__file__).resolve().parents[1] / 'src'}/"


RESOLVER, HANDLE = "_field.<locals>.resolve", "Register.handle"
EDGE, COMMAND, ANSWER = "edge", "command", "answer"
"""What is done for any request; from the resolver to the rows that are saved; and what reads and writes the answer."""


@dataclass
class Trace:
    """One request, followed.

    Attributes:
        stop: where `stack` is taken, of all that is under way.
        called: by stage, the functions of each file in the order of their first calls in it.
    """

    stop: CodeType
    called: dict[str, dict[str, list[str]]] = field(default_factory=lambda: {EDGE: {}, COMMAND: {}, ANSWER: {}})
    stack: list[str] = field(default_factory=list)
    recording: bool = False
    stage: str = EDGE

    def __call__(self, frame: FrameType, event: str, _: Any) -> None:
        if not self.recording or not frame.f_code.co_filename.startswith(SRC):
            return
        if event == "call":
            if frame.f_code.co_qualname == RESOLVER:
                self.stage = COMMAND
            functions = self.called[self.stage].setdefault(_file(frame), [])
            if frame.f_code.co_qualname not in functions:
                functions.append(frame.f_code.co_qualname)
            if frame.f_code is self.stop and not self.stack:
                self.stack = [f"{_file(each)} {each.f_code.co_qualname}" for each in _frames(frame)][::-1]
        elif event == "return" and frame.f_code.co_qualname == HANDLE:
            self.stage = ANSWER

    @property
    def files(self) -> set[str]:
        return {file for stage in self.called.values() for file in stage}

    def frames_since(self, function: str) -> list[str]:
        """What stood on the stack from the innermost call of that name down to where it stopped."""
        start = max(at for at, each in enumerate(self.stack) if each.rpartition(".")[2] == function)
        return self.stack[start:]


@contextmanager
def tracing(trace: Trace) -> Iterator[None]:
    """Every thread that begins meanwhile is traced, whenever `trace.recording` is set."""
    threading.setprofile(trace)
    sys.setprofile(trace)
    try:
        yield
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def _file(frame: FrameType) -> str:
    return frame.f_code.co_filename.removeprefix(SRC)


def _frames(frame: FrameType | None) -> Iterator[FrameType]:
    """The frames of ours, innermost first."""
    while frame is not None:
        if frame.f_code.co_filename.startswith(SRC):
            yield frame
        frame = frame.f_back
