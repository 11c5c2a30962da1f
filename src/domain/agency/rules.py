"""The rules of the agencies, one refusal each."""

from domain.agency.state import Agencies, Agency
from domain.refusals import Invalid, UnknownAgency


def its_key_is_new(agencies: Agencies, key: str) -> None:
    if agencies.known(key):
        raise Invalid(f"There is an agency {key!r} already.", "key")


def nobody_else_is_called_so(agencies: Agencies, key: str, name: str, *field: str) -> None:
    other = agencies.resolve_name(name)
    if other not in {None, key}:
        raise Invalid(f"{other!r} is called {name!r} already.", *field)


def it_exists(agencies: Agencies, key: str) -> Agency:
    if not agencies.known(key):
        raise UnknownAgency(f"There is no agency {key!r}.", "key")
    return agencies.by_key[key]
