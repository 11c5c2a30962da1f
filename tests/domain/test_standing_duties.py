"""Standing duties: agencies are called to account for each year, and give their return."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.agency.commands import AddAgency, MergeAgencies
from domain.authority import actor
from domain.duties.events import DutiesConfirmed
from domain.duties.state import confirmed, duty_id
from domain.frameworks import Framework, shipped_frameworks
from domain.returns.commands import CallReturns, ConfirmReturn
from domain.returns.events import ReturnCalled
from domain.returns.state import Return, return_id
from domain.shared import refusals
from domain.shared.vocabulary import AgencyKind, Kind
from support.in_memory_register import Story

POLICE = return_id("police", 2024, 1)


def calling(**fields: Any) -> CallReturns:
    return CallReturns.model_validate({"year": 2024} | fields)


def confirming(id: UUID = POLICE, **fields: Any) -> ConfirmReturn:
    return ConfirmReturn.model_validate({"id": id, "assurance": "As our own audit shows"} | fields)


def called(story: Story, command: CallReturns) -> list[ReturnCalled]:
    return [fact for _, _, fact in story.when(command, story.unit) if isinstance(fact, ReturnCalled)]


def the_return(story: Story, id: UUID = POLICE) -> Return:
    found: Return = story.state(Kind.RETURN, id)
    return found


def open_duties(story: Story, id: UUID = POLICE) -> int:
    return sum(duty.done_on is None for duty in the_return(story, id).duties.values())


def of_two_months(framework: Framework) -> Framework:
    return framework.model_copy(
        update={"duties": framework.duties.model_copy(update={"return_every_months": 2, "return_within_days": 10})}
    )


def test_every_partner_agency_is_called_for_the_ten_duties_of_the_year(story: Story) -> None:
    board = AddAgency(key="adults-board", name="Adults board", agency_kind=AgencyKind.BOARD)
    story.when(board, story.administrator)
    facts = called(story, calling())
    assert [fact.agency for fact in facts] == ["police", "health", "housing", "schools"]
    assert {(fact.since, fact.until, fact.due_on) for fact in facts} == {
        (date(2024, 1, 1), date(2024, 12, 31), date(2025, 1, 28))
    }
    assert {len(fact.duties) for fact in facts} == {10}
    assert {duty.role for fact in facts for duty in fact.duties} == {"agency"}


def test_a_return_is_called_for_once_and_whoever_was_left_out_may_follow(story: Story) -> None:
    assert len(called(story, calling(agencies=("police",)))) == 1
    assert story.when(calling(agencies=("police",)), story.unit) == []
    assert [fact.agency for fact in called(story, calling())] == ["health", "housing", "schools"]
    assert story.when(calling(), story.unit) == []


def test_a_framework_may_ask_more_than_once_a_year(story: Story) -> None:
    story.framework = of_two_months(story.framework)
    story.day = 80
    [fact] = called(story, calling(period=2, agencies=("police",)))
    assert fact.period == 2
    assert (fact.since, fact.until, fact.due_on) == (date(2024, 3, 1), date(2024, 4, 30), date(2024, 5, 10))
    assert story.refused(refusals.Invalid, calling(period=7), story.unit).field == ("period",)
    assert story.refused(refusals.DateInFuture, calling(period=3), story.unit).field == ("year",)


def test_a_return_is_called_for_once_its_period_has_begun_and_with_time_to_answer(story: Story) -> None:
    assert story.refused(refusals.DateInFuture, calling(year=2025), story.unit).field == ("year",)
    assert story.refused(refusals.DueDateInPast, calling(year=2022), story.unit).field == ("dueOn",)
    assert called(story, calling(year=2022, due_on=story.on(0)))[0].due_on == story.on(0)
    story.refused(refusals.DateInFuture, calling(happened_on=story.on(1)), story.unit)
    assert story.refused(refusals.UnknownAgency, calling(agencies=("moon",)), story.unit).field == ("agencies", "0")


def test_a_return_is_called_for_on_the_day_on_which_its_period_begins(story: Story) -> None:
    story.framework = of_two_months(story.framework)
    begins, second = date(2024, 3, 1), calling(period=2, agencies=("police",))
    story.day = (begins - story.on(0)).days - 1
    story.refused(refusals.DateInFuture, second, story.unit)
    story.day += 1
    assert [fact.since for fact in called(story, second)] == [begins]


def test_an_import_tells_of_a_return_as_it_was_called_for(story: Story) -> None:
    facts = called(story, calling(year=2022, imported=True))
    assert {fact.due_on for fact in facts} == {date(2023, 1, 28)}


def test_a_framework_without_standing_duties_calls_for_none(story: Story) -> None:
    bare = story.framework.duties.model_copy(update={"standing": ()})
    story.framework = shipped_frameworks()["hull-2015"].model_copy(update={"duties": bare})
    story.refused(refusals.ConditionsNotMet, calling(), story.unit)


def test_an_agency_confirms_one_or_all_of_its_own(story: Story) -> None:
    called(story, calling())
    one = next(iter(the_return(story).duties))
    story.when(confirming(duty_id=one), story.agency("police"))
    assert open_duties(story) == 9
    story.refused(refusals.ConditionsNotMet, confirming(duty_id=one), story.agency("police"))
    story.when(confirming(), story.agency("police"))
    assert open_duties(story) == 0
    assert open_duties(story, return_id("health", 2024, 1)) == 10


def test_anothers_return_is_not_an_agencys_to_confirm(story: Story) -> None:
    called(story, calling())
    one = next(iter(the_return(story).duties))
    for unseen in (one, uuid4()):
        story.refused(refusals.NotFound, confirming(duty_id=unseen), story.agency("health"))
    for version in (None, 1, 9):
        unseen_too = story.refused(refusals.NotFound, confirming(expected_version=version), story.agency("health"))
        assert unseen_too.field == ("id",)
    for caller in (story.chair, story.body, story.inspector, story.administrator):
        story.refused(refusals.NotPermitted, confirming(), caller)
        story.refused(refusals.NotPermitted, calling(year=2023), caller)


def test_an_agency_confirms_the_version_of_its_return_that_it_was_shown(story: Story) -> None:
    called(story, calling())
    stale = story.refused(refusals.VersionConflict, confirming(expected_version=9), story.agency("police"))
    assert stale.field == ("expectedVersion",)
    assert story.when(confirming(expected_version=1), story.agency("police"))


def test_the_business_unit_records_a_return_received_on_paper(story: Story) -> None:
    called(story, calling())
    story.day = 9
    story.refused(refusals.DateBeforeStart, confirming(happened_on=story.on(-1)), story.unit)
    [(_, _, fact)] = story.when(confirming(happened_on=story.on(4)), story.unit)
    assert (getattr(fact, "agency", None), fact.happened_on) == ("police", story.on(4))


def test_on_paper_an_agency_confirms_no_return_but_its_own(story: Story) -> None:
    called(story, calling())
    story.refused(refusals.ConditionsNotMet, confirming(agency="health"), story.unit)
    story.when(confirming(agency="police"), story.unit)
    assert open_duties(story) == 0


def test_an_agency_that_has_gone_on_in_another_is_called_for_no_return(story: Story) -> None:
    story.when(MergeAgencies(key="police", into="health"), story.administrator)
    assert [fact.agency for fact in called(story, calling())] == ["health", "housing", "schools"]


def test_a_merger_moves_what_is_open_of_a_return(story: Story) -> None:
    called(story, calling())
    one = next(iter(the_return(story).duties))
    story.when(confirming(duty_id=one), story.agency("police"))
    story.day = 4
    story.when(MergeAgencies(key="police", into="health"), story.administrator)
    held = the_return(story).duties
    assert {duty.agency for id, duty in held.items() if id != one} == {"health"}
    assert held[one].agency == "police"
    story.when(confirming(), story.agency("health"))
    assert open_duties(story) == 0


def test_the_id_of_a_duty_is_for_good() -> None:
    origin = UUID("00000000-0000-4000-8000-000000000001")
    ids = [duty_id(origin, "read", agency) for agency in (None, "police")]
    assert ids == [UUID("e37e5b63-aa0a-5aa0-ab88-ac7a1446759e"), UUID("7924b2bb-b1d1-5387-9eb6-7c03b0ebcb5d")]


def test_the_id_of_a_return_is_for_good() -> None:
    assert return_id("police", 2024, 1) == UUID("30db6281-69a4-5737-a769-32f7502faa00")


def test_of_two_confirmations_the_first_stands(story: Story) -> None:
    called(story, calling())
    held = the_return(story).duties
    for day in (1, 2):
        said = DutiesConfirmed(
            happened_on=story.on(day), by=actor(story.unit), duties=tuple(held), assurance="So it is"
        )
        held = confirmed(held, said)
    assert {duty.done_on for duty in held.values()} == {story.on(1)}


@pytest.mark.parametrize("key", shipped_frameworks())
def test_every_framework_has_a_return_of_its_own(story: Story, key: str) -> None:
    story.framework = shipped_frameworks()[key]
    facts = called(story, calling(agencies=("police",)))
    assert [duty.key for duty in facts[0].duties] == [duty.key for duty in story.framework.duties.standing]
    assert facts[0].framework == key
