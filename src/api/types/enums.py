"""The register's vocabularies as GraphQL enums; the domain's own words, value by value."""

from enum import StrEnum

import strawberry

from domain import words
from domain.frameworks import DeadlineUnit

STAGE = "The life of a recommendation or action. A challenge stands beside the stage, not in place of it."


@strawberry.enum
class ExtensionAnswer(StrEnum):
    GRANTED = "GRANTED"
    REFUSED = "REFUSED"


@strawberry.enum
class ReviewOrder(StrEnum):
    COMMISSIONED_ON_DESC = "COMMISSIONED_ON_DESC"
    COMMISSIONED_ON_ASC = "COMMISSIONED_ON_ASC"
    REFERENCE_ASC = "REFERENCE_ASC"


@strawberry.enum
class RecommendationOrder(StrEnum):
    DUE_ON_ASC = "DUE_ON_ASC"
    DUE_ON_DESC = "DUE_ON_DESC"
    REFERENCE_ASC = "REFERENCE_ASC"
    RAISED_DESC = "RAISED_DESC"


@strawberry.enum
class ActionOrder(StrEnum):
    DUE_ON_ASC = "DUE_ON_ASC"
    DUE_ON_DESC = "DUE_ON_DESC"
    REFERENCE_ASC = "REFERENCE_ASC"
    RAISED_DESC = "RAISED_DESC"


@strawberry.enum
class ChallengeOrder(StrEnum):
    RESPONSE_DUE_ASC = "RESPONSE_DUE_ASC"
    ISSUED_DESC = "ISSUED_DESC"


strawberry.enum(words.Stage, description=STAGE)
for _word in (
    words.Role,
    words.Rag,
    words.Answer,
    words.EvidenceVerdict,
    words.ClosureOutcome,
    words.Impact,
    words.ReviewStage,
    words.ChallengeStage,
    words.ChallengeOutcome,
    words.AgencyKind,
    words.DutyHolder,
    words.OversightQueue,
    words.OwedKind,
    words.Participant,
    words.ParticipationGroup,
    words.TookPart,
    DeadlineUnit,
):
    strawberry.enum(_word)
