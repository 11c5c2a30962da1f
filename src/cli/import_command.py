"""`goldenthread import`"""

from pathlib import Path
from typing import Annotated

import typer

from cli import options, output
from cli.ending import CommandFailed
from cli.runtime import register
from importing.findings import write_report
from importing.mapping import mapping_named
from importing.run import Result, import_file


def import_spreadsheet(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A .csv file in UTF-8, or an .xlsx workbook.")],
    partnership: options.Partnership,
    mapping: Annotated[str, typer.Option("--mapping", help="A shipped mapping by its name, or a mapping file.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and count everything, record nothing.")] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Where to list what was not recorded (.csv or JSON lines)."),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="Record the good rows even if others are refused.")
    ] = False,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Import reviews, recommendations and actions from a spreadsheet; what is there already is not doubled."""
    read_by = mapping_named(mapping)
    if report is not None:
        report.touch()
    with register(partnership, data, database_url) as opened, output.shown() as step:
        result = import_file(opened, read_by, file, step, dry_run=dry_run, partial=partial)
    if report is not None:
        write_report(report, result.findings)
    _tell(file, result, dry_run=dry_run, recorded=partial and not dry_run)


def _tell(file: Path, result: Result, *, dry_run: bool, recorded: bool) -> None:
    """Raises `CommandFailed` where rows were refused, so that the command fails."""
    for finding in result.findings:
        print(finding)
    counts = [
        f"{result.recorded:,} {'to be recorded' if dry_run else 'recorded'}",
        f"{result.already:,} already there",
        f"{result.edited:,} edited",
        f"{result.refused:,} refused",
        *([f"{result.held_back:,} held back"] if result.held_back else []),
    ]
    print(f"{result.rows:,} rows: {', '.join(counts)}.")
    if result.left_aside:
        print(f"Left aside: the sheets {', '.join(map(repr, result.left_aside))}; `sheet` in the mapping names more.")
    if dry_run:
        print("This was a dry run: nothing was recorded.")
    if result.refused:
        raise CommandFailed(_refused(file, result, recorded=recorded))


def _refused(file: Path, result: Result, *, recorded: bool) -> str:
    number = "1 row is" if result.refused == 1 else f"{result.refused:,} rows are"
    rest = "the others were recorded" if recorded else "so nothing was recorded (--partial records the others)"
    return f"{file.name}: {number} refused, as listed; {rest}."
