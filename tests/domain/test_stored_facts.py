"""Every name ever written can be read, and says what it said then."""

import json
from pathlib import Path
from typing import Any

import pytest

from domain import event_names
from domain.event_names import CLASSES, decode, encode, name_of
from domain.facts import Fact
from domain.words import Kind

STORED: dict[str, dict[str, Any]] = json.loads(Path(__file__).with_name("stored_facts.json").read_text("utf-8"))


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
