"""What a period brought, for the annual report: a statement for each group of figures, one for a page of findings."""

from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, TypeVar

from psycopg.rows import class_row

from projections.annual_report.rows import (
    FIGURES,
    ChallengesRead,
    DisseminatedRead,
    DutiesRead,
    FindingRead,
    ReportRead,
    ReturnsRead,
    TimelinessRead,
    YieldRead,
)
from projections.asking import Asking, Window
from storage.sql import statements

SQL = statements("projections.annual_report")
ORDERS = ("forward", "backward")
CUT = ("reviews", "recommendations", "whole.recommendations", "actions", "challenges")
Row = TypeVar("Row")


def _text(name: str, cut: bool) -> str:
    text = SQL[name].replace("/*became*/", SQL["became"])
    for part in CUT:
        text = text.replace(f"/*{part}*/", SQL[f"seen.{part}" if cut else "seen.all"])
    return text


QUESTIONS = tuple(name for name in SQL if name not in {*ORDERS, "became"} and not name.startswith("seen."))
TEXTS = {(name, cut): _text(name, cut) for name in QUESTIONS for cut in (False, True)}


def report(asking: Asking, since: date, until: date, figures: Iterable[str] = FIGURES) -> ReportRead:
    """What happened from the first day to the last, both included, as far as the asker sees it: these figures."""
    wanted = frozenset(figures)
    shown = "".join(f", report.{name}" for name in FIGURES if name in wanted)
    (found,) = _read(asking, "report", ReportRead, {"figures": shown}, since=since, until=until)
    return found


def challenges(asking: Asking, since: date, until: date) -> ChallengesRead:
    (found,) = _read(asking, "challenges", ChallengesRead, since=since, until=until)
    return found


def timeliness(asking: Asking, since: date, until: date) -> dict[str, TimelinessRead]:
    """For recommendations and for actions."""
    return {row.kind: row for row in _read(asking, "timeliness", TimelinessRead, since=since, until=until)}


def disseminations(asking: Asking, since: date, until: date) -> list[DisseminatedRead]:
    return _read(asking, "disseminations", DisseminatedRead, since=since, until=until)


def duties(asking: Asking, since: date, until: date) -> dict[str, DutiesRead]:
    """On `learning`, and of `return`s, where any was due."""
    return {row.kind: row for row in _read(asking, "duties", DutiesRead, since=since, until=until)}


def returns(asking: Asking, since: date, until: date) -> ReturnsRead:
    (found,) = _read(asking, "returns", ReturnsRead, since=since, until=until)
    return found


def yields(asking: Asking, since: date, until: date) -> list[YieldRead]:
    return _read(asking, "yields", YieldRead, since=since, until=until)


def findings(asking: Asking, since: date, until: date, window: Window) -> list[FindingRead]:
    """The findings of the period in order of their days; a place is a day and the finding's own id."""
    values = {"since": since, "until": until, "limit": window.limit, **window.bounds("day", "entry")}
    order = SQL["forward" if window.forward else "backward"]
    return _read(asking, "findings", FindingRead, {"order": order}, **values)


def _read(
    asking: Asking, name: str, row: type[Row], parts: Mapping[str, str] = MappingProxyType({}), /, **values: Any
) -> list[Row]:
    text = TEXTS[name, asking.mine is not None]
    for part, fill in parts.items():
        text = text.replace(f"/*{part}*/", fill)
    with asking.conn.cursor(row_factory=class_row(row)) as cursor:
        return cursor.execute(text, asking.values | values).fetchall()
