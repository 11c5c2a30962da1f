"""The real spreadsheets: every row of them is accounted for, once."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from domain.recommendation.state import Recommendation
from domain.register import Register
from domain.shared.vocabulary import Kind
from importing.mapping import load_mapping, mapping_named, shipped_mappings
from importing.run import Result, import_file
from support.import_register import SHARED, Desk, conninfo, desk, register

__all__ = ["conninfo", "desk", "register"]

OFSTED = SHARED / "ofsted" / "recommendations.csv"
PLAN = SHARED / "cp1242"
ROWS = 2_590

pytestmark = pytest.mark.skipif(not SHARED.parent.exists(), reason="the shared data is not on this machine")


def imported(register: Register, file: Path, mapping: str, *, partial: bool = False) -> Result:
    return import_file(register, mapping_named(mapping), file, lambda *_: None, partial=partial)


def accounted(result: Result) -> int:
    return result.recorded + result.already + result.edited + result.refused + result.held_back


def changed(folder: Path, line: int, column: str, text: str) -> Path:
    """A copy of the real file with one other cell; lines count from 1, the header's."""
    with OFSTED.open(encoding="utf-8-sig", newline="") as source:
        rows = list(csv.reader(source))
    rows[line - 1][rows[0].index(column)] = text
    with (copy := folder / "changed.csv").open("w", encoding="utf-8", newline="") as target:
        csv.writer(target).writerows(rows)
    return copy


def test_the_whole_file_is_recorded_once_and_an_edited_cell_is_reported(desk: Desk, tmp_path: Path) -> None:
    first = imported(desk.register, OFSTED, "ofsted")
    assert (first.rows, first.recorded, accounted(first)) == (ROWS, ROWS, ROWS)
    facts = desk.facts()
    kinds = Counter(name for _, name in facts)
    assert kinds["recommendation.raised.v1"] == kinds["action.raised.v1"] == ROWS
    assert kinds["recommendation.assigned.v1"] == kinds["action.assigned.v1"] == ROWS
    assert kinds["review.commissioned.v1"] == kinds["review.completed.v1"] == 313
    assert kinds["agencies.agency_added.v1"] == 148

    second = imported(desk.register, OFSTED, "ofsted")
    assert (second.recorded, second.already, accounted(second)) == (0, ROWS, ROWS)

    third = imported(desk.register, changed(tmp_path, 100, "recommendation_text", "Something else."), "ofsted")
    [finding] = third.findings
    assert (finding.line, finding.column, finding.outcome) == (100, "recommendation_text", "edited")
    assert (third.already, accounted(third)) == (ROWS - 1, ROWS)
    assert desk.facts() == facts


def test_a_day_that_does_not_exist_holds_the_whole_file_back(desk: Desk, tmp_path: Path) -> None:
    result = imported(desk.register, changed(tmp_path, 77, "report_date", "31/02/2020"), "ofsted")
    [finding] = result.findings
    assert (finding.line, finding.column, accounted(result)) == (77, "report_date", ROWS)
    assert desk.facts() == []


def test_without_leave_to_create_agencies_each_unknown_one_is_refused_by_its_column(desk: Desk) -> None:
    text = shipped_mappings()["ofsted"].read_text(encoding="utf-8")
    desk.mapping.write_text(text.replace("create: true", "create: false"), encoding="utf-8")
    result = import_file(desk.register, load_mapping(desk.mapping), OFSTED, lambda *_: None)
    assert (result.refused, accounted(result)) == (ROWS, ROWS)
    assert {(f.column, f.code) for f in result.findings} == {("local_authority", "UNKNOWN_AGENCY")}


@pytest.mark.parametrize("name", ["action_plan.csv", "action_plan.xlsx"])
def test_a_plan_with_timescales_in_words_is_recorded_from_either_file(desk: Desk, name: str) -> None:
    result = imported(desk.register, PLAN / name, "cp1242")
    assert (result.rows, result.recorded) == (54, 54)
    [stream, *_] = [id for id, topic in desk.facts() if topic == "recommendation.raised.v1"]
    first: Recommendation = desk.register.open().read(Kind.RECOMMENDATION, stream)
    assert (first.life.lead, str(first.life.due_on)) == ("dsit", "2025-05-31")
