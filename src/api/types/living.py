"""What recommendations and actions share, resolved once for both."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol
from uuid import UUID

import strawberry

from api.batches import Batch
from api.listed import entries, history_of, reviews_named
from api.things import all_under, found
from api.types.agency import Agency
from api.types.body import Body
from api.types.entries import Extension, Progress
from api.types.evidence import Evidence
from api.types.history import HistoryEntry
from api.types.outcome import Closure, ImpactFinding
from api.types.telling import Told
from domain.words import Kind


class Living(Protocol):
    """A row of either; `batch` holds its siblings."""

    thing: UUID
    review_id: UUID
    lead: str | None
    contributing: list[str]
    bodies: list[str]
    bodies_of: str | None
    closure_detail: dict[str, Any] | None
    impact_found: str | None
    access: str
    batch: Any


def review_above(row: Living) -> Any:
    """The review that it arose from."""
    batch: Batch[Any] = row.batch
    ids = batch.ids(lambda each: [each.review_id])
    return batch.once("review", lambda: found(batch.reading, Kind.REVIEW, ids))[row.review_id]


def lead_agency(root: strawberry.Parent[Living]) -> Agency | None:
    shown: Agency | None = root.batch.reading.agencies.named(root.lead)
    return shown


def contributing_agencies(root: strawberry.Parent[Living]) -> list[Agency]:
    return [root.batch.reading.agencies[key] for key in root.contributing]


def monitored_by(root: strawberry.Parent[Living]) -> list[Body]:
    """Bodies of the framework that the review was commissioned under, or of the one that has succeeded it."""
    framework = root.bodies_of or (review_above(root).framework_key if root.bodies else "")
    return [root.batch.reading.framing.body_of(framework, key) for key in root.bodies]


def progress(root: strawberry.Parent[Living]) -> list[Progress]:
    return [Progress.of(told) for told in entries(root, "progress")]


def evidence(root: strawberry.Parent[Living]) -> list[Evidence]:
    return [Evidence.of(told) for told in entries(root, "evidence")]


def extensions(root: strawberry.Parent[Living]) -> list[Extension]:
    return [Extension.of(told) for told in entries(root, "extension")]


def impacts(root: strawberry.Parent[Living]) -> list[ImpactFinding]:
    return [ImpactFinding.of(told, _evidence_of(root)) for told in entries(root, "impact")]


def impact(root: strawberry.Parent[Living]) -> ImpactFinding | None:
    """The finding that stands; closing or reopening leaves it to be verified anew."""
    told = entries(root, "impact")
    return ImpactFinding.of(told[-1], _evidence_of(root)) if told and root.impact_found else None


def _evidence_of(row: Living) -> Callable[[], dict[UUID, Any]]:
    return partial(reviews_named, row.batch, "impact", "evidenced_by")


def closure(root: strawberry.Parent[Living]) -> Closure | None:
    return Closure.of(Told(root.closure_detail, root.batch.reading)) if root.closure_detail else None


def challenges(root: strawberry.Parent[Any]) -> Any:
    batch: Batch[Any] = root.batch
    ids = batch.ids(lambda each: [each.thing])
    return batch.once("challenges", lambda: all_under(batch, Kind.CHALLENGE, "about", ids, "ISSUED_DESC"))[root.thing]


def history(root: strawberry.Parent[Any]) -> list[HistoryEntry]:
    return history_of(root)
