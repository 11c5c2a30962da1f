"""One import: read, check every row through the domain, then record in batches that a crash cannot double."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from domain.register import Register
from importing.checking import Checking, Step
from importing.context import import_context
from importing.findings import Finding, FindingKind
from importing.import_ledger import load_ledger
from importing.mapping import Mapping
from importing.recording import record
from importing.sheet import read_sheets


@dataclass(frozen=True, slots=True)
class Result:
    """
    Every row is counted once: `recorded` (to be recorded, on a dry run), `already` there, edited, refused, or
    `held_back` because others were refused. `left_aside` are the sheets that hold something and were not read.
    """

    rows: int
    recorded: int
    already: int
    held_back: int
    findings: Sequence[Finding]
    left_aside: Sequence[str] = ()

    def count(self, outcome: FindingKind) -> int:
        return sum(finding.outcome is outcome for finding in self.findings)

    @property
    def refused(self) -> int:
        return self.count(FindingKind.REFUSED)

    @property
    def edited(self) -> int:
        return self.count(FindingKind.EDITED)


def import_file(
    register: Register,
    mapping: Mapping,
    file: Path,
    step: Step,
    *,
    dry_run: bool = False,
    partial: bool = False,
    sent_by: str = "",
) -> Result:
    """
    Record what the file tells and the register does not know yet; where a row is refused nothing, unless `partial`.
    `sent_by`: whom the record names beside the mapping.

    Raises `FileFault` for a file that cannot be used, with nothing recorded, and `Interrupted` where somebody else
    changed the register in between.
    """
    rows, left_aside = read_sheets(file, mapping)
    ledger, told_by = load_ledger(register, mapping.key), import_context(register, mapping, sent_by)
    checking = Checking(file, told_by, ledger)
    items = checking.passing(rows, step)
    held_back = items if checking.refused and not partial else []
    passing = [] if held_back else items
    if not dry_run:
        record(told_by, passing, ledger, step)
    findings = sorted(checking.findings, key=lambda finding: finding.line)
    return Result(len(rows), len(passing), checking.already, len(held_back), findings, left_aside)
