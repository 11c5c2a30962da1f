"""Recording in batches: the facts of a few hundred rows and the memory of those rows, in one transaction."""

from collections import ChainMap
from collections.abc import Sequence
from uuid import UUID

from psycopg.errors import UniqueViolation

from domain.shared.refusals import Refusal, VersionConflict
from importing.checking import Step
from importing.context import ImportContext
from importing.faults import CellFault
from importing.import_ledger import ImportedAs, ImportLedger, ledger_write
from importing.import_session import ImportSession
from importing.item import Item

BATCH = 300
ATTEMPTS = 8


class Interrupted(RuntimeError):
    """Somebody else changed the register while an import ran; what was recorded until then stays, each row once."""


def record(context: ImportContext, items: Sequence[Item], ledger: ImportLedger, step: Step) -> None:
    """Record rows that have been checked. Raises `Interrupted`; another run goes on from there."""
    imported_ids: ChainMap[ImportedAs, UUID] = ChainMap({}, dict(ledger.imported_ids))
    for begin in range(0, len(items), BATCH):
        batch = items[begin : begin + BATCH]
        try:
            imported_ids.update(_recorded(context, batch, imported_ids))
        except (CellFault, Refusal, UniqueViolation) as fault:
            raise Interrupted(
                f"The register was changed while line {batch[0].row.line} and those below were being recorded: "
                f"{_plain(fault)} Import the file again; what was recorded will not be doubled."
            ) from fault
        step("Recording", begin + len(batch), len(items))


def _recorded(
    context: ImportContext, batch: Sequence[Item], imported_ids: ChainMap[ImportedAs, UUID]
) -> dict[ImportedAs, UUID]:
    for _ in range(ATTEMPTS - 1):
        try:
            return _executed(context, batch, imported_ids)
        except VersionConflict:
            continue
    return _executed(context, batch, imported_ids)


def _executed(
    context: ImportContext, batch: Sequence[Item], imported_ids: ChainMap[ImportedAs, UUID]
) -> dict[ImportedAs, UUID]:
    executor = ImportSession(context, imported_ids)
    for item in batch:
        executor.execute(item)
    rows = {item.key: item.row for item in batch}
    context.register.save(executor.session, ledger_write(context.mapping.key, executor.new, rows))
    return executor.new


def _plain(fault: Exception) -> str:
    return "another import by the same mapping is running." if isinstance(fault, UniqueViolation) else f"{fault}"
