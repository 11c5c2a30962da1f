"""Every name ever written can be read, and says what it said then."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from domain import event_names
from domain.event_names import CLASSES, decode, encode, name_of
from domain.shared.facts import Fact
from domain.shared.vocabulary import Kind

STORED: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("stored_facts.json").read_text("utf-8"))
IN_FULL: dict[str, dict[str, Any]] = json.loads(
    Path(__file__).with_name("stored_facts_in_full.json").read_text("utf-8")
)
"""Facts as they are stored today, every field of which says something; those of STORED lack what came later."""


def every(fact: type[Fact]) -> set[type[Fact]]:
    return {fact}.union(*(every(each) for each in fact.__subclasses__()))


def still_said(stored: Any, again: Any) -> Any:
    """Of what is read again what was stored; fields that came later, such as a framework's, are left out."""
    if isinstance(stored, dict) and isinstance(again, dict):
        return {field: still_said(value, again[field]) for field, value in stored.items() if field in again}
    if isinstance(stored, list) and isinstance(again, list) and len(stored) == len(again):
        return [still_said(*each) for each in zip(stored, again, strict=True)]
    return again


def test_every_stored_name_is_kept_as_an_example() -> None:
    assert CLASSES.keys() <= STORED.keys()


def test_every_fact_has_a_name() -> None:
    ours = {fact for fact in every(Fact) - {Fact} if fact.__module__.startswith("domain.")}
    assert ours == {fact for _, fact in CLASSES.values()}


@pytest.mark.parametrize("name", STORED)
def test_what_was_stored_is_read_back_with_all_that_it_said(name: str) -> None:
    kind, fact = decode(name, json.dumps(STORED[name]))
    again = json.loads(encode(fact))
    if name in CLASSES:
        assert name_of(kind, fact) == name_of(kind, type(fact)) == name
        assert still_said(STORED[name], again) == STORED[name]


def unsaid(part: type[BaseModel], stored: Sequence[dict[str, Any]], path: str) -> Iterator[str]:
    """The fields, also of the parts of a fact, that no example fills with anything but what they have by default."""
    for name, field in part.model_fields.items():
        values = [each[name] for each in stored if name in each]
        default = None if field.is_required() else to_jsonable_python(field.get_default(call_default_factory=True))
        said = [value for value in values if value not in (None, [], {}) and (field.is_required() or value != default)]
        if not said:
            yield f"{path}.{name}"
        for inner in parts_of(field.annotation):
            yield from unsaid(inner, list(parts_in(field.annotation, said)), f"{path}.{name}")


def parts_of(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for each in get_args(annotation):
        yield from parts_of(each)


def parts_in(annotation: Any, said: Sequence[Any]) -> Iterator[dict[str, Any]]:
    for value in said:
        if isinstance(value, list):
            yield from value
        elif get_origin(annotation) is dict:
            yield from value.values()
        else:
            yield value


@pytest.mark.parametrize("name", CLASSES)
def test_every_field_of_every_fact_is_in_an_example_and_opens_as_the_same_fact(name: str) -> None:
    kind, fact = decode(name, json.dumps(IN_FULL[name]))
    assert kind is CLASSES[name][0]
    assert type(fact) is CLASSES[name][1]
    assert json.loads(encode(fact)) == IN_FULL[name]
    assert list(unsaid(type(fact), [IN_FULL[name]], name)) == []


def test_a_field_that_no_example_fills_is_found_also_in_a_part() -> None:
    name = "review.commissioned.v1"
    stored = json.loads(json.dumps(IN_FULL[name]))
    stored["clocks"][0]["stopped_by"] = None
    stored |= {"decided_by_chair": False, "checks": []}
    lacking = unsaid(CLASSES[name][1], [stored], name)
    assert set(lacking) == {f"{name}.{each}" for each in ("clocks.stopped_by", "decided_by_chair", "checks")}


@pytest.mark.parametrize("name", CLASSES)
def test_a_name_says_what_it_is_about_and_its_version(name: str) -> None:
    about, _, version = name.split(".")
    assert Kind(about) is CLASSES[name][0]
    assert version.startswith("v")


def test_a_name_that_was_never_ours_is_an_error() -> None:
    with pytest.raises(KeyError):
        decode("action.painted.v1", "{}")


def test_an_old_name_is_brought_forward_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    def from_first(stored: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return "action.left.v2", stored | {"reason": stored["reason"].strip()}

    def from_second(stored: dict[str, Any]) -> tuple[str, dict[str, Any]]:
        return "action.evidence_withdrawn.v1", stored

    steps = {"action.left.v1": from_first, "action.left.v2": from_second}
    monkeypatch.setattr(event_names, "UPCASTS", steps)
    stored = STORED["action.evidence_withdrawn.v1"]
    kind, fact = decode("action.left.v1", json.dumps(stored | {"reason": f"  {stored['reason']}  "}))
    assert (kind, fact) == decode("action.evidence_withdrawn.v1", json.dumps(stored))


@pytest.mark.parametrize(
    ("said", "runs_from"),
    [("becoming aware", "AWARENESS"), ("sending of the report", "SENDING"), ("the full moon", None), (None, None)],
)
def test_what_a_clock_ran_from_in_words_is_kept_and_known_where_the_product_shipped_it(
    said: str | None, runs_from: str | None
) -> None:
    stored = json.loads(json.dumps(STORED["partnership.framework_added.v1"]))
    stored["framework"]["deadlines"][0]["runs_from"] = said
    stored["framework"]["printed_deadlines"] = [
        {"key": "letter", "name": "L", "runs_from": "the letter", "due": "in it"}
    ]
    _, fact = decode("partnership.framework_added.v1", json.dumps(stored))
    framework = json.loads(encode(fact))["framework"]
    assert (framework["deadlines"][0]["runs_from"], framework["deadlines"][0]["counted_from"]) == (runs_from, said)
    assert [each["counted_from"] for each in framework["printed_deadlines"]] == ["the letter"]
