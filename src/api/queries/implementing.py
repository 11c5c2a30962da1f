"""How far the plans have been carried out."""

from typing import Any

import strawberry
from strawberry import UNSET

from api import global_id
from api.batches import Batch
from api.left_out import said
from api.reading import Reading
from domain.refusals import UnknownBody
from domain.words import Kind
from projections.implementation.view import implementation as carried_out


def implementation(
    root: strawberry.Parent[Reading], monitored_by: str | None = UNSET, review_id: strawberry.ID | None = UNSET
) -> Any:
    review = global_id.perhaps(said(review_id), Kind.REVIEW, field=("reviewId",))
    rows = carried_out(root.asking, _body(root, said(monitored_by)), review)
    Batch(root, rows)
    return rows


def _body(reading: Reading, key: str | None) -> str | None:
    if key is not None and reading.framing.body(key) is None:
        raise UnknownBody(f"There is no body {key!r}.", "monitoredBy")
    return key
