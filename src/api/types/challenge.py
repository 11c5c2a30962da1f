"""A formal challenge: issued by the chair to one agency, about what is that agency's."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

import strawberry

from api.batches import Batch
from api.listed import entries
from api.things import found
from api.types.action import Action
from api.types.actor import Actor
from api.types.agency import Agency
from api.types.history import HistoryEntry
from api.types.living import history
from api.types.node import Node, challenge_id
from api.types.recommendation import Recommendation
from api.types.response import ChallengeEscalation, ChallengeResponse
from api.types.review import Review
from domain.words import ChallengeOutcome, ChallengeStage, Kind
from projections.challenges.rows import ChallengeRead

ChallengeSubject = Annotated[Recommendation | Action | Review, strawberry.union("ChallengeSubject")]


def _agency(root: strawberry.Parent[ChallengeRead]) -> Agency:
    shown: Agency = root.batch.reading.agencies[root.agency_key]
    return shown


def _issued_by(root: strawberry.Parent[ChallengeRead]) -> Actor:
    return Actor.of(root.issuer, root.batch.reading)


def _responses(root: strawberry.Parent[ChallengeRead]) -> list[ChallengeResponse]:
    return [ChallengeResponse.of(told) for told in entries(root, "challenge_response")]


def _escalations(root: strawberry.Parent[ChallengeRead]) -> list[ChallengeEscalation]:
    return [ChallengeEscalation.of(told) for told in entries(root, "challenge_escalation")]


def _subjects(root: strawberry.Parent[ChallengeRead]) -> Any:
    """In the order of the challenge; an agency that a subject has left since does not see it any more."""
    subjects = root.batch.once("subjects", lambda: _subjects_of(root.batch))
    return [subjects[UUID(each["id"])] for each in root.about if UUID(each["id"]) in subjects]


def _subjects_of(batch: Batch[ChallengeRead]) -> dict[UUID, Any]:
    subjects: dict[UUID, Any] = {}
    for kind in (Kind.REVIEW, Kind.RECOMMENDATION, Kind.ACTION):
        named = (UUID(each["id"]) for row in batch.rows for each in row.about if each["kind"] == kind)
        subjects |= found(batch.reading, kind, dict.fromkeys(named))
    return subjects


@strawberry.type
class Challenge(Node):
    id: strawberry.ID = strawberry.field(resolver=challenge_id)
    version: int
    reference: str
    agency: Agency = strawberry.field(resolver=_agency)
    grounds: str
    requested: str | None
    stage: ChallengeStage
    level: int
    subjects: list[ChallengeSubject] = strawberry.field(resolver=_subjects)
    issued_on: date
    issued_by: Actor = strawberry.field(resolver=_issued_by)
    response_due_on: date
    overdue: bool
    responses: list[ChallengeResponse] = strawberry.field(resolver=_responses)
    escalations: list[ChallengeEscalation] = strawberry.field(resolver=_escalations)
    outcome: ChallengeOutcome | None
    outcome_reason: str | None
    ended_on: date | None
    history: list[HistoryEntry] = strawberry.field(resolver=history)

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ChallengeRead)
