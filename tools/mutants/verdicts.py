"""What became of each mutant, kept from one run to the next so that last time's killer is asked first."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tools.mutants.accepted import accepted
from tools.mutants.module import Mutant

SURVIVED = "survived"


@dataclass(frozen=True)
class Verdict:
    """`by` is the test that failed, or why there was none to; `text` is of what text of the module it is true."""

    by: str
    survived: bool = True
    text: str = ""

    @classmethod
    def from_child(cls, answer: str | None) -> "Verdict":
        if answer is None:
            return cls("nothing was heard of it")
        return cls(answer or "a test did not come to an end", survived=answer == SURVIVED)


class Verdicts:
    """Those of this run by the mutant's name, beside those of runs before, which `resume` takes as they are."""

    def __init__(self, path: Path, resume: bool = False) -> None:
        self.path = path
        self.before: dict[str, Verdict] = {}
        for file in (path, *sorted(path.parent.glob(f"{path.stem}-*.json"))):  # the parts of a run that was stopped
            self.before |= _read(file) if file.exists() else {}
        self.resume = resume
        self.now: dict[str, Verdict] = {}

    def record(self, mutant: Mutant, verdict: Verdict) -> None:
        self.now[mutant.name] = replace(verdict, text=mutant.text)

    def is_settled(self, mutant: Mutant) -> bool:
        """Whether it need not be judged: in a run that is resumed, it was noticed before or has a reason to survive."""
        if self.resume and self.was_judged(mutant):
            before = self.before[mutant.name]
            if not before.survived or mutant.name in accepted():
                self.now[mutant.name] = before
        return mutant.name in self.now

    def was_judged(self, mutant: Mutant) -> bool:
        """Whether it was judged before, in the text that its module still has."""
        return mutant.name in self.before and self.before[mutant.name].text == mutant.text

    def last_killer(self, mutant: Mutant) -> str:
        """The test that killed it last time, or nothing."""
        return self.before[mutant.name].by if mutant.name in self.before else ""

    def merge(self, path: Path) -> None:
        """Join what another process found."""
        self.now |= _read(path)

    def save(self) -> None:
        write(self.path, self.before | self.now)


def write(path: Path, verdicts: dict[str, Verdict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    entries = {name: [verdict.by, verdict.survived, verdict.text] for name, verdict in verdicts.items()}
    path.write_text(json.dumps(entries, indent=0), encoding="utf-8")


def _read(path: Path) -> dict[str, Verdict]:
    entries: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {name: Verdict(*verdict) for name, verdict in entries.items()}
