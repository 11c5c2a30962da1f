"""Facts are frozen and complete, say when they happened and by whom, and are stored under names of our own."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import TypeGuard, get_args, get_origin

import pytest

import domain
from architecture.source import SRC, parsed
from domain.event_names import CLASSES, EVENT_NAMES
from domain.shared.facts import Fact

MUTABLE = (list, dict, set, bytearray)
STORED_NAME = re.compile(r"[a-z]+\.[a-z]+(_[a-z]+)*\.v[1-9][0-9]*")


def facts() -> list[type[Fact]]:
    for module in walk_packages(domain.__path__, "domain."):
        if module.name.endswith(".events"):
            import_module(module.name)
    return sorted(below(Fact), key=lambda fact: (fact.__module__, fact.__name__))


def below(fact: type[Fact]) -> Iterator[type[Fact]]:
    for heir in fact.__subclasses__():
        yield from below(heir)
        yield heir


def types_in(annotation: object) -> Iterator[object]:
    yield get_origin(annotation) or annotation
    for inner in get_args(annotation):
        yield from types_in(inner)


def is_text(node: ast.expr | None) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_there_are_facts() -> None:
    assert len(facts()) > 20


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: f"{fact.__module__}.{fact.__name__}")
def test_a_fact_is_frozen_closed_and_says_when_and_by_whom(fact: type[Fact]) -> None:
    assert fact.model_config.get("frozen")
    assert fact.model_config.get("extra") == "forbid"
    assert {"happened_on", "by"} <= fact.model_fields.keys()


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: f"{fact.__module__}.{fact.__name__}")
def test_a_fact_holds_nothing_that_can_change(fact: type[Fact]) -> None:
    held = {name: set(types_in(field.annotation)) & set(MUTABLE) for name, field in fact.model_fields.items()}
    assert {name for name, mutable in held.items() if mutable} == set()


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: f"{fact.__module__}.{fact.__name__}")
def test_a_fact_is_named_in_the_words_of_the_field(fact: type[Fact]) -> None:
    assert not fact.__name__.endswith(("Event", "Fact", "Message", "Record"))


def test_a_stored_name_means_one_fact() -> None:
    written = ast.walk(parsed(SRC / "domain" / "event_names.py"))
    keys = [key.value for table in written if isinstance(table, ast.Dict) for key in table.keys if is_text(key)]
    keys = [key for key in keys if key in CLASSES]
    assert set(EVENT_NAMES.values()) <= set(keys)
    assert [name for name, times in Counter(keys).items() if times > 1] == []


def test_a_stored_name_is_kind_fact_and_version() -> None:
    assert [name for name in EVENT_NAMES.values() if not STORED_NAME.fullmatch(name)] == []


def test_every_fact_can_be_stored_and_every_stored_name_is_a_fact() -> None:
    stored = {fact for _, fact in EVENT_NAMES}
    leaves = {fact for fact in facts() if not fact.__subclasses__()}
    assert leaves <= stored <= set(facts())


def test_a_stored_name_begins_with_the_kind_of_its_stream() -> None:
    assert [name for (kind, _), name in EVENT_NAMES.items() if not name.startswith(f"{kind}.")] == []
