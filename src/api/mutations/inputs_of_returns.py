"""Inputs about agencies' returns on their standing duties."""

import strawberry
from strawberry import UNSET

from api.mutations.inputs import ON_PAPER, Dated, Day, Keyed, Text, Texts
from domain.words import Compliance

ONE_DUTY = "One duty; without it all that are open and the caller's to confirm."
DUTIES = "The duties that this assurance is about, all of them the caller's and open; in place of `dutyId`."
WHOM = (
    "Left out or null: every partner agency; an empty list names nobody, and is refused. Who has been called for the "
    "period already is left as it is."
)
PERIOD = "Which of the year's periods, counted from 1, where the framework asks more than once a year."
ROUND = "The audit that the round belongs to, such as a section 11 audit; its improvement points are raised there."
STANDARD = "A duty of the return."
ABOUT = "The standard that it is about; left out, it is about the return as a whole."
SHOWS = "What shows it."
JUDGE = "The body that the verdict is given for; by default the one that judges returns, if the caller acts for it."
NAMED = "Standards found otherwise than the agency assessed them; those that are not named stand as assessed."


@strawberry.input
class ReturnsCallInput(Keyed):
    year: int
    period: int | None = strawberry.field(default=1, description=PERIOD)
    agencies: Texts = strawberry.field(default=UNSET, description=WHOM)
    due_on: Day = UNSET
    happened_on: Day = UNSET
    review_id: strawberry.ID | None = strawberry.field(default=UNSET, description=ROUND)


@strawberry.input
class ReturnConfirmInput(Dated):
    assurance: str
    duty_id: strawberry.ID | None = strawberry.field(default=UNSET, description=ONE_DUTY)
    agency: Text = strawberry.field(default=UNSET, description=ON_PAPER)
    duty_ids: list[strawberry.ID] | None = strawberry.field(default=UNSET, description=DUTIES)


@strawberry.input
class StandardAssessmentInput:
    """How far one standard is met."""

    duty_id: strawberry.ID = strawberry.field(description=STANDARD)
    compliance: Compliance
    words: Text = strawberry.field(default=UNSET, description=SHOWS)


@strawberry.input
class ReturnImprovementInput:
    """Something to be put right."""

    wording: str
    duty_id: strawberry.ID | None = strawberry.field(default=UNSET, description=ABOUT)


@strawberry.input
class ReturnSubmitInput(Dated):
    """An agency's own assessment. It may be given again until the return is judged; what is said last stands."""

    assessments: list[StandardAssessmentInput]
    improvements: list[ReturnImprovementInput] | None = UNSET
    narrative: Text = UNSET
    agency: Text = strawberry.field(default=UNSET, description=ON_PAPER)


@strawberry.input
class ReturnVerdictInput:
    """What is found of one return that has been answered."""

    id: strawberry.ID
    assessments: list[StandardAssessmentInput] | None = strawberry.field(default=UNSET, description=NAMED)
    improvements: list[ReturnImprovementInput] | None = UNSET
    narrative: Text = UNSET


@strawberry.input
class ReturnsJudgeInput(Keyed):
    """Verdicts on up to 100 returns, recorded together or not at all."""

    verdicts: list[ReturnVerdictInput]
    body: Text = strawberry.field(default=UNSET, description=JUDGE)
    happened_on: Day = UNSET
