"""CSV in UTF-8. A file that is cut, garbled or in another encoding is refused as a whole."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from importing.faults import FileFault
from importing.sheet.row import Cells, Line

LONGEST_CELL = 1_000_000
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
CUT = "unexpected end of data"


def csv_lines(file: Path, delimiter: str = ",") -> Iterator[Line]:
    """The rows that hold anything. Raises `FileFault` for what is not whole UTF-8 text in the form of CSV."""
    text = _text(file)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    begins = 1
    try:
        for cells in reader:
            if any(cells):
                yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        why = "the file ends inside a quoted cell; it was cut" if str(error) == CUT else f"this is not CSV: {error}"
        raise FileFault(file, begins, _column_at_the_end(_lines_to(text, reader.line_num)), why) from error


def _text(file: Path) -> str:
    data = file.read_bytes()
    if data.startswith(UTF_16):
        raise FileFault(file, 1, None, "this is UTF-16 text; save it as CSV UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", errors="replace")
        raise _fault_behind(file, before, _why(error)) from error
    if "\x00" in text:
        raise _fault_behind(file, text[: text.index("\x00")], "there is a NUL character; the file is damaged")
    return text


def _why(error: UnicodeDecodeError) -> str:
    if error.reason == "unexpected end of data":
        return "the file ends inside a character; it was cut"
    return f"the byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as CSV UTF-8"


def _fault_behind(file: Path, before: str, why: str) -> FileFault:
    return FileFault(file, before.count("\n") + 1, _column_at_the_end(before), why)


def _column_at_the_end(text: str) -> str | None:
    """The header of the column in which a text breaks off."""
    rows: list[Cells] = list(csv.reader(io.StringIO(text, newline="")))
    header, *_, last = rows if rows[1:] else ([], [])
    if not last:
        return None
    return header[len(last) - 1].strip() if len(last) <= len(header) else None


def _lines_to(text: str, line: int) -> str:
    return "".join(text.splitlines(keepends=True)[:line])
