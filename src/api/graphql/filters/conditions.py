"""From a filter as it was asked to the named conditions of a list's statement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

import orjson
from strawberry import UNSET
from strawberry.utils.str_converters import to_camel_case

from api.graphql.themes.types import counted_as
from api.relay import global_id
from domain.shared.refusals import Invalid, Refusal, UnknownAgency, UnknownBody, UnknownReviewKind, UnknownTheme
from projections.engine.query_context import Condition

if TYPE_CHECKING:
    from api.context import Reading

Translate: TypeAlias = Callable[["Reading", Any, str], Any]

ONLY_OF_WHOLE = frozenset(
    {
        "overdue",
        "challenged",
        "awaiting_review",
        "response_overdue",
        "awaiting_impact",
        "evidence_verdicts",
        "lead_officers",
    }
)
"""Filters on what an agency is not shown of things that it does not see whole."""
NOT_SO = {"challenged": "unchallenged", "response_overdue": "response_not_overdue"}
"""Filters that are another condition where they are false: what is so is little, and in a small index."""


def given(requested: object) -> dict[str, Any]:
    """What a filter says; nulls and what was left out say nothing."""
    said = {} if requested is None or requested is UNSET else vars(requested)
    return {name: value for name, value in said.items() if value is not None and value is not UNSET}


def filter_key(requested: Mapping[str, Any]) -> str:
    """What binds a cursor to the filter."""
    return orjson.dumps(requested, option=orjson.OPT_SORT_KEYS, default=str).decode() if requested else ""


def conditions(reading: Reading, requested: Mapping[str, Any]) -> list[Condition]:
    """The conditions of a filter. Raises a refusal, naming the field, for keys that nothing is known under."""
    found = [_condition(reading, name, value) for name, value in requested.items()]
    if reading.query_context.visible_to is not None and ONLY_OF_WHOLE & requested.keys():
        found.append(Condition("whole"))
    return found


def _condition(reading: Reading, name: str, value: Any) -> Condition:
    if value is False and name in NOT_SO:
        return Condition(NOT_SO[name])
    condition = name.removesuffix("_id")
    return Condition(condition, {condition: TRANSLATED.get(name, _plain)(reading, value, name)})


def _plain(_: Reading, value: Any, __: str) -> Any:
    return [each.value for each in value] if isinstance(value, list) else value


def _as_given(_: Reading, values: list[Any], __: str) -> list[Any]:
    return values


def agencies(reading: Reading, keys: list[str], name: str) -> list[str]:
    return known_keys(keys, reading.agencies.__contains__, UnknownAgency, "agency", *_filtered(name))


def themes(reading: Reading, keys: list[str], name: str) -> list[str]:
    """A theme stands for all that were merged into it."""
    known = known_keys(keys, reading.themes.__contains__, UnknownTheme, "theme", *_filtered(name))
    return counted_as(reading.themes, known)


def _bodies(reading: Reading, keys: list[str], name: str) -> list[str]:
    frameworks = reading.partnership_frameworks
    return known_keys(keys, lambda key: frameworks.body(key) is not None, UnknownBody, "body", *_filtered(name))


def _kinds(reading: Reading, keys: list[str], name: str) -> list[str]:
    has_kind = reading.partnership_frameworks.has_kind
    return known_keys(keys, has_kind, UnknownReviewKind, "kind of review", *_filtered(name))


def _text(_: Reading, text: str, name: str) -> str:
    """Found anywhere, whatever the capitals, accents and apostrophes (`folded`); a pattern's signs mean themselves."""
    if "\0" in text:
        raise Invalid("A text holds no NUL character.", *_filtered(name))
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _thing(_: Reading, id: str, name: str) -> Any:
    kind = name.removesuffix("_id")
    return global_id.decode(id, kind, field=("filter", f"{kind}Id")).uuid


TRANSLATED: Mapping[str, Translate] = {
    "agencies": agencies,
    "lead_agencies": agencies,
    "contributing_agencies": agencies,
    "themes": themes,
    "monitored_by": _bodies,
    "kinds": _kinds,
    "levels": _as_given,
    "lead_officers": _as_given,
    "text": _text,
    "review_id": _thing,
    "recommendation_id": _thing,
}


def _filtered(name: str) -> tuple[str, str]:
    return ("filter", to_camel_case(name))


def known_keys(
    keys: Iterable[str], known: Callable[[str], bool], refusal: type[Refusal], what: str, *field: str
) -> list[str]:
    """The keys; raises `refusal`, naming the field and the place in its list, for one that nothing is known under."""
    wanted = list(keys)
    for nth, key in enumerate(wanted):
        if not known(key):
            raise refusal(f"There is no {what} {key!r:.80}.", *field, str(nth))
    return wanted
