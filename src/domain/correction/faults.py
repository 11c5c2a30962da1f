"""What would be impossible about a record, with the facts that cannot both stand."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from domain.event_names import name_of
from domain.shared.facts import Recorded
from domain.shared.refusals import Refusal

FIELD = "newValue"
Stream: TypeAlias = Sequence[Recorded]


@dataclass(frozen=True, slots=True)
class Fault:
    """`at` is the fact that could not have been recorded so, `because` the one that it contradicts, if one does."""

    at: Recorded
    refusal: type[Refusal]
    sentence: str
    because: Recorded | None = None

    def refused(self, corrected: Recorded | None = None) -> Refusal:
        """Names the fact that stands in the way of correcting another one."""
        one, other = self.at, self.because
        named = other if other is not None and _same(one, corrected) else one
        if _same(named, corrected):
            return self.refusal(self.sentence, FIELD)
        return self.refusal(f"{self.sentence} {called(named)} stands in the way.", FIELD)


Rule: TypeAlias = Callable[[Stream], Iterator[Fault]]
Faults: TypeAlias = Mapping[tuple[object, str, int], Fault]
"""By the stream, the rule that is broken and the version of the fact that breaks it."""


def faults(stream: Stream, rules: Iterable[Rule]) -> Faults:
    found: dict[tuple[object, str, int], Fault] = {}
    for rule in rules:
        for fault in rule(stream):
            found.setdefault((fault.at.originator_id, rule.__name__, fault.at.originator_version), fault)
    return found


def called(recorded: Recorded) -> str:
    """A fact by its stored name, its day and its version."""
    name = name_of(recorded.kind, recorded.fact)
    return f"{name} of {recorded.fact.happened_on} (version {recorded.originator_version})"


def _same(one: Recorded, other: Recorded | None) -> bool:
    if other is None:
        return False
    return (one.originator_id, one.originator_version) == (other.originator_id, other.originator_version)
