"""What became of each mutant, kept from one run to the next so that last time's killer is asked first."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mutation.mutants import Mutant
from mutation.reasons import reasons

WHY = reasons()
SURVIVED = "survived"


@dataclass(frozen=True)
class Verdict:
    """`by` is the test that failed, or why there was none to; `text` is of what text of the module it is true."""

    by: str
    survived: bool = True
    text: str = ""

    @classmethod
    def from_child(cls, said: str | None) -> "Verdict":
        if said is None:
            return cls("nothing was heard of it")
        return cls(said or "a test did not come to an end", survived=said == SURVIVED)


class Verdicts:
    """Those of this run by the mutant's name, beside those of runs before; `again`: only survivors are judged anew."""

    def __init__(self, path: Path, again: bool = False) -> None:
        self.path = path
        self.before: dict[str, Verdict] = {}
        for file in (path, *sorted(path.parent.glob(f"{path.stem}-*.json"))):  # the parts of a run that was stopped
            self.before |= _read(file) if file.exists() else {}
        self.again = again
        self.now: dict[str, Verdict] = {}
        self.missing = 0

    def tell(self, mutant: Mutant, verdict: Verdict) -> None:
        self.now[mutant.name] = replace(verdict, text=mutant.text)

    def known(self, mutant: Mutant) -> bool:
        """Whether it need not be judged: it was noticed last time or has a reason, and others are asked again."""
        if self.again and self.holds(mutant) and not (self.before[mutant.name].survived and mutant.name not in WHY):
            self.now[mutant.name] = self.before[mutant.name]
        return mutant.name in self.now

    def holds(self, mutant: Mutant) -> bool:
        """Whether it was judged before, in the text that its module still has."""
        return mutant.name in self.before and self.before[mutant.name].text == mutant.text

    def killer(self, mutant: Mutant) -> str:
        """The test that killed it last time, or nothing."""
        return self.before[mutant.name].by if mutant.name in self.before else ""

    def take(self, path: Path) -> None:
        """Join what another process found."""
        self.now |= _read(path)

    def keep(self) -> None:
        write(self.path, self.before | self.now)


def write(path: Path, verdicts: dict[str, Verdict]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    told = {name: [verdict.by, verdict.survived, verdict.text] for name, verdict in verdicts.items()}
    path.write_text(json.dumps(told, indent=0), encoding="utf-8")


def _read(path: Path) -> dict[str, Verdict]:
    told: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return {name: Verdict(*verdict) for name, verdict in told.items()}
