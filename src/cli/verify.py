"""`goldenthread verify`"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from api.app.settings import load_settings
from api.app.verifying import Verified, verify_installation
from cli import options, output
from cli.ending import CommandFailed
from cli.runtime import conninfo
from storage.files.store import FileStore


def verify(
    partnership: Annotated[
        str | None, typer.Option("--partnership", metavar="KEY", help="Only this one [default: every partnership].")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write the report as JSON as well.")
    ] = None,
    data: options.Data = None,
    database_url: options.DatabaseUrl = None,
) -> None:
    """Check the log, read models against it, references, idempotency keys, files, the signing key; change nothing."""
    if json_file is not None:
        json_file.touch()
    settings = load_settings(data=data, database_url=database_url)
    with conninfo(settings) as address, output.shown() as step:
        verified = verify_installation(address, partnership, step, FileStore(settings.files))
    if json_file is not None:
        json_file.write_text(_report(verified), encoding="utf-8")
    for line in _lines(verified):
        print(line)
    faults = sum(each.faults for each in verified)
    if faults:
        named = ", ".join(_name(each) for each in verified if each.faults)
        raise CommandFailed(f"{_faults(faults)} found in {named}, as listed; docs/operations.md tells what to do.")


def _name(each: Verified) -> str:
    return each.partnership or "the installation"


def _faults(count: int) -> str:
    return "1 fault was" if count == 1 else f"{count:,} faults were"


def _lines(verified: Sequence[Verified]) -> Iterator[str]:
    for each in verified:
        for check in each.checks:
            if not check.found:
                yield f"{_name(each)}: {check.name}: good ({check.examined:,})"
            yield from (f"{_name(each)}: {check.name}: FAULT: {fault}" for fault in check.faults)
            if check.found > len(check.faults):
                yield f"{_name(each)}: {check.name}: and {check.found - len(check.faults):,} more faults"
        if each.partnership is not None and not each.faults:
            yield f"{each.partnership}: whole up to position {each.position:,}."


def _report(verified: Sequence[Verified]) -> str:
    whole = not any(each.faults for each in verified)
    found = {
        "verified_at": datetime.now(UTC).isoformat(),
        "whole": whole,
        "verified": [asdict(each) for each in verified],
    }
    return json.dumps(found, indent=2) + "\n"
