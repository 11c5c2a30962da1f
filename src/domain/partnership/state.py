"""The partnership: its name, its days and the frameworks that succeeded one another."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from domain.frameworks import Framework
from domain.partnership.events import FrameworkAdded, FrameworkAdopted, PartnershipCreated
from domain.shared.facts import Recorded


@dataclass(frozen=True, slots=True)
class Term:
    framework: str
    from_day: date


@dataclass(frozen=True, slots=True)
class Partnership:
    """`adopted` is what succeeded the `first_framework`, in order of its first day; `own` are those it has added."""

    version: int = 0
    key: str = ""
    name: str = ""
    first_framework: str = ""
    created_on: date | None = None
    time_zone: str = "Europe/London"
    demonstration: bool = False
    adopted: tuple[Term, ...] = ()
    own: Mapping[str, Framework] = field(default_factory=dict)

    def has_adopted(self, framework: str) -> bool:
        return any(term.framework == framework for term in self.adopted)

    def framework_on(self, day: date) -> str:
        """The framework in force; the first one also for all the days before, which imports tell of."""
        return next((term.framework for term in reversed(self.adopted) if term.from_day <= day), self.first_framework)


def evolve(partnership: Partnership, recorded: Recorded) -> Partnership:
    partnership = replace(partnership, version=max(partnership.version, recorded.originator_version))
    match recorded.fact:
        case PartnershipCreated() as fact:
            return _created(partnership, fact)
        case FrameworkAdded(framework=added):
            return replace(partnership, own={**partnership.own, added.key: added})
        case FrameworkAdopted(framework=framework, happened_on=day):
            terms = sorted((*partnership.adopted, Term(framework, day)), key=lambda term: term.from_day)
            return replace(partnership, adopted=tuple(terms))
        case _:
            return partnership


def _created(partnership: Partnership, fact: PartnershipCreated) -> Partnership:
    return replace(
        partnership,
        key=fact.key,
        name=fact.name,
        first_framework=fact.framework,
        created_on=fact.happened_on,
        time_zone=fact.time_zone,
        demonstration=fact.demonstration,
    )
