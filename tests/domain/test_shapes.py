"""Facts, commands and states never change, say nothing that they were not told, and take what fits on the form."""

import dataclasses
from collections.abc import Iterator
from importlib import import_module
from inspect import getmembers, isclass
from pkgutil import walk_packages
from typing import Annotated, Any
from uuid import UUID

import pytest
from pydantic import BaseModel, TypeAdapter, ValidationError

import domain
from domain.agency.commands import AddAgency
from domain.challenge.commands import IssueChallenge
from domain.credential.commands import IssueCredential
from domain.frameworks import ChallengeLevel, Programme, ReviewKind, parts
from domain.lifecycle.commands import ReportProgress, SubmitEvidence
from domain.lifecycle.state import Lifecycle
from domain.recommendation.commands import RaiseRecommendation
from domain.review.commands import CommissionReview, CompleteReview
from domain.shared import commands
from domain.shared.vocabulary import AgencyKind, ChallengeStage, EvidenceVerdict, Kind, ReviewStage
from domain.theme.commands import AddTheme

GROWING = {"domain.session.Session", "domain.ports.Append", "domain.handlers.corrections.Correcting"}
"""One unit of work each, and nobody else's."""

EMPTY: tuple[object, ...] = ((), "", 0, frozenset(), {})

SAID_BY_DEFAULT = {
    "level": 1,
    "period": 1,
    "agency_kind": "PARTNER",
    "time_zone": "Europe/London",
    "programme": Programme(),
    "reporting_body": "board",
    "runs_from": "PRINTED_DATE",
    "every_months": 12,
    "day_known": True,
}


def name(each: type) -> str:
    return f"{each.__module__}.{each.__name__}"


def classes() -> Iterator[type]:
    for module in walk_packages(domain.__path__, "domain."):
        found = import_module(module.name)
        yield from (each for _, each in getmembers(found, isclass) if each.__module__ == module.name)


MODELS = sorted((each for each in classes() if issubclass(each, BaseModel)), key=name)
STATES = sorted((each for each in classes() if dataclasses.is_dataclass(each)), key=name)


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_a_model_is_frozen_and_closed(model: type[BaseModel]) -> None:
    assert model.model_config.get("frozen")
    assert model.model_config.get("extra") == "forbid"


@pytest.mark.parametrize("state", [each for each in STATES if name(each) not in GROWING], ids=name)
def test_a_state_is_frozen(state: Any) -> None:
    assert state.__dataclass_params__.frozen


@pytest.mark.parametrize("model", MODELS, ids=name)
def test_what_was_left_out_of_a_fact_command_or_framework_says_nothing(model: type[BaseModel]) -> None:
    defaults = {key: field for key, field in model.model_fields.items() if not field.is_required()}
    given = {key: field.get_default(call_default_factory=True) for key, field in defaults.items()}
    assert {
        key: value for key, value in given.items() if value not in (None, False, *EMPTY, SAID_BY_DEFAULT.get(key))
    } == {}


BEFORE_ITS_FIRST_FACT: dict[str, Any] = {
    "life": [Lifecycle(Kind.ACTION), Lifecycle(Kind.RECOMMENDATION)],
    "recommendation_id": {UUID(int=0)},
    "review_id": {UUID(int=0)},
    "stage": {ChallengeStage.ISSUED, ReviewStage.COMMISSIONED},
    "verdict": {EvidenceVerdict.AWAITING},
    "kind": {AgencyKind.PARTNER},
    "level": {1},
    "counts": {True},
    "completion_day_known": {True},
    "time_zone": {"Europe/London"},
}


@pytest.mark.parametrize("state", [each for each in STATES if name(each) not in GROWING], ids=name)
def test_a_state_is_empty_before_its_first_fact(state: Any) -> None:
    told = {}
    for field in dataclasses.fields(state):
        value = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
        known = value is dataclasses.MISSING or any(value is each for each in (None, False)) or value in EMPTY
        if not known and value not in BEFORE_ITS_FIRST_FACT.get(field.name, ()):
            told[field.name] = value
    assert told == {}


def takes(shape: Any, value: object) -> bool:
    try:
        TypeAdapter(shape).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "longest"),
    [
        (commands.Key, 120),
        (commands.NewKey, 120),
        (commands.Name, 300),
        (commands.Reference, 120),
        (commands.Wording, 4000),
        (commands.Narrative, 20000),
        (commands.Reason, 4000),
        (parts.Key, 120),
    ],
)
def test_a_text_is_as_long_as_the_form_allows(text: Any, longest: int) -> None:
    assert takes(text, "x" * longest)
    assert not takes(text, "x" * (longest + 1))
    assert takes(text, "") is (text is commands.Reason)


TEXTS = [getattr(commands, text) for text in ("Key", "Name", "Reference", "Wording", "Narrative", "Reason")]


@pytest.mark.parametrize("shape", [*TEXTS, parts.Text])
def test_a_text_loses_the_space_around_it_and_holds_no_nul(shape: Any) -> None:
    assert TypeAdapter(shape).validate_python("  as said \n") == "as said"
    with pytest.raises(ValidationError, match="a text holds no NUL character"):
        TypeAdapter(shape).validate_python("as\x00said")


@pytest.mark.parametrize(
    ("key", "fits"),
    [("police", True), ("police-2", True), ("a-b-c", True), ("Police", False), ("the police", False),
     ("-police", False), ("police-", False), ("a--b", False), ("", False), ("police!", False)],
)  # fmt: skip
def test_a_new_key_is_words_in_lower_case_between_hyphens(key: str, fits: bool) -> None:
    assert takes(commands.NewKey, key) is fits


@pytest.mark.parametrize(
    ("url", "fits"),
    [("https://board.example/child-j", True), ("http://board.example", True), ("ftp://board.example", False),
     ("https://", False), ("see https://board.example", False), ("https://board.example/a b", False),
     ("https://b.example/" + "x" * 1982, True), ("https://b.example/" + "x" * 1983, False),
     ("https://b.example/\x00", False)],
)  # fmt: skip
def test_a_report_is_found_on_the_web(url: str, fits: bool) -> None:
    assert takes(commands.Url, url) is fits


@pytest.mark.parametrize(
    ("shape", "field", "one", "most"),
    [
        (CommissionReview, "agencies", "police", 200),
        (CommissionReview, "themes", "neglect", 200),
        (CompleteReview, "sections", {"key": "method", "text": "Systems"}, 100),
        (RaiseRecommendation, "learning", UUID(int=1), 200),
        (SubmitEvidence, "attachments", UUID(int=1), 100),
        (IssueChallenge, "subjects", {"kind": Kind.ACTION, "id": UUID(int=1)}, 200),
        (AddAgency, "aliases", "The Force", 200),
        (AddTheme, "aliases", "Drift", 200),
        (IssueCredential, "bodies", "board", 100),
    ],
)
def test_a_list_holds_as_many_as_the_form_allows(shape: type[BaseModel], field: str, one: object, most: int) -> None:
    assert takes(_of(shape, field), (one,) * most)
    assert not takes(_of(shape, field), (one,) * (most + 1))
    assert takes(_of(shape, field), ())


@pytest.mark.parametrize(
    ("shape", "field", "least", "most"),
    [
        (ReportProgress, "percent_complete", 0, 100),
        (CommissionReview, "programme_year", 1989, 2200),
        (ReviewKind, "minimum_agencies", 0, 10_000),
        (ChallengeLevel, "working_days", 1, 10_000),
    ],
)
def test_a_number_lies_within_its_bounds(shape: type[BaseModel], field: str, least: int, most: int) -> None:
    fits = {number: takes(_of(shape, field), number) for number in (least - 1, least, most, most + 1)}
    assert list(fits.values()) == [False, True, True, False]


def test_what_a_framework_says_of_something_is_not_empty_and_its_numbers_are_numbers() -> None:
    assert (takes(parts.Text, "x"), takes(parts.Text, " ")) == (True, False)
    assert not takes(parts.Count, "5")
    assert not takes(_of(ReviewKind, "minimum_agencies"), "5")


def _of(shape: type[BaseModel], field: str) -> Any:
    info = shape.model_fields[field]
    return Annotated[info.annotation, *info.metadata] if info.metadata else info.annotation
