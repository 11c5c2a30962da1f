"""What can be corrected about a fact, name by name, for tests that choose among it."""

from collections.abc import Iterator

from domain.correction.correctable import Correctable, correctable
from domain.correction.fields import FIELDS
from domain.correction.values import Parts, as_partners_say
from domain.shared.facts import Fact, Recorded


def fields_of(fact: Fact) -> list[str]:
    """As partners name them; of parts those that the fact has."""
    return [name for field in FIELDS.get(type(fact), {}) for name in _names(fact, field)]


def _names(fact: Fact, field: str) -> Iterator[str]:
    kind, name = FIELDS[type(fact)][field], as_partners_say(field)
    if not isinstance(kind, Parts):
        yield name
        return
    for part in getattr(fact, field):
        key = getattr(part, kind.key)
        values = kind.values if len(kind.values) > 1 else ()
        yield from (f"{name}.{key}.{as_partners_say(value)}" for value in values) if values else (f"{name}.{key}",)


def found(recorded: Recorded, name: str) -> Correctable:
    known = correctable(type(recorded.fact), name)
    assert known is not None, name
    return known
