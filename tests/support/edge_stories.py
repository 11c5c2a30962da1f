"""Whole stories through the edge, with what each costs in calls; `docs/partners.md` tells the numbers to partners."""

import re
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from support.framework_rows import Edge

PAGE = Path(__file__).resolve().parents[2] / "docs" / "partners.md"
HEADING = "### How many calls a story takes\n"
ROW = re.compile(r"^\| ([A-Za-z0-9 ]+) \| `([a-z0-9-]+)` \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
CLAIM = {"narrative": "It is done", "claimsComplete": True}


@dataclass(frozen=True)
class Calls:
    """The mutations of a story, by who sends them."""

    framework: str
    all: int
    unit: int
    deciding: int
    agencies: int

    @property
    def row(self) -> str:
        return f"`{self.framework}` | {self.all} | {self.unit} | {self.deciding} | {self.agencies} |"


def published() -> dict[str, Calls]:
    """What the page for partners says of each story."""
    section = PAGE.read_text().partition(HEADING)[2].partition("\n#")[0]
    return {story: Calls(framework, *map(int, numbers)) for story, framework, *numbers in ROW.findall(section)}


@dataclass
class Teller(Edge):
    """A partnership's members, who tell one story; every mutation that is not refused is counted."""

    framework: str = field(kw_only=True)
    sent: list[tuple[str, str]] = field(default_factory=list)

    def do(self, who: str, mutation: str, shown: str = "id", /, **given: Any) -> Any:
        found = super().do(who, mutation, shown, **given)
        self.sent.append((who, mutation))
        return found

    @property
    def calls(self) -> Calls:
        agencies = {agency["key"] for agency in self.read("inspector", "agencies { key }")["agencies"]}
        by = Counter("unit" if who == "unit" else "agencies" if who in agencies else "deciding" for who, _ in self.sent)
        return Calls(self.framework, len(self.sent), by["unit"], by["deciding"], by["agencies"])

    def takes_as_many_calls_as_published(self, story: str) -> None:
        """A change that makes a story longer, or shorter, is noticed here."""
        lines = (f"\n  {who}: {mutation}" for who, mutation in self.sent)
        sys.stdout.write(f"\n{story}: {self.calls.all} calls{''.join(lines)}\n")
        assert published().get(story) == self.calls, f"| {story} | {self.calls.row}"

    # ---- steps that several stories have ----

    def learned(self, review: str, wording: str, **given: Any) -> str:
        """The id of the point of learning."""
        said = {"reviewId": review, "wording": wording, "themes": ["information-sharing"]} | given
        found = self.do("unit", "learningIdentify", "learning { id wording }", **said)["learning"]
        return str(next(each["id"] for each in found if each["wording"] == wording))

    def claimed(self, who: str, thing: str, kind: str = "action", **given: Any) -> str:
        """The id of evidence that claims completion."""
        found = self.do(who, f"{kind}SubmitEvidence", "evidence { id }", **({"id": thing} | CLAIM | given))
        return str(found["evidence"][-1]["id"])


Begin = Callable[[str], Teller]
"""Begins a story in a new partnership under a framework."""
