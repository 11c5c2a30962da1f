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


def the_learning_has_been_identified(
    point: UUID, identified: Mapping[UUID, date], context: DecisionContext, *field: str
) -> None:
    """As soon as it is identified it may be disseminated: children do not wait for a review's completion."""
    if point not in identified:
        raise NotFound("There is no such learning.", *field)
    if context.on < identified[point]:
        raise DateBeforeStart(f"{context.on} is before {identified[point]}, when it was identified.", "happenedOn")


def the_learning_is_no_draft(point: UUID, drafts: Collection[UUID], *field: str) -> None:
    if point in drafts:
        raise ConditionsNotMet("It is a draft until its review is agreed by whoever must agree it.", *field)


def bodies_are_of_the_framework(context: DecisionContext, bodies: Iterable[str]) -> tuple[str, ...]:
    """Of the one in force: learning is brought to a body that there is."""
    known, named = context.framework.bodies, tuple(bodies)
    for nth, key in enumerate(named):
        if key not in known:
            message = f"{context.framework.key!r} has no body {key!r}; it has {', '.join(known)}."
            raise UnknownBody(message, "bodies", str(nth))
    return tuple(dict.fromkeys(named))


def learning_goes_to_somebody(
    agencies: Collection[str], bodies: Collection[str], field: str = "agencies", *, public: bool, media: bool
) -> None:
    if not (agencies or bodies or public or media):
        raise Invalid("To whom? No agency, no body, neither the public nor the media is named.", field)
