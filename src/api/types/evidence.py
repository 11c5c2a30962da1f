"""Evidence: an agency's claim, and the monitoring body's judgement of it."""

from datetime import date, datetime

import strawberry

from api.types.actor import Actor
from api.types.agency import Agency
from api.types.telling import RECEIVED_FROM, WHOSE, Told
from domain.words import EvidenceVerdict


@strawberry.type
class Attachment:
    """A file that was uploaded with evidence."""

    id: strawberry.ID
    name: str
    media_type: str
    bytes: int
    sha256: str
    url: str
    redacted: bool


@strawberry.type
class Evidence:
    id: strawberry.ID
    happened_on: date
    recorded_at: datetime
    by: Actor
    agency: Agency | None = strawberry.field(description=WHOSE)
    received_from: str | None = strawberry.field(description=RECEIVED_FROM)
    narrative: str | None
    claims_complete: bool
    completed_on: date | None
    verdict: EvidenceVerdict
    verdict_reason: str | None
    judged_by: Actor | None
    judged_on: date | None
    fix_by: date | None
    withdrawn: bool

    @strawberry.field
    def attachments(self) -> list[Attachment]:
        """No evidence has any: every attachment is refused as unknown until files can be uploaded."""
        return []

    @classmethod
    def of(cls, told: Told) -> "Evidence":
        return cls(
            id=told.id("evidence"),
            happened_on=told.happened_on,
            recorded_at=told.noted_at,
            by=told.by,
            agency=told.agency(),
            received_from=told.text("received_from"),
            narrative=told.text("narrative"),
            claims_complete=told.flag("claims_complete"),
            completed_on=told.day("completed_on"),
            verdict=told.word("verdict", EvidenceVerdict) or EvidenceVerdict.AWAITING,
            verdict_reason=told.text("verdict_reason"),
            judged_by=told.actor("judged_by", "judged_on"),
            judged_on=told.day("judged_on"),
            fix_by=told.day("fix_by"),
            withdrawn=told.flag("withdrawn"),
        )
