"""A learning and improvement framework as its data file gives it."""

from typing import Any

import strawberry

from api.graphql.agencies.types import Body, Frameworks
from api.graphql.descriptions import documented
from api.graphql.frameworks.deadlines import Deadline, PrintedDeadline, ResponseTime
from api.graphql.frameworks.review_kinds import FrameworkText, ReviewKind
from domain import frameworks as data
from domain.shared.vocabulary import DutyHolder

# What a framework obliges its agencies, its chair and the business unit to.


@documented
@strawberry.type
class FrameworkDuty:
    """A duty on receipt of learning."""

    key: str
    """Its key."""
    role: str
    """The key of the role that has it."""
    role_name: str
    """What the framework calls the role."""
    held_by: DutyHolder
    """Who has it, and confirms it."""
    wording: str
    """What is to be done, in the framework's words."""
    by_default: bool
    """Ours, where the framework itself gives none."""
    conditional: bool
    """It depends on something else that happens or does not, and is due on no day."""

    @classmethod
    def each(cls, framework: data.Framework) -> list["FrameworkDuty"]:
        roles = framework.duties.roles
        return [
            cls(
                key=each.key,
                role=each.role,
                role_name=roles[each.role].name,
                held_by=roles[each.role].held_by,
                wording=each.wording,
                by_default=framework.is_default(f"duties.on_receipt.{nth}"),
                conditional=each.conditional,
            )
            for nth, each in enumerate(framework.duties.on_receipt)
        ]


@documented
@strawberry.type
class StandingDuty:
    """A duty of every agency that follows from no review."""

    key: str
    """Its key."""
    wording: str
    """What is to be done, in the framework's words."""
    wording_for_schools: str | None
    """In which words agencies of kind `SCHOOL` have it, where these differ."""
    by_default: bool
    """Ours, where the framework itself gives none."""

    @classmethod
    def each(cls, framework: data.Framework) -> list["StandingDuty"]:
        return [
            cls(
                key=each.key,
                wording=each.wording,
                wording_for_schools=each.wording_for_schools,
                by_default=framework.is_default(f"duties.standing.{nth}"),
            )
            for nth, each in enumerate(framework.duties.standing)
        ]


@documented
@strawberry.type
class ChallengeLevel:
    """A step of the framework's challenge route."""

    level: int
    """Counted from 1."""
    name: str
    """Who is concerned at this level, in the framework's words."""
    working_days: int
    """How long the agency has to answer, in working days, unless a day is named."""

    @classmethod
    def is_type_of(cls, found: object, _: object) -> bool:
        return isinstance(found, data.ChallengeLevel)


@documented
@strawberry.type
class ProgrammeTerms:
    """What the framework says of the year's audit programme."""

    limit: int | None
    """How many reviews of `kinds` a year holds at most; null where nothing limits it."""
    kinds: list[ReviewKind]
    """The kinds of review that count towards the limit."""
    topics: list[str]
    """The keys of the themes that it names for audit."""
    chosen_from: list[str]
    """What the topics of a year are chosen from, in the framework's words."""


def _programme(root: strawberry.Parent["Framework"]) -> ProgrammeTerms:
    programme = root.definition.programme
    kinds = [ReviewKind.of(root.within, root.key, root.definition.kinds[key]) for key in programme.kinds]
    return ProgrammeTerms(
        limit=programme.limit, kinds=kinds, topics=list(programme.topics), chosen_from=list(programme.chosen_from)
    )


def _levels(root: strawberry.Parent["Framework"]) -> Any:
    return root.definition.challenge_route


def _deadlines(root: strawberry.Parent["Framework"]) -> Any:
    return root.definition.deadlines


def _printed_deadlines(root: strawberry.Parent["Framework"]) -> Any:
    return root.definition.printed_deadlines


def _response(root: strawberry.Parent["Framework"]) -> Any:
    return root.definition.recommendation_response


def _reporting_body(root: strawberry.Parent["Framework"]) -> Body:
    return Body.of(root.within, root.key, root.definition.reporting_body)


@documented
@strawberry.type
class Framework:
    """The learning and improvement framework that a partnership follows, as data."""

    within: strawberry.Private[Frameworks]
    definition: strawberry.Private[data.Framework]
    key: str
    """Its short name."""
    name: str
    """Its title."""
    dissemination_methods: list[str]
    """The methods by which learning is told, by key."""
    dissemination_methods_are_examples: bool
    """Whether these are examples, so that any words name a method; otherwise there are no others."""
    impact_measures: list[str]
    """How impact may be verified, in the framework's words."""
    stakeholders: list[str]
    """Whom learning may concern, in the framework's words."""
    challenge_route: list[ChallengeLevel] = strawberry.field(resolver=_levels)
    """The levels of formal challenge, from the first."""
    deadlines: list[Deadline] = strawberry.field(resolver=_deadlines)
    """The time limits that it sets."""
    printed_deadlines: list[PrintedDeadline] = strawberry.field(resolver=_printed_deadlines)
    """The time limits whose days are printed elsewhere."""
    reporting_body: Body = strawberry.field(resolver=_reporting_body)
    """What whatever has no other body reports through; the chair acts for it."""
    impact_due_months: int
    """How many months after closing impact is to be verified, unless a day is named."""
    recommendation_response: ResponseTime | None = strawberry.field(resolver=_response)
    """How long agencies have to answer a recommendation that states no day itself; null where nothing is said."""
    review_principles: list[FrameworkText]
    """The principles by which reviews are conducted."""
    review_methods: list[FrameworkText]
    """The methods of review that it offers."""
    conduct: list[FrameworkText]
    """The criteria by which case reviews are conducted, beside the principles."""
    dissemination_notes: list[FrameworkText]
    """What it says of dissemination beside the methods."""
    culture: list[FrameworkText]
    """How the partnership wants to learn, in the framework's sense. Text: nothing follows from it."""
    purposes: list[FrameworkText]
    """What the framework is for. Text: nothing follows from it."""
    referred_by: str | None
    """Who refers a case, and to whom. Text: `reviewRefer(referredBy:)` says who did."""
    notes: list[str]
    """What the framework says that the register shows and does not enforce."""
    defaults: list[str]
    """Where its data file marks a value as this product's default: dotted paths, as `kinds.research.monitored_by`."""
    duties: list[FrameworkDuty]
    """The duties that follow from learning."""
    confirm_within_days: int
    """Days after learning is disseminated by which a duty is to be confirmed, unless a day is named."""
    standing_duties: list[StandingDuty]
    """The duties that every agency has, whatever is learned."""
    return_every_months: int
    """How often agencies account for standing duties, in months."""
    return_within_days: int
    """Days after its period has ended by which a return is due, unless a day is named."""
    audit_programme: ProgrammeTerms = strawberry.field(resolver=_programme)
    """What the framework says of the audit programme that is agreed each year."""

    @strawberry.field
    def bodies(self) -> list[Body]:
        """Its bodies."""
        return [Body.of(self.within, self.key, body) for body in self.definition.bodies]

    @strawberry.field
    def succeeds(self) -> "Framework | None":
        """The framework that it replaced; null for the first."""
        return Framework.of(self.within, self.definition.succeeds) if self.definition.succeeds else None

    @strawberry.field
    def review_kinds(self) -> list[ReviewKind]:
        """The kinds of review and audit that it knows."""
        return [ReviewKind.of(self.within, self.key, kind) for kind in self.definition.kinds.values()]

    @classmethod
    def of(cls, within: Frameworks, key: str) -> "Framework":
        found = within[key]
        return cls(
            within=within,
            definition=found,
            key=key,
            name=found.name,
            dissemination_methods=list(found.methods),
            impact_measures=list(found.impact_measures),
            stakeholders=list(found.stakeholders),
            **_texts(found),
            **_duties(found),
        )


def _texts(found: data.Framework) -> dict[str, Any]:
    return {
        "impact_due_months": found.impact_due_months,
        "review_principles": FrameworkText.each(found.review_principles),
        "review_methods": FrameworkText.each(found.review_methods),
        "conduct": FrameworkText.each(found.conduct),
        "culture": FrameworkText.each(found.culture),
        "purposes": FrameworkText.each(found.purposes),
        "dissemination_methods_are_examples": found.methods_are_examples,
        "dissemination_notes": FrameworkText.each(found.method_notes),
        "referred_by": found.referred_by,
        "notes": list(found.notes),
        "defaults": sorted(found.defaults),
    }


def _duties(found: data.Framework) -> dict[str, Any]:
    return {
        "duties": FrameworkDuty.each(found),
        "confirm_within_days": found.duties.confirm_within_days,
        "standing_duties": StandingDuty.each(found),
        "return_every_months": found.duties.return_every_months,
        "return_within_days": found.duties.return_within_days,
    }
