"""Spreadsheets of shapes that real ones have, and that were once read wrongly."""

from datetime import date
from pathlib import Path

import pytest

from domain.recommendation.state import Recommendation
from domain.shared.vocabulary import Kind
from importing.mapping import load_mapping
from importing.run import Result, import_file
from support.import_register import SHARED, Desk, conninfo, desk, register

__all__ = ["conninfo", "desk", "register"]

CASES = SHARED.parent / "cases"

pytestmark = pytest.mark.skipif(not CASES.parent.exists(), reason="the shared data is not on this machine")


def imported(desk: Desk, case: str, file: str, more: str = "") -> Result:
    mapping = Path(desk.folder / "map.yaml")
    mapping.write_text((CASES / case / "map.yaml").read_text(encoding="utf-8") + more, encoding="utf-8")
    return import_file(desk.register, load_mapping(mapping), CASES / case / file, lambda *_: None)


def recommendations(desk: Desk) -> dict[str, Recommendation]:
    session = desk.register.open()
    streams = [id for id, name in desk.facts() if name == "recommendation.raised.v1"]
    found: list[Recommendation] = [session.read(Kind.RECOMMENDATION, id) for id in streams]
    return {each.reference: each for each in found}


def test_no_row_is_lost_where_a_workbook_states_its_extent_wrongly(desk: Desk) -> None:
    assert imported(desk, "01-stale-dimension", "plan.xlsx").recorded == 10
    assert list(recommendations(desk)) == [f"R{number}" for number in range(1, 11)]


def test_a_cell_that_shows_100_per_cent_is_complete(desk: Desk) -> None:
    imported(desk, "02-percent-cells", "plan.xlsx")
    session = desk.register.open()
    streams = [id for id, name in desk.facts() if name == "recommendation.progress_reported.v1"]
    told = [each.fact for id in streams for each in session.recorded(id)]
    assert [fact.percent_complete for fact in told if hasattr(fact, "percent_complete")] == [100, 75, 0]


def test_complete_without_a_day_is_a_claim_without_a_day(desk: Desk) -> None:
    imported(desk, "03-complete-without-a-day", "plan.csv")
    claimed = {ref: each.life.evidence[0].completed_on for ref, each in recommendations(desk).items()}
    assert claimed == {"C1": None, "C2": date(2024, 6, 1), "C3": None}


def test_titles_above_the_headers_and_further_sheets_lose_no_row(desk: Desk) -> None:
    first = imported(desk, "07-title-rows-and-sheets", "as-published.xlsx")
    assert (first.recorded, first.left_aside) == (2, ["Schools"])
    cut = imported(desk, "07-title-rows-and-sheets", "cut.xlsx")
    assert (cut.recorded, cut.already, cut.left_aside) == (0, 2, ["Schools"])
    both = imported(desk, "07-title-rows-and-sheets", "as-published.xlsx", 'sheet: "*"\nheader: 5\n')
    assert (both.recorded, both.already, both.left_aside) == (2, 2, [])
    assert list(recommendations(desk)) == ["F1", "F2", "G1", "G2"]


def test_agencies_that_are_acronyms_keep_their_capitals(desk: Desk) -> None:
    imported(desk, "10-agencies-that-are-acronyms", "plan.csv")
    names = {agency.name for agency in desk.register.agencies().all}
    assert {"ICB", "YOS", "North Borough Council"} <= names
    assert not {"Icb", "Yos"} & names
