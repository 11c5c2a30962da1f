"""What is written is what was given, as its own type, and nothing that a program would run."""

import csv
from collections.abc import Sequence
from datetime import UTC, date, datetime
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from exporting.cells import CUT, LONGEST, writable
from exporting.csv_file import CsvSheet
from exporting.sheet import Column, Cover, Row
from exporting.xlsx_file import XlsxSheet

COLUMNS = (Column("Wording"), Column("Due"), Column("Days"))
COVER = Cover("Actions", datetime(2026, 1, 31, 17, tzinfo=UTC), [("Position", "12"), ("=Filters", "=1+1")])
FORMULAS = ("=cmd|' /C calc'!A0", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1+1")
TEXTS = (
    "plain",
    "_x0041_",
    "<r><t>x</t></r>",
    "a\nb",
    "'quoted",
    "https://x.test",
    "{=1}",
    " spaced ",
    '"',
    "12",
    "😀",
)


def xlsx(given: Sequence[Row], **most: int) -> bytes:
    file = BytesIO()
    sheet = XlsxSheet(file, "Actions", COLUMNS, **most)
    sheet.add(given)
    sheet.finish(COVER)
    return file.getvalue()


def csv_of(rows: Sequence[Row]) -> bytes:
    file = BytesIO()
    sheet = CsvSheet(file, COLUMNS)
    sheet.add(rows)
    sheet.finish(COVER)
    return file.getvalue()


def read_csv(written: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(written.decode("utf-8-sig"), newline="")))


def test_cells_are_of_their_own_types_below_a_header_that_stays_and_filters() -> None:
    book = load_workbook(BytesIO(xlsx([["Train", date(2026, 2, 1), 3], ["Tell", None, 0]])))
    sheet = book["Actions"]
    assert [[cell.value for cell in row] for row in sheet] == [
        ["Wording", "Due", "Days"],
        ["Train", datetime(2026, 2, 1), 3],  # noqa: DTZ001 - a day, as the library reads one
        ["Tell", None, 0],
    ]
    assert sheet["B2"].is_date
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", "A1:C3")
    assert [row[1].value for row in book["About"]] == [None, "12", "=1+1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_text_is_a_formula(text: str) -> None:
    cell = load_workbook(BytesIO(xlsx([[text, None, 1]])))["Actions"]["A2"]
    assert cell.data_type == "s"
    assert cell.value.replace("_x000D_", "\r") in {text, text.replace("\r", "\n")}
    assert read_csv(csv_of([[text, None, 1]]))[1][0] == f"'{text}"


@pytest.mark.parametrize("text", TEXTS)
def test_any_other_text_is_as_it_was(text: str) -> None:
    found = load_workbook(BytesIO(xlsx([[text, None, 1]])))["Actions"]["A2"].value
    assert found.replace("_x005F", "").rstrip() == text.rstrip()
    assert read_csv(csv_of([[text, None, -1]]))[1] == [text, "", "-1"]


def test_what_no_file_can_hold_is_shown_as_left_out() -> None:
    assert writable("a\x00b\x0bc\ud800d\ufffe\n") == "a\ufffdb\ufffdc\ufffdd\ufffd\n"
    long = writable("😀" * LONGEST)
    assert long.endswith(CUT)
    assert len(long.encode("utf-16-le")) // 2 in {LONGEST, LONGEST - 1}
    assert writable("x" * LONGEST) == "x" * LONGEST
    assert load_workbook(BytesIO(xlsx([["x" * 40_000, None, 1]])))["Actions"]["A2"].value.endswith(CUT)


def test_more_rows_than_a_sheet_holds_stand_on_further_ones() -> None:
    book = load_workbook(BytesIO(xlsx([[str(each), None, each] for each in range(7)], rows=4)))
    assert book.sheetnames == ["Actions", "Actions 2", "Actions 3", "About"]
    assert [[row[2].value for row in book[name]] for name in book.sheetnames[:3]] == [
        ["Days", 0, 1, 2],
        ["Days", 3, 4, 5],
        ["Days", 6],
    ]


def test_the_same_rows_are_the_same_bytes() -> None:
    rows: list[Row] = [["Train", date(2026, 2, 1), 3]]
    assert xlsx(rows) == xlsx(rows)
    assert csv_of(rows) == csv_of(rows)
    assert csv_of(rows).startswith(b"\xef\xbb\xbfWording,Due,Days\r\n")
