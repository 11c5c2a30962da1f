"""How a command ends that is told to: everything that it began is closed and stopped."""

import signal
from types import FrameType
from typing import NoReturn


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
