"""What an agency does not get of what it may see (rules.md, "What an agency sees"): taken away after reading."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any, TypeVar

from projections.queries.actions.query import ActionRead
from projections.queries.programmes.query import ProgrammeRead
from projections.queries.recommendations.query import RecommendationRead
from projections.queries.reviews.query import ReviewRead

Row = TypeVar("Row", bound=Any)

_ALWAYS = frozenset({"thing", "reference", "stage", "access", "batch"})
_HEADER_OF_REVIEW = _ALWAYS | {"title", "kind_key", "framework_key"}
_HEADER_OF_RECOMMENDATION = _ALWAYS | {"wording", "review_id"}
_PUBLISHED_OF_RECOMMENDATION = _HEADER_OF_RECOMMENDATION | {
    "lead",
    "contributing",
    "addressees",
    "bodies",
    "bodies_of",
    "theme_keys",
    "learning_ids",
    "need",
    "means_of_improvement",
    "measure_of_effectiveness",
    "raised_on",
    "original_due_on",
    "due_on",
    "due_on_corrected",
    "response_due_on",
    "lead_response",
}
_NOT_PUBLISHED_OF_REVIEW = {
    "open_challenges",
    "version",
    "withheld_on",
    "publication_withheld_reason",
    "declined_on",
    "declined_reason",
    "circumstance_keys",
    "commissioned_reason",
    "reported_by_key",
    "conditions_met",
    "criteria_met",
}
_NOT_PUBLISHED_OF_PROGRAMME = {"version"}


def _all_but(row: type, hidden: set[str]) -> frozenset[str]:
    return frozenset(each.name for each in fields(row)) - hidden


KEPT: Mapping[tuple[type, str], frozenset[str]] = {
    (ReviewRead, "HEADER"): _HEADER_OF_REVIEW,
    (ReviewRead, "PUBLISHED"): _all_but(ReviewRead, _NOT_PUBLISHED_OF_REVIEW),
    (RecommendationRead, "HEADER"): _HEADER_OF_RECOMMENDATION,
    (RecommendationRead, "PUBLISHED"): _PUBLISHED_OF_RECOMMENDATION,
    (ActionRead, "LEAD_ABOVE"): _all_but(ActionRead, {"version"}),
    (ProgrammeRead, "PUBLISHED"): _all_but(ProgrammeRead, _NOT_PUBLISHED_OF_PROGRAMME),
}

WHOLE = frozenset({"FULL"})
LED_ABOVE = WHOLE | {"LEAD_ABOVE"}
PUBLIC = WHOLE | {"PUBLISHED"}
LISTED: Mapping[str, frozenset[str]] = {
    "progress": LED_ABOVE,
    "evidence": LED_ABOVE,
    "extension": LED_ABOVE,
    "impact": LED_ABOVE,
    "history": LED_ABOVE,
    "learning": PUBLIC,
    "agreement": WHOLE,
    "participation": WHOLE,
    "take_up": WHOLE,
    "advice": WHOLE,
    "clock": PUBLIC | {"HEADER"},
    "response": PUBLIC,
    "check": PUBLIC,
    "challenge_response": WHOLE,
    "challenge_escalation": WHOLE,
}
"""Who is shown what is listed under a thing, by the access that they have to it."""


def redact(row: Row) -> Row:
    """The row with what its `access` allows; the rest is null, empty, false or zero."""
    kept = KEPT.get((type(row), row.access))
    if kept is None:
        return row
    hidden = {each.name: _nothing(getattr(row, each.name)) for each in fields(row) if each.name not in kept}
    return replace(row, **hidden)


def _nothing(value: object) -> object:
    match value:
        case list():
            return []
        case bool():
            return False
        case int():
            return 0
    return None
