"""Duties as rows, whatever they arose from: what is shared by the histories of reviews and of returns."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.duties.events import DutiesConfirmed, DutiesTransferred
from domain.duties.state import shared_out
from domain.returns.events import ReturnCalled, ReturnJudged, ReturnSubmitted
from domain.review.events import LearningDisseminated
from domain.shared.facts import Recorded
from projections.engine.timeline import Key

TABLE = "duty_history"


class DutyRow(NamedTuple):
    """
    One duty; `nth` is its place in the framework's order, `origin` what it arose from, `learning` what about,
    `asked_of` the agency for which it arose.
    """

    thing: UUID
    origin: UUID
    nth: int
    key: str
    role: str
    wording: str
    held_by: str
    agency: str | None
    arisen_on: date
    due_on: date | None
    done_on: date | None = None
    confirmed_by: Mapping[str, Any] | None = None
    assurance: str | None = None
    learning: tuple[UUID, ...] = ()
    compliance: str | None = None
    judged_compliance: str | None = None
    judgement: str | None = None
    asked_of: str | None = None


DutyRows = Mapping[Key, DutyRow]


def apply_to_duties(owed: DutyRows, recorded: Recorded) -> DutyRows:
    """With what a fact says of duties; most say nothing."""
    match recorded.fact:
        case LearningDisseminated() as fact:
            return {**owed, **_arisen(recorded, fact.dissemination_id, fact, fact.confirm_by)}
        case ReturnCalled() as fact:
            return {**owed, **_arisen(recorded, recorded.originator_id, fact, fact.due_on)}
        case DutiesConfirmed() as fact:
            return {**owed, **_confirmed(owed, fact)}
        case ReturnSubmitted() as fact:
            return {**owed, **_assessed(owed, fact)}
        case ReturnJudged() as fact:
            return {**owed, **_judged(owed, fact)}
        case DutiesTransferred() as fact:
            return {**owed, **_transferred(owed, fact)}
    return owed


def _arisen(recorded: Recorded, origin: UUID, fact: LearningDisseminated | ReturnCalled, due_on: date) -> DutyRows:
    shares = shared_out(origin, fact.duties, fact.obliged)
    nth = {duty.key: number for number, duty in enumerate(fact.duties, 1)}
    return {
        Key(TABLE, str(id)): DutyRow(
            thing=recorded.originator_id,
            origin=origin,
            nth=nth[duty.key],
            key=duty.key,
            role=duty.role,
            wording=duty.wording,
            held_by=duty.held_by.value,
            agency=each.agency,
            arisen_on=fact.happened_on,
            due_on=None if duty.conditional else due_on,
            learning=each.learning,
            asked_of=each.agency,
        )
        for id, duty, each in shares
    }


def _confirmed(owed: DutyRows, fact: DutiesConfirmed) -> DutyRows:
    named = (Key(TABLE, str(id)) for id in fact.duties)
    changes: dict[str, Any] = {
        "done_on": fact.happened_on,
        "confirmed_by": fact.by.model_dump(mode="json"),
        "assurance": fact.assurance,
    }
    return {key: owed[key]._replace(**changes) for key in named if key in owed and owed[key].done_on is None}


def _assessed(owed: DutyRows, fact: ReturnSubmitted) -> DutyRows:
    """Answered for, on the first day on which it was; the words that stand are the latest."""
    found = ((Key(TABLE, str(each.duty_id)), each) for each in fact.assessments)
    by = fact.by.model_dump(mode="json")
    return {
        key: owed[key]._replace(
            done_on=owed[key].done_on or fact.happened_on,
            confirmed_by=by,
            assurance=each.words,
            compliance=each.compliance.value,
        )
        for key, each in found
        if key in owed
    }


def _judged(owed: DutyRows, fact: ReturnJudged) -> DutyRows:
    """The latest verdict is the whole verdict: what it does not name stands as the agency assessed it."""
    found = {Key(TABLE, str(each.duty_id)): (each.compliance.value, each.words) for each in fact.assessments}
    verdicts = {key: found.get(key, (None, None)) for key in owed}
    return {
        key: owed[key]._replace(judged_compliance=compliance, judgement=words)
        for key, (compliance, words) in verdicts.items()
    }


def _transferred(owed: DutyRows, fact: DutiesTransferred) -> DutyRows:
    moving = (key for key, row in owed.items() if row.agency == fact.from_agency and row.done_on is None)
    return {key: owed[key]._replace(agency=fact.to_agency) for key in moving}
