"""The partnership, the frameworks that it followed one after the other, and who is asking."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Self

import strawberry

from api.graphql.agencies.types import Agency, Body
from api.graphql.descriptions import documented
from api.graphql.frameworks.review_kinds import ReviewKind
from api.graphql.frameworks.types import Framework
from domain import frameworks as data
from domain.frameworks import Framework as FrameworkData
from domain.frameworks import successors
from domain.shared.cached_property import cached_property
from domain.shared.vocabulary import Role
from projections.queries.partnership.query import PartnershipRead

# The frameworks of a partnership as the edge reads them: the shipped ones, and its own once it has adopted them.
Load = Callable[[Sequence[str]], list[FrameworkData]]
"""Reads some of the partnership's own frameworks, by key."""


class KnownFrameworks(Mapping[str, FrameworkData]):
    """By key. What was adopted never changes, and is kept for every request once it has been read.

    What was not adopted may be replaced: it is kept for one reading.
    """

    def __init__(self, shipped: Mapping[str, FrameworkData], kept: dict[str, FrameworkData], load: Load) -> None:
        self._shipped = shipped
        self._kept = kept
        self._load = load
        self._here: dict[str, FrameworkData] = {}

    def holding(self, keys: Iterable[str]) -> Self:
        """With these read, in one statement at most."""
        wanted = [key for key in keys if key not in self._shipped and key not in self._kept]
        if wanted:
            self._kept.update({each.key: each for each in self._load(wanted)})
        return self

    def __getitem__(self, key: str) -> FrameworkData:
        found = self._shipped.get(key) or self._kept.get(key)
        if found is None and key not in self._here:
            self._here |= {each.key: each for each in self._load([key])}
        return found or self._here[key]

    def __iter__(self) -> Iterator[str]:
        yield from [*self._kept, *self._shipped]

    def __len__(self) -> int:
        return len(self._kept) + len(self._shipped)


# The partnership and the frameworks that it followed one after the other.


class PartnershipFrameworks:
    """The partnership on a day, with every framework that it ever followed.

    `later` reads once more, with the frameworks that were adopted on a later day than the one asked about.
    """

    def __init__(
        self, read: PartnershipRead, frameworks: KnownFrameworks, on: date, later: Callable[[], PartnershipRead]
    ) -> None:
        self.read = read
        self._later = later
        self._terms = _followed(read)
        self.frameworks = frameworks.holding(self._terms)
        self.in_force = self._in_force_on(on)

    def _in_force_on(self, day: date) -> str:
        """The first one also for all the days before."""
        begun = [str(term["framework"]) for term in self.read.terms if str(term["from"]) <= day.isoformat()]
        return begun[-1] if begun else self._terms[0]

    @property
    def _newest_first(self) -> list[str]:
        return list(dict.fromkeys([self.in_force, *reversed(self._terms)]))

    @cached_property
    def _ever(self) -> list[str]:
        return _followed(self._later())

    def body(self, key: str | None, on: date | None = None) -> Body | None:
        """The body under a key: of the framework in force on a day, or of another that the partnership followed."""
        if key is None:
            return None
        then = self._newest_first if on is None else [self._in_force_on(on), *self._newest_first]
        holder = self._holder(key, then) or self._holder(key, self._ever)
        return Body.of(self.frameworks, holder, key) if holder else None

    def _holder(self, body: str, frameworks: Iterable[str]) -> str | None:
        return next((each for each in frameworks if body in self.frameworks[each].bodies), None)

    def body_of(self, framework: str, key: str) -> Body:
        return Body.of(self.frameworks, framework, key)

    def kind_of(self, framework: str, key: str) -> ReviewKind:
        return ReviewKind.of(self.frameworks, framework, self.frameworks[framework].kinds[key])

    @property
    def advisers(self) -> list[dict[str, Any]]:
        """Whose advice a referral awaits, by the framework that it was made under and the kind that it names."""
        requested = ((key, kind) for key in dict.fromkeys(self._terms) for kind in (None, *self.frameworks[key].kinds))
        return [
            {"framework": key, "kind": kind, "body": body, "any_of": list(self.frameworks[key].any_advises(kind))}
            for key, kind in requested
            for body in self.frameworks[key].advisers(kind)
        ]

    @property
    def feeding(self) -> list[dict[str, str]]:
        """Which bodies the kinds of review feed, as what they have become."""
        return [
            {"framework": key, "kind": kind, "body": now[body]}
            for key, now in self._become.items()
            for kind in self.frameworks[key].kinds
            for body in self.frameworks[key].fed_by(kind)
        ]

    @property
    def heirs(self) -> list[dict[str, str]]:
        """What every body of every framework that was followed has become."""
        return [
            {"framework": key, "body": body, "now": heir}
            for key, now in self._become.items()
            for body, heir in now.items()
        ]

    @property
    def _become(self) -> dict[str, dict[str, str]]:
        in_force, followed = self.frameworks[self.in_force], dict.fromkeys(self._terms)
        return {key: successors(self.frameworks[key], in_force, self.frameworks) for key in followed}

    def framework_on(self, day: date) -> data.Framework:
        """The framework in force on a day; the first one also for all the days before."""
        return self.frameworks[self._in_force_on(day)]

    @property
    def began_on(self) -> date:
        """The first day of the partnership's first framework."""
        return date.fromisoformat(str(self.read.terms[0]["from"]))

    def level_name(self, level: int, on: date) -> str:
        """What the challenge route in force on a day calls a level; one that no route has goes by its number."""
        begun = [str(term["framework"]) for term in self.read.terms if str(term["from"]) <= on.isoformat()]
        steps = (
            step for key in (*reversed(begun), *self._newest_first) for step in self.frameworks[key].challenge_route
        )
        return next((step.name for step in steps if step.level == level), f"Level {level}")

    def framework(self, key: str) -> Framework:
        return Framework.of(self.frameworks, key)

    def has_kind(self, key: str) -> bool:
        """Whether a framework that the partnership followed has this kind of review."""
        return self._has(key, self._terms) or self._has(key, self._ever)

    def _has(self, kind: str, frameworks: Iterable[str]) -> bool:
        return any(kind in self.frameworks[each].kinds for each in frameworks)


def _followed(read: PartnershipRead) -> list[str]:
    return [str(term["framework"]) for term in read.terms]


@documented
@strawberry.type
class FrameworkTerm:
    """A time during which the partnership followed a framework."""

    framework: Framework
    """The framework."""
    from_: date = strawberry.field(name="from")
    """Its first day."""
    until: date | None
    """Its last day; null for the one in force."""


@documented
@strawberry.type
class Partnership:
    """The partnership whose register this is."""

    partnership_frameworks: strawberry.Private[PartnershipFrameworks]
    key: str
    """Its short name."""
    name: str
    """What people call it."""
    time_zone: str
    """The zone in which its days begin and end, as `Europe/London`."""

    @strawberry.field
    def framework(self) -> Framework:
        """The framework in force on the day asked about."""
        return self.partnership_frameworks.framework(self.partnership_frameworks.in_force)

    @strawberry.field
    def frameworks(self) -> list[FrameworkTerm]:
        """Every framework that it has followed, the first first."""
        return [
            FrameworkTerm(
                framework=self.partnership_frameworks.framework(term["framework"]),
                from_=date.fromisoformat(term["from"]),
                until=date.fromisoformat(term["until"]) if term["until"] else None,
            )
            for term in self.partnership_frameworks.read.terms
        ]

    @classmethod
    def of(cls, partnership_frameworks: PartnershipFrameworks) -> "Partnership":
        read = partnership_frameworks.read
        return cls(
            partnership_frameworks=partnership_frameworks, key=read.key, name=read.name, time_zone=read.time_zone
        )


# Who is asking.


@documented
@strawberry.type
class Viewer:
    """Who is asking."""

    subject: str
    """The person or system, as the credential names them."""
    role: Role
    """The role that they act in."""
    partnership: Partnership
    """The partnership that they ask in."""
    agency: Agency | None
    """The agency that they act for; null for everybody but agencies."""
    monitoring_bodies: list[Body]
    """The bodies that they act for."""
    permitted_commands: list[str]
    """The mutations that the role may send at all; whether one is taken depends on what it is about."""
