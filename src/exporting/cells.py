"""Texts of people, made fit for a cell: nothing that a program would run, nothing that a file cannot hold."""

import re

LONGEST = 32_767
"""Characters of a cell, as Excel counts: units of UTF-16."""
CUT = " … (cut here: the whole text is in the register)"
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML 1.0 has no way to write."""
FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
"""How a text begins that a spreadsheet takes for a formula when it opens a CSV file."""


def writable(text: str) -> str:
    """The same text; a mark stands for what cannot be written, and what is too long is cut, and says so."""
    text = UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text) * 2 <= LONGEST or _units(text) <= LONGEST:
        return text
    kept = text.encode("utf-16-le")[: (LONGEST - len(CUT)) * 2].decode("utf-16-le", "ignore")
    return kept + CUT


def harmless(text: str) -> str:
    """For CSV, where a cell says not what it is: an apostrophe before what would be taken for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
