"""Inputs about reviews and the learning that they identify."""

from datetime import date

import strawberry
from strawberry import UNSET

from api.graphql.descriptions import documented
from api.graphql.inputs import Dated, Day, Keyed, Text, Texts
from domain.shared.vocabulary import Participant, TookPart


@documented
@strawberry.input
class ConditionMetInput:
    """`condition` in the framework's words (`ReviewKind.conditions`)."""

    condition: str
    """The condition, in the framework's words."""
    words: str
    """How it is met."""


@documented
@strawberry.input
class CriterionMetInput:
    """`criterion` by its key (`ReviewKind.listedCriteria`)."""

    criterion: str
    """The criterion, by its key."""
    words: str
    """How it is met."""


@documented
@strawberry.input
class ReviewCommissionInput(Keyed):
    """A review or audit begins: of its own, or on a referral."""

    kind: str
    """The kind of review in the framework in force, by key."""
    title: str
    """What it is called; never a child's name."""
    mandated_by: Text = UNSET
    """Who asked for it; a body's key, or words."""
    lead_reviewer: Text = UNSET
    """Named, both of them, where the kind asks for an independent lead (`ReviewKind.independentLead`)."""
    lead_reviewer_employer: Text = UNSET
    """Named, both of them, where the kind asks for an independent lead (`ReviewKind.independentLead`)."""
    agencies: list[str]
    """The agencies under review, by key."""
    aware_on: Day = UNSET
    """The day on which somebody became aware of the case; starts what runs from awareness."""
    happened_on: Day = UNSET
    """The day on which it took effect; by default today."""
    method: Text = UNSET
    """How it is conducted, in any words; the framework offers some."""
    follows_up: strawberry.ID | None = UNSET
    """The earlier review that it follows up."""
    programme_year: int | None = UNSET
    """
    The audit programme in which it takes a place: what was planned first of its kind and on its themes. Named where the
    framework's limit counts the kind.
    """
    planned_audit: strawberry.ID | None = UNSET
    """The planned audit whose place it takes, where that should not be the first that fits."""
    checks: list[strawberry.ID] | None = UNSET
    """The recommendations of which it checks what became; all of the review that it follows up, if it names one."""
    themes: Texts = UNSET
    """The themes that it is on, by key."""
    facilitator: Text = UNSET
    """Who facilitates it, where its kind is facilitated."""
    conditions_met: list[ConditionMetInput] | None = UNSET
    """
    How the kind's conditions are met. Whoever sends it says it of every binding one (`ReviewKind.bindingConditions`).
    """
    criteria_met: list[CriterionMetInput] | None = UNSET
    """Which of the kind's criteria are met, and how. Whoever sends it names one at least, where the kind has any."""
    stakeholders: Texts = UNSET
    """By default those of the kind."""
    referral_id: strawberry.ID | None = UNSET
    """The referral that it is commissioned on; its id stays the review's."""
    reference: Text = UNSET
    """A number of the partnership's own; by default the next one."""
    shared_reference: Text = UNSET
    """Its number with another partnership that shares it."""
    reports_through: Text = UNSET
    """
    The body that decides about its recommendations, where the framework gives none: one of
    `ReviewKind.mayReportThrough`.
    """
    reason: Text = UNSET
    """The chair's, for another kind than was referred and advised, or for a review of a case that was declined."""


@documented
@strawberry.input
class ReviewReferInput(Keyed):
    """A case is referred, for bodies to advise on and the chair to decide."""

    title: str
    """What it is called; never a child's name."""
    kind: Text = UNSET
    """The kind of review that whoever refers it thinks of, by key."""
    referred_by: Text = UNSET
    """Who refers it."""
    aware_on: Day = UNSET
    """The day on which somebody became aware of the case; starts what runs from awareness."""
    agencies: list[str]
    """The agencies concerned, by key."""
    happened_on: Day = UNSET
    """The day on which it took effect; by default today."""
    circumstances: Texts = UNSET
    """Keys of `ReviewKind.alwaysWhen`: in any of them the case is not declined."""


@documented
@strawberry.input
class ReviewAdviseInput(Dated):
    """A body advises the chair about a referred case."""

    body: str
    """The body that advises, by key."""
    kind: Text = UNSET
    """Needed unless `noReview` is said; beside that, what is advised against, by default what the referral names."""
    advice: str
    """Its reasons."""
    no_review: bool | None = False
    """The body advises that the case is not reviewed."""


@documented
@strawberry.input
class ReviewDeclineInput(Dated):
    """The chair decides that a referred case is not reviewed."""

    reason: str
    """Why."""


@documented
@strawberry.input
class ReviewAgreeInput(Dated):
    """A review is agreed, by a body that its kind names or by the chair."""

    body: Text = UNSET
    """The body that agrees; by default the only one that the caller acts for, or the chair."""


@documented
@strawberry.input
class ReviewSectionInput:
    """A part of what a review says."""

    key: str
    """The section's key in the kind of review."""
    text: str
    """The review's own words."""


@documented
@strawberry.input
class ReviewCompleteInput(Dated):
    """A review has said what it has to say."""

    sections: list[ReviewSectionInput] | None = UNSET
    """What it says, by the sections that its kind asks for."""


@documented
@strawberry.input
class ReviewPublishInput(Dated):
    """A completed review is published."""

    url: Text = UNSET
    """Where its report can be read."""
    board_response: Text = UNSET
    """The board's response, where its kind is published with one."""


@documented
@strawberry.input
class ReviewWithholdPublicationInput(Dated):
    """A completed review is not published, for a reason."""

    reason: str
    """Why."""
    improvements: Text = UNSET
    """What is published in its place; everybody may read it."""


@documented
@strawberry.input
class LearningIdentifyInput(Keyed):
    """A review has taught something: to be improved, or good practice."""

    review_id: strawberry.ID
    """The review that taught it."""
    expected_version: int | None = UNSET
    """The version that the command was decided on; without it the command is decided on the newest."""
    wording: str
    """The learning in a sentence or two."""
    good_practice: bool | None = False
    """Whether it is good practice, to be kept."""
    themes: list[str]
    """The themes that it is coded to, by key."""
    agencies: Texts = UNSET
    """The agencies that it concerns, by key; by default all under review."""
    happened_on: Day = UNSET
    """The day on which it took effect; by default today."""
    yields: Text = UNSET
    """Which kind of learning it is, in the words of `ReviewKind.learning`; others are taken, and marked."""


@documented
@strawberry.input
class LearningDisseminateInput(Keyed):
    """Learning is told to agencies, bodies, the public or the media; for agencies duties follow."""

    review_id: strawberry.ID
    """The review whose learning it is."""
    expected_version: int | None = UNSET
    """The version that the command was decided on; without it the command is decided on the newest."""
    method: str
    """A method of the framework that the review runs under."""
    audience: list[str]
    """Whom it is meant for, in free words."""
    happened_on: Day = UNSET
    """The day on which it took effect; by default today."""
    agencies: Texts = UNSET
    """Left out or null: those that the review involves. An empty list is none of them."""
    learning: list[strawberry.ID] | None = UNSET
    """Of this review or of others, which the dissemination then joins; by default all of this review's."""
    confirm_by: Day = UNSET
    """By when duties are to be confirmed; by default as the framework says."""
    bodies: Texts = UNSET
    """Bodies of the framework in force that it is brought to, by their keys."""
    public: bool | None = False
    """Whether the public was told."""
    media: bool | None = False
    """Whether the media were told."""


@documented
@strawberry.input
class LearningConfirmInput(Keyed):
    """Duties that follow from learning are done."""

    review_id: strawberry.ID
    """The review whose learning they are about."""
    expected_version: int | None = UNSET
    """The version that the command was decided on; without it the command is decided on the newest."""
    assurance: str
    """What was done."""
    happened_on: Day = UNSET
    """The day on which it took effect; by default today."""
    duty_id: strawberry.ID | None = UNSET
    """One duty; without it all that are open and the caller's to confirm."""
    agency: Text = UNSET
    """Whom the business unit records for, received on paper; by default the lead."""
    duty_ids: list[strawberry.ID] | None = UNSET
    """The duties that this assurance is about, all of them the caller's and open; in place of `dutyId`."""


@documented
@strawberry.input
class ReviewRecordParticipationInput(Dated):
    """How a child, family member or professional took part in a review."""

    participant: Participant
    """Who, by their part in the case."""
    who: Text = UNSET
    """By role and never by name, such as `the grandmother`; it tells several of one kind apart."""
    invited: bool
    """Whether they were invited to contribute."""
    took_part: TookPart | None = UNSET
    """Null as long as that is not known; DECLINED of whoever was invited and did not want to."""
    how: Text = UNSET
    """How they took part."""
    why_not: Text = UNSET
    """Needed where they were not invited; also why they did not take part, or declined."""


@documented
@strawberry.input
class LearningTakeUpInput(Keyed):
    """A body that was fed with learning says what it made of it."""

    review_id: strawberry.ID
    """The review whose learning it is."""
    learning_id: strawberry.ID
    """The point of learning."""
    expected_version: int | None = UNSET
    """The version that the command was decided on; without it the command is decided on the newest."""
    body: Text = UNSET
    """The body that was fed, by its key; a member of one body needs to name none."""
    what_was_done: str
    """What the body made of it."""
    happened_on: Day = UNSET
    """The day on which it took effect; by default today."""


@documented
@strawberry.input
class ClockStartInput(Keyed):
    """A time limit begins to run, where no fact starts it by itself."""

    review_id: strawberry.ID
    """The review that it runs for."""
    clock: str
    """The key of the framework's deadline, or another name with a due day."""
    started_on: date
    """The day from which it runs."""
    due_on: Day = UNSET
    """The last day on which it is met; by default by the deadline's length."""
    expected_version: int | None = UNSET
    """The version that the command was decided on; without it the command is decided on the newest."""


@documented
@strawberry.input
class ClockStopInput(Keyed):
    """A time limit has been met, or runs no more."""

    review_id: strawberry.ID
    """The review that it runs for."""
    clock: str
    """The clock's name."""
    stopped_on: date
    """The day on which it was stopped."""
    expected_version: int | None = UNSET
    """The version that the command was decided on; without it the command is decided on the newest."""


@documented
@strawberry.input
class ReviewRaiseImprovementsInput(Dated):
    """What returns showed is to be put right becomes work of the agencies, assigned to each at once."""

    returns: list[strawberry.ID]
    """Whose improvement points; what is work already stays."""
    due_on: date
    """By when the work is to be done."""
    recommendation_id: strawberry.ID | None = UNSET
    """They become actions under it; without it each becomes a recommendation of the review."""
