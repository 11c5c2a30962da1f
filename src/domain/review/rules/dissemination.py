"""The rules of disseminating learning, one refusal each."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import ConditionsNotMet, DateBeforeStart, Invalid, NotFound, UnknownBody, UnknownMethod

if TYPE_CHECKING:
    from domain.frameworks import Framework


def the_method_is_of_the_framework(framework: "Framework", method: str, *field: str) -> str:
    """Of the one that the review runs under, whatever the partnership follows today; examples leave others open."""
    if not framework.methods_are_examples and method not in framework.methods:
        raise UnknownMethod(f"{framework.key!r} has no {method!r}; it has {', '.join(framework.methods)}.", *field)
    return method


def there_is_learning_to_disseminate(learning: Collection[UUID]) -> None:
    if not learning:
        raise ConditionsNotMet("The review has not identified any learning.", "learning")


def all_of_it_has_been_identified(
    learning: Collection[UUID], identified: Mapping[UUID, date], context: DecisionContext
) -> None:
    """As soon as it is identified it may be disseminated: children do not wait for a review's completion."""
    for point in learning:
        if point not in identified:
            raise NotFound("There is no such learning.", "learning")
        if context.on < identified[point]:
            raise DateBeforeStart(f"{context.on} is before {identified[point]}, when it was identified.", "happenedOn")


def none_of_it_is_a_draft(learning: Collection[UUID], drafts: Collection[UUID], field: str = "learning") -> None:
    if not set(drafts).isdisjoint(learning):
        raise ConditionsNotMet("It is a draft until its review is agreed by whoever must agree it.", field)


def bodies_are_of_the_framework(context: DecisionContext, bodies: Iterable[str]) -> tuple[str, ...]:
    """Of the one in force: learning is brought to a body that there is."""
    known = context.framework.bodies
    for key in bodies:
        if key not in known:
            raise UnknownBody(f"{context.framework.key!r} has no body {key!r}; it has {', '.join(known)}.", "bodies")
    return tuple(dict.fromkeys(bodies))


def learning_goes_to_somebody(
    agencies: Collection[str], bodies: Collection[str], field: str = "agencies", *, public: bool, media: bool
) -> None:
    if not (agencies or bodies or public or media):
        raise Invalid("To whom? No agency, no body, neither the public nor the media is named.", field)
