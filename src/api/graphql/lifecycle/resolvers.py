"""What recommendations and actions share, resolved once for both."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol
from uuid import UUID

import strawberry

from api.graphql.agencies.types import Agency, Body
from api.graphql.event_json import EventJson
from api.graphql.evidence.types import Evidence
from api.graphql.history.types import HistoryEntry
from api.graphql.lifecycle.types import Closure, Extension, ImpactFinding, Progress
from api.loaders.entries import entries, history_of, reviews_named
from api.loaders.records import Batch, all_under, load_many
from domain.shared.vocabulary import Kind


class LifecycleRow(Protocol):
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


def review_above(row: LifecycleRow) -> Any:
    """The review that it arose from."""
    batch: Batch[Any] = row.batch
    ids = batch.ids(lambda each: [each.review_id])
    return batch.once("review", lambda: load_many(batch.reading, Kind.REVIEW, ids))[row.review_id]


def lead_agency(root: strawberry.Parent[LifecycleRow]) -> Agency | None:
    shown: Agency | None = root.batch.reading.agencies.named(root.lead)
    return shown


def contributing_agencies(root: strawberry.Parent[LifecycleRow]) -> list[Agency]:
    return [root.batch.reading.agencies[key] for key in root.contributing]


def monitored_by(root: strawberry.Parent[LifecycleRow]) -> list[Body]:
    """Bodies of the framework that the review was commissioned under, or of the one that has succeeded it."""
    framework = root.bodies_of or (review_above(root).framework_key if root.bodies else "")
    return [root.batch.reading.partnership_frameworks.body_of(framework, key) for key in root.bodies]


def progress(root: strawberry.Parent[LifecycleRow]) -> list[Progress]:
    return [Progress.of(event) for event in entries(root, "progress")]


def evidence(root: strawberry.Parent[LifecycleRow]) -> list[Evidence]:
    return [Evidence.of(event) for event in entries(root, "evidence")]


def extensions(root: strawberry.Parent[LifecycleRow]) -> list[Extension]:
    return [Extension.of(event) for event in entries(root, "extension")]


def impacts(root: strawberry.Parent[LifecycleRow]) -> list[ImpactFinding]:
    return [ImpactFinding.of(event, _evidence_of(root)) for event in entries(root, "impact")]


def impact(root: strawberry.Parent[LifecycleRow]) -> ImpactFinding | None:
    """The finding that stands; closing or reopening leaves it to be verified anew."""
    event = entries(root, "impact")
    return ImpactFinding.of(event[-1], _evidence_of(root)) if event and root.impact_found else None


def _evidence_of(row: LifecycleRow) -> Callable[[], dict[UUID, Any]]:
    return partial(reviews_named, row.batch, "impact", "evidenced_by")


def closure(root: strawberry.Parent[LifecycleRow]) -> Closure | None:
    return Closure.of(EventJson(root.closure_detail, root.batch.reading)) if root.closure_detail else None


def challenges(root: strawberry.Parent[Any]) -> Any:
    batch: Batch[Any] = root.batch
    ids = batch.ids(lambda each: [each.thing])
    return batch.once("challenges", lambda: all_under(batch, Kind.CHALLENGE, "about", ids, "ISSUED_DESC"))[root.thing]


def history(root: strawberry.Parent[Any]) -> list[HistoryEntry]:
    return history_of(root)
