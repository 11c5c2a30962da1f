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
from api.types.clock import Clock
from api.types.history import HistoryEntry
from api.types.living import history
from api.types.node import Node, challenge_id
from api.types.recommendation import Recommendation
from api.types.response import ChallengeEscalation, ChallengeResponse
from api.types.review import Review
from api.types.telling import Told
from domain.challenge.questions import UNANSWERED
from domain.words import ChallengeOutcome, ChallengeStage, Kind
from projections.challenges.rows import ChallengeRead

ChallengeSubject = Annotated[Recommendation | Action | Review, strawberry.union("ChallengeSubject")]

LEVEL = "What the route calls the level, by the framework that was in force when the challenge reached it."
DAYS = "Days left for the answer on the day asked about; negative once it is late, null when none is awaited."
ANSWERED = "When it was first answered at the level that it has reached."
CLOCKS = "One for each level it reached: stopped by the answer, by the escalation to the next level, or by the end."


def _agency(root: strawberry.Parent[ChallengeRead]) -> Agency:
    shown: Agency = root.batch.reading.agencies[root.agency_key]
    return shown


def _issued_by(root: strawberry.Parent[ChallengeRead]) -> Actor:
    return Actor.of(root.issuer, root.batch.reading)


def _responses(root: strawberry.Parent[ChallengeRead]) -> list[ChallengeResponse]:
    return [ChallengeResponse.of(told) for told in entries(root, "challenge_response")]


def _escalations(root: strawberry.Parent[ChallengeRead]) -> list[ChallengeEscalation]:
    return [ChallengeEscalation.of(told) for told in entries(root, "challenge_escalation")]


def _level_name(root: strawberry.Parent[ChallengeRead]) -> str:
    since = Told(root.clock_details[-1], root.batch.reading).given_day("started_on") if root.clock_details else None
    name: str = root.batch.reading.framing.level_name(root.level, since or root.issued_on)
    return name


def _clocks(root: strawberry.Parent[ChallengeRead]) -> list[Clock]:
    return [_clock(Told(detail, root.batch.reading), root.agency_key) for detail in root.clock_details]


def _clock(told: Told, agency: str) -> Clock:
    name = told.reading.framing.level_name(told.number("level") or 1, told.given_day("started_on"))
    return Clock.of(told, name, agency)


def _days_to_respond(root: strawberry.Parent[ChallengeRead]) -> int | None:
    if root.stage not in UNANSWERED:
        return None
    days: int = (root.response_due_on - root.batch.reading.effective_on).days
    return days


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
    level_name: str = strawberry.field(resolver=_level_name, description=LEVEL)
    subjects: list[ChallengeSubject] = strawberry.field(resolver=_subjects)
    issued_on: date
    issued_by: Actor = strawberry.field(resolver=_issued_by)
    response_due_on: date
    overdue: bool
    days_to_respond: int | None = strawberry.field(resolver=_days_to_respond, description=DAYS)
    answered_on: date | None = strawberry.field(description=ANSWERED)
    clocks: list[Clock] = strawberry.field(resolver=_clocks, description=CLOCKS)
    responses: list[ChallengeResponse] = strawberry.field(resolver=_responses)
    escalations: list[ChallengeEscalation] = strawberry.field(resolver=_escalations)
    outcome: ChallengeOutcome | None
    outcome_reason: str | None
    ended_on: date | None
    history: list[HistoryEntry] = strawberry.field(resolver=history)

    @classmethod
    def is_type_of(cls, row: object, _: object) -> bool:
        return isinstance(row, ChallengeRead)
