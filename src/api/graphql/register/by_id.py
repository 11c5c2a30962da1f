"""One thing by its id or its reference; null for what is not there and for what the caller may not see."""

from typing import Any

import strawberry
from strawberry import UNSET

from api.context import Reading
from api.graphql.arguments import OneId, Reference, Year, optional
from api.graphql.dissemination.types import together
from api.graphql.learning.types import learning_points
from api.loaders.records import LIST_QUERIES, load_by_reference, load_many, load_one
from api.relay import global_id
from domain.shared.identifiers import programme_of
from domain.shared.refusals import Invalid, NotFound
from domain.shared.vocabulary import Kind
from projections.queries.disseminations import query as disseminations
from projections.queries.duties import query as duties
from projections.queries.entries import query as listed


def by_id(reading: Reading, id: str, kind: Kind) -> Any | None:
    try:
        return load_one(reading, kind, global_id.decode(id, kind).uuid)
    except NotFound:
        return None


def one(reading: Reading, kind: Kind, id: str | None, reference: str | None) -> Any | None:
    """Raises `Invalid` unless one of the two is given."""
    if (id is None) == (reference is None):
        raise Invalid(f"Name the {kind.value} by `id` or by `reference`.", "id")
    return by_id(reading, id, kind) if id is not None else load_by_reference(reading, kind, str(reference))


def node(reading: Reading, id: str) -> Any | None:
    """Anything that has an id."""
    try:
        wanted = global_id.decode(id)
        return _found(reading, wanted)
    except NotFound:
        return None


def _found(reading: Reading, wanted: global_id.GlobalId) -> Any | None:
    match wanted.kind:
        case "agency":
            return next((agency for agency in reading.agencies if agency.key == wanted.key), None)
        case "theme":
            return next((theme for theme in reading.themes if theme.key == wanted.key), None)
        case "learning":
            return _learning(reading, wanted)
        case "dissemination":
            return _only(together(reading, disseminations.by_id(reading.query_context, [wanted.uuid])))
        case "duty":
            return _only(together(reading, duties.by_id(reading.query_context, [wanted.uuid])))
        case kind if kind in {str(each) for each in LIST_QUERIES}:
            return load_one(reading, Kind(kind), wanted.uuid)
    return None


def _only(rows: list[Any]) -> Any | None:
    return next(iter(rows), None)


def _learning(reading: Reading, wanted: global_id.GlobalId) -> Any | None:
    """Learning is seen with its review, whole or as published; or else by whom it was disseminated to."""
    read = listed.by_id(reading.query_context, [wanted.uuid])
    reviews = load_many(reading, Kind.REVIEW, [entry.thing for entry in read.values()])
    only_header = any(row.access == "HEADER" for row in reviews.values())
    if only_header and not disseminations.learning_told(reading.query_context, read):
        return None
    return _only(learning_points(reading, (entry for entry in read.values() if entry.thing in reviews)))


def review(root: strawberry.Parent[Reading], id: OneId = UNSET, reference: Reference = UNSET) -> Any:
    return one(root, Kind.REVIEW, optional(id), optional(reference))


def recommendation(root: strawberry.Parent[Reading], id: OneId = UNSET, reference: Reference = UNSET) -> Any:
    return one(root, Kind.RECOMMENDATION, optional(id), optional(reference))


def action(root: strawberry.Parent[Reading], id: OneId = UNSET, reference: Reference = UNSET) -> Any:
    return one(root, Kind.ACTION, optional(id), optional(reference))


def audit_programme(root: strawberry.Parent[Reading], year: Year) -> Any:
    return load_one(root, Kind.PROGRAMME, programme_of(year))


def challenge(root: strawberry.Parent[Reading], id: OneId = UNSET, reference: Reference = UNSET) -> Any:
    return one(root, Kind.CHALLENGE, optional(id), optional(reference))
