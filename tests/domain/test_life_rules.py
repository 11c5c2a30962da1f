"""The rules of one life where a story leads to them in few ways: on a life that is put together, or late in one."""

from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from domain.correction.commands import Correct
from domain.lifecycle import commands as life
from domain.lifecycle import decide, events, rules
from domain.lifecycle.state import Evidence, Lifecycle
from domain.recommendation.commands import Respond
from domain.replay import replay
from domain.shared import refusals
from domain.shared.actor import Actor
from domain.shared.facts import Recorded
from domain.shared.vocabulary import Answer, ClosureOutcome, EvidenceVerdict, Impact, Kind, Role
from support.in_memory_register import Story

FIRST = UUID(int=1)
BY = Actor(subject="officer", role=Role.BUSINESS_UNIT)
ACCEPTED = Evidence(FIRST, submitted_on=Story.on(0), verdict=EvidenceVerdict.ACCEPTED)


def at(kind: Kind, thing: UUID, shape: type[life.LifecycleCommand], **fields: Any) -> Any:
    return shape.model_validate({"kind": kind, "id": thing} | fields)


def superseded(story: Story, kind: Kind, thing: UUID) -> None:
    story.when(at(kind, thing, life.Close, outcome=ClosureOutcome.SUPERSEDED), story.body)


def reopened(story: Story, kind: Kind, thing: UUID, due: int = 90) -> None:
    story.when(at(kind, thing, life.Reopen, reason="Again", due_on=story.on(due)), story.body)


def query_context(kind: Kind, thing: UUID, until: int = 90) -> Any:
    return at(kind, thing, life.RequestExtension, until=Story.on(until), reason="Staff left")


def test_only_evidence_that_counts_was_accepted(kind: Kind) -> None:
    for each in (replace(ACCEPTED, counts=False), replace(ACCEPTED, verdict=EvidenceVerdict.RETURNED)):
        of_it = Lifecycle(kind, evidence=(each,))
        rules.no_evidence_is_accepted_yet(of_it)
        with pytest.raises(refusals.EvidenceMissing):
            rules.closing_needs_accepted_evidence(of_it)
    rules.closing_needs_accepted_evidence(Lifecycle(kind, evidence=(replace(ACCEPTED, counts=False), ACCEPTED)))


def test_evidence_that_was_judged_before_it_was_filed_is_not_found(kind: Kind) -> None:
    with pytest.raises(refusals.NotFound):
        rules.the_evidence_awaits_its_verdict(Lifecycle(kind, evidence=(replace(ACCEPTED, submitted_on=None),)), FIRST)


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"withdrawn": True}, refusals.EvidenceMissing),
        ({"verdict": EvidenceVerdict.RETURNED}, refusals.EvidenceAlreadyJudged),
        ({"submitted_on": None}, refusals.NotFound),
    ],
)
def test_evidence_that_awaits_no_verdict_is_named(
    kind: Kind, changes: dict[str, Any], refusal: type[refusals.Refusal]
) -> None:
    waiting = Evidence(FIRST, submitted_on=Story.on(0))
    assert rules.the_evidence_awaits_its_verdict(Lifecycle(kind, evidence=(waiting,)), FIRST) == waiting
    with pytest.raises(refusal) as refused:
        rules.the_evidence_awaits_its_verdict(Lifecycle(kind, evidence=(replace(waiting, **changes),)), FIRST)
    assert refused.value.field == ("evidenceId",)


def test_what_was_never_due_is_extended_to_any_day_and_completed_on_any(story: Story, kind: Kind) -> None:
    rules.an_extension_is_longer(Lifecycle(kind), story.today)
    rules.completion_lies_in_its_life(Lifecycle(kind), story.on(-400))


def test_an_extension_is_asked_for_by_a_lead(story: Story, kind: Kind) -> None:
    with pytest.raises(refusals.NotAssigned):
        decide.request_extension(
            Lifecycle(kind, raised_on=story.on(0)),
            query_context(kind, FIRST),
            story.context(query_context(kind, FIRST)),
        )


def test_a_request_names_who_asks_and_until_when(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    asked = story.when(query_context(kind, thing), story.agency("police"))[0][2]
    assert isinstance(asked, events.ExtensionRequested)
    assert (asked.agency, asked.until, asked.reason) == ("police", story.on(90), "Staff left")
    pending = story.state(kind, thing).life.extension
    assert (pending.id, pending.until, pending.requested_on) == (asked.extension_id, story.on(90), story.today)


def test_a_granted_extension_is_longer_and_not_past(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=60)
    story.when(query_context(kind, thing), story.agency("police"))
    same = at(kind, thing, life.GrantExtension, until=story.on(60))
    assert story.refused(refusals.Invalid, same, story.body).field == ("until",)
    story.day = 70
    past = at(kind, thing, life.GrantExtension, until=story.on(69))
    assert story.refused(refusals.DueDateInPast, past, story.body).field == ("until",)
    story.when(at(kind, thing, life.GrantExtension, until=story.on(70), reason="  "), story.body)
    granted = story.facts(kind, thing)[-1]
    assert isinstance(granted, events.ExtensionGranted)
    assert granted.reason is None


def test_an_extension_is_granted_after_what_was_decided_since(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.when(query_context(kind, thing), story.agency("police"))
    story.day = 5
    story.when(at(kind, thing, life.Assign, lead_agency="police", lead_officer="PC Oak", due_on=story.on(60)))
    early = at(kind, thing, life.GrantExtension, happened_on=story.on(4))
    story.refused(refusals.DateOutOfOrder, early, story.body)


def test_a_request_lapses_with_a_new_lead_or_a_closing_and_not_with_new_helpers(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.when(query_context(kind, thing), story.agency("police"))
    story.when(at(kind, thing, life.Assign, lead_agency="police", lead_officer="PC Oak", due_on=story.on(60)))
    pending = story.state(kind, thing).life
    assert pending.extension is not None
    assert pending.lead_officer == "PC Oak"
    story.when(at(kind, thing, life.Assign, lead_agency="health", due_on=story.on(60)))
    assert story.state(kind, thing).life.extension is None
    story.when(query_context(kind, thing), story.agency("health"))
    superseded(story, kind, thing)
    assert story.state(kind, thing).life.extension is None
    for shape in (life.GrantExtension, life.RefuseExtension):
        story.refused(refusals.AlreadyClosed, at(kind, thing, shape, reason="Late"), story.body)


def test_evidence_of_what_was_closed_is_judged_no_more(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    evidence = story.submit(kind, thing)
    superseded(story, kind, thing)
    for shape in (life.AcceptEvidence, life.ReturnEvidence):
        asked = at(
            kind, thing, shape, evidence_id=evidence, **({} if shape is life.AcceptEvidence else {"reason": "x"})
        )
        story.refused(refusals.AlreadyClosed, asked, story.body)


def test_a_claim_from_before_a_reopening_is_not_accepted_after_it(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 5
    evidence = story.submit(kind, thing, completed_on=story.on(3))
    superseded(story, kind, thing)
    story.day = 8
    reopened(story, kind, thing)
    accept = at(kind, thing, life.AcceptEvidence, evidence_id=evidence)
    assert story.refused(refusals.DateBeforeStart, accept, story.body).field == ("evidenceId",)


def test_evidence_that_waited_through_a_reopening_counts_once_it_is_accepted(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    evidence = story.submit(kind, thing, claims_complete=False)
    superseded(story, kind, thing)
    reopened(story, kind, thing)
    story.accept(kind, thing, evidence)
    story.close(kind, thing)
    assert story.state(kind, thing).life.closure.outcome is ClosureOutcome.IMPLEMENTED


def test_a_claim_told_without_its_day_was_complete_on_the_day_it_was_filed(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    told = {"evidence_id": FIRST, "agency": "police", "by_lead": True, "narrative": "Done", "claims_complete": True}
    filed = events.EvidenceSubmitted.model_validate(
        {"happened_on": story.on(0), "by": story.facts(kind, thing)[0].by} | told
    )
    story.record(kind, thing, filed)
    story.day = 4
    story.accept(kind, thing, FIRST)
    assert story.state(kind, thing).life.completed_on == story.on(0)


def test_of_two_accepted_claims_the_earlier_day_counts_and_each_has_its_own_verdict(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 9
    late, early = (story.submit(kind, thing, completed_on=story.on(day)) for day in (7, 3))
    third, fourth = (story.submit(kind, thing, claims_complete=False) for _ in range(2))
    story.day = 10
    for each in (late, early):
        story.accept(kind, thing, each)
    story.when(at(kind, thing, life.ReturnEvidence, evidence_id=third, reason="Unsigned"), story.body)
    state = story.state(kind, thing).life
    assert state.completed_on == story.on(3)
    assert [(each.id, each.judged_on) for each in state.evidence] == [
        (late, story.on(10)),
        (early, story.on(10)),
        (third, story.on(10)),
        (fourth, None),
    ]
    story.refused(refusals.EvidenceAlreadyJudged, at(kind, thing, life.AcceptEvidence, evidence_id=third), story.body)
    assert [each.awaiting for each in state.evidence] == [False, False, False, True]


def test_a_date_said_again_is_as_corrected_as_it_was(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, due=60)
    again = at(kind, thing, life.Assign, lead_agency="police", lead_officer="PC Oak", due_on=story.on(60))
    story.when(again)
    assert not story.state(kind, thing).life.due_on_corrected
    position = story.streams[kind, thing][-1].position
    told = {"kind": kind, "id": thing, "event_id": position, "field": "dueOn", "new_value": str(story.on(70))}
    story.when(Correct.model_validate(told | {"reason": "A slip"}))
    again = at(kind, thing, life.Assign, lead_agency="police", contributing_agencies=("health",), due_on=story.on(70))
    story.when(again)
    assert story.state(kind, thing).life.due_on_corrected


def test_a_request_lies_within_the_life_of_what_it_is_about(story: Story, kind: Kind) -> None:
    of_it = story.state(kind, story.assigned(kind)).life
    for day, refusal in ((1, refusals.DateInFuture), (-1, refusals.DateBeforeStart)):
        dated = query_context(kind, FIRST).model_copy(update={"happened_on": story.on(day)})
        with pytest.raises(refusal):
            decide.request_extension(of_it, dated, story.context(dated))


def test_an_agency_may_name_itself_and_no_other(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind, contributing_agencies=("health",))
    told = at(kind, thing, life.ReportProgress, narrative="Half", agency="police")
    story.when(told, story.agency("police"))
    other = story.refused(refusals.NotPermitted, told, story.agency("health"))
    assert other.field == ("agency",)


def test_a_blank_reason_is_none_and_impact_is_due_of_what_was_implemented(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    outcome = {"outcome": ClosureOutcome.SUPERSEDED}
    asked = at(kind, thing, life.Close, reason=" ", **outcome)
    early = asked.model_copy(update={"impact_due_on": story.on(90)})
    assert story.refused(refusals.Invalid, early, story.body).field == ("impactDueOn",)
    fact = story.when(asked, story.body)[0][2]
    assert isinstance(fact, events.Closed)
    assert fact.reason is None


def test_a_finding_and_a_reopening_follow_the_closing(story: Story, kind: Kind) -> None:
    thing = story.assigned(kind)
    story.day = 5
    story.implement(kind, thing)
    story.day = 9
    found = at(kind, thing, life.VerifyImpact, finding=Impact.EMBEDDED, measure="Audit", happened_on=story.on(4))
    story.refused(refusals.DateOutOfOrder, found, story.body)
    again = at(kind, thing, life.Reopen, reason="Again", due_on=story.on(90), happened_on=story.on(4))
    story.refused(refusals.DateOutOfOrder, again, story.body)
    past = at(kind, thing, life.Reopen, reason="Again", due_on=story.on(8))
    assert story.refused(refusals.DueDateInPast, past, story.body).field == ("dueOn",)


@pytest.mark.parametrize(
    ("follow_up", "reopens", "raises"),
    [({"reopen_until": Story.on(90)}, True, False), (None, False, False),
     ({"further_action": "Train", "reopen_until": Story.on(90)}, False, True)],
)  # fmt: skip
def test_a_finding_says_what_followed_from_it(
    story: Story, kind: Kind, follow_up: dict[str, Any] | None, reopens: bool, raises: bool
) -> None:
    thing = story.implemented(kind)
    finding = Impact.NOT_EMBEDDED if follow_up else Impact.EMBEDDED
    told = {"reason": "Practice slipped"} | follow_up if follow_up else None
    asked = at(kind, thing, life.VerifyImpact, finding=finding, measure="Audit", narrative="Two of ten", follow_up=told)
    facts = [fact for _, _, fact in story.when(asked, story.body)]
    found = facts[0]
    assert isinstance(found, events.ImpactVerified)
    assert (found.narrative, found.follow_up_reason) == ("Two of ten", "Practice slipped" if told else None)
    assert found.reopened is reopens
    assert (found.follow_up_action is not None) is raises
    assert any(isinstance(each, events.Reopened) for each in facts[:2]) is reopens


def test_reopened_it_has_no_finding_any_more(story: Story, kind: Kind) -> None:
    thing = story.implemented(kind)
    story.when(at(kind, thing, life.VerifyImpact, finding=Impact.EMBEDDED, measure="Audit"), story.body)
    reopened(story, kind, thing)
    assert story.state(kind, thing).life.impact is None


def test_a_transfer_leaves_questions_and_answers_with_whom_they_were_put_to(story: Story) -> None:
    thing = story.a_recommendation(addressed_to=("police",))
    story.assign(Kind.RECOMMENDATION, thing)
    story.when(Respond(id=thing, answer=Answer.ACCEPTED), story.agency("police"))
    story.when(at(Kind.RECOMMENDATION, thing, life.Transfer, to_agency="health", reason="The team moved"))
    state = story.recommendation(thing).life
    assert (state.lead, state.addressed_to, dict(state.responses)) == (
        "health",
        ("police",),
        {"police": Answer.ACCEPTED},
    )


def test_the_first_due_date_is_that_of_the_first_assignment_recorded_whichever_took_effect_first(kind: Kind) -> None:
    def assigned(version: int, day: int, due: int) -> Recorded:
        told = {"happened_on": Story.on(day), "by": BY, "lead_agency": "police", "due_on": Story.on(due)}
        return Recorded(kind, FIRST, version, events.Assigned.model_validate(told))

    state: Any = replay(kind, [assigned(2, 5, 20), assigned(3, 1, 30)])
    assert (state.life.first_due_on, state.life.due_on) == (Story.on(20), Story.on(20))
    state = replay(kind, [assigned(2, 1, 20), assigned(3, 5, 30)])
    assert (state.life.first_due_on, state.life.due_on) == (Story.on(20), Story.on(30))
