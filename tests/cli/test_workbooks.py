"""No row of a workbook is lost and no value twisted: what people see in it is what is read."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from importing.cells import percent
from importing.days import Days
from importing.faults import FileFault
from importing.mapping import load_mapping
from importing.mapping.model import Dates
from importing.sheet import SheetRow, read_rows, read_sheets
from importing.spelling import tidied

MAPPING = """\
key: tracker
name: A tracker
row_key: [Ref]
review: {kind: audit, title: T, commissioned_on: 2025-01-06}
recommendation: {wording: "{Words}", raised_on: 2025-01-06, lead_agency: [Owner]}
"""
HEADER = ("Ref", "Words", "Owner")
ROWS = (("R1", "Keep a list.", "Housing"), ("R2", "Train staff.", "Housing"))


@pytest.fixture
def book() -> Workbook:
    return Workbook()


def sheet(book: Workbook, *rows: Sequence[Any], title: str = "Plan") -> Any:
    made = book.active if book.sheetnames == ["Sheet"] else book.create_sheet()
    assert made is not None
    made.title = title
    for row in rows:
        made.append(row)
    return made


def saved(book: Workbook, folder: Path) -> Path:
    book.save(file := folder / "plan.xlsx")
    return file


def rows(file: Path, more: str = "") -> list[SheetRow]:
    return read_sheets(file, mapped(file.parent, more))[0]


def mapped(folder: Path, more: str = "") -> Any:
    (folder / "map.yaml").write_text(MAPPING + more, encoding="utf-8")
    return load_mapping(folder / "map.yaml")


def refs(found: Sequence[SheetRow]) -> list[str]:
    return [row.cells["Ref"] for row in found]


def test_rows_beyond_the_extent_that_a_sheet_states_are_read(book: Workbook, tmp_path: Path) -> None:
    sheet(book, HEADER, *((f"R{number}", "Do it.", "Council") for number in range(1, 11)))
    whole = saved(book, tmp_path)
    with ZipFile(whole) as parts, ZipFile(stale := tmp_path / "stale.xlsx", "w") as copy:
        for name in parts.namelist():
            copy.writestr(name, parts.read(name).replace(b'ref="A1:C11"', b'ref="A1:C4"'))
    assert refs(rows(stale)) == [f"R{number}" for number in range(1, 11)]


@pytest.mark.parametrize(
    ("value", "form", "shown"),
    [
        (1, "0%", "100%"),
        (0.75, "0%", "75%"),
        (0, "0%", "0%"),
        (0.076, "0.0%", "7.6%"),
        (0.29, "0%", "29%"),
        (1, "General", "1"),
        (75, '0"%"', "75"),
        (12, "00000", "00012"),
        (1250, '"£"#,##0', "1250"),
        (0.1 + 0.2, "General", "0.3"),
        (123456789012345, "General", "123456789012345"),
        ("007", "@", "007"),
        (True, "General", "TRUE"),
        (date(2025, 6, 30), "dd/mm/yyyy", "2025-06-30"),
    ],
)
def test_a_cell_is_read_as_it_is_shown(book: Workbook, tmp_path: Path, value: object, form: str, shown: str) -> None:
    made = sheet(book, HEADER, ("R1", value, "Housing"))
    made.cell(2, 2).number_format = form
    [row] = rows(saved(book, tmp_path))
    assert row.cells["Words"] == shown


@pytest.mark.parametrize(("text", "found"), [("100%", 100), ("75%", 75), ("0%", 0), ("40", 40), ("", None)])
def test_a_percentage_is_a_whole_number(text: str, found: int | None) -> None:
    assert percent(SheetRow(1, {"done": text}), "done") == found


def test_a_day_counted_from_1904_is_the_day_that_is_shown(book: Workbook, tmp_path: Path) -> None:
    book.epoch = CALENDAR_MAC_1904
    sheet(book, HEADER, ("R1", date(2025, 6, 30), "Housing"))
    assert rows(saved(book, tmp_path))[0].cells["Words"] == "2025-06-30"


def test_a_cell_that_holds_a_day_is_one_whatever_the_mappings_formats() -> None:
    days = Days(Dates(formats=("%d/%m/%Y",)))
    read = [days.read(SheetRow(1, {"due": text}), "due") for text in ("2025-06-30", "30/06/2025")]
    assert read == [date(2025, 6, 30)] * 2


def test_the_headers_are_found_below_a_title(book: Workbook, tmp_path: Path) -> None:
    sheet(book, ("Plan of all services",), ("Owner", "Level"), (), ("", "", ""), HEADER, *ROWS)
    found = rows(saved(book, tmp_path))
    assert [(row.line, row.cells["Ref"]) for row in found] == [(6, "R1"), (7, "R2")]


def test_a_mapping_names_the_line_of_the_headers(book: Workbook, tmp_path: Path) -> None:
    sheet(book, HEADER, ("-", "-", "-"), HEADER, *ROWS)
    assert refs(rows(saved(book, tmp_path), "header: 3\n")) == ["R1", "R2"]
    with pytest.raises(FileFault, match=r"line 2, column 'Ref': the column is missing; there stands '-, -, -'"):
        rows(tmp_path / "plan.xlsx", "header: 2\n")


def test_a_missing_column_is_named_with_what_stands_there(book: Workbook, tmp_path: Path) -> None:
    sheet(book, ("A title",), ("Ref", "Words", "Who"), *ROWS)
    with pytest.raises(FileFault, match=r"line 2, column 'Owner'.* is missing; there stands 'Ref, Words, Who'"):
        rows(saved(book, tmp_path))


def test_line_ends_and_hard_spaces_in_headers_are_spaces(book: Workbook, tmp_path: Path) -> None:
    sheet(book, ("Ref", "Words", "Lead\n agency"), *ROWS)
    more = MAPPING.replace("[Owner]", '["Lead agency"]')
    saved(book, tmp_path)
    (tmp_path / "map.yaml").write_text(more, encoding="utf-8")
    found = read_rows(tmp_path / "plan.xlsx", load_mapping(tmp_path / "map.yaml"))
    assert [row.cells["Lead agency"] for row in found] == ["Housing", "Housing"]


@pytest.fixture
def services(book: Workbook, tmp_path: Path) -> Path:
    sheet(book, HEADER, *ROWS, title="Housing")
    sheet(book, ("Notes",), title="Notes")
    sheet(book, ("Plan",), HEADER, ("S1", "Visit.", "Schools"), title="Schools")
    sheet(book, title="Empty")
    return saved(book, tmp_path)


def test_sheets_that_are_left_aside_are_named(services: Path) -> None:
    found, left_aside = read_sheets(services, mapped(services.parent))
    assert (refs(found), left_aside) == (["R1", "R2"], ["Notes", "Schools"])


def test_every_sheet_with_the_columns_is_read_with_its_name_as_a_value(services: Path) -> None:
    more = 'sheet: "*"\nsheet_column: Service\n'
    found, left_aside = read_sheets(services, mapped(services.parent, more))
    assert ([(row.place, row.cells["Service"]) for row in found], left_aside) == (
        [
            ("line 2 of the sheet 'Housing'", "Housing"),
            ("line 3 of the sheet 'Housing'", "Housing"),
            ("line 3 of the sheet 'Schools'", "Schools"),
        ],
        ["Notes"],
    )


def test_the_sheets_that_a_mapping_names_are_read_in_its_order(services: Path) -> None:
    assert refs(rows(services, "sheet: [Schools, Housing]\n")) == ["S1", "R1", "R2"]
    with pytest.raises(FileFault, match="there is no sheet 'Health'; there are Housing, Notes, Schools, Empty"):
        rows(services, "sheet: [Housing, Health]\n")


def test_the_first_sheet_that_people_see_is_read_and_hidden_rows_with_it(book: Workbook, tmp_path: Path) -> None:
    sheet(book, HEADER, ("OLD", "x", "y"), title="Old").sheet_state = "hidden"
    sheet(book, HEADER, *ROWS, title="Now").row_dimensions[3].hidden = True
    found, left_aside = read_sheets(saved(book, tmp_path), mapped(tmp_path))
    assert (refs(found), left_aside) == (["R1", "R2"], ["Old"])


def test_what_is_merged_over_several_rows_holds_for_each(book: Workbook, tmp_path: Path) -> None:
    made = sheet(book, HEADER, ("R1", "a", "Housing"), ("R2", "b", None), ("R3", "c", None), ("R4", "d", "Schools"))
    made.merge_cells("C2:C4")
    assert [row.cells["Owner"] for row in rows(saved(book, tmp_path))] == ["Housing"] * 3 + ["Schools"]


def test_errors_and_formulas_without_a_value_are_told_by_their_column(book: Workbook, tmp_path: Path) -> None:
    made = sheet(book, HEADER, ("R1", "a", "#N/A"), ("R2", "=A2&A2", "Housing"), ("R3", "c", "Housing"))
    made["C2"].data_type = "e"
    found = rows(saved(book, tmp_path))
    assert [list(row.unreadable) for row in found] == [["Owner"], ["Words"], []]
    assert "the error #N/A" in found[0].unreadable["Owner"]
    assert "was not saved" in found[1].unreadable["Words"]


@pytest.mark.parametrize("mark", [";", "\t"])
def test_a_csv_file_whose_cells_are_parted_otherwise_is_read(tmp_path: Path, mark: str) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("\n".join(mark.join(row) for row in (HEADER, *ROWS)), encoding="utf-8")
    assert refs(rows(file)) == ["R1", "R2"]
    with pytest.raises(FileFault, match="a CSV file has no sheets"):
        rows(file, "sheet_column: Service\n")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ICB", "ICB"),
        ("NHS", "NHS"),
        ("S4C", "S4C"),
        ("north borough council", "North Borough Council"),
        ("NORTH BOROUGH COUNCIL", "North Borough Council"),
        ("police", "Police"),
        ("McKay House", "McKay House"),
    ],
)
def test_a_single_word_in_capitals_stays_as_it_is(written: str, name: str) -> None:
    assert tidied(written) == name
