"""The partnership's frameworks, and the credentials by which people come in."""

from datetime import UTC, datetime
from typing import Any

import pytest

from domain.credential.commands import IssueCredential, RevokeCredential
from domain.credential.events import Issued
from domain.partnership.commands import AdoptFramework, CreatePartnership
from domain.partnership.events import FrameworkAdopted
from domain.partnership.state import Partnership, evolve
from domain.review.commands import CommissionReview
from domain.shared import refusals
from domain.shared.actor import Actor, Caller
from domain.shared.facts import Recorded
from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import Kind, Role
from support.in_memory_register import BODY, LED, Story

BY = Actor(subject="admin", role=Role.ADMINISTRATOR)


@pytest.fixture
def story() -> Story:
    story = Story()
    story.caller = story.administrator
    return story


def create(**fields: Any) -> CreatePartnership:
    asked = {"key": "knowsley", "name": "Knowsley", "framework": "knowsley-2015"} | fields
    return CreatePartnership.model_validate(asked)


def partnership(story: Story) -> Partnership:
    state: Partnership = story.state(Kind.PARTNERSHIP, SINGLE[Kind.PARTNERSHIP])
    return state


def test_the_framework_in_force_is_the_last_adopted_by_that_day(story: Story) -> None:
    story.when(create())
    story.day = 30
    story.when(AdoptFramework(framework="knowsley-2020", happened_on=story.on(20)))
    on = partnership(story).framework_on
    assert [on(story.on(day)) for day in (-400, 0, 19, 20, 300)] == ["knowsley-2015"] * 3 + ["knowsley-2020"] * 2


def test_a_framework_may_have_been_adopted_before_the_register_was_set_up(story: Story) -> None:
    story.when(create())
    story.when(AdoptFramework(framework="knowsley-2020", happened_on=story.on(-20)))
    on = partnership(story).framework_on
    assert (on(story.on(-21)), on(story.on(-20)), on(story.on(9))) == (
        "knowsley-2015",
        "knowsley-2020",
        "knowsley-2020",
    )


def test_frameworks_succeed_one_another(story: Story) -> None:
    story.refused(refusals.NotFound, AdoptFramework(framework="knowsley-2020"))
    story.when(create())
    story.when(AdoptFramework(framework="knowsley-2020"))
    assert story.when(AdoptFramework(framework="knowsley-2020")) == []
    story.refused(refusals.DateOutOfOrder, AdoptFramework(framework="hull-2015", happened_on=story.on(-1)))
    story.refused(refusals.DateInFuture, AdoptFramework(framework="hull-2015", happened_on=story.on(1)))


def test_a_partnership_is_created_once_and_in_a_real_time_zone(story: Story) -> None:
    assert story.refused(refusals.Invalid, create(time_zone="Moon/Sea")).field == ("timeZone",)
    story.when(create())
    story.refused(refusals.Invalid, create())


def issue(role: Role, **fields: Any) -> IssueCredential:
    asked = {"subject": "someone", "role": role, "expires_at": datetime(2030, 1, 1, tzinfo=UTC)} | fields
    return IssueCredential.model_validate(asked)


@pytest.mark.parametrize(
    ("command", "refusal", "field"),
    [
        (issue(Role.AGENCY), refusals.Invalid, "agency"),
        (issue(Role.AGENCY, agency="the-moon"), refusals.UnknownAgency, "agency"),
        (issue(Role.MONITORING_BODY, independent=True), refusals.Invalid, "bodies"),
        (issue(Role.MONITORING_BODY, bodies=("the-choir",), independent=True), refusals.UnknownBody, "bodies 0"),
        (issue(Role.MONITORING_BODY, bodies=(BODY,)), refusals.Invalid, "independent"),
        (
            issue(Role.MONITORING_BODY, bodies=(BODY,), agency="police", independent=True),
            refusals.Invalid,
            "independent",
        ),
    ],
)
def test_a_credential_says_whose_it_is(
    story: Story, command: IssueCredential, refusal: type[refusals.Refusal], field: str
) -> None:
    assert story.refused(refusal, command).field == tuple(field.split())


def test_a_register_that_has_just_begun_knows_no_agency_and_no_theme(story: Story) -> None:
    story.streams.clear()
    story.when(create())
    story.refused(refusals.UnknownAgency, issue(Role.AGENCY, agency="police"))
    review = CommissionReview(kind="serious-case-review", title="Child J", themes=("neglect",), **LED)
    story.refused(refusals.UnknownTheme, review, story.unit)


def test_a_credential_is_recorded_and_revocable(story: Story) -> None:
    body = story.create(issue(Role.MONITORING_BODY, bodies=(BODY,), agency="police"))
    agency = story.create(issue(Role.AGENCY, agency="health"))
    story.refused(refusals.ReasonRequired, RevokeCredential(id=body, reason=""))
    story.when(RevokeCredential(id=body, reason="Left the group"))
    assert story.when(RevokeCredential(id=body, reason="Left the group")) == []
    assert story.state(Kind.CREDENTIAL, body).revoked
    assert not story.state(Kind.CREDENTIAL, agency).revoked
    story.refused(refusals.NotFound, RevokeCredential(id=SINGLE[Kind.THEMES], reason="Not a credential"))


def test_a_credential_holds_each_body_once(story: Story) -> None:
    thing = story.create(issue(Role.MONITORING_BODY, bodies=(BODY, BODY), independent=True))
    issued = story.facts(Kind.CREDENTIAL, thing)[0]
    assert isinstance(issued, Issued)
    assert (issued.bodies, issued.independent, issued.agency) == ((BODY,), True, None)


@pytest.mark.parametrize(
    "holder",
    [
        Caller("someone", Role.MONITORING_BODY, "police", (BODY,), framework="knowsley-2015"),
        Caller("someone", Role.MONITORING_BODY, None, (BODY,), independent=True, framework="knowsley-2015"),
        Caller("someone", Role.AGENCY, "health"),
    ],
)
def test_a_credential_says_as_whom_its_holder_comes_in_of_which_frameworks_bodies_and_until_when(
    story: Story, holder: Caller
) -> None:
    asked = issue(holder.role, agency=holder.agency, bodies=holder.bodies, independent=holder.independent)
    found = story.state(Kind.CREDENTIAL, story.create(asked))
    assert (found.caller, found.issued_on, found.expires_at) == (holder, story.today, asked.expires_at)


def test_a_partnership_is_what_it_was_created_as_through_all_its_frameworks(story: Story) -> None:
    asked = create(time_zone="Europe/Dublin", demonstration=True)
    story.when(asked)
    for day, framework in ((20, "knowsley-2020"), (40, "hull-2015")):
        story.day = day
        story.when(AdoptFramework(framework=framework))
    found = partnership(story)
    assert (found.key, found.name, found.created_on) == ("knowsley", "Knowsley", story.on(0))
    assert (found.time_zone, found.demonstration) == ("Europe/Dublin", True)
    assert [found.framework_on(story.on(day)) for day in (0, 20, 39, 40)] == [
        "knowsley-2015", "knowsley-2020", "knowsley-2020", "hull-2015",
    ]  # fmt: skip


def test_frameworks_are_kept_in_the_order_of_their_first_days_whatever_order_they_are_told_in() -> None:
    stream = [
        Recorded(Kind.PARTNERSHIP, SINGLE[Kind.PARTNERSHIP], version, FrameworkAdopted.model_validate(told))
        for version, told in enumerate(
            ({"happened_on": Story.on(day), "by": BY, "framework": key} for day, key in ((9, "b"), (3, "a"))), 1
        )
    ]
    found = Partnership()
    for each in stream:
        found = evolve(found, each)
    assert [term.framework for term in found.adopted] == ["a", "b"]
    assert (found.framework_on(Story.on(5)), found.version) == ("a", 2)


def test_a_framework_is_adopted_after_the_last_and_a_partnership_created_once(story: Story) -> None:
    story.when(create())
    assert story.refused(refusals.Invalid, create()).field == ("key",)
    story.when(AdoptFramework(framework="knowsley-2020"))
    early = AdoptFramework(framework="hull-2015", happened_on=story.on(-1))
    assert story.refused(refusals.DateOutOfOrder, early).field == ("happenedOn",)
