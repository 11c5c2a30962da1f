"""What a review's learning led to: its disseminations and their duties, as far as the asker sees them."""

from collections import defaultdict
from typing import Any
from uuid import UUID

import strawberry

from api.batches import Batch
from api.types.dissemination import duties_by, together
from projections.disseminations import view as disseminations
from projections.disseminations.view import DisseminationRead
from projections.duties import view as duties
from projections.duties.view import DutyRead
from projections.reviews.rows import ReviewRead


def disseminations_of(root: strawberry.Parent[ReviewRead]) -> Any:
    batch: Batch[ReviewRead] = root.batch
    return batch.once("disseminations", lambda: _disseminations(batch))[root.thing]


def _disseminations(batch: Batch[ReviewRead]) -> dict[UUID, list[DisseminationRead]]:
    read = disseminations.of_reviews(batch.reading.asking, batch.ids(lambda each: [each.thing]))
    found: dict[UUID, list[DisseminationRead]] = defaultdict(list)
    for row in together(batch.reading, read):
        found[row.under].append(row)
    return found


def duties_of(root: strawberry.Parent[ReviewRead]) -> Any:
    batch: Batch[ReviewRead] = root.batch
    return batch.once("duties", lambda: _duties(batch))[root.thing]


def _duties(batch: Batch[ReviewRead]) -> dict[UUID, list[DutyRead]]:
    read = duties.of_reviews(batch.reading.asking, batch.ids(lambda each: [each.thing]))
    return duties_by(batch.reading, read)
