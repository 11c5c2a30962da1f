"""Why a command is refused; the codes are seen by partners: add, never rename."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import ClassVar

LEAST_WAIT_S, USUAL_WAIT_S = 30, 300
"""How long whoever is refused for maintenance is asked to wait, at least, and where nobody said how long it takes."""


class Refusal(Exception):
    """A command refused, with nothing changed. `field` is the path, in the input's own words, to what is wrong."""

    code: ClassVar[str]

    def __init__(self, message: str, *field: str) -> None:
        super().__init__(message)
        self.message = message
        self.field: tuple[str, ...] = field


@contextmanager
def within(name: str, nth: int) -> Iterator[None]:
    """What is wrong with one of a list of inputs is refused by its place in the list, counted from 0."""
    try:
        yield
    except Refusal as refusal:
        if refusal.field[:1] == (name,):
            refusal.field = (name, str(nth), *refusal.field[1:])
        raise


class NotFound(Refusal):
    """There is no such thing, or it may not be seen by the caller."""

    code = "NOT_FOUND"


class NotPermitted(Refusal):
    """The caller's role or agency does not allow this command."""

    code = "NOT_PERMITTED"


class Invalid(Refusal):
    """A value is not acceptable; `field` says which."""

    code = "INVALID"


class VersionConflict(Refusal):
    """The thing has moved on from the expected version."""

    code = "VERSION_CONFLICT"


class IdempotencyKeyReused(Refusal):
    code = "IDEMPOTENCY_KEY_REUSED"


class UnknownAgency(Refusal):
    """No agency of the partnership has this key, or it has been merged away."""

    code = "UNKNOWN_AGENCY"


class UnknownBody(Refusal):
    """The framework in force has no such body."""

    code = "UNKNOWN_BODY"


class UnknownTheme(Refusal):
    """No theme of the partnership has this key."""

    code = "UNKNOWN_THEME"


class UnknownReviewKind(Refusal):
    """The framework in force has no such kind of review."""

    code = "UNKNOWN_REVIEW_KIND"


class UnknownMethod(Refusal):
    """The framework, whose methods of dissemination are not examples, has no such method."""

    code = "UNKNOWN_METHOD"


class UnknownAttachment(Refusal):
    """No upload of the caller has this id, or it came with other evidence already."""

    code = "UNKNOWN_ATTACHMENT"


class AttachmentNotScanned(Refusal):
    """The virus scanner has not found this upload clean, or has found something in it."""

    code = "ATTACHMENT_NOT_SCANNED"


class ConditionsNotMet(Refusal):
    """What the framework or the lifecycle asks for first has not happened."""

    code = "CONDITIONS_NOT_MET"


class NotAssigned(Refusal):
    """Nobody leads it yet."""

    code = "NOT_ASSIGNED"


class AlreadyClosed(Refusal):
    """It, or the recommendation above it, is closed."""

    code = "ALREADY_CLOSED"


class NotClosed(Refusal):
    code = "NOT_CLOSED"


class EvidenceMissing(Refusal):
    """There is no accepted evidence, or evidence still awaits its verdict."""

    code = "EVIDENCE_MISSING"


class EvidenceAlreadyJudged(Refusal):
    """The evidence has its verdict."""

    code = "EVIDENCE_ALREADY_JUDGED"


class ActionsStillOpen(Refusal):
    """An action under the recommendation is not closed."""

    code = "ACTIONS_STILL_OPEN"


class ChallengeOpen(Refusal):
    """A formal challenge about it is open."""

    code = "CHALLENGE_OPEN"


class ChallengeEnded(Refusal):
    """The challenge has been resolved or withdrawn."""

    code = "CHALLENGE_ENDED"


class SubjectNotOfAgency(Refusal):
    """A subject of the challenge is not the challenged agency's."""

    code = "SUBJECT_NOT_OF_AGENCY"


class NotIndependent(Refusal):
    """Nobody marks their own homework."""

    code = "NOT_INDEPENDENT"


class ReasonRequired(Refusal):
    """A reason must be given."""

    code = "REASON_REQUIRED"


class DateInFuture(Refusal):
    """The day has not come yet."""

    code = "DATE_IN_FUTURE"


class DateBeforeStart(Refusal):
    """The day is before the thing existed, or before its latest reopening."""

    code = "DATE_BEFORE_START"


class DateOutOfOrder(Refusal):
    """The day is before something already recorded that it would follow."""

    code = "DATE_OUT_OF_ORDER"


class DueDateInPast(Refusal):
    """The due date is before the day on which it is set."""

    code = "DUE_DATE_IN_PAST"


class ExtensionNotRequested(Refusal):
    code = "EXTENSION_NOT_REQUESTED"


class ExtensionPending(Refusal):
    code = "EXTENSION_PENDING"


class ReviewNotCompleted(Refusal):
    code = "REVIEW_NOT_COMPLETED"


class FollowUpRequired(Refusal):
    """A finding of not embedded carries its follow-up."""

    code = "FOLLOW_UP_REQUIRED"


class Restored(Refusal):
    """The register was restored from a backup since the cursor or event id was given; what it names may be lost."""

    code = "RESTORED"


class ReadOnly(Refusal):
    """Nothing is recorded, and everything can be read: for maintenance, or while the register's clock is wrong."""

    code = "READ_ONLY"
    retry_after = USUAL_WAIT_S
    """Seconds after which it may be worth while to send it again."""


def read_only(reason: str, until: datetime | None, seconds: int | None) -> ReadOnly:
    """The refusal of whatever would record something now; `seconds`: how far off `until` is."""
    ends = f" It is expected to end at {until.astimezone(UTC):%H:%M} UTC on {until:%d %B %Y}." if until else ""
    because = f" ({reason})" if reason else ""
    refusal = ReadOnly(
        f"The register is read-only for maintenance{because}, and nothing was recorded.{ends} Queries go on; send it "
        "again afterwards, unchanged and with the same idempotencyKey."
    )
    refusal.retry_after = USUAL_WAIT_S if seconds is None else max(LEAST_WAIT_S, seconds)
    return refusal


class TooLarge(Refusal):
    """There is more of it than the register takes."""

    code = "TOO_LARGE"
