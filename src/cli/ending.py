"""How a command ends: with a sentence where it fails, and with all that it began closed where it is told to."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import NoReturn


class CommandFailed(Exception):
    """A command that cannot be done; the message is one sentence for the person who typed it."""


@contextmanager
def instead_of(error: type[Exception]) -> Iterator[None]:
    """A `CommandFailed` with the same words."""
    try:
        yield
    except error as raised:
        raise CommandFailed(str(raised)) from raised


def end_like_ctrl_c() -> None:
    """A supervisor's stop and a terminal that is closed end every command as a person does.

    Connections are closed, and the embedded server is stopped by its last user. What was begun under `nohup` outlives
    its terminal.
    """
    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _terminate)


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


def _terminate(_signal: int, _frame: FrameType | None) -> None:
    signal.raise_signal(signal.SIGTERM)  # which the HTTP server, while it runs, handles in its own way
