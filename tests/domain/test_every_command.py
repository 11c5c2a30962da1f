"""What holds of every command: its fact says all that it said, when, and by whom; no day is to come; versions count."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import BaseModel

from domain.catalogue import BY_COMMAND
from domain.correction.commands import Correct
from domain.credential.commands import IssueCredential, RevokeCredential
from domain.lifecycle.commands import AcceptEvidence, GrantExtension, ReturnEvidence
from domain.partnership.commands import AddFramework, AdoptFramework, CreatePartnership
from domain.programme.commands import AgreeProgramme, PlanAudit
from domain.recommendation.commands import RaiseRecommendation
from domain.returns.commands import CallReturns
from domain.review.commands import CommissionReview, ReferReview, StartClock, StopClock
from domain.shared import refusals
from domain.shared.attachments import Attachment
from domain.shared.facts import Fact, with_receipt
from domain.shared.vocabulary import Kind, Role
from support.command_examples import EXAMPLES, Example
from support.in_memory_register import Story

BY_THEIR_OWN_DAY = {StartClock, StopClock, Correct}
"""They take effect on a day that they name, or that of what they correct."""

DATED = [each for each in EXAMPLES if each.by.role is not Role.AGENCY and each.command not in BY_THEIR_OWN_DAY]
OF_THE_ADMINISTRATOR = {"domain.agency.commands", "domain.theme.commands"}
ON_NOTHING_EARLIER = {
    ReferReview, CommissionReview, PlanAudit, CallReturns, IssueCredential, CreatePartnership,
    AddFramework, AdoptFramework,
}  # fmt: skip
OUT_OF_ORDER: frozenset[type] = frozenset((GrantExtension, AgreeProgramme))
"""They follow what was asked, or agreed, before."""
OF_NO_VERSION = {RaiseRecommendation, RevokeCredential, CallReturns}
"""The first and the last make things of their own; nobody outside knows a credential's version."""


NEW_IDS = {"improvement_id"}

every = pytest.mark.parametrize("example", EXAMPLES, ids=str)
dated = pytest.mark.parametrize("example", DATED, ids=str)
about_something = pytest.mark.parametrize(
    "example",
    [
        each
        for each in DATED
        if each.command not in ON_NOTHING_EARLIER and each.command.__module__ not in OF_THE_ADMINISTRATOR
    ],
    ids=str,
)
OF_A_VERSION = [
    each
    for each in EXAMPLES
    if {"id", "review_id", "year"} & each.command.model_fields.keys() and each.command not in OF_NO_VERSION
]
of_a_version = pytest.mark.parametrize("example", OF_A_VERSION, ids=str)
of_no_version = pytest.mark.parametrize("example", [each for each in EXAMPLES if each not in OF_A_VERSION], ids=str)


def plain(value: Any) -> Any:
    """What a value says, whatever its type; a file is named by the id of its upload."""
    if isinstance(value, Attachment):
        return value.id
    if isinstance(value, BaseModel):
        return value.model_dump()
    return [plain(each) for each in value] if isinstance(value, tuple) else value


def without_new_ids(value: Any) -> Any:
    """What a fact says of things that it gave an id."""
    if isinstance(value, list):
        return [without_new_ids(each) for each in value]
    return {key: each for key, each in value.items() if key not in NEW_IDS} if isinstance(value, dict) else value


def test_every_command_has_an_example() -> None:
    assert {each.command for each in EXAMPLES} == BY_COMMAND.keys()


@every
def test_a_fact_says_all_that_its_command_said(story: Story, example: Example) -> None:
    asked = example.told(story)
    fact: Fact = story.when(asked, example.by)[0][2]
    shared = type(asked).model_fields.keys() & type(fact).model_fields.keys() - {"happened_on"}
    assert {each: without_new_ids(plain(getattr(fact, each))) for each in shared} == {
        each: plain(getattr(asked, each)) for each in shared
    }


@every
def test_every_fact_says_when_it_took_effect_and_who_recorded_it(story: Story, example: Example) -> None:
    caller = example.by
    for _, _, fact in story.when(example.told(story), caller):
        assert fact.happened_on == story.today
        assert (fact.by.subject, fact.by.role, fact.by.agency) == (caller.subject, caller.role, caller.agency)
        assert fact.by.body == (caller.bodies[0] if caller.bodies else None)


@every
def test_every_fact_moves_the_version_of_what_it_is_about(story: Story, example: Example) -> None:
    for kind, thing, _ in story.when(example.told(story), example.by):
        assert story.state(kind, thing).version == len(story.streams[kind, thing])


@dated
def test_nothing_takes_effect_on_a_day_to_come(story: Story, example: Example) -> None:
    asked = example.told(story, happened_on=story.on(1))
    assert story.refused(refusals.DateInFuture, asked, example.by).field == ("happenedOn",)


@about_something
def test_nothing_takes_effect_before_what_it_is_about_began(story: Story, example: Example) -> None:
    asked = example.told(story, happened_on=story.on(-1))
    refusal = story.refused(refusals.Refusal, asked, example.by)
    code = "DATE_OUT_OF_ORDER" if example.command in OUT_OF_ORDER else "DATE_BEFORE_START"
    assert (refusal.code, refusal.field) == (code, ("happenedOn",))


@of_a_version
def test_a_command_for_a_version_that_has_passed_is_refused(story: Story, example: Example) -> None:
    asked = example.told(story)
    stale = asked.model_copy(update={"expected_version": 99})
    assert story.refused(refusals.VersionConflict, stale, example.by).field == ("expectedVersion",)


def test_who_may_not_or_asks_for_nothing_is_told_so_before_any_version(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    evidence = story.submit(kind, thing)
    told = {"kind": kind, "id": thing, "expected_version": 99}
    accept = AcceptEvidence.model_validate(told | {"evidence_id": evidence})
    story.refused(refusals.NotPermitted, accept, story.agency("police"))
    story.refused(refusals.NotIndependent, accept, story.member_from("police"))
    story.refused(refusals.NotFound, accept.model_copy(update={"evidence_id": thing}), story.body)
    story.refused(refusals.VersionConflict, accept, story.body)
    judged = ReturnEvidence.model_validate(told | {"evidence_id": evidence, "reason": ""})
    story.refused(refusals.VersionConflict, judged, story.body)
    story.when(accept.model_copy(update={"expected_version": 3}), story.body)


@of_no_version
def test_only_what_is_about_one_thing_has_a_version_to_expect(story: Story, example: Example) -> None:
    asked = example.told(story).model_copy(update={"expected_version": 1})
    assert story.refused(refusals.Invalid, asked, example.by).field == ("expectedVersion",)


def test_the_log_adds_when_it_was_recorded_and_where(story: Story) -> None:
    thing = story.an_action()
    (first,) = story.streams[Kind.ACTION, thing]
    now = datetime(2024, 3, 14, 9, tzinfo=UTC)
    assert with_receipt(first, now, 77) == replace(first, recorded_at=now, position=77)
