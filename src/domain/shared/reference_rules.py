"""The rules about names and reasons that several aggregates share."""

from collections.abc import Iterable

from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import ReasonRequired, UnknownAgency, UnknownTheme


def a_reason_is_given(reason: str | None, *field: str) -> str:
    if not reason:
        raise ReasonRequired("A reason must be given.", *(field or ("reason",)))
    return reason


def the_agency_is_of_the_register(context: DecisionContext, key: str, *field: str) -> None:
    """Be it one that has gone on in another."""
    if not context.agencies.known(key):
        raise UnknownAgency(f"There is no agency {key!r}.", *field)


def the_agency_is_known(context: DecisionContext, key: str, *field: str) -> str:
    """Its key; a merged agency takes on nothing new, but an import may tell of its past."""
    the_agency_is_of_the_register(context, key, *field)
    successor = context.agencies.successor(key)
    if successor and not context.imported:
        raise UnknownAgency(f"Agency {key!r} has become {successor!r}.", *field)
    return key


def agencies_are_known(context: DecisionContext, keys: Iterable[str], field: str) -> tuple[str, ...]:
    """Their keys, each once; one that is refused is named by its place in the field's list."""
    known = (the_agency_is_known(context, key, field, str(nth)) for nth, key in enumerate(keys))
    return tuple(dict.fromkeys(known))


def themes_are_known(context: DecisionContext, keys: Iterable[str], field: str) -> tuple[str, ...]:
    """Their keys, each once; one that is refused is named by its place in the field's list."""
    known = (the_theme_is_known(context, key, field, str(nth)) for nth, key in enumerate(keys))
    return tuple(dict.fromkeys(known))


def the_theme_is_known(context: DecisionContext, key: str, *field: str) -> str:
    """Its key; one that has been merged counts as what it was merged into."""
    if not context.themes.known(key):
        raise UnknownTheme(f"There is no theme {key!r}.", *field)
    return context.themes.current(key)
