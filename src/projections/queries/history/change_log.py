"""What each fact of a thing changed: the thing folded before and after it, in the order of recording."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from domain.correction.amending import amending, apply_corrections
from domain.correction.events import Corrected
from domain.correction.fields import FIELDS, PUT_BACK, STRUCK_OUT, VOIDABLE, VOIDED
from domain.correction.values import Parts, as_partners_say, as_text
from domain.lifecycle.events import Completed
from domain.shared.cached_property import cached_property
from domain.shared.facts import Fact, Recorded
from projections.engine.timeline import Timeline
from projections.histories.registry import FOLDS
from projections.queries.history.query import FactRead

SHOWN: Mapping[str, str] = {
    "stage": "stage",
    "agency": "agency",
    "lead": "leadAgency",
    "contributing": "contributingAgencies",
    "monitored_by": "monitoredBy",
    "lead_officer": "leadOfficer",
    "first_due_on": "originalDueOn",
    "due_on": "dueOn",
    "response_due_on": "responseDueOn",
    "level": "level",
    "completed_on": "completedOn",
    "closed_on": "closedOn",
    "outcome": "outcome",
    "impact_due_on": "impactDueOn",
    "impact": "impact",
    "published_on": "publishedOn",
    "withheld_on": "withheldOn",
    "agreed_on": "agreedOn",
    "topics": "topics",
    "limited_to": "limit",
    "ended_on": "endedOn",
}
"""The columns of the histories that a reader of changes is told of, under the names that partners know."""


COMPLETED_ON = SHOWN["completed_on"]


class Change(NamedTuple):
    """One field's value before and after, as text: days as YYYY-MM-DD, several values with commas between."""

    field: str
    before: str | None
    after: str | None


class ChangeLog:
    """The facts of one thing in the order of recording; what each changed is folded when first asked for."""

    def __init__(self, facts: Iterable[FactRead]) -> None:
        self._facts = tuple(facts)

    @cached_property
    def changes(self) -> Mapping[int, list[Change]]:
        """By the version of the fact; a correction names the field that it corrects first."""
        stream = tuple(fact.recorded for fact in self._facts)
        found = changes_by_version(stream) if stream else {}
        for recorded in stream:
            if isinstance(recorded.fact, Corrected):
                found[recorded.originator_version] = _with(recorded.fact, found[recorded.originator_version])
        return found

    @cached_property
    def said(self) -> Mapping[int, list[tuple[str, str | None]]]:
        """By the version of a fact, what of it can be corrected with what it says by all corrections so far."""
        amended = amending(fact.recorded for fact in self._facts)
        return {
            version: list(_correctable(each.fact, struck_out=version in amended.struck_out))
            for version, each in amended.found.items()
        }

    @cached_property
    def positions(self) -> Mapping[int, int]:
        """Where in the log each version is."""
        return {fact.version: fact.position for fact in self._facts}


def _correctable(fact: Fact, *, struck_out: bool) -> Iterator[tuple[str, str | None]]:
    """Of a field of several parts each value of each part, and whether the whole fact is struck out."""
    for field, kind in FIELDS.get(type(fact), {}).items():
        if isinstance(kind, Parts):
            yield from _parts(fact, field, kind)
        else:
            yield as_partners_say(field), as_text(getattr(fact, field))
    if type(fact) in VOIDABLE:
        yield VOIDED, STRUCK_OUT if struck_out else PUT_BACK


def _parts(fact: Fact, field: str, parts: Parts) -> Iterator[tuple[str, str | None]]:
    for each in getattr(fact, field):
        for value in parts.values:
            last = f".{as_partners_say(value)}" if len(parts.values) > 1 else ""
            yield f"{as_partners_say(field)}.{getattr(each, parts.key)}{last}", as_text(getattr(each, value))


def _with(corrected: Corrected, derived: list[Change]) -> list[Change]:
    own = Change(corrected.field, corrected.old_value, corrected.new_value)
    return [own, *(change for change in derived if change.field != own.field)]


def changes_by_version(stream: Sequence[Recorded]) -> dict[int, list[Change]]:
    """What each fact of a stream changed, by its version. By when something was done at the latest is no day of it."""
    timeline = Timeline(FOLDS[stream[0].kind])
    found: dict[int, list[Change]] = {}
    before: Mapping[str, str | None] = {}
    latest_days: set[str | None] = set()
    for nth, recorded in enumerate(stream, 1):
        timeline.add([recorded])
        after = shown(timeline, recorded)
        if isinstance(recorded.fact, Completed | Corrected):
            latest_days = _latest_days(stream[:nth])
        if after.get(COMPLETED_ON) in latest_days:
            after[COMPLETED_ON] = None
        found[recorded.originator_version] = differences(before, after)
        before = after
    return found


def _latest_days(stream: Sequence[Recorded]) -> set[str | None]:
    """The days by which it was done at the latest, as far as no claim gives the very day, by what corrections say."""
    days: set[str | None] = set()
    for each in apply_corrections(stream):
        if isinstance(each.fact, Completed):
            day = {each.fact.happened_on.isoformat()}
            days = days - day if each.fact.day_known else days | day
    return days


def shown(timeline: Timeline[Any], recorded: Recorded) -> dict[str, str | None]:
    """What the thing's own row says once all that was taken in has happened."""
    rows = (row for key, row in timeline.standing().items() if key.of == str(recorded.originator_id))
    return {SHOWN[name]: text(value) for row in rows for name, value in row._asdict().items() if name in SHOWN}


def differences(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> list[Change]:
    changes = (Change(field, before.get(field), now) for field, now in after.items())
    return [change for change in changes if change.before != change.after]


def text(value: Any) -> str | None:
    """A value as a reader of changes sees it; nothing, none and no one are null."""
    match value:
        case None | () | "":
            return None
        case bool():
            return "true" if value else "false"
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case tuple():
            return ", ".join(str(each) for each in value)
    return str(value)
