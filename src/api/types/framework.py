"""A learning and improvement framework as its data file gives it."""

from typing import Any

import strawberry

from api.types.body import Body, Frameworks
from domain import frameworks as data
from domain.frameworks import DeadlineUnit

AGREED = "The bodies that must agree a review before it is completed; where one is named, the chair must too."
MANDATED = "The bodies that may mandate a review; where none is named, whoever does."
SECTIONS = "The keys of what a review has to say when it is completed."
WITH_RESPONSE = "Whether its report is published only together with the board's response."
PROGRAMME = "What the framework says of the audit programme that is agreed each year."
COUNTED = "The kinds of review that count towards the limit."
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

    published_with_response: bool = strawberry.field(description=WITH_RESPONSE)

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
            published_with_response=kind.published_with_response,
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
class ProgrammeTerms:
    limit: int | None
    kinds: list[ReviewKind] = strawberry.field(description=COUNTED)
    topics: list[str]


def _programme(root: strawberry.Parent["Framework"]) -> ProgrammeTerms:
    said = root.said.programme
    kinds = [ReviewKind.of(root.within, root.key, root.said.kinds[key]) for key in said.kinds]
    return ProgrammeTerms(limit=said.limit, kinds=kinds, topics=list(said.topics))


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
    audit_programme: ProgrammeTerms = strawberry.field(resolver=_programme, description=PROGRAMME)

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
        )
