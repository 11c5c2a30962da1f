"""What rows of several histories are made of: sort keys of references, whose work a thing is, and listed entries."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache, reduce
from operator import or_
from typing import Any, NamedTuple
from uuid import UUID, uuid5
from zlib import crc32

from domain.shared.facts import Recorded
from projections.engine.timeline import Key

# How references sort: as people count, the second before the tenth.
_NUMBER = re.compile(r"[0-9]+")


def reference_key(reference: str) -> str:
    """What a reference sorts as, compared byte by byte: of each number first how many digits it has, then these."""
    return _NUMBER.sub(_counted, reference.lower())


def _counted(number: re.Match[str]) -> str:
    digits = number[0].lstrip("0")
    return f"{len(digits):03}{digits}"


# Whose work a thing is, in one number: what is nobody's whom a member answers for is told without reading more.
BITS = 63
"""As many as a number of the database has beside its sign."""


def sides(agencies: Iterable[str]) -> int:
    """A bit for each agency. Several share one: no bit in common says that no agency is; one in common says nothing."""
    return reduce(or_, map(_bit, agencies), 0)


@lru_cache(maxsize=1_000)
def _bit(agency: str) -> int:
    return 1 << crc32(agency.encode()) % BITS


# What is listed under a thing, each with a history of its own: progress, evidence, responses, findings, learning.
TABLE = "entry_history"
Detail = Mapping[str, Any]


class EntryRow(NamedTuple):
    """One listed entry; `noted_version` is the version of the fact that first noted it."""

    thing: UUID
    kind: str
    noted_version: int
    detail: Detail


Entries = Mapping[Key, EntryRow]


def noted(entries: Entries, kind: str, recorded: Recorded, detail: Detail, entry: UUID | None = None) -> Entries:
    """With one entry more; an entry without an id of its own takes one from its stream and version."""
    key = _key(entry or entry_id(recorded.originator_id, recorded.originator_version))
    return {**entries, key: EntryRow(recorded.originator_id, kind, recorded.originator_version, detail)}


def entry_id(stream_id: UUID, version: int) -> UUID:
    """Of what the fact of that version noted, where the fact brings no id of its own."""
    return uuid5(stream_id, str(version))


def amended(entries: Entries, entry: UUID, detail: Detail) -> Entries:
    """With an entry's detail changed; one that is not (or not yet) there changes nothing."""
    key = _key(entry)
    found = entries.get(key)
    if found is None:
        return entries
    return {**entries, key: found._replace(detail={**found.detail, **detail})}


def is_noted(entries: Entries, entry: UUID) -> bool:
    return _key(entry) in entries


def without(entries: Entries, entry: UUID) -> Entries:
    """As if it had not been noted."""
    key = _key(entry)
    return {each: row for each, row in entries.items() if each != key}


def as_json(value: Any) -> dict[str, Any]:
    """What a dataclass holds, as it stands in JSON."""
    return {name: each.isoformat() if isinstance(each, date) else each for name, each in vars(value).items()}


def written(recorded: Recorded) -> dict[str, Any]:
    """A fact's own fields as they stand in JSON, with who and when."""
    return recorded.fact.model_dump(mode="json")


def _key(entry: UUID) -> Key:
    return Key(TABLE, str(entry))
