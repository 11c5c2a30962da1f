"""Inputs about reviews and the learning that they identify."""

from datetime import date

import strawberry
from strawberry import UNSET

from api.mutations.inputs import ON_PAPER, VERSION, Dated, Day, Keyed, Text, Texts
from api.mutations.inputs_of_returns import DUTIES, ONE_DUTY
from domain.words import Participant, TookPart

METHOD = "A method of the framework that the review runs under."
AGENCIES = "Left out or null: those that the review involves. An empty list is none of them."
BODIES = "Bodies of the framework in force that it is brought to, by their keys."
LEARNING = "Of this review or of others, which the dissemination then joins; by default all of this review's."

WHO = "By role and never by name, such as `the grandmother`; it tells several of one kind apart."
TOOK_PART = "Null as long as that is not known; DECLINED of whoever was invited and did not want to."
WHY_NOT = "Needed where they were not invited; also why they did not take part, or declined."
TAKEN_UP_BY = "The body that was fed, by its key; a member of one body needs to name none."
YIELDS = "Which kind of learning it is, in the words of `ReviewKind.learning`; others are taken, and marked."
LEAD = "Named, both of them, where the kind asks for an independent lead (`ReviewKind.independentLead`)."
PROGRAMME_YEAR = (
    "The audit programme in which it takes a place: what was planned first of its kind and on its themes. Named where "
    "the framework's limit counts the kind."
)
PLANNED_AUDIT = "The planned audit whose place it takes, where that should not be the first that fits."
ROUTED = (
    "The body that decides about its recommendations, where the framework gives none: one of "
    "`ReviewKind.mayReportThrough`."
)
REASON = "The chair's, for another kind than was referred and advised, or for a review of a case that was declined."
CIRCUMSTANCES = "Keys of `ReviewKind.alwaysWhen`: in any of them the case is not declined."
ADVISED = "Needed unless `noReview` is said; beside that, what is advised against, by default what the referral names."
NO_REVIEW = "The body advises that the case is not reviewed."
CHECKS = "The recommendations of which it checks what became; all of the review that it follows up, if it names one."


CONDITIONS_MET = (
    "How the kind's conditions are met. Whoever sends it says it of every binding one (`ReviewKind.bindingConditions`)."
)
CRITERIA_MET = (
    "Which of the kind's criteria are met, and how. Whoever sends it names one at least, where the kind has any."
)
STAKEHOLDERS = "By default those of the kind."


@strawberry.input
class ConditionMetInput:
    """`condition` in the framework's words (`ReviewKind.conditions`)."""

    condition: str
    words: str


@strawberry.input
class CriterionMetInput:
    """`criterion` by its key (`ReviewKind.listedCriteria`)."""

    criterion: str
    words: str


@strawberry.input
class ReviewCommissionInput(Keyed):
    kind: str
    title: str
    mandated_by: Text = UNSET
    lead_reviewer: Text = strawberry.field(default=UNSET, description=LEAD)
    lead_reviewer_employer: Text = strawberry.field(default=UNSET, description=LEAD)
    agencies: list[str]
    aware_on: Day = UNSET
    happened_on: Day = UNSET
    method: Text = UNSET
    follows_up: strawberry.ID | None = UNSET
    programme_year: int | None = strawberry.field(default=UNSET, description=PROGRAMME_YEAR)
    planned_audit: strawberry.ID | None = strawberry.field(default=UNSET, description=PLANNED_AUDIT)
    checks: list[strawberry.ID] | None = strawberry.field(default=UNSET, description=CHECKS)
    themes: Texts = UNSET
    facilitator: Text = UNSET
    conditions_met: list[ConditionMetInput] | None = strawberry.field(default=UNSET, description=CONDITIONS_MET)
    criteria_met: list[CriterionMetInput] | None = strawberry.field(default=UNSET, description=CRITERIA_MET)
    stakeholders: Texts = strawberry.field(default=UNSET, description=STAKEHOLDERS)
    referral_id: strawberry.ID | None = UNSET
    reference: Text = UNSET
    shared_reference: Text = UNSET
    reports_through: Text = strawberry.field(default=UNSET, description=ROUTED)
    reason: Text = strawberry.field(default=UNSET, description=REASON)


@strawberry.input
class ReviewReferInput(Keyed):
    title: str
    kind: Text = UNSET
    referred_by: Text = UNSET
    aware_on: Day = UNSET
    agencies: list[str]
    happened_on: Day = UNSET
    circumstances: Texts = strawberry.field(default=UNSET, description=CIRCUMSTANCES)


@strawberry.input
class ReviewAdviseInput(Dated):
    body: str
    kind: Text = strawberry.field(default=UNSET, description=ADVISED)
    advice: str
    no_review: bool | None = strawberry.field(default=False, description=NO_REVIEW)


@strawberry.input
class ReviewDeclineInput(Dated):
    reason: str


@strawberry.input
class ReviewAgreeInput(Dated):
    body: Text = UNSET


@strawberry.input
class ReviewSectionInput:
    key: str
    text: str


AS_ACTIONS = "They become actions under it; without it each becomes a recommendation of the review."


@strawberry.input
class ReviewCompleteInput(Dated):
    sections: list[ReviewSectionInput] | None = UNSET


@strawberry.input
class ReviewPublishInput(Dated):
    url: Text = UNSET
    board_response: Text = UNSET


@strawberry.input
class ReviewWithholdPublicationInput(Dated):
    reason: str
    improvements: Text = UNSET


@strawberry.input
class LearningIdentifyInput(Keyed):
    review_id: strawberry.ID
    expected_version: int | None = strawberry.field(default=UNSET, description=VERSION)
    wording: str
    good_practice: bool | None = False
    themes: list[str]
    agencies: Texts = UNSET
    happened_on: Day = UNSET
    yields: Text = strawberry.field(default=UNSET, description=YIELDS)


@strawberry.input
class LearningDisseminateInput(Keyed):
    review_id: strawberry.ID
    expected_version: int | None = strawberry.field(default=UNSET, description=VERSION)
    method: str = strawberry.field(description=METHOD)
    audience: list[str]
    happened_on: Day = UNSET
    agencies: Texts = strawberry.field(default=UNSET, description=AGENCIES)
    learning: list[strawberry.ID] | None = strawberry.field(default=UNSET, description=LEARNING)
    confirm_by: Day = UNSET
    bodies: Texts = strawberry.field(default=UNSET, description=BODIES)
    public: bool | None = False
    media: bool | None = False


@strawberry.input
class LearningConfirmInput(Keyed):
    review_id: strawberry.ID
    expected_version: int | None = strawberry.field(default=UNSET, description=VERSION)
    assurance: str
    happened_on: Day = UNSET
    duty_id: strawberry.ID | None = strawberry.field(default=UNSET, description=ONE_DUTY)
    agency: Text = strawberry.field(default=UNSET, description=ON_PAPER)
    duty_ids: list[strawberry.ID] | None = strawberry.field(default=UNSET, description=DUTIES)


@strawberry.input
class ReviewRecordParticipationInput(Dated):
    participant: Participant
    who: Text = strawberry.field(default=UNSET, description=WHO)
    invited: bool
    took_part: TookPart | None = strawberry.field(default=UNSET, description=TOOK_PART)
    how: Text = UNSET
    why_not: Text = strawberry.field(default=UNSET, description=WHY_NOT)


@strawberry.input
class LearningTakeUpInput(Keyed):
    review_id: strawberry.ID
    learning_id: strawberry.ID
    expected_version: int | None = strawberry.field(default=UNSET, description=VERSION)
    body: Text = strawberry.field(default=UNSET, description=TAKEN_UP_BY)
    what_was_done: str
    happened_on: Day = UNSET


@strawberry.input
class ClockStartInput(Keyed):
    review_id: strawberry.ID
    clock: str
    started_on: date
    due_on: Day = UNSET
    expected_version: int | None = strawberry.field(default=UNSET, description=VERSION)


@strawberry.input
class ClockStopInput(Keyed):
    review_id: strawberry.ID
    clock: str
    stopped_on: date
    expected_version: int | None = strawberry.field(default=UNSET, description=VERSION)


@strawberry.input(
    description="What returns showed is to be put right becomes work of the agencies, assigned to each at once."
)
class ReviewRaiseImprovementsInput(Dated):
    returns: list[strawberry.ID] = strawberry.field(description="Whose improvement points; what is work already stays.")
    due_on: date
    recommendation_id: strawberry.ID | None = strawberry.field(default=UNSET, description=AS_ACTIONS)
