"""What a command takes before anything is decided."""

from typing import Any
from uuid import UUID

import pytest
from pydantic import ValidationError

from domain.lifecycle.commands import Reopen, ReportProgress, SubmitEvidence
from domain.review.commands import CommissionReview
from domain.shared import refusals
from domain.shared.vocabulary import Kind

THING: dict[str, Any] = {"kind": Kind.ACTION, "id": UUID(int=1)}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"narrative": "   "}, "narrative"),
        ({"narrative": "x" * 20001}, "narrative"),
        ({"narrative": "a\x00b"}, "narrative"),
        ({"percent_complete": 101}, "percent_complete"),
        ({"rag": "PURPLE"}, "rag"),
        ({"kind": Kind.REVIEW}, "kind"),
        ({"mood": "good"}, "mood"),
    ],
)
def test_an_unacceptable_value_is_named(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(ValidationError) as invalid:
        ReportProgress.model_validate(THING | {"narrative": "Half way"} | wrong)
    assert [error["loc"] for error in invalid.value.errors()] == [(field,)]


def test_texts_lose_the_space_around_them() -> None:
    assert ReportProgress.model_validate(THING | {"narrative": "  Half way \n"}).narrative == "Half way"


def test_a_null_means_the_default() -> None:
    submit = SubmitEvidence.model_validate(
        THING | {"narrative": "Done", "claims_complete": None, "attachments": None, "happened_on": None}
    )
    assert (submit.claims_complete, submit.attachments, submit.happened_on) == (False, (), None)
    assert CommissionReview.model_validate({"kind": "audit", "title": "T", "themes": None}).themes == ()


def test_what_is_no_command_at_all_is_refused_as_such() -> None:
    with pytest.raises(ValidationError, match="valid dictionary"):
        Reopen.model_validate(["Not done"])


def test_an_empty_reason_is_left_to_the_rules() -> None:
    assert Reopen.model_validate(THING | {"reason": " ", "due_on": "2024-01-08"}).reason == ""


def test_every_refusal_has_its_own_code_named_as_the_class() -> None:
    codes = {each.code: each.__name__ for each in refusals.Refusal.__subclasses__()}
    assert len(codes) == len(refusals.Refusal.__subclasses__())
    assert all(name == "".join(word.capitalize() for word in code.split("_")) for code, name in codes.items())


def test_a_refusal_says_what_and_where() -> None:
    refusal = refusals.Invalid("Too long.", "followUp", "reason")
    assert (refusal.code, refusal.message, refusal.field) == ("INVALID", "Too long.", ("followUp", "reason"))
    assert str(refusal) == "Too long."
