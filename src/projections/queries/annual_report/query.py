"""What a period brought, for the annual report: a statement for each group of figures, one for a page of findings."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from psycopg.rows import class_row

from projections.engine.query_context import QueryContext, Window
from storage.sql import NOTHING, compose, statements

# What a period brought, as it was known at a moment and stood on a day.


@dataclass(slots=True)
class ReportRead:
    """Figures of a period; `reviewed` by kind of review, `of_recommendations` and `of_actions` what became of these.

    What nobody asked for is not counted, and nought or empty here.
    """

    since: date
    until: date
    reviewed: list[dict[str, Any]] = field(default_factory=list)
    recommended: int = 0
    answered: Mapping[str, int] = field(default_factory=dict)
    improvement: int = 0
    good_practice: int = 0
    of_recommendations: Mapping[str, int] = field(default_factory=dict)
    of_actions: Mapping[str, int] = field(default_factory=dict)
    batch: Any = None


FIGURES = tuple(each.name for each in fields(ReportRead) if each.name not in {"since", "until", "batch"})
"""What can be asked for of a period, beside its days."""


@dataclass(slots=True)
class FindingRead:
    """One finding on impact; `about` says whether `thing` is a recommendation or an action."""

    thing: UUID
    entry: UUID
    kind: str
    noted_version: int
    noted_at: datetime
    detail: dict[str, Any]
    about: str
    verified_on: date
    batch: Any = None


@dataclass(frozen=True, slots=True)
class ChallengesRead:
    """`asked`: answers that were due in the period, one for each level; the rest counts challenges."""

    issued: int
    escalated: int
    asked: int
    in_time: int
    late: int
    upheld: int
    answered: int
    withdrawn: int
    open_at_the_end: int


@dataclass(frozen=True, slots=True)
class TimelinessRead:
    kind: str
    due: int
    in_time: int
    late: int
    outstanding: int


@dataclass(frozen=True, slots=True)
class DisseminatedRead:
    method: str
    times: int
    to_the_public: int
    learning: int


@dataclass(frozen=True, slots=True)
class DutiesRead:
    kind: str
    due: int
    in_time: int
    late: int
    outstanding: int
    met: int
    partly_met: int
    not_met: int


@dataclass(frozen=True, slots=True)
class ReturnsRead:
    called: int
    answered: int
    judged: int
    improvements: int


@dataclass(frozen=True, slots=True)
class YieldRead:
    """Points of learning of one yield, in reviews of one kind of a framework."""

    yields: str
    framework: str
    kind: str
    points: int


SQL = statements("projections.queries.annual_report")
CUT = ("reviews", "recommendations", "whole.recommendations", "actions", "challenges")
Row = TypeVar("Row")


@lru_cache(maxsize=512)
def _text(name: str, cut: bool, filled: tuple[tuple[str, str], ...]) -> str:
    eyes = {part: SQL[f"seen.{part}" if cut else "seen.all"] for part in CUT}
    return compose(SQL, name, {**eyes, **dict(filled)})


def report(query_context: QueryContext, since: date, until: date, figures: Iterable[str] = FIGURES) -> ReportRead:
    """What happened from the first day to the last, both included, as far as the asker sees it: these figures."""
    wanted = frozenset(figures)
    shown = "".join(f", report.{name}" for name in FIGURES if name in wanted)
    (found,) = _read(query_context, "report", ReportRead, {"figures": shown}, since=since, until=until)
    return found


def challenges(query_context: QueryContext, since: date, until: date) -> ChallengesRead:
    (found,) = _read(query_context, "challenges", ChallengesRead, since=since, until=until)
    return found


def timeliness(query_context: QueryContext, since: date, until: date) -> dict[str, TimelinessRead]:
    """For recommendations and for actions."""
    return {row.kind: row for row in _read(query_context, "timeliness", TimelinessRead, since=since, until=until)}


def disseminations(query_context: QueryContext, since: date, until: date) -> list[DisseminatedRead]:
    return _read(query_context, "disseminations", DisseminatedRead, since=since, until=until)


def duties(query_context: QueryContext, since: date, until: date) -> dict[str, DutiesRead]:
    """On `learning`, and of `return`s, where any was due."""
    return {row.kind: row for row in _read(query_context, "duties", DutiesRead, since=since, until=until)}


def returns(query_context: QueryContext, since: date, until: date) -> ReturnsRead:
    (found,) = _read(query_context, "returns", ReturnsRead, since=since, until=until)
    return found


def yields(query_context: QueryContext, since: date, until: date) -> list[YieldRead]:
    return _read(query_context, "yields", YieldRead, since=since, until=until)


def findings(query_context: QueryContext, since: date, until: date, window: Window) -> list[FindingRead]:
    """The findings of the period in order of their days; a place is a day and the finding's own id."""
    values = {"since": since, "until": until, "limit": window.limit, **window.bounds("day", "entry")}
    order = SQL["forward" if window.forward else "backward"]
    return _read(query_context, "findings", FindingRead, {"order": order}, **values)


def _read(
    query_context: QueryContext,
    name: str,
    row: type[Row],
    parts: Mapping[str, str] = NOTHING,
    /,
    **values: Any,
) -> list[Row]:
    text = _text(name, query_context.visible_to is not None, tuple(parts.items()))
    with query_context.conn.cursor(row_factory=class_row(row)) as cursor:
        return cursor.execute(text, query_context.values | values).fetchall()
