"""What was recorded after a place in the log."""

from typing import Any

import strawberry
from strawberry import UNSET

from api.context import Context
from api.graphql.arguments import After, ConcernedAgencies, FactNames, FirstChanges, RecordedSince
from api.graphql.changes.types import Change
from api.graphql.filters.conditions import filter_key, known_keys
from api.loaders.records import Batch
from api.relay.connection import Key, connect_uncounted
from api.relay.paging import LARGEST_SIZE, Page, PageRequest
from domain.event_names import CLASSES
from domain.shared.facts import BEFORE_EPOCHS, SINCE, Epoch
from domain.shared.refusals import Invalid, Restored, UnknownAgency
from projections.queries.change_feed import query as change_feed

AGAIN = "read again from the start, without `after`, for what it was told after the backup may be lost."


def changes(
    info: strawberry.Info[Context],
    after: After = UNSET,
    first: FirstChanges = 100,
    since: RecordedSince = UNSET,
    names: FactNames = UNSET,
    agencies: ConcernedAgencies = UNSET,
) -> Any:
    requested = {"since": since, "names": names, "agencies": agencies}
    filters: dict[str, Any] = {
        name: value for name, value in requested.items() if value is not None and value is not UNSET
    }
    size = LARGEST_SIZE if first is None else first
    wanted = PageRequest.parse(
        size, after, None, None, "changes", filter_key(filters), shape=(str, int), formerly=(int,)
    )
    reading = info.context.now()
    _known(filters, reading.agencies.__contains__)
    epoch = reading.context.head.epoch
    place = _place(wanted.after, epoch) if wanted.after else 0
    rows = [
        Change.of(read, reading) for read in change_feed.changes(reading.query_context, place, wanted.fetch, **filters)
    ]
    shown = Page.of(rows, wanted)
    Batch(reading, shown.rows)
    return connect_uncounted(shown, wanted, lambda change: (epoch.name, change.position), lambda change: change)


def _place(after: Key, epoch: Epoch) -> int:
    """A cursor of before there were epochs is a place alone. Raises `Restored`."""
    *given_in, place = after
    if not epoch.holds(str(given_in[0]) if given_in else BEFORE_EPOCHS):
        raise Restored(f"{SINCE} {AGAIN}", "after")
    return int(str(place))


def _known(filters: dict[str, Any], agency: Any) -> None:
    known_keys(filters.get("names", ()), CLASSES.__contains__, Invalid, "fact named", "names")
    known_keys(filters.get("agencies", ()), agency, UnknownAgency, "agency", "agencies")
