"""What is listed under things, for all siblings at once, cut to what the asker may see of each."""

from __future__ import annotations

from typing import Any

from api.batches import Batch
from api.cutting import LISTED
from api.types.history import HistoryEntry
from api.types.telling import Told
from projections.history import view as history
from projections.history.changes import Retold
from projections.history.view import FactRead
from projections.listed import view as listed
from projections.listed.view import EntryRead


def entries(row: Any, kind: str) -> list[Told]:
    """The entries of one kind under a thing, in the order they were noted."""
    batch: Batch[Any] = row.batch
    if row.access not in LISTED[kind]:
        return []
    read = batch.once(kind, lambda: listed.of_things(batch.reading.asking, batch.ids(lambda each: [each.thing]), kind))
    shown = (each for each in read[row.thing] if _may_see(row, each))
    return [Told.of(entry, batch.reading) for entry in shown]


def history_of(row: Any) -> list[HistoryEntry]:
    """The facts of a thing that the asker may see, in the order of recording."""
    batch: Batch[Any] = row.batch
    if row.access not in LISTED["history"]:
        return []
    read = batch.once("history", lambda: history.of_things(batch.reading.asking, batch.ids(lambda each: [each.thing])))
    hidden = _evidence_of_others(row, read[row.thing])
    shown = (fact for fact in read[row.thing] if fact.version not in hidden)
    retold = Retold(read[row.thing])
    return [HistoryEntry.of(fact, Told(fact.body, batch.reading), retold) for fact in shown]


def _may_see(row: Any, entry: EntryRead) -> bool:
    """The lead of a recommendation sees its actions without other agencies' evidence."""
    return row.access == "FULL" or entry.kind != "evidence" or _is_mine(row, entry.detail.get("agency"))


def _evidence_of_others(row: Any, facts: list[FactRead]) -> set[int]:
    """The versions of what is said of it, corrections included."""
    if row.access == "FULL":
        return set()
    submitted = (fact.body for fact in facts if fact.name.startswith("action.evidence_submitted."))
    theirs = {body["evidence_id"] for body in submitted if not _is_mine(row, body.get("agency"))}
    hidden = {fact.version for fact in facts if fact.body.get("evidence_id") in theirs}
    return hidden | {fact.version for fact in facts if fact.corrects in hidden}


def _is_mine(row: Any, agency: str | None) -> bool:
    mine = row.batch.reading.asking.mine
    return mine is None or agency in mine
