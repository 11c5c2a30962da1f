"""What a correction would leave keeps the order of facts, and names the new value where it does not."""

from typing import Any
from uuid import UUID

import pytest

from domain.action.events import Raised
from domain.challenge import events as challenge
from domain.correction.events import Corrected
from domain.correction.rules.lifecycle import what_is_closed_stays_as_it_is
from domain.correction.rules.order import facts_keep_their_order
from domain.duties import events as duties
from domain.duties.state import duty_id
from domain.lifecycle import events as life
from domain.returns.events import ReturnCalled
from domain.review import events as review
from domain.shared import refusals
from domain.shared.actor import Actor
from domain.shared.facts import Fact, Recorded
from domain.shared.vocabulary import ClosureOutcome, DutyHolder, Kind, Role
from support.in_memory_register import Story

THING, FIRST, SECOND = (UUID(int=number) for number in (1, 2, 3))
BY = Actor(subject="officer", role=Role.BUSINESS_UNIT)
OWED = ({"key": "brief", "role": "partner", "wording": "Brief every team", "held_by": DutyHolder.AGENCY},)


def on(day: int, fact: type[Fact], **fields: Any) -> Fact:
    return fact.model_validate({"happened_on": Story.on(day), "by": BY} | fields)


def raised(day: int) -> Fact:
    return on(day, Raised, recommendation_id=THING, review_id=THING, reference="A1", wording="Train")


def assigned(day: int, due: int = 20) -> Fact:
    return on(day, life.Assigned, lead_agency="police", due_on=Story.on(due))


def claim(day: int, completed: int | None = None, evidence: UUID = FIRST) -> Fact:
    done = None if completed is None else Story.on(completed)
    told = {"evidence_id": evidence, "narrative": "Done", "by_lead": True, "claims_complete": done is not None}
    return on(day, life.EvidenceSubmitted, completed_on=done, **told)


def accepted(day: int, evidence: UUID = FIRST) -> Fact:
    return on(day, life.EvidenceAccepted, evidence_id=evidence)


def completed(day: int, evidence: UUID = FIRST) -> Fact:
    return on(day, life.Completed, evidence_id=evidence)


def asked(day: int, extension: UUID = FIRST) -> Fact:
    return on(day, life.ExtensionRequested, extension_id=extension, until=Story.on(40), reason="Staff left")


def granted(day: int, until: int = 40) -> Fact:
    return on(day, life.ExtensionGranted, extension_id=FIRST, until=Story.on(until))


def not_granted(day: int) -> Fact:
    return on(day, life.ExtensionRefused, extension_id=FIRST, reason="No plan")


def closed(day: int) -> Fact:
    return on(day, life.Closed, outcome=ClosureOutcome.SUPERSEDED)


def reopened(day: int, due: int = 60) -> Fact:
    return on(day, life.Reopened, reason="Again", due_on=Story.on(due))


def progress(day: int) -> Fact:
    return on(day, life.ProgressReported, narrative="Half")


def corrected(day: int, version: int) -> Fact:
    return on(day, Corrected, corrects=version, field="reason", reason="A slip")


def issued(day: int) -> Fact:
    told = {"reference": "C1", "agency": "police", "subjects": (), "grounds": "Late", "response_due_on": Story.on(9)}
    return on(day, challenge.Issued, **told)


def answered(day: int) -> Fact:
    return on(day, challenge.Responded, narrative="We shall", level=1)


def escalated(day: int) -> Fact:
    return on(day, challenge.Escalated, level=2, reason="Not enough", response_due_on=Story.on(30))


def commissioned(day: int) -> Fact:
    return on(day, review.Commissioned, reference="R1", title="Child J", kind="scr", framework="hull-2015")


def learned(day: int, point: UUID = FIRST) -> Fact:
    return on(day, review.LearningIdentified, learning_id=point, wording="Share")


def told_of(day: int, *learning: UUID, due: int = 20) -> Fact:
    names = {"dissemination_id": SECOND, "method": "newsletter", "audience": ("everybody",), "agencies": ("police",)}
    return on(day, review.LearningDisseminated, learning=learning, duties=OWED, confirm_by=Story.on(due), **names)


def called(day: int, due: int = 20) -> Fact:
    year = {"since": Story.on(0), "until": Story.on(9), "due_on": Story.on(due), "framework": "hull-2015"}
    return on(day, ReturnCalled, agency="police", year=2024, period=1, duties=OWED, **year)


def moved(day: int) -> Fact:
    return on(day, duties.DutiesTransferred, from_agency="police", to_agency="health", reason="Merged")


def confirmed(day: int, origin: UUID = SECOND) -> Fact:
    return on(day, duties.DutiesConfirmed, duties=(duty_id(origin, "brief", "police"),), assurance="Briefed")


def started(day: int, due: int = 20) -> Fact:
    return on(day, review.ClockStarted, clock_id=FIRST, clock="x", started_on=Story.on(day), due_on=Story.on(due))


def stopped(day: int) -> Fact:
    return on(day, review.ClockStopped, clock_id=FIRST, clock="x", stopped_on=Story.on(day))


def a_life(*facts: Fact) -> list[Recorded]:
    return told(Kind.ACTION, raised(0), *facts)


def a_challenge(*facts: Fact) -> list[Recorded]:
    return told(Kind.CHALLENGE, issued(0), *facts)


def a_review(*facts: Fact) -> list[Recorded]:
    return told(Kind.REVIEW, commissioned(0), *facts)


def a_return(*facts: Fact) -> list[Recorded]:
    return told(Kind.RETURN, *facts)


def told(kind: Kind, *facts: Fact) -> list[Recorded]:
    return [Recorded(kind, THING, version, fact) for version, fact in enumerate(facts, 1)]


@pytest.mark.parametrize(
    "stream",
    [
        a_life(assigned(0), closed(0)),
        a_life(assigned(0), claim(3), accepted(3)),
        a_life(assigned(5), progress(3), claim(4, 2), accepted(6), completed(2), closed(6)),
        a_life(asked(5)),
        a_life(assigned(5), asked(5), granted(7), closed(8)),
        a_life(assigned(0), asked(6), assigned(3), not_granted(6), asked(6, SECOND), granted(7)),
        a_life(assigned(5), asked(5), not_granted(5), closed(6)),
        a_life(assigned(5), closed(6), reopened(7), claim(9, 7), accepted(9), completed(7)),
        a_life(claim(5, 4), claim(6, 5, SECOND), accepted(6), completed(4), accepted(6, SECOND), completed(5, SECOND)),
        a_life(granted(3), accepted(4), completed(3), not_granted(4)),
        a_challenge(answered(5), corrected(0, 1), escalated(5), corrected(5, 2)),
        a_review(on(5, review.Completed), learned(3), on(5, review.Published)),
        a_review(learned(3), told_of(3, FIRST, due=3), confirmed(3)),
        a_review(told_of(3, THING), moved(5), confirmed(5)),
        a_review(started(3, 3), stopped(3), started(3)),
        a_review(stopped(3)),
        a_return(called(3, due=3), moved(3), confirmed(3, THING)),
    ],
)
def test_a_stream_in_order_stands(stream: list[Recorded]) -> None:
    facts_keep_their_order(stream)


@pytest.mark.parametrize(
    ("stream", "refusal"),
    [
        (a_life(progress(-1)), refusals.DateBeforeStart),
        (a_life(assigned(5), closed(4)), refusals.DateOutOfOrder),
        (a_life(assigned(1), claim(5), closed(4)), refusals.DateOutOfOrder),
        (a_life(assigned(5), claim(4), on(4, life.Transferred, from_agency="police", to_agency="x", reason="y")),
         refusals.DateOutOfOrder),
        (a_life(assigned(0), asked(5), not_granted(4)), refusals.DateOutOfOrder),
        (a_life(assigned(0), asked(5), granted(4)), refusals.DateOutOfOrder),
        (a_life(assigned(5), asked(4)), refusals.DateOutOfOrder),
        (a_life(assigned(0), asked(1), not_granted(5), asked(4, SECOND)), refusals.DateOutOfOrder),
        (a_life(assigned(0), asked(1), granted(5), asked(4, SECOND)), refusals.DateOutOfOrder),
        (a_life(assigned(0), closed(4), reopened(6), asked(5)), refusals.DateOutOfOrder),
        (a_life(assigned(0), claim(5, 6)), refusals.DateOutOfOrder),
        (a_life(assigned(0), claim(5, 5), accepted(6), completed(6)), refusals.DateOutOfOrder),
        (a_life(assigned(0), closed(4), reopened(5), claim(9, 4)), refusals.DateBeforeStart),
        (a_life(assigned(0), closed(4), reopened(5), claim(9, 5), accepted(9), completed(4)), refusals.DateBeforeStart),
        (a_life(assigned(0, 40), asked(1), granted(2)), refusals.Invalid),
        (a_life(assigned(0, 20), closed(1), reopened(1, 50), asked(1), granted(2)), refusals.Invalid),
        (a_life(assigned(0, 20), asked(1), granted(2, 30), asked(3), granted(4, 30)), refusals.Invalid),
        (a_challenge(answered(6), escalated(5)), refusals.DateOutOfOrder),
        (a_review(on(5, review.Completed), on(4, review.Published)), refusals.DateOutOfOrder),
        (a_review(learned(-1)), refusals.DateBeforeStart),
        (a_review(learned(3), learned(5, SECOND), told_of(4, FIRST, SECOND)), refusals.DateOutOfOrder),
        (a_review(told_of(3, due=2)), refusals.DueDateInPast),
        (a_review(told_of(3), confirmed(2)), refusals.DateOutOfOrder),
        (a_review(told_of(3), moved(5), confirmed(4)), refusals.DateOutOfOrder),
        (a_return(called(3, due=2)), refusals.DueDateInPast),
        (a_return(called(3), moved(5), confirmed(4, THING)), refusals.DateOutOfOrder),
    ],
)  # fmt: skip
def test_a_stream_out_of_order_is_refused_and_the_new_value_named(
    stream: list[Recorded], refusal: type[refusals.Refusal]
) -> None:
    with pytest.raises(refusal) as refused:
        facts_keep_their_order(stream)
    assert refused.value.field == ("newValue",)


def test_a_closing_of_an_earlier_day_overtakes_what_binds_nothing_and_was_told_before() -> None:
    overtaken = a_life(assigned(0), progress(9), asked(9), not_granted(9), closed(5))
    assert list(what_is_closed_stays_as_it_is(overtaken)) == []
    for later in (progress(9), asked(9), claim(9)):
        (fault,) = what_is_closed_stays_as_it_is(a_life(assigned(0), closed(5), later))
        assert fault.sentence == f"The action would have been closed on {Story.on(5)}."
