"""A learning and improvement framework as its data file gives it."""

from typing import Any

import strawberry

from api.types.body import Body, Frameworks
from domain import frameworks as data
from domain.frameworks import DeadlineUnit
from domain.words import DutyHolder

AGREED = "The bodies that must agree a review before it is completed; where one is named, the chair must too."
MANDATED = "The bodies that may mandate a review; where none is named, whoever does."
SECTIONS = "The keys of what a review has to say when it is completed."
BY_DEFAULT = "Ours, where the framework itself gives none."
CONFIRM = "Days after learning is disseminated by which a duty is to be confirmed, unless a day is named."
RETURN = "Days after its period has ended by which a return is due, unless a day is named."
FIRST_DECIDES = "The first decides about recommendations that arise; the rest read."


def _monitored_by(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    return [Body.of(root.within, root.framework_key, body) for body in root.said.monitored_by]


def _agreed_by(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    return [Body.of(root.within, root.framework_key, body) for body in root.said.agreed_by]


def _mandated_by(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    may = root.within[root.framework_key].mandates(root.key)
    return [Body.of(root.within, root.framework_key, body) for body in may]


@strawberry.type
class ReviewKind:
    within: strawberry.Private[Frameworks]
    said: strawberry.Private[data.ReviewKind]
    framework_key: strawberry.Private[str]
    key: str
    name: str
    statutory: bool
    criteria: str | None
    conditions: list[str]
    learning: list[str]
    disseminated_by: list[str]
    stakeholders: list[str]
    monitored_by: list[Body] = strawberry.field(resolver=_monitored_by, description=FIRST_DECIDES)

    minimum_agencies: int
    independent_lead: bool
    required_sections: list[str] = strawberry.field(description=SECTIONS)

    agreed_by: list[Body] = strawberry.field(resolver=_agreed_by, description=AGREED)
    mandated_by: list[Body] = strawberry.field(resolver=_mandated_by, description=MANDATED)

    @strawberry.field
    def feeds(self) -> list[Body]:
        return [Body.of(self.within, self.framework_key, body) for body in self.said.feeds]

    @classmethod
    def of(cls, within: Frameworks, framework: str, kind: data.ReviewKind) -> "ReviewKind":
        return cls(
            within=within,
            said=kind,
            framework_key=framework,
            key=kind.key,
            name=kind.name,
            statutory=kind.statutory,
            criteria=kind.criteria,
            conditions=list(kind.conditions),
            learning=list(kind.learning),
            disseminated_by=list(kind.disseminated_by),
            stakeholders=list(kind.stakeholders),
            minimum_agencies=kind.minimum_agencies,
            independent_lead=kind.needs_an_independent_lead,
            required_sections=list(kind.sections),
        )


@strawberry.type
class ChallengeLevel:
    level: int
    name: str
    working_days: int

    @classmethod
    def is_type_of(cls, found: object, _: object) -> bool:
        return isinstance(found, data.ChallengeLevel)


@strawberry.type
class Deadline:
    key: str
    name: str
    length: int
    unit: DeadlineUnit

    @classmethod
    def is_type_of(cls, found: object, _: object) -> bool:
        return isinstance(found, data.Deadline)


@strawberry.type
class FrameworkDuty:
    """A duty on receipt of learning."""

    key: str
    role: str
    role_name: str
    held_by: DutyHolder
    wording: str
    by_default: bool = strawberry.field(description=BY_DEFAULT)


@strawberry.type
class StandingDuty:
    """A duty of every agency that follows from no review."""

    key: str
    wording: str
    by_default: bool = strawberry.field(description=BY_DEFAULT)


def _duties(root: strawberry.Parent["Framework"]) -> list[FrameworkDuty]:
    asked = root.said.duties
    return [
        FrameworkDuty(
            key=each.key,
            role=each.role,
            role_name=asked.roles[each.role].name,
            held_by=asked.roles[each.role].held_by,
            wording=each.wording,
            by_default=root.said.is_default(f"duties.on_receipt.{nth}"),
        )
        for nth, each in enumerate(asked.on_receipt)
    ]


def _standing_duties(root: strawberry.Parent["Framework"]) -> list[StandingDuty]:
    return [
        StandingDuty(key=each.key, wording=each.wording, by_default=root.said.is_default(f"duties.standing.{nth}"))
        for nth, each in enumerate(root.said.duties.standing)
    ]


def _levels(root: strawberry.Parent["Framework"]) -> Any:
    return root.said.challenge_route


def _deadlines(root: strawberry.Parent["Framework"]) -> Any:
    return root.said.deadlines


@strawberry.type
class Framework:
    within: strawberry.Private[Frameworks]
    said: strawberry.Private[data.Framework]
    key: str
    name: str
    dissemination_methods: list[str]
    impact_measures: list[str]
    stakeholders: list[str]
    challenge_route: list[ChallengeLevel] = strawberry.field(resolver=_levels)
    deadlines: list[Deadline] = strawberry.field(resolver=_deadlines)
    duties: list[FrameworkDuty] = strawberry.field(resolver=_duties)
    confirm_within_days: int = strawberry.field(description=CONFIRM)
    standing_duties: list[StandingDuty] = strawberry.field(resolver=_standing_duties)
    return_every_months: int
    return_within_days: int = strawberry.field(description=RETURN)

    @strawberry.field
    def bodies(self) -> list[Body]:
        return [Body.of(self.within, self.key, body) for body in self.said.bodies]

    @strawberry.field
    def review_kinds(self) -> list[ReviewKind]:
        return [ReviewKind.of(self.within, self.key, kind) for kind in self.said.kinds.values()]

    @classmethod
    def of(cls, within: Frameworks, key: str) -> "Framework":
        found = within[key]
        return cls(
            within=within,
            said=found,
            key=key,
            name=found.name,
            dissemination_methods=list(found.methods),
            impact_measures=list(found.impact_measures),
            stakeholders=list(found.stakeholders),
            confirm_within_days=found.duties.confirm_within_days,
            return_every_months=found.duties.return_every_months,
            return_within_days=found.duties.return_within_days,
        )
