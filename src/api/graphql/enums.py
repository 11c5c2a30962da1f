"""The register's vocabularies as GraphQL enums; the domain's own words, value by value."""

from enum import StrEnum

import strawberry

from api.graphql.descriptions import documented
from domain.shared import vocabulary


@documented
@strawberry.enum
class ExtensionAnswer(StrEnum):
    """How a request for more time was answered."""

    GRANTED = "GRANTED"
    """More time was given; `grantedUntil` says until when."""
    REFUSED = "REFUSED"
    """The due date stays."""


@documented
@strawberry.enum
class ReviewOrder(StrEnum):
    """In which order reviews are listed."""

    COMMISSIONED_ON_DESC = "COMMISSIONED_ON_DESC"
    """The latest commissioned first; what was never commissioned last."""
    COMMISSIONED_ON_ASC = "COMMISSIONED_ON_ASC"
    """The earliest commissioned first; what was never commissioned last."""
    REFERENCE_ASC = "REFERENCE_ASC"
    """By reference, as people count."""


@documented
@strawberry.enum
class RecommendationOrder(StrEnum):
    """In which order recommendations are listed."""

    DUE_ON_ASC = "DUE_ON_ASC"
    """What is due first before the rest; without a due date last."""
    DUE_ON_DESC = "DUE_ON_DESC"
    """What is due last before the rest; without a due date last."""
    REFERENCE_ASC = "REFERENCE_ASC"
    """By reference, as people count."""
    RAISED_DESC = "RAISED_DESC"
    """The latest raised first."""


@documented
@strawberry.enum
class ActionOrder(StrEnum):
    """In which order actions are listed."""

    DUE_ON_ASC = "DUE_ON_ASC"
    """What is due first before the rest; without a due date last."""
    DUE_ON_DESC = "DUE_ON_DESC"
    """What is due last before the rest; without a due date last."""
    REFERENCE_ASC = "REFERENCE_ASC"
    """By reference, as people count."""
    RAISED_DESC = "RAISED_DESC"
    """The latest raised first."""


@documented
@strawberry.enum
class ChallengeOrder(StrEnum):
    """In which order formal challenges are listed."""

    RESPONSE_DUE_ASC = "RESPONSE_DUE_ASC"
    """What is to be answered first before the rest."""
    ISSUED_DESC = "ISSUED_DESC"
    """The latest issued first."""


for _word in (
    vocabulary.Stage,
    vocabulary.Role,
    vocabulary.Rag,
    vocabulary.Answer,
    vocabulary.EvidenceVerdict,
    vocabulary.ClosureOutcome,
    vocabulary.Impact,
    vocabulary.ReviewStage,
    vocabulary.ChallengeStage,
    vocabulary.ChallengeOutcome,
    vocabulary.AgencyKind,
    vocabulary.DutyHolder,
    vocabulary.Compliance,
    vocabulary.OversightQueue,
    vocabulary.OwedKind,
    vocabulary.Participant,
    vocabulary.ParticipationGroup,
    vocabulary.TookPart,
    vocabulary.ClockState,
    vocabulary.RunsFrom,
    vocabulary.StoppedBy,
    vocabulary.DeadlineUnit,
):
    documented(strawberry.enum(_word))
