"""The rules of disseminating learning, one refusal each."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.given import Given
from domain.refusals import ConditionsNotMet, DateBeforeStart, Invalid, NotFound, UnknownMethod

if TYPE_CHECKING:
    from domain.frameworks import Framework


def the_method_is_of_the_framework(framework: "Framework", method: str) -> str:
    """Of the one that the review runs under, whatever the partnership follows today."""
    if method not in framework.methods:
        raise UnknownMethod(f"{framework.key!r} has no {method!r}; it has {', '.join(framework.methods)}.", "method")
    return method


def there_is_learning_to_disseminate(learning: Collection[UUID]) -> None:
    if not learning:
        raise ConditionsNotMet("The review has not identified any learning.", "learning")


def all_of_it_has_been_identified(learning: Collection[UUID], identified: Mapping[UUID, date], given: Given) -> None:
    """As soon as it is identified it may be disseminated: children do not wait for a review's completion."""
    for point in learning:
        if point not in identified:
            raise NotFound("There is no such learning.", "learning")
        if given.on < identified[point]:
            raise DateBeforeStart(f"{given.on} is before {identified[point]}, when it was identified.", "happenedOn")


def it_goes_to_some_agency(agencies: Collection[str]) -> None:
    if not agencies:
        raise Invalid("To which agencies? The review names none.", "agencies")
