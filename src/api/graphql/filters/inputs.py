"""What lists can be filtered by; a null is the same as leaving the filter out."""

from datetime import date

import strawberry
from strawberry import UNSET

from api.graphql.descriptions import documented
from domain.shared.vocabulary import (
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


@documented
@strawberry.input
class ReviewFilter:
    """Which reviews a list shows; all that is given must hold."""

    kinds: Texts = UNSET
    """Of any of these kinds, by key."""
    stages: list[ReviewStage] | None = UNSET
    """In any of these stages."""
    text: str | None = UNSET
    """With this text in the title or reference, whatever the capitals, accents and apostrophes."""
    monitored_by: Texts = UNSET
    """Reporting through any of these bodies, by key."""
    agencies: Texts = UNSET
    """With any of these agencies under review, by key."""
    clocks: list[ClockState] | None = UNSET
    """With a clock of which any of these holds on the day asked about."""


@documented
@strawberry.input
class LearningFilter:
    """Which learning a list shows; all that is given must hold."""

    themes: Texts = UNSET
    """Coded to any of these themes, or to one merged into it, by key."""
    uncoded: bool | None = UNSET
    """Coded to no theme, so that it is not seen to recur, or coded."""
    agencies: Texts = UNSET
    """Concerning any of these agencies, by key."""
    kinds: Texts = UNSET
    """From reviews of any of these kinds, by key."""
    good_practice: bool | None = UNSET
    """Good practice, or what is to be improved."""
    year: int | None = UNSET
    """Identified in this calendar year."""
    text: str | None = UNSET
    """With this text in the wording, whatever the capitals, accents and apostrophes."""


@documented
@strawberry.input
class RecommendationFilter:
    """Which recommendations a list shows; all that is given must hold."""

    stages: list[Stage] | None = UNSET
    """In any of these stages; an empty list fits none."""
    themes: Texts = UNSET
    """Coded to any of these themes, or to one merged into it, by key."""
    lead_agencies: Texts = UNSET
    """Led by any of these agencies, by key."""
    review_id: strawberry.ID | None = UNSET
    """Arisen from this review."""
    challenged: bool | None = UNSET
    """With an open formal challenge, or without."""
    overdue: bool | None = UNSET
    """Overdue on the day asked about, or not."""
    text: str | None = UNSET
    """With this text in the wording or reference, whatever the capitals, accents and apostrophes."""
    monitored_by: Texts = UNSET
    """Reporting through any of these bodies, by key."""
    awaiting_review: bool | None = UNSET
    """With evidence that awaits its verdict, or without."""
    answers: list[Answer] | None = UNSET
    """With any of these answers standing."""
    response_overdue: bool | None = UNSET
    """With an answer that is late, or without."""
    awaiting_impact: bool | None = UNSET
    """Closed as implemented and not yet verified, or not."""
    unassigned: bool | None = UNSET
    """Never assigned, or assigned."""
    lead_officers: Texts = UNSET
    """Led there by any of these officers, as the record names them."""


@documented
@strawberry.input
class ActionFilter:
    """Which actions a list shows; all that is given must hold."""

    stages: list[Stage] | None = UNSET
    """In any of these stages; an empty list fits none."""
    lead_agencies: Texts = UNSET
    """Led by any of these agencies, by key."""
    monitored_by: Texts = UNSET
    """Reporting through any of these bodies, by key."""
    review_id: strawberry.ID | None = UNSET
    """Arisen from this review."""
    recommendation_id: strawberry.ID | None = UNSET
    """Carrying out this recommendation."""
    challenged: bool | None = UNSET
    """With an open formal challenge, or without."""
    overdue: bool | None = UNSET
    """Overdue on the day asked about, or not."""
    awaiting_review: bool | None = UNSET
    """With evidence that awaits its verdict, or without."""
    due_before: date | None = UNSET
    """Due before this day."""
    text: str | None = UNSET
    """With this text in the wording or reference, whatever the capitals, accents and apostrophes."""
    contributing_agencies: Texts = UNSET
    """With any of these agencies contributing, by key."""
    extension_pending: bool | None = UNSET
    """With a request for an extension that awaits its answer, or without."""
    evidence_verdicts: list[EvidenceVerdict] | None = UNSET
    """With evidence of any of these verdicts."""
    closure_outcomes: list[ClosureOutcome] | None = UNSET
    """Closed with any of these outcomes."""
    impacts: list[Impact] | None = UNSET
    """With any of these findings standing."""
    awaiting_impact: bool | None = UNSET
    """Closed as implemented and not yet verified, or not."""
    overdue_against_original: bool | None = UNSET
    """Overdue by the first due date, or not."""
    themes: Texts = UNSET
    """Carrying out a recommendation on any of these themes, by key."""
    lead_officers: Texts = UNSET
    """Led there by any of these officers, as the record names them."""


@documented
@strawberry.input
class ChallengeFilter:
    """Which formal challenges a list shows; all that is given must hold."""

    stages: list[ChallengeStage] | None = UNSET
    """In any of these stages."""
    agencies: Texts = UNSET
    """To any of these agencies, by key."""
    overdue: bool | None = UNSET
    """With an answer that is late, or without."""
    levels: list[int] | None = UNSET
    """At any of these levels, counted from 1."""
    agency_kinds: list[AgencyKind] | None = UNSET
    """To agencies of any of these kinds."""
    issued_since: date | None = UNSET
    """Issued on this day or later."""
    issued_until: date | None = UNSET
    """Issued on this day or earlier."""
    outcomes: list[ChallengeOutcome] | None = UNSET
    """Resolved with any of these outcomes."""


@documented
@strawberry.input
class RecurrenceFilter:
    """Which recurring learning is shown; all that is given must hold."""

    themes: Texts = UNSET
    """On any of these themes, or on one merged into it, by key."""
    agencies: Texts = UNSET
    """Concerning any of these agencies, by key."""
    since: date | None = UNSET
    """Counting recommendations raised on this day or later."""
    minimum_reviews: int | None = 2
    """From at least so many reviews."""
    after_closure_only: bool | None = False
    """Only what came back after an earlier recommendation was closed as implemented."""
