"""The partnership's agencies: who they are, what people call them, and who became whom."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from domain.agency.events import AgencyAdded, AgencyMerged, AgencyRenamed, AliasAdded
from domain.shared.facts import Recorded
from domain.shared.texts import normalised
from domain.shared.vocabulary import AgencyKind


@dataclass(frozen=True, slots=True)
class Agency:
    key: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: AgencyKind = AgencyKind.PARTNER
    successor: str | None = None


@dataclass(frozen=True, slots=True)
class Agencies:
    """
    `called` leads from a plain name, alias or key to the key; `merged` from a key to the one it went on in, and
    `merged_on` to the day of that.
    """

    version: int = 0
    by_key: Mapping[str, Agency] = field(default_factory=dict)
    called: Mapping[str, str] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    merged_on: Mapping[str, date] = field(default_factory=dict)

    @property
    def all(self) -> tuple[Agency, ...]:
        """Every agency there ever was, with what it went on in."""
        return tuple(replace(each, successor=self.merged.get(each.key)) for each in self.by_key.values())

    def known(self, key: str) -> bool:
        return key in self.by_key

    def is_a_school(self, key: str) -> bool:
        return key in self.by_key and self.by_key[key].kind is AgencyKind.SCHOOL

    @property
    def knows_schools(self) -> bool:
        """Whether the register says which of its agencies are schools."""
        return any(map(self.is_a_school, self.by_key))

    def resolve_name(self, text: str) -> str | None:
        """The key of the agency called so, whatever the capitals and spaces."""
        return self.called.get(normalised(text))

    def successor(self, key: str) -> str | None:
        """What it is today; none for one that was never merged."""
        later = list(self._later(key))
        return later[-1] if later else None

    def kin(self, key: str) -> frozenset[str]:
        """The agency with its predecessors and successors."""
        return frozenset({*self._later(key), *self.with_predecessors(key)})

    def with_predecessors(self, key: str) -> frozenset[str]:
        """The agency, and those that have gone on in it."""
        return frozenset({key, *(earlier for earlier in self.merged if key in self._later(earlier))})

    def are_kin(self, one: str, other: str) -> bool:
        """The same agency, one that became the other, or two that have gone on in the same."""
        return not self.kin(one).isdisjoint(self.kin(other))

    def _later(self, key: str) -> Iterator[str]:
        seen = {key}
        while (key := self.merged.get(key, key)) not in seen:
            seen.add(key)
            yield key


def evolve(agencies: Agencies, recorded: Recorded) -> Agencies:
    agencies = replace(agencies, version=max(agencies.version, recorded.originator_version))
    match recorded.fact:
        case AgencyAdded() as fact:
            return _with(agencies, Agency(fact.key, fact.name, fact.aliases, fact.agency_kind))
        case AgencyRenamed(key=key, name=name) if key in agencies.by_key:
            agency = agencies.by_key[key]
            return _with(agencies, replace(agency, name=name, aliases=(*agency.aliases, agency.name)))
        case AliasAdded(key=key, alias=alias) if key in agencies.by_key:
            agency = agencies.by_key[key]
            return _with(agencies, replace(agency, aliases=(*agency.aliases, alias)))
        case AgencyMerged(key=key, into=into):
            on = recorded.fact.happened_on
            return replace(agencies, merged={**agencies.merged, key: into}, merged_on={**agencies.merged_on, key: on})
        case _:
            return agencies


def _with(agencies: Agencies, agency: Agency) -> Agencies:
    names = {normalised(name): agency.key for name in (agency.key, agency.name, *agency.aliases)}
    by_key = {**agencies.by_key, agency.key: agency}
    return replace(agencies, by_key=by_key, called={**agencies.called, **names})
