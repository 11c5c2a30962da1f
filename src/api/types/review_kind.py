"""A kind of review as the framework gives it."""

from typing import Any

import strawberry

from api.arguments import MandatingBody
from api.documented import documented
from api.types.body import OURS, Body, Frameworks, defaults_of
from api.types.framework_text import FrameworkText
from domain import frameworks as data

AGREED = "The bodies that must agree a review before it is completed; where one is named, the chair must too."
MANDATED = "The bodies that may mandate a review; where none is named, whoever does."
SECTIONS = "The keys of what a review has to say when it is completed."
FIRST_DECIDES = "The first decides about recommendations that arise; the rest read."


CRITERIA = "What leads to a review, as text: the register decides nothing by it."
LISTED = "The same by keys, of which one suffices: `reviewCommission(criteriaMet:)` says which are met, and how."
CONDITIONS = "As text: `reviewCommission(conditionsMet:)` says how each is met, and the review shows it."
OF_SCHOOLS = "Whether it names agencies of kind `SCHOOL` only, once the register knows any."
BINDING = "The conditions of which `conditionsMet`, where it is sent, must say how they are met."
METHODS = "The methods that the framework offers as examples; a review names its method in any words."
SUBMITTED = (
    "The bodies of which any considers a case that is submitted to it, and whether there is a review: it stands in "
    "the queue `ADVICE_AWAITED` of each until one of them has advised."
)
OFFERED = "What a review may say when it is completed, by the keys of its sections."
WITH_RESPONSE = "Whether its report is published only together with the board's response."
JUDGEMENTS = "The words of which the section `judgement` holds one; where there are none, it is not asked for."
ADVISED = "The bodies whose advice the chair has before deciding about a case that was referred."
ALWAYS = "In which circumstances, named on a referral, the case must always lead to such a review: none is declined."
ROUTED = (
    "Through which body a review of the kind may report (`reviewCommission.reportsThrough`): the one that the "
    "framework gives; where it gives none, any body of the partnership's, first the one that mandates the review."
)
FEEDS = "The bodies to which its learning goes, in `learningInbox`; those that receive all learning among them."
CHAIRS = "Whether the final decision is the independent chair's, who commissions the review or agrees it."
REFERRED = "Whether only a case that has been referred is reviewed so."
TIERS = "The levels on which it works. Text: nothing follows from them."
ASKED = "What a review has to say when it is completed, by the keys of its sections."


def _monitored_by(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    return [Body.of(root.within, root.framework_key, body) for body in root.said.monitored_by]


def _advised_by(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    return [Body.of(root.within, root.framework_key, body) for body in root.said.advised_by]


def _may_report_through(
    root: strawberry.Parent["ReviewKind"], mandated_by: MandatingBody = strawberry.UNSET
) -> list[Body]:
    offered = root.within[root.framework_key].may_report_through(root.key, mandated_by or None)
    return [Body.of(root.within, root.framework_key, body) for body in offered]


def _feeds(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    fed = root.within[root.framework_key].fed_by(root.key)
    return [Body.of(root.within, root.framework_key, body) for body in fed]


def _agreed_by(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    return [Body.of(root.within, root.framework_key, body) for body in root.said.agreed_by]


def _mandated_by(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    may = root.within[root.framework_key].mandates(root.key)
    return [Body.of(root.within, root.framework_key, body) for body in may]


def _submitted_to(root: strawberry.Parent["ReviewKind"]) -> list[Body]:
    return [Body.of(root.within, root.framework_key, body) for body in root.said.submitted_to]


@documented
@strawberry.type
class ReviewKind:
    """A kind of review or audit, as the framework defines it."""

    within: strawberry.Private[Frameworks]
    said: strawberry.Private[data.ReviewKind]
    framework_key: strawberry.Private[str]
    key: str
    """Its key in filters and inputs."""
    name: str
    """What the framework calls it."""
    statutory: bool
    """Whether a statute asks for it."""
    criteria: str | None = strawberry.field(description=CRITERIA)
    listed_criteria: list[FrameworkText] = strawberry.field(description=LISTED)
    conditions: list[str] = strawberry.field(description=CONDITIONS)
    binding_conditions: list[str] = strawberry.field(description=BINDING)
    learning: list[str]
    """The kinds of learning that it yields, in the framework's words."""
    disseminated_by: list[str]
    """The methods by which its learning is told, by key; others are taken, and marked."""
    stakeholders: list[str]
    """Whom its learning concerns, in the framework's words."""
    monitored_by: list[Body] = strawberry.field(resolver=_monitored_by, description=FIRST_DECIDES)

    minimum_agencies: int
    """How many agencies it involves at least."""
    maximum_agencies: int | None
    """How many agencies it involves at most; null where nothing limits it."""
    of_schools: bool = strawberry.field(description=OF_SCHOOLS)
    independent_lead: bool
    """Whether it is led by somebody whom no agency under review employs."""
    required_sections: list[str] = strawberry.field(description=SECTIONS)
    tiers: list[str] = strawberry.field(description=TIERS)
    on_referral: bool = strawberry.field(description=REFERRED)
    decided_by_chair: bool = strawberry.field(description=CHAIRS)
    always_when: list[FrameworkText] = strawberry.field(description=ALWAYS)
    may_report_through: list[Body] = strawberry.field(resolver=_may_report_through, description=ROUTED)
    facilitated: bool
    """Whether it has a facilitator in place of a lead reviewer."""
    methods: list[FrameworkText] = strawberry.field(description=METHODS)
    sections: list[FrameworkText] = strawberry.field(description=ASKED)
    offered_sections: list[FrameworkText] = strawberry.field(description=OFFERED)
    judgements: list[str] = strawberry.field(description=JUDGEMENTS)
    published_with_response: bool = strawberry.field(description=WITH_RESPONSE)
    defaults: list[str] = strawberry.field(description=OURS)

    feeds: list[Body] = strawberry.field(resolver=_feeds, description=FEEDS)
    agreed_by: list[Body] = strawberry.field(resolver=_agreed_by, description=AGREED)
    mandated_by: list[Body] = strawberry.field(resolver=_mandated_by, description=MANDATED)
    advised_by: list[Body] = strawberry.field(resolver=_advised_by, description=ADVISED)

    submitted_to: list[Body] = strawberry.field(resolver=_submitted_to, description=SUBMITTED)

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
