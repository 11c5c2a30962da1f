"""From the facts of a review to its rows."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from domain.review import events
from domain.review.state import Review, evolve
from domain.shared.facts import Recorded, fast_replace
from domain.shared.vocabulary import ReviewStage
from projections.engine.timeline import Key, Row
from projections.histories.dissemination import TABLE as DISSEMINATIONS
from projections.histories.dissemination import DisseminationRow, disseminated
from projections.histories.duty import DutyRows, apply_to_duties
from projections.histories.parts import Entries, reference_key
from projections.histories.review_entries import agreed, listed, started, stopped, superseded

# What was known when of each review.
TABLE = "review_history"


class ReviewRow(NamedTuple):
    """The columns of `review_history` beside what it is of and its two clocks."""

    version: int
    reference: str
    reference_key: str
    title: str
    kind: str | None
    framework: str
    stage: str
    commissioned_on: date | None
    completed_on: date | None
    published_on: date | None
    withheld_reason: str | None
    published_url: str | None
    board_response: str | None
    improvements: str | None
    lead_reviewer: str | None
    lead_reviewer_employer: str | None
    lead_reviewer_independent: bool | None
    agencies: tuple[str, ...]
    mandated_by: str | None
    aware_on: date | None
    follows_up: UUID | None
    monitored_by: tuple[str, ...]
    shared_reference: str | None
    method: str | None
    sections: Any
    open_challenges: tuple[UUID, ...]
    referred_on: date | None
    referred_by: str | None
    declined_on: date | None
    declined_reason: str | None
    programme_year: int | None
    checks: tuple[UUID, ...]
    withheld_on: date | None
    lacking: tuple[str, ...]
    bodies_of: str | None
    circumstances: tuple[str, ...]
    commissioned_reason: str | None
    reported_by: str | None
    facilitator: str | None
    themes: tuple[str, ...]
    stakeholders: tuple[str, ...]
    conditions_met: Any
    criteria_met: Any


@dataclass(frozen=True)
class Folded:
    """How far the facts have been folded."""

    review: Review
    id: UUID | None = None
    referred: events.Referred | None = None
    declined: events.Declined | None = None
    commissioned: events.Commissioned | None = None
    sections: list[dict[str, Any]] = field(default_factory=list)
    days: Mapping[str, date] = field(default_factory=dict)
    published: events.Published | None = None
    withheld: events.PublicationWithheld | None = None
    entries: Entries = field(default_factory=dict)
    disseminations: Mapping[Key, DisseminationRow] = field(default_factory=dict)
    owed: DutyRows = field(default_factory=dict)


INITIAL = Folded(Review())


class ReviewFold:
    def start(self) -> Folded:
        return INITIAL

    def step(self, state: Folded, recorded: Recorded) -> Folded:
        standing = superseded(state.entries, state.review.clocks, recorded)
        state = fast_replace(
            state, review=evolve(state.review, recorded), entries=standing, owed=apply_to_duties(state.owed, recorded)
        )
        state = _applied(state, recorded)
        entries = started(agreed(state.entries, state.review, recorded), state.review.clocks, recorded)
        return fast_replace(state, entries=stopped(entries, state.review.clocks, recorded))

    def rows(self, state: Folded) -> dict[Key, Row]:
        about = state.commissioned or state.referred
        if about is None or state.id is None:
            return {}
        row = {Key(TABLE, str(state.id)): _row(state, about)}
        return {**row, **state.entries, **state.disseminations, **state.owed}


def _applied(state: Folded, recorded: Recorded) -> Folded:
    match recorded.fact:
        case events.Referred() as fact:
            return fast_replace(state, id=recorded.originator_id, referred=fact)
        case events.Declined() as fact:
            return fast_replace(state, declined=fact)
        case events.Commissioned() as fact:
            state = fast_replace(state, id=recorded.originator_id, commissioned=fact)
            return _dated(state, "commissioned_on", fact.happened_on)
        case events.Completed() as fact:
            sections = [section.model_dump(mode="json") for section in fact.sections]
            return _dated(fast_replace(state, sections=sections), "completed_on", fact.happened_on)
        case events.Published() as fact:
            return _dated(fast_replace(state, published=fact), "published_on", fact.happened_on)
        case events.PublicationWithheld() as fact:
            return _dated(fast_replace(state, withheld=fact), "withheld_on", fact.happened_on)
        case events.LearningDisseminated() as fact:
            new = {Key(DISSEMINATIONS, str(fact.dissemination_id)): disseminated(recorded, fact)}
            return fast_replace(state, disseminations={**state.disseminations, **new})
    return fast_replace(state, entries=listed(state.entries, recorded))


def _dated(state: Folded, what: str, day: date) -> Folded:
    return fast_replace(state, days={**state.days, what: day})


def _row(state: Folded, about: events.Commissioned | events.Referred) -> ReviewRow:
    return ReviewRow(
        version=state.review.version,
        stage=state.review.stage.value,
        commissioned_on=state.days.get("commissioned_on"),
        completed_on=state.days.get("completed_on"),
        sections=state.sections,
        open_challenges=tuple(sorted(state.review.challenges)),
        lacking=_lacking(state.review),
        **_about(about, state.review),
        **_reporting(state.review),
        **_mandate(state.commissioned),
        **_referral(state),
        **_publication(state),
    )


def _lacking(review: Review) -> tuple[str, ...]:
    """Who has still to agree it, or to decide about it; empty text stands for the chair."""
    return tuple(each or "" for each in review.lacking) if review.stage is ReviewStage.COMMISSIONED else ()


def _about(fact: events.Commissioned | events.Referred, review: Review) -> dict[str, Any]:
    return {
        "reference": fact.reference,
        "reference_key": reference_key(fact.reference),
        "title": fact.title,
        "kind": fact.kind,
        "framework": fact.framework,
        "agencies": fact.agencies,
        "aware_on": review.aware_on,
    }


def _referral(state: Folded) -> dict[str, Any]:
    return {
        "referred_on": state.referred and state.referred.happened_on,
        "referred_by": state.referred and state.referred.referred_by,
        "reported_by": state.review.reported_by,
        "circumstances": state.referred.circumstances if state.referred else (),
        "declined_on": state.declined and state.declined.happened_on,
        "declined_reason": state.declined and state.declined.reason,
    }


MANDATE = (
    "lead_reviewer",
    "lead_reviewer_employer",
    "lead_reviewer_independent",
    "mandated_by",
    "follows_up",
    "shared_reference",
    "method",
    "programme_year",
    "facilitator",
)
SAID_OF_NOTHING: dict[str, Any] = {"themes": (), "stakeholders": (), "conditions_met": [], "criteria_met": []}


def _mandate(commissioned: events.Commissioned | None) -> dict[str, Any]:
    if commissioned is None:
        return {**dict.fromkeys(MANDATE), "checks": (), "commissioned_reason": None, **SAID_OF_NOTHING}
    return {
        "lead_reviewer": commissioned.lead_reviewer,
        "lead_reviewer_employer": commissioned.lead_reviewer_employer,
        "lead_reviewer_independent": _independent(commissioned),
        "mandated_by": commissioned.mandated_by,
        "follows_up": commissioned.follows_up,
        "shared_reference": commissioned.shared_reference,
        "method": commissioned.method,
        "programme_year": commissioned.programme_year,
        "checks": commissioned.checks,
        "commissioned_reason": commissioned.reason,
        "facilitator": commissioned.facilitator,
        "themes": commissioned.themes,
        "stakeholders": commissioned.stakeholders,
        "conditions_met": [each.model_dump(mode="json") for each in commissioned.conditions_met],
        "criteria_met": [each.model_dump(mode="json") for each in commissioned.criteria_met],
    }


def _reporting(review: Review) -> dict[str, Any]:
    if not review.reported:
        return {"monitored_by": (), "bodies_of": None}
    return {"monitored_by": review.reporting.bodies, "bodies_of": review.reporting.framework}


def _publication(state: Folded) -> dict[str, Any]:
    published, withheld = state.published, state.withheld
    return {
        "published_on": state.days.get("published_on"),
        "published_url": published.url if published else None,
        "board_response": published.board_response if published else None,
        "withheld_reason": withheld.reason if withheld and not published else None,
        "improvements": withheld.improvements if withheld else None,
        "withheld_on": state.days.get("withheld_on"),
    }


def _independent(commissioned: events.Commissioned) -> bool | None:
    """As judged when it was commissioned; of nobody, where a correction has taken the name away."""
    return None if commissioned.lead_reviewer is None else commissioned.lead_reviewer_independent
