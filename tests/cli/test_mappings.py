"""Mappings are data; a mistake in one is named by file, line and key."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.agency.commands import AddAgency
from importing.mapping import load_mapping, mapping_named, shipped_mappings
from importing.mapping.loader import MappingError
from importing.spelling import slug, tidied
from support.import_register import PLAN


def mistake(folder: Path, right: str, wrong: str) -> str:
    assert right in PLAN
    (folder / "plan.yaml").write_text(PLAN.replace(right, wrong), encoding="utf-8")
    with pytest.raises(MappingError) as refused:
        load_mapping(folder / "plan.yaml")
    return str(refused.value)


def line_of(text: str) -> int:
    return PLAN[: PLAN.index(text)].count("\n") + 1


@pytest.mark.parametrize("name", shipped_mappings())
def test_a_shipped_mapping_is_valid_and_named_after_its_file(name: str) -> None:
    assert mapping_named(name).key == name


def test_an_unknown_key_is_named_with_its_line(tmp_path: Path) -> None:
    said = mistake(tmp_path, "lead_agency: lead", "lead_agancy: lead")
    assert f"plan.yaml:{line_of('  lead_agency')}: action.lead_agancy: unknown key" in said


def test_a_status_is_open_or_complete_and_never_closed(tmp_path: Path) -> None:
    said = mistake(tmp_path, "complete: complete", "complete: closed")
    assert f"plan.yaml:{line_of('words: {open')}: action.status.words.complete" in said


def test_a_template_that_asks_for_what_is_not_there_is_refused(tmp_path: Path) -> None:
    assert "review.title" in mistake(tmp_path, "Audit: {review}", "Audit: {review:upper}")


def test_a_recommendation_of_several_rows_has_no_status_of_its_own(tmp_path: Path) -> None:
    status = "status: {column: status, words: {open: open}, narrative: x}"
    wrong = f"recommendation:\n  key: [text]\n  {status}"
    assert "status and progress on the actions" in mistake(tmp_path, "recommendation:", wrong)


def test_a_mapping_that_is_nowhere_is_refused_with_those_there_are() -> None:
    with pytest.raises(MappingError, match="ofsted"):
        mapping_named("nowhere")


@pytest.mark.parametrize(
    ("written", "name", "key"),
    [
        ("dorset", "Dorset", "dorset"),
        ("telford & wrekin", "Telford & Wrekin", "telford-and-wrekin"),
        ("southend-on-sea", "Southend-on-Sea", "southend-on-sea"),
        ("KINGSTON UPON HULL", "Kingston upon Hull", "kingston-upon-hull"),
        ("King's College NHS Trust", "King's College NHS Trust", "kings-college-nhs-trust"),
        ("the  isles of scilly", "The Isles of Scilly", "the-isles-of-scilly"),
    ],
)
def test_names_are_tidied_and_keys_are_made_of_them(written: str, name: str, key: str) -> None:
    assert (tidied(written), slug(written)) == (name, key)


@given(st.text(max_size=300))
def test_a_key_made_of_a_name_is_acceptable_or_empty(name: str) -> None:
    key = slug(name)
    assert not key or AddAgency(key=key, name="x").key == key


@given(st.text(max_size=100))
def test_tidying_twice_changes_nothing_more(name: str) -> None:
    assert tidied(tidied(name)) == tidied(name)
