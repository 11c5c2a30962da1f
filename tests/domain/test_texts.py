"""How long the texts and lists of commands may be, how large their numbers, and what they may not hold."""

from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter, ValidationError

from domain.programme.commands import AgreeProgramme
from domain.returns.commands import CallReturns
from domain.review.commands import CommissionReview, CompleteReview, DisseminateLearning
from domain.shared import commands

LENGTHS = [
    (commands.Key, 1, 120),
    (commands.NewKey, 1, 120),
    (commands.Name, 1, 300),
    (commands.Reference, 1, 120),
    (commands.Wording, 1, 4_000),
    (commands.Narrative, 1, 20_000),
    (commands.Reason, 0, 4_000),
    (commands.Url, len("https://a"), 2_000),
]
NUMBERS = [
    (AgreeProgramme, "year", 1989, 2200),
    (AgreeProgramme, "limit", 1, 200),
    (CommissionReview, "programme_year", 1989, 2200),
    (CallReturns, "year", 1989, 2200),
    (CallReturns, "period", 1, 12),
]
LISTS = [
    (CommissionReview, "checks", UUID(int=1), 0, 200),
    (CompleteReview, "sections", {"key": "learning", "text": "Nobody asked"}, 0, 100),
    (DisseminateLearning, "audience", "nurses", 1, 100),
    (DisseminateLearning, "learning", UUID(int=1), 0, 200),
]
PEOPLES = [commands.Key, commands.Name, commands.Reference, commands.Wording, commands.Narrative, commands.Reason]


def taken(kind: Any, value: Any) -> Any:
    """What a command holds of a value; None where it is refused."""
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return None


@pytest.mark.parametrize(("kind", "least", "most"), LENGTHS)
def test_a_text_is_as_long_as_its_kind_allows(kind: Any, least: int, most: int) -> None:
    text = "https://" if kind is commands.Url else ""
    lengths = [length for length in (least - 1, least, most, most + 1) if length >= 0]
    assert [length for length in lengths if taken(kind, text.ljust(length, "x")) is not None] == [least, most]


@pytest.mark.parametrize("kind", PEOPLES)
def test_a_text_stands_without_the_space_around_it_and_holds_no_nul(kind: Any) -> None:
    assert taken(kind, "  Nobody asked \n") == "Nobody asked"
    assert taken(kind, "Nobody\x00asked") is None


def test_an_address_holds_no_nul_and_a_list_two_hundred_keys() -> None:
    assert taken(commands.Url, "https://a/\x00") is None
    assert [taken(commands.Keys, ("k",) * many) is not None for many in (0, 200, 201)] == [True, True, False]


@pytest.mark.parametrize(("command", "name", "least", "most"), NUMBERS)
def test_a_number_lies_within_its_bounds(command: type[commands.Command], name: str, least: int, most: int) -> None:
    kind = command.model_fields[name].rebuild_annotation()
    numbers = (least - 1, least, most, most + 1)
    assert [number for number in numbers if taken(kind, number) is not None] == [least, most]


@pytest.mark.parametrize(("command", "name", "one", "least", "most"), LISTS)
def test_a_list_is_as_long_as_it_may_be(
    command: type[commands.Command], name: str, one: Any, least: int, most: int
) -> None:
    kind = command.model_fields[name].rebuild_annotation()
    lengths = [length for length in (least - 1, least, most, most + 1) if length >= 0]
    assert [length for length in lengths if taken(kind, [one] * length) is not None] == [least, most]
