"""What is listed under things, for all siblings at once, cut to what the asker may see of each."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from api.graphql.event_json import EventJson
from api.graphql.history.types import HistoryEntry
from api.loaders.records import Batch, load_many
from api.redaction import LISTED
from domain.shared.vocabulary import Kind
from projections.queries.entries import query as listed
from projections.queries.entries.query import EntryRead
from projections.queries.history import query as history
from projections.queries.history.change_log import ChangeLog
from projections.queries.history.query import FactRead

if TYPE_CHECKING:
    from api.context import Reading

NAMED: Mapping[str, Kind] = {
    "action_id": Kind.ACTION,
    "challenge_id": Kind.CHALLENGE,
    "checked_by": Kind.REVIEW,
}
"""What a fact may name beside its own thing; whoever may not see that does not see the fact."""


def entries(row: Any, kind: str) -> list[EventJson]:
    """The entries of one kind under a thing, in the order they were noted."""
    batch: Batch[Any] = row.batch
    if row.access not in LISTED[kind]:
        return []
    shown = (each for each in _read(batch, kind)[row.thing] if _may_see(row, each))
    return [EventJson.of(entry, batch.reading) for entry in shown]


def reviews_named(batch: Batch[Any], kind: str, name: str) -> dict[UUID, Any]:
    """The reviews that the entries of one kind name under all siblings, as far as the asker may see them."""
    details = [entry.detail for each in _read(batch, kind).values() for entry in each]
    ids = {UUID(detail[name]) for detail in details if detail.get(name)}
    return batch.once((kind, name), lambda: load_many(batch.reading, Kind.REVIEW, ids))


def _read(batch: Batch[Any], kind: str) -> dict[UUID, list[EntryRead]]:
    ids = batch.ids(lambda each: [each.thing])
    return batch.once(kind, lambda: listed.of_things(batch.reading.query_context, ids, kind))


def history_of(row: Any) -> list[HistoryEntry]:
    """The facts of a thing that the asker may see, in the order of recording."""
    batch: Batch[Any] = row.batch
    if row.access not in LISTED["history"]:
        return []
    ids = batch.ids(lambda each: [each.thing])
    read = batch.once("history", lambda: history.of_things(batch.reading.query_context, ids))
    unseen = batch.once("hidden", lambda: _unseen_names(batch.reading, read))
    hidden = _hidden(row, read[row.thing], unseen)
    shown = (fact for fact in read[row.thing] if fact.version not in hidden)
    change_log = ChangeLog(read[row.thing])
    return [HistoryEntry.of(fact, EventJson(fact.body, batch.reading), change_log) for fact in shown]


def _may_see(row: Any, entry: EntryRead) -> bool:
    """The lead of a recommendation sees its actions without other agencies' evidence."""
    return row.access == "FULL" or entry.kind != "evidence" or _is_mine(row, entry.detail.get("agency"))


def _hidden(row: Any, facts: Sequence[FactRead], unseen: set[object]) -> set[int]:
    """The versions of the facts that name what the asker may not see, and of the corrections of those."""
    names = unseen | _evidence_of_others(row, facts)
    hidden = {fact.version for fact in facts if not names.isdisjoint(_named_by(fact))}
    return hidden | {fact.version for fact in facts if fact.corrects in hidden}


def _unseen_names(reading: Reading, read: Mapping[UUID, Sequence[FactRead]]) -> set[object]:
    """What these facts name that the asker may not see: actions below, challenges to others."""
    if reading.query_context.visible_to is None:
        return set()
    facts = [fact for each in read.values() for fact in each]
    return {str(id) for name, kind in NAMED.items() for id in _unseen(reading, kind, _ids(facts, name))}


def _unseen(reading: Reading, kind: Kind, ids: Collection[UUID]) -> set[UUID]:
    return set(ids) - load_many(reading, kind, ids).keys()


def _ids(facts: Iterable[FactRead], name: str) -> set[UUID]:
    return {UUID(fact.body[name]) for fact in facts if fact.body.get(name)}


def _named_by(fact: FactRead) -> set[object]:
    return {fact.body[name] for name in ("evidence_id", *NAMED) if fact.body.get(name)}


def _evidence_of_others(row: Any, facts: Sequence[FactRead]) -> set[object]:
    if row.access == "FULL":
        return set()
    submitted = [fact for fact in facts if fact.name.startswith("action.evidence_submitted.")]
    return {
        fact.body["evidence_id"] for fact in submitted if not all(_is_mine(row, key) for key in _filed_by(fact, facts))
    }


def _filed_by(evidence: FactRead, facts: Iterable[FactRead]) -> Iterator[str | None]:
    """Whose it was said to be, at first and by corrections since."""
    yield evidence.body.get("agency")
    yield from (
        fact.body.get("new_value")
        for fact in facts
        if fact.corrects == evidence.version and fact.body["field"] == "agency"
    )


def _is_mine(row: Any, agency: str | None) -> bool:
    mine = row.batch.reading.query_context.visible_to
    return mine is None or agency in mine
