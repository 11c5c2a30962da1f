"""Inputs about agencies' returns on their standing duties."""

import strawberry
from strawberry import UNSET

from api.graphql.descriptions import documented
from api.graphql.inputs import Dated, Day, Keyed, Text, Texts
from domain.shared.vocabulary import Compliance


@documented
@strawberry.input
class ReturnsCallInput(Keyed):
    """Agencies are called to account for their standing duties."""

    year: int
    """The year that they account for."""
    period: int | None = 1
    """Which of the year's periods, counted from 1, where the framework asks more than once a year."""
    agencies: Texts = UNSET
    """
    Left out or null: every partner agency; an empty list names nobody, and is refused. Who has been called for the
    period already is left as it is.
    """
    due_on: Day = UNSET
    """By when they are to answer; by default as the framework says."""
    happened_on: Day = UNSET
    """The day on which it took effect; by default today."""
    review_id: strawberry.ID | None = UNSET
    """The audit that the round belongs to, such as a section 11 audit; its improvement points are raised there."""


@documented
@strawberry.input
class ReturnConfirmInput(Dated):
    """An agency confirms its standing duties."""

    assurance: str
    """What was done."""
    duty_id: strawberry.ID | None = UNSET
    """One duty; without it all that are open and the caller's to confirm."""
    agency: Text = UNSET
    """Whom the business unit records for, received on paper; by default the lead."""
    duty_ids: list[strawberry.ID] | None = UNSET
    """The duties that this assurance is about, all of them the caller's and open; in place of `dutyId`."""


@documented
@strawberry.input
class StandardAssessmentInput:
    """How far one standard is met."""

    duty_id: strawberry.ID
    """A duty of the return."""
    compliance: Compliance
    """How far it is met."""
    words: Text = UNSET
    """What shows it."""


@documented
@strawberry.input
class ReturnImprovementInput:
    """Something to be put right."""

    wording: str
    """What is to be put right."""
    duty_id: strawberry.ID | None = UNSET
    """The standard that it is about; left out, it is about the return as a whole."""


@documented
@strawberry.input
class ReturnSubmitInput(Dated):
    """An agency's own assessment. It may be given again until the return is judged; what is said last stands."""

    assessments: list[StandardAssessmentInput]
    """How far each standard is met."""
    improvements: list[ReturnImprovementInput] | None = UNSET
    """What the agency finds is to be put right."""
    narrative: Text = UNSET
    """The return as a whole, in the agency's own words."""
    agency: Text = UNSET
    """Whom the business unit records for, received on paper; by default the lead."""


@documented
@strawberry.input
class ReturnVerdictInput:
    """What is found of one return that has been answered."""

    id: strawberry.ID
    """The return."""
    assessments: list[StandardAssessmentInput] | None = UNSET
    """Standards found otherwise than the agency assessed them; those that are not named stand as assessed."""
    improvements: list[ReturnImprovementInput] | None = UNSET
    """What the judge finds is to be put right."""
    narrative: Text = UNSET
    """What is said of the return as a whole."""


@documented
@strawberry.input
class ReturnsJudgeInput(Keyed):
    """Verdicts on up to 100 returns, recorded together or not at all."""

    verdicts: list[ReturnVerdictInput]
    """One for each return."""
    body: Text = UNSET
    """The body that the verdict is given for; by default the one that judges returns, if the caller acts for it."""
    happened_on: Day = UNSET
    """The day on which it took effect; by default today."""
