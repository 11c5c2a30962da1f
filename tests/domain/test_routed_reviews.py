"""Where the framework gives no reporting body, commissioning names through which body a review reports."""

from typing import Any
from uuid import UUID

import pytest

from domain.frameworks import shipped_frameworks
from domain.partnership.commands import AdoptFramework, CreatePartnership
from domain.recommendation.commands import RaiseRecommendation
from domain.review.commands import CommissionReview
from domain.shared import refusals
from domain.shared.vocabulary import Kind
from support.in_memory_register import Story

SUNDERLAND, KNOWSLEY = (shipped_frameworks()[key] for key in ("sunderland-2015", "knowsley-2015"))


@pytest.fixture
def sunderland(story: Story) -> Story:
    story.framework = SUNDERLAND
    return story


def commissioning(kind: str = "live-observation", **fields: Any) -> CommissionReview:
    asked = {"kind": kind, "title": "Conferences seen", "agencies": ("police",), "mandated_by": "quality-assurance"}
    return CommissionReview.model_validate(asked | fields)


def bodies(story: Story, review: UUID) -> tuple[str, ...]:
    return story.review(review).reporting.bodies


def test_a_review_reports_through_the_body_that_is_named_and_else_through_the_board(sunderland: Story) -> None:
    routed = sunderland.create(commissioning(reports_through="quality-assurance"))
    neighbour = sunderland.create(commissioning())
    assert (bodies(sunderland, routed), bodies(sunderland, neighbour)) == (("quality-assurance",), ("board",))
    raised = sunderland.create(RaiseRecommendation(review_id=routed, wording="See the core group"))
    assert sunderland.recommendation(raised).reporting.bodies == ("quality-assurance",)


@pytest.mark.parametrize(
    ("framework", "named", "refusal"),
    [
        ("sunderland-2015", "the-choir", refusals.UnknownBody),
        ("sunderland-2015", "probation-service", refusals.ConditionsNotMet),
        ("knowsley-2015", "training", refusals.ConditionsNotMet),
        ("knowsley-2015", "the-choir", refusals.UnknownBody),
    ],
)
def test_a_body_that_is_unknown_or_outside_or_not_the_one_that_the_framework_gives_is_refused(
    story: Story, framework: str, named: str, refusal: type[refusals.Refusal]
) -> None:
    story.framework = shipped_frameworks()[framework]
    kind = "live-observation" if framework == "sunderland-2015" else "thematic-audit"
    for imported in (False, True):
        asked = commissioning(kind, reports_through=named, imported=imported)
        assert story.refused(refusal, asked).field == ("reportsThrough",)


def test_the_body_that_the_framework_gives_may_be_named(story: Story) -> None:
    review = story.create(commissioning("thematic-audit", reports_through="audit-and-review"))
    assert bodies(story, review) == ("audit-and-review",)


def test_an_import_routes_a_review_too(sunderland: Story) -> None:
    review = sunderland.create(commissioning(reports_through="mset", mandated_by=None, imported=True))
    assert bodies(sunderland, review) == ("mset",)


def test_the_body_that_mandates_it_is_offered_first_and_none_outside() -> None:
    offered = SUNDERLAND.may_report_through("live-observation", "quality-assurance")
    assert offered[:3] == ("quality-assurance", "board", "executive-group")
    assert set(offered) == {key for key, body in SUNDERLAND.bodies.items() if not body.outside}
    assert SUNDERLAND.may_report_through("live-observation")[0] == "board"
    assert SUNDERLAND.may_report_through("live-observation", "probation-service")[0] == "board"
    assert KNOWSLEY.may_report_through("thematic-audit", "training") == ("audit-and-review",)


def test_an_adopted_framework_carries_the_route_on(story: Story) -> None:
    """The bodies of the same keys go on; one that is gone is succeeded by the body for whatever has no other."""
    heir = SUNDERLAND.model_copy(
        update={
            "key": "heir",
            "succeeds": SUNDERLAND.key,
            "bodies": {key: body for key, body in SUNDERLAND.bodies.items() if key != "mset"},
        }
    )
    story.frameworks["heir"] = heir
    story.when(CreatePartnership(key="s", name="S", framework=SUNDERLAND.key), story.administrator)
    kept, passed = (story.create(commissioning(reports_through=body)) for body in ("quality-assurance", "mset"))
    story.day = 5
    story.when(AdoptFramework(framework="heir"), story.administrator)
    assert (bodies(story, kept), bodies(story, passed)) == (("quality-assurance",), ("board",))
    facts = [type(each).__name__ for each in story.facts(Kind.REVIEW, kept)]
    assert facts == ["Commissioned", "BodiesSucceeded"]
