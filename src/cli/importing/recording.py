"""Recording in batches: the facts of a few hundred rows and the memory of those rows, in one transaction."""

from collections import ChainMap
from collections.abc import Sequence
from uuid import UUID

from psycopg.errors import UniqueViolation

from cli.importing.checking import Step
from cli.importing.faults import CellFault
from cli.importing.item import Item
from cli.importing.memory import Memory, Shared, remembering
from cli.importing.speaking import Speaking
from cli.importing.telling import Telling
from domain.refusals import Refusal, VersionConflict

BATCH = 300
ATTEMPTS = 8


class Interrupted(RuntimeError):
    """Somebody else changed the register while an import ran; what was recorded until then stays, each row once."""


def record(speaking: Speaking, items: Sequence[Item], memory: Memory, step: Step) -> None:
    """Record rows that have been checked. Raises `Interrupted`; another run goes on from there."""
    things: ChainMap[Shared, UUID] = ChainMap({}, dict(memory.things))
    for begin in range(0, len(items), BATCH):
        batch = items[begin : begin + BATCH]
        try:
            things.update(_recorded(speaking, batch, things))
        except (CellFault, Refusal, UniqueViolation) as fault:
            raise Interrupted(
                f"The register was changed while line {batch[0].row.line} and those below were being recorded: "
                f"{_plain(fault)} Import the file again; what was recorded will not be doubled."
            ) from fault
        step("Recording", begin + len(batch), len(items))


def _recorded(speaking: Speaking, batch: Sequence[Item], things: ChainMap[Shared, UUID]) -> dict[Shared, UUID]:
    for _ in range(ATTEMPTS - 1):
        try:
            return _told(speaking, batch, things)
        except VersionConflict:
            continue
    return _told(speaking, batch, things)


def _told(speaking: Speaking, batch: Sequence[Item], things: ChainMap[Shared, UUID]) -> dict[Shared, UUID]:
    telling = Telling(speaking, things)
    for item in batch:
        telling.tell(item)
    rows = {item.key: item.row for item in batch}
    speaking.register.save(telling.session, remembering(speaking.mapping.key, telling.new, rows))
    return telling.new


def _plain(fault: Exception) -> str:
    return "another import by the same mapping is running." if isinstance(fault, UniqueViolation) else f"{fault}"
