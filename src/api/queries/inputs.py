"""What lists can be filtered by; a null is the same as leaving the filter out."""

from datetime import date

import strawberry
from strawberry import UNSET

from domain.words import (
    AgencyKind,
    Answer,
    ChallengeOutcome,
    ChallengeStage,
    ClockState,
    ClosureOutcome,
    EvidenceVerdict,
    Impact,
    ReviewStage,
    Stage,
)

Texts = list[str] | None
CLOCKS = "With a clock of which any of these holds on the day asked about."


@strawberry.input
class ReviewFilter:
    kinds: Texts = UNSET
    stages: list[ReviewStage] | None = UNSET
    text: str | None = UNSET
    monitored_by: Texts = UNSET
    agencies: Texts = UNSET
    clocks: list[ClockState] | None = strawberry.field(default=UNSET, description=CLOCKS)


@strawberry.input
class RecommendationFilter:
    stages: list[Stage] | None = UNSET
    themes: Texts = UNSET
    lead_agencies: Texts = UNSET
    review_id: strawberry.ID | None = UNSET
    challenged: bool | None = UNSET
    overdue: bool | None = UNSET
    text: str | None = UNSET
    monitored_by: Texts = UNSET
    awaiting_review: bool | None = UNSET
    answers: list[Answer] | None = UNSET
    response_overdue: bool | None = UNSET
    awaiting_impact: bool | None = UNSET
    unassigned: bool | None = UNSET


@strawberry.input
class ActionFilter:
    stages: list[Stage] | None = UNSET
    lead_agencies: Texts = UNSET
    monitored_by: Texts = UNSET
    review_id: strawberry.ID | None = UNSET
    recommendation_id: strawberry.ID | None = UNSET
    challenged: bool | None = UNSET
    overdue: bool | None = UNSET
    awaiting_review: bool | None = UNSET
    due_before: date | None = UNSET
    text: str | None = UNSET
    contributing_agencies: Texts = UNSET
    extension_pending: bool | None = UNSET
    evidence_verdicts: list[EvidenceVerdict] | None = UNSET
    closure_outcomes: list[ClosureOutcome] | None = UNSET
    impacts: list[Impact] | None = UNSET
    awaiting_impact: bool | None = UNSET
    overdue_against_original: bool | None = UNSET
    themes: Texts = UNSET


@strawberry.input
class ChallengeFilter:
    stages: list[ChallengeStage] | None = UNSET
    agencies: Texts = UNSET
    overdue: bool | None = UNSET
    levels: list[int] | None = UNSET
    agency_kinds: list[AgencyKind] | None = UNSET
    issued_since: date | None = UNSET
    issued_until: date | None = UNSET
    outcomes: list[ChallengeOutcome] | None = UNSET


@strawberry.input
class RecurrenceFilter:
    themes: Texts = UNSET
    agencies: Texts = UNSET
    since: date | None = UNSET
    minimum_reviews: int | None = 2
    after_closure_only: bool | None = False
