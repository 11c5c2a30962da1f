"""Evidence: an agency's claim, and the monitoring body's judgement of it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import strawberry

from api.graphql.agencies.types import Actor, Agency
from api.graphql.descriptions import documented
from api.graphql.event_json import EventJson
from api.graphql.node import opaque
from domain.shared.vocabulary import EvidenceVerdict


@documented
@strawberry.type
class Attachment:
    """A file that was uploaded with evidence."""

    id: strawberry.ID
    """What `attachments` of evidence names."""
    name: str
    """The file's name, as it was uploaded."""
    media_type: str
    """What kind of file it is, as `application/pdf`."""
    bytes: int
    """Its size."""
    sha256: str
    """The digest of its content, in hexadecimal."""
    url: str
    """Where whoever may see the evidence fetches it: a path on the address that answers this."""
    redacted: bool
    """Whether its content was removed; the digest stays."""

    @classmethod
    def of(cls, file: Mapping[str, Any]) -> "Attachment":
        """From what the fact says of it."""
        id = opaque("attachment", file["id"])
        return cls(
            id=id,
            name=file["name"],
            media_type=file["media_type"],
            bytes=file["bytes"],
            sha256=file["sha256"],
            url=f"/attachments/{id}",
            redacted=False,
        )


@documented
@strawberry.type
class Evidence:
    """What an agency submits to show that work is done, and the verdict on it."""

    id: strawberry.ID
    """What verdicts and withdrawals name."""
    happened_on: date
    """The day on which it was submitted."""
    recorded_at: datetime
    """The instant at which the register learned of it."""
    by: Actor
    """Who recorded it."""
    agency: Agency | None
    """
    Whose it is; `by` is who recorded it, which on paper is the business unit. Null only in what says it of nobody.
    """
    received_from: str | None
    """Whom it came from, where the business unit recorded it on paper."""
    narrative: str | None
    """What it shows, in the agency's words."""
    claims_complete: bool
    """Whether it claims that the work is complete."""
    completed_on: date | None
    """The day on which the work was complete, by the claim; null where it claims nothing, or names no day."""
    verdict: EvidenceVerdict
    """Whether it awaits its verdict, was accepted or was returned."""
    verdict_reason: str | None
    """Why it was returned."""
    judged_by: Actor | None
    """Who judged it."""
    judged_on: date | None
    """The day of the verdict."""
    fix_by: date | None
    """By when returned evidence is to be put right; it never moves the due date."""
    withdrawn: bool
    """Whether the agency took it back before a verdict."""

    attachments: list[Attachment]
    """The files that came with it, in the order in which they were named."""

    @classmethod
    def of(cls, event: EventJson) -> "Evidence":
        return cls(
            id=event.id("evidence"),
            happened_on=event.happened_on,
            recorded_at=event.noted_at,
            by=event.by,
            agency=event.agency(),
            received_from=event.text("received_from"),
            narrative=event.text("narrative"),
            claims_complete=event.flag("claims_complete"),
            completed_on=event.day("completed_on"),
            verdict=event.word("verdict", EvidenceVerdict) or EvidenceVerdict.AWAITING,
            verdict_reason=event.text("verdict_reason"),
            judged_by=event.actor("judged_by", "judged_on"),
            judged_on=event.day("judged_on"),
            fix_by=event.day("fix_by"),
            withdrawn=event.flag("withdrawn"),
            attachments=[Attachment.of(each) for each in event.detail.get("attachments", ())],
        )
