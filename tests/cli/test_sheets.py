"""Files that cannot be used are refused whole, naming file, line and column."""

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from importing.faults import FileFault
from importing.mapping import load_mapping
from importing.sheet import SheetRow, read_rows
from support.import_register import HEADER, PLAN

LINE = '1,A,"Two\nlines, one cell",2024-01-31,health,,,'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    return tmp_path


def rows(folder: Path, data: bytes) -> list[SheetRow]:
    file = folder / "plan.csv"
    file.write_bytes(data)
    return read_rows(file, load_mapping(folder / "plan.yaml"))


def fault(folder: Path, data: bytes) -> tuple[int | None, str | None]:
    with pytest.raises(FileFault) as refused:
        rows(folder, data)
    assert str(refused.value).startswith("plan.csv")
    assert "\n" not in str(refused.value)
    return refused.value.line, refused.value.column


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_utf_8_is_read_with_and_without_its_mark(folder: Path, mark: bytes, end: str) -> None:
    text = f"{HEADER}\n1,A,Städte,2024-01-31,health,,,\n".replace("\n", end)
    [row] = rows(folder, mark + text.encode())
    assert (row.line, row.cells["id"], row.cells["text"]) == (2, "1", "Städte")


def test_a_row_is_named_by_the_line_on_which_it_begins(folder: Path) -> None:
    found = rows(folder, f"{HEADER}\n{LINE}\n\n2,A,x,2024-01-31,health,,,\n".encode())
    assert [row.line for row in found] == [2, 5]


def test_a_file_cut_between_two_cells_is_refused(folder: Path) -> None:
    assert fault(folder, f"{HEADER}\n{LINE}\n2,A,x".encode()) == (4, "raised")


def test_a_file_cut_inside_a_quoted_cell_is_refused(folder: Path) -> None:
    assert fault(folder, f"{HEADER}\n{LINE}\n{LINE}".encode()[:-30]) == (4, "text")


def test_a_file_cut_inside_a_character_is_refused(folder: Path) -> None:
    assert fault(folder, f"{HEADER}\n1,A,Stä".encode()[:-1]) == (2, "text")


def test_another_encoding_is_refused_at_its_first_strange_byte(folder: Path) -> None:
    assert fault(folder, f"{HEADER}\n1,A,Städte,2024-01-31,health,,,\n".encode("latin-1")) == (2, "text")


def test_utf_16_is_refused_by_its_name(folder: Path) -> None:
    with pytest.raises(FileFault, match="UTF-16"):
        rows(folder, HEADER.encode("utf-16"))


def test_a_nul_is_refused(folder: Path) -> None:
    assert fault(folder, f"{HEADER}\n1,A,x\x00y,2024-01-31,health,,,\n".encode()) == (2, "text")


def test_a_missing_column_is_refused_by_name(folder: Path) -> None:
    assert fault(folder, HEADER.replace(",lead", "").encode()) == (1, "lead")


def test_a_column_that_the_mapping_does_not_know_is_refused_by_name(folder: Path) -> None:
    assert fault(folder, f"{HEADER},colour\n".encode()) == (1, "colour")


def test_two_columns_of_one_name_are_refused(folder: Path) -> None:
    assert fault(folder, f"{HEADER},lead\n".encode()) == (1, "lead")


def test_a_row_longer_than_its_header_is_refused(folder: Path) -> None:
    assert fault(folder, f"{HEADER}\n1,A,x,2024-01-31,health,,,,over\n".encode()) == (2, None)


def test_an_empty_file_lacks_its_first_column(folder: Path) -> None:
    assert fault(folder, b"") == (1, "id")


def test_a_workbook_reads_as_the_same_text(folder: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER.split(","))
    sheet.append([1, "A", "x", datetime(2024, 1, 31), "health", None, None, None])  # noqa: DTZ001 - as cells hold them
    book.save(folder / "plan.xlsx")
    [row] = read_rows(folder / "plan.xlsx", load_mapping(folder / "plan.yaml"))
    [same] = rows(folder, f"{HEADER}\n1,A,x,2024-01-31,health,,,\n".encode())
    assert row == same


def test_half_a_workbook_is_refused(folder: Path) -> None:
    Workbook().save(folder / "plan.xlsx")
    whole = (folder / "plan.xlsx").read_bytes()
    (folder / "plan.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(FileFault, match=r"plan\.xlsx: this is not a whole XLSX workbook"):
        read_rows(folder / "plan.xlsx", load_mapping(folder / "plan.yaml"))
