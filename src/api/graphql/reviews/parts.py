"""What a review is made of: its conditions and criteria, the principles it met, advice about it, who agreed it."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import strawberry

from api.graphql.agencies.types import Actor, Body
from api.graphql.descriptions import documented
from api.graphql.event_json import EventJson
from api.graphql.frameworks.review_kinds import ReviewKind
from domain import frameworks as data
from domain.frameworks import Framework
from domain.shared.vocabulary import CONDUCT, PRINCIPLE

# How the conditions and criteria of a review's kind were said to be met when it was commissioned.


@documented
@strawberry.type
class ReviewCondition:
    """A condition that the kind of review sets, with how it was said to be met."""

    condition: str
    """In the framework's words."""
    binding: bool
    """Whether commissioning that tells how conditions are met must tell it of this one."""
    met: str | None
    """In the words of whoever commissioned the review; null where nothing was said."""

    @classmethod
    def of(cls, kind: data.ReviewKind | None, conditions: Iterable[Mapping[str, Any]]) -> "list[ReviewCondition]":
        """Those of the kind as the framework lists them, and after them what it lists no longer."""
        listed = kind.conditions if kind else ()
        binding = kind.binding_conditions if kind else ()
        met = {str(each["condition"]): str(each["words"]) for each in conditions}
        names = dict.fromkeys((*listed, *met))
        return [cls(condition=name, binding=name in binding, met=met.get(name)) for name in names]


@documented
@strawberry.type
class ReviewCriterion:
    """A criterion of which one suffices for a review of the kind."""

    key: str
    """Its key in `reviewCommission(criteriaMet:)`."""
    text: str
    """In the framework's words."""
    met: str | None
    """In the words of whoever commissioned the review; null where nothing was said."""

    @classmethod
    def of(cls, kind: data.ReviewKind | None, criteria: Iterable[Mapping[str, Any]]) -> "list[ReviewCriterion]":
        listed = kind.criteria_by_key if kind else {}
        met = {str(each["criterion"]): str(each["words"]) for each in criteria}
        keys = dict.fromkeys((*listed, *met))
        return [cls(key=key, text=listed.get(key, key.replace("-", " ")), met=met.get(key)) for key in keys]


# How a principle of review, or a criterion of conduct, was met.


@documented
@strawberry.type
class ReviewPrinciple:
    """`text` is the framework's, or the key's words where it lists none; `met` are the review's own words on it."""

    key: str
    """The principle's key."""
    text: str
    """In the framework's words."""
    met: str
    """How the review says that it was met."""

    @classmethod
    def from_sections(cls, sections: Iterable[Mapping[str, Any]], framework: Framework) -> "list[ReviewPrinciple]":
        """In the order in which the review tells them."""
        known = {f"{PRINCIPLE}{key}": (key, text) for key, text in framework.review_principles.items()}
        known |= {f"{CONDUCT}{key}": (key, text) for key, text in framework.conduct.items()}
        listed = [each for each in sections if each["key"] in known or each["key"].startswith(PRINCIPLE)]
        met = [(*known.get(each["key"], _unlisted(each["key"])), each["text"]) for each in listed]
        return [cls(key=key, text=text, met=words) for key, text, words in met]


def _unlisted(section: str) -> tuple[str, str]:
    """A principle that the framework does not list is shown in the words of its key."""
    key = section.removeprefix(PRINCIPLE)
    return key, key.replace("-", " ").capitalize()


# What a body advised the chair to do about a referral.


@documented
@strawberry.type
class ReviewAdvice:
    """What a body advised the chair to do about a referred case."""

    body: Body
    """The body that advised."""
    kind: ReviewKind
    """The kind of review that it advises, or advises against."""
    advice: str
    """Its reasons, in its own words."""
    no_review: bool
    """Whether it advises that the case is not reviewed; `kind` is then what it advises against."""
    advised_on: date
    """The day of the advice."""
    by: Actor
    """Who recorded it."""

    @classmethod
    def of(cls, event: EventJson) -> "ReviewAdvice":
        partnership_frameworks, framework = event.reading.partnership_frameworks, event.given_text("framework")
        return cls(
            body=partnership_frameworks.body_of(framework, event.given_text("body")),
            kind=partnership_frameworks.kind_of(framework, event.given_text("kind")),
            advice=event.given_text("advice"),
            no_review=event.flag("no_review"),
            advised_on=event.happened_on,
            by=event.by,
        )


# Who agreed a review, where its kind asks for agreement.


@documented
@strawberry.type
class Agreement:
    """By a body; without one, by the chair."""

    body: Body | None
    """The body that agreed it; null for the chair."""
    by: Actor
    """Who recorded it."""
    agreed_on: date
    """The day of the agreement."""

    @classmethod
    def of(cls, event: EventJson, framework: str) -> "Agreement":
        """`framework`: the review's own, whose body it is unless the agreement says otherwise."""
        body = event.text("body")
        return cls(
            body=event.reading.partnership_frameworks.body_of(event.text("framework") or framework, body)
            if body
            else None,
            by=event.by,
            agreed_on=event.happened_on,
        )
