"""A kind of review as the framework gives it."""

from collections.abc import Mapping
from typing import Any

import strawberry

from api.graphql.agencies.types import Body, Frameworks, defaults_of
from api.graphql.arguments import MandatingBody
from api.graphql.descriptions import documented
from domain import frameworks as data

# Words of a framework under their keys.


@documented
@strawberry.type
class FrameworkText:
    """A key with what it stands for, in the framework's words."""

    key: str
    """Its key."""
    text: str
    """In the framework's words."""

    @classmethod
    def each(cls, texts: Mapping[str, str]) -> "list[FrameworkText]":
        return [cls(key=key, text=text) for key, text in texts.items()]


def _monitored_by(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    return [Body.of(root.within, root.framework_key, body) for body in root.definition.monitored_by]


def _advised_by(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    return [Body.of(root.within, root.framework_key, body) for body in root.definition.advised_by]


def _may_report_through(
    root: strawberry.Parent["ReviewKind"], mandated_by: MandatingBody = strawberry.UNSET
) -> list[Body]:
    offered = root.within[root.framework_key].may_report_through(root.key, mandated_by or None)
    return [Body.of(root.within, root.framework_key, body) for body in offered]


def _feeds(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    fed = root.within[root.framework_key].fed_by(root.key)
    return [Body.of(root.within, root.framework_key, body) for body in fed]


def _agreed_by(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    return [Body.of(root.within, root.framework_key, body) for body in root.definition.agreed_by]


def _mandated_by(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    may = root.within[root.framework_key].mandates(root.key)
    return [Body.of(root.within, root.framework_key, body) for body in may]


def _submitted_to(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    return [Body.of(root.within, root.framework_key, body) for body in root.definition.submitted_to]


@documented
@strawberry.type
class ReviewKind:
    """A kind of review or audit, as the framework defines it."""

    within: strawberry.Private[Frameworks]
    definition: strawberry.Private[data.ReviewKind]
    framework_key: strawberry.Private[str]
    key: str
    """Its key in filters and inputs."""
    name: str
    """What the framework calls it."""
    statutory: bool
    """Whether a statute asks for it."""
    criteria: str | None
    """What leads to a review, as text: the register decides nothing by it."""
    listed_criteria: list[FrameworkText]
    """The same by keys, of which one suffices: `reviewCommission(criteriaMet:)` says which are met, and how."""
    conditions: list[str]
    """As text: `reviewCommission(conditionsMet:)` says how each is met, and the review shows it."""
    binding_conditions: list[str]
    """The conditions of which `conditionsMet`, where it is sent, must say how they are met."""
    learning: list[str]
    """The kinds of learning that it yields, in the framework's words."""
    disseminated_by: list[str]
    """The methods by which its learning is told, by key; others are taken, and marked."""
    stakeholders: list[str]
    """Whom its learning concerns, in the framework's words."""
    monitored_by: list[Body] = strawberry.field(resolver=_monitored_by)
    """The first decides about recommendations that arise; the rest read."""

    minimum_agencies: int
    """How many agencies it involves at least."""
    maximum_agencies: int | None
    """How many agencies it involves at most; null where nothing limits it."""
    of_schools: bool
    """Whether it names agencies of kind `SCHOOL` only, once the register knows any."""
    independent_lead: bool
    """Whether it is led by somebody whom no agency under review employs."""
    required_sections: list[str]
    """The keys of what a review has to say when it is completed."""
    tiers: list[str]
    """The levels on which it works. Text: nothing follows from them."""
    on_referral: bool
    """Whether only a case that has been referred is reviewed so."""
    decided_by_chair: bool
    """Whether the final decision is the independent chair's, who commissions the review or agrees it."""
    always_when: list[FrameworkText]
    """In which circumstances, named on a referral, the case must always lead to such a review: none is declined."""
    may_report_through: list[Body] = strawberry.field(resolver=_may_report_through)
    """
    Through which body a review of the kind may report (`reviewCommission.reportsThrough`): the one that the framework
    gives; where it gives none, any body of the partnership's, first the one that mandates the review.
    """
    facilitated: bool
    """Whether it has a facilitator in place of a lead reviewer."""
    methods: list[FrameworkText]
    """The methods that the framework offers as examples; a review names its method in any words."""
    sections: list[FrameworkText]
    """What a review has to say when it is completed, by the keys of its sections."""
    offered_sections: list[FrameworkText]
    """What a review may say when it is completed, by the keys of its sections."""
    judgements: list[str]
    """The words of which the section `judgement` holds one; where there are none, it is not asked for."""
    published_with_response: bool
    """Whether its report is published only together with the board's response."""
    defaults: list[str]
    """Its fields that are this product's defaults and not the framework's own words; `*` where it is one itself."""

    feeds: list[Body] = strawberry.field(resolver=_feeds)
    """The bodies to which its learning goes, in `learningInbox`; those that receive all learning among them."""
    agreed_by: list[Body] = strawberry.field(resolver=_agreed_by)
    """The bodies that must agree a review before it is completed; where one is named, the chair must too."""
    mandated_by: list[Body] = strawberry.field(resolver=_mandated_by)
    """The bodies that may mandate a review; where none is named, whoever does."""
    advised_by: list[Body] = strawberry.field(resolver=_advised_by)
    """The bodies whose advice the chair has before deciding about a case that was referred."""

    submitted_to: list[Body] = strawberry.field(resolver=_submitted_to)
    """
    The bodies of which any considers a case that is submitted to it, and whether there is a review: it stands in the
    queue `ADVICE_AWAITED` of each until one of them has advised.
    """

    @classmethod
    def of(cls, within: Frameworks, framework: str, kind: data.ReviewKind) -> "ReviewKind":
        return cls(
            within=within,
            definition=kind,
            framework_key=framework,
            key=kind.key,
            name=kind.name,
            statutory=kind.statutory,
            criteria=kind.criteria,
            listed_criteria=FrameworkText.each(kind.criteria_by_key),
            conditions=list(kind.conditions),
            binding_conditions=list(kind.binding_conditions),
            learning=list(kind.learning),
            disseminated_by=list(kind.disseminated_by),
            stakeholders=list(kind.stakeholders),
            minimum_agencies=kind.minimum_agencies,
            maximum_agencies=kind.maximum_agencies,
            of_schools=kind.of_schools,
            independent_lead=kind.needs_an_independent_lead,
            required_sections=list(kind.sections),
            **_asked(within[framework], kind),
        )


def _asked(framework: data.Framework, kind: data.ReviewKind) -> dict[str, Any]:
    """What a review of the kind must or may do and say."""
    return {
        "tiers": list(kind.tiers),
        "on_referral": kind.on_referral,
        "decided_by_chair": kind.decided_by_chair,
        "always_when": FrameworkText.each(kind.always_when),
        "facilitated": kind.facilitated,
        "methods": FrameworkText.each({key: framework.review_methods[key] for key in kind.methods}),
        "sections": FrameworkText.each(kind.sections),
        "offered_sections": FrameworkText.each(kind.offered_sections),
        "judgements": list(kind.judgements),
        "published_with_response": kind.published_with_response,
        "defaults": defaults_of(framework, f"kinds.{kind.key}"),
    }
