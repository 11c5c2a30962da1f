"""`goldenthread similar`: is what two texts ask for the same learning? For any pairs, without a register."""

import csv
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated, TextIO

import typer

from cli.ending import CommandFailed
from similarity.scorer import Scorer

WANTED = ("a_text", "b_text")
ADDED = ("score", "same")
TOGETHER = 500
"""Pairs that are compared at once; a file of any length is read as it is written."""
LONGEST = 1_000_000
"""Characters of a cell."""

Row = dict[str, str]


def similar(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="With the columns a_text and b_text; others are kept.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", metavar="FILE", help="Write to this file [default: to the screen].")
    ] = None,
) -> None:
    """Add to each pair of texts a score from 0 to 1, and whether they say the same learning: yes or no."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        csv.field_size_limit(LONGEST)
        found = csv.DictReader(lines, strict=True)
        columns = _columns(file, found)
        if output is None:
            _write(sys.stdout, columns, _compared(_rows(file, found)))
            return
        written = output.with_name(f"{output.name}.part")
        try:
            with written.open("w", encoding="utf-8", newline="") as into:
                _write(into, columns, _compared(_rows(file, found)))
            written.replace(output)
        finally:
            written.unlink(missing_ok=True)


def _columns(file: Path, found: "csv.DictReader[str]") -> list[str]:
    try:
        columns = [*(found.fieldnames or ())]
    except (csv.Error, UnicodeDecodeError) as error:
        raise CommandFailed(f"{file} is not a CSV file in UTF-8: {error}.") from error
    if missing := [name for name in WANTED if name not in columns]:
        raise CommandFailed(f"{file} has no column {' and no column '.join(missing)}; expected a_text and b_text.")
    if there := [name for name in ADDED if name in columns]:
        raise CommandFailed(f"{file} has a column {there[0]} already; it is what would be added.")
    return columns


def _rows(file: Path, found: "csv.DictReader[str]") -> Iterator[Row]:
    try:
        for row in found:
            if None in row or None in row.values():
                raise CommandFailed(f"{file}, line {found.line_num}: expected a value for each column, and no more.")
            yield row
    except (csv.Error, UnicodeDecodeError) as error:
        raise CommandFailed(f"{file}, after line {found.line_num}: not CSV in UTF-8: {error}.") from error


def _compared(rows: Iterator[Row]) -> Iterator[Row]:
    scorer = Scorer()
    while some := list(islice(rows, TOGETHER)):
        for row, found in zip(some, scorer.compare([(row["a_text"], row["b_text"]) for row in some]), strict=True):
            yield row | {"score": f"{found.score:.4f}", "same": "yes" if found.same else "no"}


def _write(into: TextIO, columns: list[str], rows: Iterable[Row]) -> None:
    writer = csv.DictWriter(into, [*columns, *ADDED], lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
