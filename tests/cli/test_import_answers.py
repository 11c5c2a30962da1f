"""What the lead of a recommendation answered, as a spreadsheet tells it."""

from datetime import date
from pathlib import Path

import pytest

from domain.lifecycle.state import overdue
from domain.recommendation.state import Recommendation
from domain.shared.vocabulary import Answer, Kind
from importing.mapping import load_mapping
from importing.mapping.loader import MappingError
from support.import_register import SHARED, Desk

CASE = SHARED.parent / "cases" / "05-answers-in-the-sheet"
RESPONSE = """\
  response:
    column: Response
    words:
      Agreed With: accepted
      Partially Agreed With: accepted in principle
      Disagreed With: NOT_ACCEPTED
      Not Addressed:
    reason: "{Response}, as the auditor tells"
    responded_on: Issued
"""
HEADER = "Audit,Agency,Issued,Recommendation,Response,Status,Status date"
ROWS = (
    "A-21,Housing,2024-05-17,Keep a list of repairs.,Agreed With,Implemented,2024-09-19",
    "A-21,Housing,2024-05-17,Publish the list.,Disagreed With,Not Implemented,2024-09-19",
    "A-21,Housing,2024-05-17,Ask tenants each year.,Partially Agreed With,Partially Implemented,2024-09-19",
    "A-21,Housing,2024-05-17,Name an officer.,Not Addressed,Pending,2024-09-19",
)
MAPPING = f"""\
key: answers
name: Audit recommendations with answers
row_key: [Audit, Recommendation]
ignored: [Status, Status date]
agencies: {{create: true}}
review: {{key: [Audit], kind: audit, title: "Audit {{Audit}}", commissioned_on: Issued}}
recommendation:
  wording: "{{Recommendation}}"
  raised_on: Issued
  lead_agency: [Agency]
  due_on: {{otherwise: {{from: Issued, months: 12}}}}
{RESPONSE}"""


def answers(desk: Desk) -> dict[str, tuple[Answer | None, bool]]:
    """By wording what the lead has answered, and whether it is late a year after it was due."""
    stored = [id for id, name in desk.facts() if name == "recommendation.raised.v1"]
    found = {}
    for id in stored:
        state: Recommendation = desk.register.open().read(Kind.RECOMMENDATION, id)
        said = state.life.answered.get("housing")
        wording = next(each.fact for each in desk.register.open().recorded(id)).wording  # type: ignore[attr-defined]
        assert said is None or said.on == date(2024, 5, 17)
        found[wording] = (said.answer if said else None, overdue(state.life, date(2026, 5, 17)))
    return found


def told(desk: Desk, mapping: str, *rows: str) -> list[str]:
    """The columns and reasons of the rows that are refused."""
    desk.mapping.write_text(mapping, encoding="utf-8")
    result = desk.imports_file(desk.sheet(*rows, header=HEADER))
    return [f"{finding.column}: {finding.reason}" for finding in result.findings]


def test_answers_of_a_spreadsheet_are_the_leads_and_what_it_does_not_accept_is_not_late(desk: Desk) -> None:
    assert told(desk, MAPPING, *ROWS) == []
    assert answers(desk) == {
        "Keep a list of repairs.": (Answer.ACCEPTED, True),
        "Publish the list.": (Answer.NOT_ACCEPTED, False),
        "Ask tenants each year.": (Answer.ACCEPTED_IN_PRINCIPLE, True),
        "Name an officer.": (None, True),
    }
    facts = desk.facts()
    assert told(desk, MAPPING, *ROWS) == []
    assert desk.facts() == facts


def test_an_answer_without_its_day_its_reason_or_its_agency_is_refused_by_column(desk: Desk) -> None:
    refused = MAPPING.replace('reason: "{Response}, as the auditor tells"', 'reason: "{Status}"')
    refused = refused.replace("ignored: [Status, Status date]", "ignored: []")
    refused = refused.replace("responded_on: Issued", "responded_on: Status date")
    rows = (
        "A-1,Housing,2024-05-17,One,Agreed With,,",
        "A-1,Housing,2024-05-17,Two,Disagreed With,,2024-05-18",
        "A-1,,2024-05-17,Three,Agreed With,,2024-05-18",
        "A-1,Housing,2024-05-17,Four,Perhaps,,2024-05-18",
        "A-1,Housing,2024-05-17,Five,,,",
    )
    found = told(desk, refused, *rows)
    assert [each.partition(":")[0] for each in found] == ["Status date", "Status", "Response", "Response"]
    assert "there is no day" in found[0]
    assert "A reason must be given" in found[1]
    assert "no lead agency that gave it" in found[2]
    assert desk.facts() == []


def test_a_mapping_says_by_which_column_an_answer_is_dated(tmp_path: Path) -> None:
    (tmp_path / "plan.yaml").write_text(MAPPING.replace("    responded_on: Issued\n", ""), encoding="utf-8")
    with pytest.raises(MappingError, match=r"recommendation\.response\.responded_on"):
        load_mapping(tmp_path / "plan.yaml")


def test_the_published_shape_of_an_audit_tracker_is_taken_in_with_its_answers(desk: Desk) -> None:
    shared = (CASE / "map.yaml").read_text(encoding="utf-8").replace("ignored: [Response]\n", "")
    desk.mapping.write_text(f"{shared}{RESPONSE}", encoding="utf-8")
    result = desk.imports_file(CASE / "plan.csv")
    assert (result.findings, result.recorded) == ([], 4)
    late = {wording: (answer, is_late) for wording, (answer, is_late) in answers(desk).items()}
    assert late["Publish the list."] == (Answer.NOT_ACCEPTED, False)
    assert late["Name an officer."] == (None, True)
