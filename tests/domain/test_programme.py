"""The audit programme of a year: agreed by the chair, planned by the business unit, and kept to."""

from typing import Any
from uuid import UUID

import pytest

from domain.frameworks import shipped_frameworks
from domain.programme.commands import AgreeProgramme, PlanAudit, WithdrawAudit
from domain.programme.events import Agreed, AuditCommissioned, AuditPlanned, AuditWithdrawn
from domain.programme.state import Audit, Programme
from domain.review.commands import CommissionReview
from domain.review.events import Commissioned
from domain.shared import refusals
from domain.shared.identifiers import programme_of
from domain.shared.vocabulary import Kind
from domain.theme.commands import AddTheme, MergeTheme
from support.in_memory_register import Story

AUDIT = "multi-agency-case-audit"
YEAR = 2024


@pytest.fixture
def windsor(story: Story) -> Story:
    """Up to four multi-agency case audits a year."""
    story.framework = shipped_frameworks()["windsor-maidenhead"]
    return story


def agreeing(**fields: Any) -> AgreeProgramme:
    return AgreeProgramme.model_validate({"year": YEAR, "topics": ("neglect", "supervision")} | fields)


def planning(**fields: Any) -> PlanAudit:
    asked = {"year": YEAR, "kind": AUDIT, "topic": "neglect", "planned_for": Story.on(100)}
    return PlanAudit.model_validate(asked | fields)


def commissioning(**fields: Any) -> CommissionReview:
    asked = {"kind": AUDIT, "title": "An audit", "agencies": ("police", "health"), "programme_year": YEAR} | fields
    return CommissionReview.model_validate(asked)


def programme(story: Story, year: int = YEAR) -> Programme:
    state: Programme = story.state(Kind.PROGRAMME, programme_of(year))
    return state


def agreed(story: Story, **fields: Any) -> None:
    story.when(agreeing(**fields), story.chair)


def planned(story: Story, **fields: Any) -> UUID:
    fact = story.when(planning(**fields))[0][2]
    assert isinstance(fact, AuditPlanned)
    return fact.audit_id


def places(story: Story) -> list[tuple[str | None, bool]]:
    """Each place: on which topic, and whether it is taken."""
    return [(each.topic, each.review_id is not None) for each in programme(story).audits]


def test_the_first_command_of_a_year_expects_nothing_there_and_the_next_the_first(windsor: Story) -> None:
    windsor.refused(refusals.VersionConflict, agreeing(expected_version=1), windsor.chair)
    agreed(windsor, expected_version=0)
    windsor.refused(refusals.VersionConflict, planning(expected_version=0))
    planned(windsor, expected_version=1)


def test_what_the_chair_leaves_out_is_the_frameworks(story: Story) -> None:
    story.framework = shipped_frameworks()["knowsley-2020"]
    for key in ("domestic-abuse", "child-exploitation", "mental-health-and-wellbeing"):
        story.when(AddTheme(key=key, name=key), story.administrator)
    (decided,) = story.when(AgreeProgramme(year=YEAR), story.chair)
    fact = decided[2]
    assert isinstance(fact, Agreed)
    assert fact.topics == ("neglect", "domestic-abuse", "child-exploitation", "mental-health-and-wellbeing")
    assert (fact.kinds, fact.limit) == (("multi-agency-focus-group-audit", "deep-dive-audit"), None)


def test_the_limit_is_the_frameworks_or_a_lower_one(windsor: Story) -> None:
    agreed(windsor)
    assert (programme(windsor).limit, programme(windsor).kinds) == (4, (AUDIT,))
    refused = windsor.refused(refusals.ConditionsNotMet, agreeing(limit=5), windsor.chair)
    assert (refused.field, "up to 4 a year" in refused.message) == (("limit",), True)
    agreed(windsor, limit=2)
    assert programme(windsor).limit == 2


@pytest.mark.parametrize(
    ("fields", "refusal", "field"),
    [
        ({"topics": ()}, refusals.Invalid, "topics"),
        ({"topics": ("astronomy",)}, refusals.UnknownTheme, "topics.0"),
        ({"happened_on": Story.on(1)}, refusals.DateInFuture, "happenedOn"),
    ],
)
def test_a_programme_is_agreed_on_topics_that_there_are(
    windsor: Story, fields: dict[str, Any], refusal: type[refusals.Refusal], field: str
) -> None:
    assert windsor.refused(refusal, agreeing(**fields), windsor.chair).field == tuple(field.split("."))


@pytest.mark.parametrize("who", [Story.unit, Story.body, Story.agency("police"), Story.administrator])
def test_only_the_chair_agrees_and_only_the_business_unit_plans(windsor: Story, who: Any) -> None:
    windsor.refused(refusals.NotPermitted, agreeing(), who)
    for command in (planning(), WithdrawAudit(year=YEAR, audit_id=UUID(int=1), reason="x")):
        windsor.refused(refusals.NotPermitted, command, windsor.chair)


def test_a_later_agreement_stands_in_place_of_the_earlier_one(windsor: Story) -> None:
    agreed(windsor, limit=3)
    assert windsor.when(agreeing(), windsor.chair) == []
    assert windsor.when(AgreeProgramme(year=YEAR), windsor.chair) == []
    windsor.day = 30
    agreed(windsor, topics=("neglect",))
    now = programme(windsor)
    assert (now.topics, now.limit, now.agreed_on, now.first_agreed_on) == (
        ("neglect",),
        3,
        windsor.on(30),
        windsor.on(0),
    )
    windsor.refused(refusals.DateOutOfOrder, agreeing(happened_on=windsor.on(29)), windsor.chair)


def test_a_years_programme_is_found_where_it_has_always_been_kept() -> None:
    assert programme_of(2024) == UUID("457660ba-905c-5f8d-8da2-4faa7452097f")


def test_each_year_has_a_programme_of_its_own(windsor: Story) -> None:
    agreed(windsor)
    agreed(windsor, year=2025, topics=("supervision",))
    assert (programme(windsor).topics, programme(windsor, 2025).topics) == (
        ("neglect", "supervision"),
        ("supervision",),
    )
    assert [programme(windsor, year).year for year in (YEAR, 2025)] == [YEAR, 2025]


def test_a_programme_is_of_its_year_whatever_happens_to_it_first(windsor: Story) -> None:
    planned(windsor)
    windsor.create(commissioning(programme_year=2023, imported=True))
    assert [programme(windsor, year).year for year in (YEAR, 2023)] == [YEAR, 2023]
    nothing_yet = WithdrawAudit(year=2022, audit_id=UUID(int=7), reason="x")
    assert "2022" in windsor.refused(refusals.NotFound, nothing_yet).message


def test_a_planned_audit_is_a_place_of_the_programme(windsor: Story) -> None:
    audit, neighbour = planned(windsor), planned(windsor, topic="supervision")
    agreed(windsor)
    found, other = programme(windsor).audit(audit), programme(windsor).audit(neighbour)
    assert found == Audit(audit, AUDIT, "windsor-maidenhead", "neglect", windsor.on(0), windsor.on(100))
    assert other is not None
    assert (other.topic, other.review_id) == ("supervision", None)


@pytest.mark.parametrize(
    ("fields", "refusal", "field"),
    [
        ({"kind": "palm-reading"}, refusals.UnknownReviewKind, "kind"),
        ({"topic": "astronomy"}, refusals.UnknownTheme, "topic"),
        ({"topic": "workload"}, refusals.ConditionsNotMet, "topic"),
        ({"planned_for": "2023-12-31"}, refusals.Invalid, "plannedFor"),
        ({"planned_for": "2025-04-01"}, refusals.Invalid, "plannedFor"),
        ({"happened_on": Story.on(1)}, refusals.DateInFuture, "happenedOn"),
    ],
)
def test_an_audit_is_planned_on_what_was_agreed(
    windsor: Story, fields: dict[str, Any], refusal: type[refusals.Refusal], field: str
) -> None:
    windsor.when(AddTheme(key="workload", name="Workload"), windsor.administrator)
    agreed(windsor)
    assert windsor.refused(refusal, planning(**fields), windsor.unit).field == (field,)


def test_a_refusal_tells_on_which_topics_it_was_agreed_and_on_which_audits_are_planned(windsor: Story) -> None:
    topics = ("workload", "thresholds", "recording", "leadership", "handover")
    for key in topics:
        windsor.when(AddTheme(key=key, name=key), windsor.administrator)
        planned(windsor, topic=key, kind="section-11-audit")
    others = windsor.refused(refusals.ConditionsNotMet, agreeing(), windsor.chair)
    assert "on handover, leadership, recording, thresholds, workload:" in others.message
    agreed(windsor, topics=topics)
    refused = windsor.refused(refusals.ConditionsNotMet, planning(), windsor.unit)
    assert f"on {', '.join(topics)}, not on neglect" in refused.message


@pytest.mark.parametrize("day", ["2024-01-01", "2025-03-31"])
def test_the_year_is_the_calendars_or_the_financial_one_that_begins_in_it(windsor: Story, day: str) -> None:
    planned(windsor, planned_for=day)


def test_a_topic_counts_as_the_theme_that_it_went_on_in(windsor: Story) -> None:
    agreed(windsor, topics=("neglect",))
    windsor.when(MergeTheme(key="neglect", into="supervision"), windsor.administrator)
    audit = planned(windsor, topic="supervision")
    windsor.create(commissioning(themes=("neglect",)))
    taken = programme(windsor).audit(audit)
    assert taken is not None
    assert taken.review_id is not None


def test_what_is_planned_fits_what_is_agreed(windsor: Story) -> None:
    for _ in range(3):
        planned(windsor)
    assert windsor.refused(refusals.ConditionsNotMet, agreeing(limit=2), windsor.chair).field == ("limit",)
    off_topic = agreeing(topics=("supervision",))
    assert windsor.refused(refusals.ConditionsNotMet, off_topic, windsor.chair).field == ("topics",)
    agreed(windsor, limit=3)
    assert windsor.refused(refusals.ConditionsNotMet, planning(), windsor.unit).field == ("kind",)
    planned(windsor, kind="section-11-audit")


def test_a_review_takes_the_place_of_what_was_planned(windsor: Story) -> None:
    audit = planned(windsor)
    agreed(windsor)
    decided = windsor.when(commissioning(themes=("neglect",)))
    assert [type(fact) for _, _, fact in decided] == [Commissioned, AuditCommissioned]
    taken = programme(windsor).audit(audit)
    assert taken is not None
    assert (taken.review_id, taken.topic, taken.planned_for) == (decided[0][1], "neglect", windsor.on(100))


def test_the_first_planned_on_one_of_its_themes_is_taken(windsor: Story) -> None:
    agreed(windsor)
    later = planned(windsor, planned_for=windsor.on(90))
    first = planned(windsor, planned_for=windsor.on(80))
    other = planned(windsor, topic="supervision", planned_for=windsor.on(10))
    windsor.create(commissioning(themes=("neglect",)))
    assert [programme(windsor).audit(each).review_id is not None for each in (later, first, other)] == [  # type: ignore[union-attr]
        False,
        True,
        False,
    ]
    windsor.create(commissioning())
    assert places(windsor) == [("neglect", False), ("neglect", True), ("supervision", True)]


def test_what_is_planned_for_one_day_is_taken_in_the_order_of_its_ids(windsor: Story) -> None:
    agreed(windsor)
    audits = [planned(windsor, kind="section-11-audit") for _ in range(5)]
    for _ in audits:
        windsor.create(commissioning(kind="section-11-audit"))
    facts = windsor.facts(Kind.PROGRAMME, programme_of(YEAR))
    taken = [fact.audit_id for fact in facts if isinstance(fact, AuditCommissioned)]
    assert taken == sorted(audits, key=str)


def test_a_planned_audit_may_be_named(windsor: Story) -> None:
    agreed(windsor)
    audit, other = planned(windsor), planned(windsor, kind="section-11-audit")
    windsor.refused(refusals.NotFound, commissioning(planned_audit=UUID(int=7)))
    assert windsor.refused(refusals.Invalid, commissioning(planned_audit=other)).field == ("plannedAudit",)
    yearless = commissioning(planned_audit=audit, programme_year=None)
    assert windsor.refused(refusals.Invalid, yearless).field == ("programmeYear",)
    windsor.create(commissioning(planned_audit=audit, themes=("supervision",)))
    assert windsor.refused(refusals.ConditionsNotMet, commissioning(planned_audit=audit)).field == ("plannedAudit",)
    assert places(windsor) == [("neglect", True), ("neglect", False)]


def test_a_commission_beyond_the_limit_is_refused_by_its_condition(windsor: Story) -> None:
    agreed(windsor, limit=2)
    windsor.create(commissioning())
    planned(windsor)
    windsor.create(commissioning())
    refused = windsor.refused(refusals.ConditionsNotMet, commissioning())
    assert (refused.field, "Up to 2 a year of multi-agency-case-audit" in refused.message) == (("programmeYear",), True)
    windsor.create(commissioning(kind="section-11-audit"))
    windsor.create(commissioning(kind="section-11-audit", programme_year=None))


def test_what_is_planned_on_another_topic_keeps_its_place(windsor: Story) -> None:
    agreed(windsor, limit=1)
    planned(windsor, topic="supervision")
    windsor.refused(refusals.ConditionsNotMet, commissioning(themes=("neglect",)))


def test_a_programme_that_was_never_agreed_commissions_nothing(windsor: Story) -> None:
    planned(windsor)
    refused = windsor.refused(refusals.ConditionsNotMet, commissioning())
    assert (refused.field, refused.message) == (("programmeYear",), "The audit programme of 2024 has not been agreed.")
    windsor.refused(refusals.ConditionsNotMet, commissioning(programme_year=2023))


def test_nothing_is_commissioned_before_the_day_of_the_agreement_or_of_the_plan(windsor: Story) -> None:
    windsor.day = 10
    agreed(windsor)
    early = windsor.refused(refusals.DateBeforeStart, commissioning(happened_on=windsor.on(9)))
    assert early.field == ("happenedOn",)
    audit = planned(windsor)
    windsor.day = 20
    agreed(windsor, topics=("neglect",))
    windsor.create(commissioning(happened_on=windsor.on(15), planned_audit=audit))
    later = planned(windsor)
    windsor.refused(refusals.DateBeforeStart, commissioning(happened_on=windsor.on(19), planned_audit=later))
    windsor.create(commissioning(happened_on=windsor.on(19)))
    assert places(windsor) == [("neglect", True), (None, True), ("neglect", False)]


def test_an_audit_that_is_withdrawn_gives_its_place_free(windsor: Story) -> None:
    agreed(windsor, limit=1)
    audit = planned(windsor)
    withdraw = WithdrawAudit(year=YEAR, audit_id=audit, reason="An inspection looks at it")
    windsor.refused(refusals.ReasonRequired, withdraw.model_copy(update={"reason": ""}))
    windsor.refused(refusals.NotFound, withdraw.model_copy(update={"audit_id": UUID(int=7)}))
    windsor.refused(refusals.NotFound, withdraw.model_copy(update={"year": 2023}))
    windsor.refused(refusals.DateBeforeStart, withdraw.model_copy(update={"happened_on": windsor.on(-1)}))
    ((_, _, fact),) = windsor.when(withdraw)
    assert isinstance(fact, AuditWithdrawn)
    assert places(windsor) == []
    windsor.create(commissioning())
    windsor.refused(refusals.NotFound, withdraw)


def test_an_audit_that_is_withdrawn_leaves_its_neighbours_where_they_are(windsor: Story) -> None:
    agreed(windsor)
    taken, withdrawn, neighbour = planned(windsor), planned(windsor), planned(windsor, topic="supervision")
    windsor.create(commissioning(planned_audit=taken))
    windsor.when(WithdrawAudit(year=YEAR, audit_id=withdrawn, reason="An inspection looks at it"))
    assert [each.id for each in programme(windsor).audits] == [taken, neighbour]
    assert places(windsor) == [("neglect", True), ("supervision", False)]


def test_what_is_commissioned_is_not_withdrawn_from_the_programme(windsor: Story) -> None:
    agreed(windsor)
    audit = planned(windsor)
    windsor.create(commissioning())
    withdraw = WithdrawAudit(year=YEAR, audit_id=audit, reason="x")
    assert windsor.refused(refusals.ConditionsNotMet, withdraw).field == ("auditId",)


def test_a_programme_holds_two_hundred_audits(windsor: Story) -> None:
    agreed(windsor)
    other = {"kind": "section-11-audit"}
    for _ in range(200):
        planned(windsor, **other)
    windsor.refused(refusals.TooLarge, planning(**other))
    windsor.refused(refusals.TooLarge, commissioning(kind="agency-audit", agencies=("police",)))
    windsor.create(commissioning(**other))


def test_imports_tell_of_programmes_as_they_were(windsor: Story) -> None:
    windsor.create(commissioning(imported=True))
    assert places(windsor) == [(None, True)]
    assert programme(windsor).audits[0].framework == "windsor-maidenhead"
    assert programme(windsor).agreed_on is None
    for _ in range(4):
        windsor.create(commissioning(imported=True))
    assert places(windsor) == [(None, True)] * 5


def test_a_refused_commission_takes_no_place(windsor: Story) -> None:
    agreed(windsor)
    windsor.refused(refusals.UnknownAgency, commissioning(agencies=("the-moon",)))
    assert places(windsor) == []


def test_agreed_again_under_a_successor_without_a_limit_of_its_own_it_has_the_successors(story: Story) -> None:
    agreed(story)
    assert programme(story).limit is None
    story.framework = shipped_frameworks()["windsor-maidenhead"]
    agreed(story)
    assert (programme(story).limit, programme(story).framework) == (4, "windsor-maidenhead")
    for _ in range(4):
        story.create(commissioning())
    story.refused(refusals.ConditionsNotMet, commissioning())


def test_agreed_again_under_a_successor_a_limit_stays_and_is_no_higher_than_the_successors(windsor: Story) -> None:
    agreed(windsor, limit=3)
    windsor.framework = shipped_frameworks()["knowsley-2015"]
    agreed(windsor)
    assert (programme(windsor).limit, programme(windsor).framework) == (3, "knowsley-2015")
    agreed(windsor, limit=9)
    windsor.framework = shipped_frameworks()["windsor-maidenhead"]
    assert windsor.refused(refusals.ConditionsNotMet, agreeing(), windsor.chair).field == ("limit",)
