"""What a library says of a value never reaches a partner: every kind of fault, and every field of every command."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import ValidationError
from pydantic_core.core_schema import ErrorType

from domain.catalogue import BY_COMMAND
from domain.shared.commands import Command
from domain.shared.texts import OTHERWISE, WORDS, as_a_sentence, why_it_cannot_stand

LIBRARY = re.compile(
    r"input|should|valid |tuple|item|string|dict|literal|model|instance|pattern|regex|field required|parsing|__",
    re.IGNORECASE,
)
WRONG: tuple[Any, ...] = (
    None, 17, -1, 10**30, 1.5, True, "", " ", "\x00", "x" * 30_000, b"\xff", (), ("",), ("x",) * 300, [None], {},
    {"kind": "moon"}, object(), "moon",
)  # fmt: skip


def faults(command: type[Command]) -> Iterator[Any]:
    """Of every field with every wrong value, of none and of too many."""
    for values in ({}, {"moon": 1}, *({name: wrong} for name in command.model_fields for wrong in WRONG)):
        try:
            command.model_validate(values)
        except ValidationError as invalid:
            yield from invalid.errors(include_url=False)


@pytest.mark.parametrize("command", sorted(BY_COMMAND, key=str))
def test_no_fault_of_a_command_is_told_in_a_librarys_words(command: type[Command]) -> None:
    found = list(faults(command))
    assert found
    for fault in found:
        said = as_a_sentence(fault)
        assert re.fullmatch(r"[A-Z][^{}]+\.", said), said
        assert not LIBRARY.search(said), f"{fault['type']}: {said}"
        assert fault["type"] in WORDS, fault


def test_every_kind_of_fault_has_words_or_says_that_it_is_not_what_is_expected() -> None:
    for kind in get_args(ErrorType):
        said = why_it_cannot_stand({"type": kind, "msg": "Input should be a valid tuple", "loc": ("x",)})
        assert not LIBRARY.search(said), f"{kind}: {said}"


def test_a_fault_says_how_much_is_expected_and_our_own_words_stand() -> None:
    told = {"type": "too_short", "ctx": {"field_type": "Tuple", "min_length": 1, "actual_length": 0}}
    assert as_a_sentence(told) == "At least 1 are expected."
    assert as_a_sentence({"type": "value_error", "ctx": {"error": ValueError("a value is needed")}}) == (
        "A value is needed."
    )
    assert why_it_cannot_stand({"type": "a kind of tomorrow"}) == OTHERWISE
