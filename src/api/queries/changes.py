"""What was recorded after a place in the log."""

from typing import Any

import strawberry
from strawberry import UNSET

from api.arguments import After, ConcernedAgencies, FactNames, FirstChanges, RecordedSince
from api.batches import Batch
from api.connection import Key, connect_uncounted
from api.context import Context
from api.paging import LARGEST_SIZE, Page, PageRequest
from api.queries.filters import filter_key
from api.types.change import Change
from domain.epochs import BEFORE_EPOCHS, SINCE, Epoch
from domain.event_names import CLASSES
from domain.refusals import Invalid, Restored, UnknownAgency
from projections.change_feed import view

AGAIN = "read again from the start, without `after`, for what it was told after the backup may be lost."


def changes(
    info: strawberry.Info[Context],
    after: After = UNSET,
    first: FirstChanges = 100,
    since: RecordedSince = UNSET,
    names: FactNames = UNSET,
    agencies: ConcernedAgencies = UNSET,
) -> Any:
    asked = {"since": since, "names": names, "agencies": agencies}
    said: dict[str, Any] = {name: value for name, value in asked.items() if value is not None and value is not UNSET}
    size = LARGEST_SIZE if first is None else first
    wanted = PageRequest.parse(size, after, None, None, "changes", filter_key(said), shape=(str, int), formerly=(int,))
    reading = info.context.now()
    _known(said, reading.agencies.__contains__)
    epoch = reading.context.head.epoch
    place = _place(wanted.after, epoch) if wanted.after else 0
    rows = [Change.of(read, reading) for read in view.changes(reading.asking, place, wanted.fetch, **said)]
    shown = Page.of(rows, wanted)
    Batch(reading, shown.rows)
    return connect_uncounted(shown, wanted, lambda change: (epoch.name, change.position), lambda change: change)


def _place(after: Key, epoch: Epoch) -> int:
    """A cursor of before there were epochs is a place alone. Raises `Restored`."""
    *given_in, place = after
    if not epoch.holds(str(given_in[0]) if given_in else BEFORE_EPOCHS):
        raise Restored(f"{SINCE} {AGAIN}", "after")
    return int(str(place))


def _known(said: dict[str, Any], agency: Any) -> None:
    for name in said.get("names", ()):
        if name not in CLASSES:
            raise Invalid(f"No fact is named {name!r:.80}.", "names")
    for key in said.get("agencies", ()):
        if not agency(key):
            raise UnknownAgency(f"There is no agency {key!r:.80}.", "agencies")
