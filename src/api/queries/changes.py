"""What was recorded after a place in the log."""

from datetime import datetime
from typing import Any

import strawberry
from strawberry import UNSET

from api.batches import Batch
from api.connection import connect_uncounted
from api.context import Context
from api.paging import LARGEST_SIZE, Page, PageRequest
from api.queries.filters import filter_key
from api.types.change import Change
from domain.event_names import CLASSES
from domain.refusals import Invalid, UnknownAgency
from projections.change_feed import view


def changes(
    info: strawberry.Info[Context],
    after: str | None = UNSET,
    first: int | None = 100,
    since: datetime | None = UNSET,
    names: list[str] | None = UNSET,
    agencies: list[str] | None = UNSET,
) -> Any:
    asked = {"since": since, "names": names, "agencies": agencies}
    said: dict[str, Any] = {name: value for name, value in asked.items() if value is not None and value is not UNSET}
    size = LARGEST_SIZE if first is None else first
    wanted = PageRequest.parse(size, after, None, None, "changes", filter_key(said), shape=(int,))
    reading = info.context.now()
    _known(said, reading.agencies.__contains__)
    place = int(str(wanted.after[0])) if wanted.after else 0
    rows = [Change.of(read, reading) for read in view.changes(reading.asking, place, wanted.fetch, **said)]
    shown = Page.of(rows, wanted)
    Batch(reading, shown.rows)
    return connect_uncounted(shown, wanted, lambda change: (change.position,), lambda change: change)


def _known(said: dict[str, Any], agency: Any) -> None:
    for name in said.get("names", ()):
        if name not in CLASSES:
            raise Invalid(f"No fact is named {name!r:.80}.", "names")
    for key in said.get("agencies", ()):
        if not agency(key):
            raise UnknownAgency(f"There is no agency {key!r:.80}.", "agencies")
