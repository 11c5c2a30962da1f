"""The rules of the agencies, one refusal each."""

from domain.agency.state import Agencies, Agency
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import DateOutOfOrder, Invalid, UnknownAgency


def the_key_is_new(agencies: Agencies, key: str) -> None:
    if agencies.known(key):
        raise Invalid(f"There is an agency {key!r} already.", "key")


def nobody_else_is_called_so(agencies: Agencies, key: str, name: str, *field: str) -> None:
    other = agencies.resolve_name(name)
    if other not in {None, key}:
        raise Invalid(f"{other!r} is called {name!r} already.", *field)


def the_agency_exists(agencies: Agencies, key: str, field: str = "key") -> Agency:
    if not agencies.known(key):
        raise UnknownAgency(f"There is no agency {key!r}.", field)
    return agencies.by_key[key]


def an_agency_goes_on_in_another(agencies: Agencies, key: str, into: str) -> None:
    """Not in itself, not in a circle, not in one that has gone on itself; and once only."""
    if key == into:
        raise Invalid(f"{key!r} cannot be merged into itself.", "into")
    became = agencies.successor(into)
    if became == key:
        raise Invalid(f"{into!r} has become {key!r}: a merger back would go round in a circle.", "into")
    if became is not None:
        raise UnknownAgency(f"Agency {into!r} has become {became!r}.", "into")
    if agencies.successor(key) is not None:
        raise Invalid(f"Agency {key!r} has become {agencies.successor(key)!r} already.", "key")


def the_agency_went_on_when_others_were_merged_into_it(agencies: Agencies, key: str, context: DecisionContext) -> None:
    """Dated back before that, what came of the others would have gone on in an agency that had ended."""
    for earlier, day in agencies.merged_on.items():
        if agencies.merged[earlier] == key and context.on < day:
            raise DateOutOfOrder(
                f"{context.on} is before {day}, when {earlier!r} was merged into {key!r}.", "happenedOn"
            )
