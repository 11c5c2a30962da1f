"""Making the worked example once: created if it is missing, gone on with if it was interrupted, else left alone."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from api.app.installation import Installation
from cli.demo.fellmoor import FIRST_DAY, FRAMEWORK, KEY, NAME, NEWCOMER, history
from cli.demo.teller import Tell, Teller
from cli.ending import CommandFailed
from domain.register import Register
from domain.shared.refusals import IdempotencyKeyReused


def found(opened: Installation, step_told: Tell) -> Register:
    """The register of the worked example, told to its end.

    Raises `CommandFailed` where a partnership of somebody's own has its key, or another version began to tell it.
    """
    register = _created(opened)
    if is_told(register):
        return register
    try:
        Teller(register).tell(history(), step_told)
    except IdempotencyKeyReused as error:
        raise CommandFailed(
            "Another version began this demonstration and was interrupted; choose another data folder with --data."
        ) from error
    return register


def is_told(register: Register) -> bool:
    """Whether the story has been told to its end: its last step is recorded."""
    return register.agencies().known(NEWCOMER.key)


@contextmanager
def alone(data: Path) -> Iterator[None]:
    """Of several processes that would make the worked example in a data folder, one at a time."""
    with (data / "demo.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _created(opened: Installation) -> Register:
    if KEY not in opened.partnerships():
        opened.create_partnership(KEY, NAME, FRAMEWORK, demonstration=True, today=FIRST_DAY)
    register = opened.register(KEY)
    if not register.partnership().demonstration:
        raise CommandFailed(
            f"{KEY!r} is a partnership of your own here; choose another data folder for the demonstration with --data."
        )
    return register
