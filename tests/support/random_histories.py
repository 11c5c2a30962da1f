"""Random facts of one thing, in any order and on any day: the folds must stand all of them."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st

from domain.action import events as action
from domain.challenge import events as challenge
from domain.correction.events import Corrected
from domain.duties import events as duties
from domain.duties.state import duty_id
from domain.lifecycle import events as life
from domain.programme import events as programme
from domain.recommendation import events as recommendation
from domain.returns import events as returns
from domain.review import events as review
from domain.shared.actor import Actor
from domain.shared.facts import Fact
from domain.shared.vocabulary import (
    Answer,
    ChallengeOutcome,
    ClosureOutcome,
    DutyHolder,
    Impact,
    Kind,
    Participant,
    Rag,
    Role,
    StoppedBy,
    TookPart,
)

START = date(2024, 1, 1)
SPAN = 40
BY = Actor(subject="someone", role=Role.CHAIR)
IDS = [UUID(int=number) for number in range(1, 4)]
RETURN = UUID(int=4)
"""Stands for the stream of a return, from which the ids of its duties follow."""
AGENCIES = ["police", "health", "council"]

OWED = tuple(
    duties.DutyOwed(key=key, role=key, wording=f"To {key}", held_by=holder, conditional=key == "arrange")
    for key, holder in (
        ("share", DutyHolder.AGENCY),
        ("embed", DutyHolder.AGENCY),
        ("arrange", DutyHolder.CHAIR),
        ("collate", DutyHolder.BUSINESS_UNIT),
    )
)
HOLDERS = [*((duty.key, key) for duty in OWED[:2] for key in AGENCIES), ("arrange", None), ("collate", None)]

days = st.integers(0, SPAN).map(lambda day: START + timedelta(days=day))
ids = st.sampled_from(IDS)
agencies = st.sampled_from(AGENCIES)
words = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), min_size=1, max_size=12)
maybe_words = st.none() | words
others = st.sampled_from([("board",), ("forum",)])


def fact(cls: type[Fact], **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Fact]:
    return st.builds(cls, happened_on=days, by=st.just(BY), **fields)


living = st.one_of(
    fact(
        life.Assigned,
        lead_agency=agencies,
        contributing_agencies=st.lists(agencies, max_size=2).map(tuple),
        lead_officer=maybe_words,
        due_on=days,
    ),
    fact(
        life.ProgressReported,
        agency=agencies,
        narrative=words,
        rag=st.sampled_from(Rag),
        percent_complete=st.none() | st.integers(0, 100),
    ),
    fact(
        life.EvidenceSubmitted,
        evidence_id=ids,
        agency=agencies,
        by_lead=st.booleans(),
        narrative=words,
        claims_complete=st.booleans(),
        completed_on=st.none() | days,
    ),
    fact(life.EvidenceAccepted, evidence_id=ids),
    fact(life.EvidenceReturned, evidence_id=ids, reason=words, fix_by=st.none() | days),
    fact(life.EvidenceWithdrawn, evidence_id=ids, reason=words),
    fact(life.Completed, evidence_id=ids),
    fact(life.ExtensionRequested, extension_id=ids, agency=agencies, until=days, reason=words),
    fact(life.ExtensionGranted, extension_id=ids, until=days, reason=maybe_words),
    fact(life.ExtensionRefused, extension_id=ids, reason=words),
    fact(life.Transferred, from_agency=agencies, to_agency=agencies, reason=words, merged=st.booleans()),
    fact(life.Closed, outcome=st.sampled_from(ClosureOutcome), reason=maybe_words, impact_due_on=st.none() | days),
    fact(life.Reopened, reason=words, due_on=days),
    fact(
        life.ImpactVerified,
        finding=st.sampled_from(Impact),
        measure=words,
        narrative=maybe_words,
        evidenced_by=st.none() | ids,
    ),
    fact(life.BodiesSucceeded, framework=st.just("knowsley-2020"), monitored_by=others),
    fact(life.Challenged, challenge_id=ids),
    fact(life.ChallengeEnded, challenge_id=ids),
)

days_told = ["happenedOn", "dueOn", "until", "completedOn", "responseDueOn", "startedOn", "stoppedOn"]
of_a_day = st.tuples(st.sampled_from(days_told), days.map(str))
of_words = st.tuples(st.sampled_from(["narrative", "wording", "reason", "measure"]), words)
corrections = st.one_of(
    st.tuples(st.integers(1, 8), of_a_day | of_words | st.just(("leadAgency", "health"))),
    st.tuples(st.integers(2, 8), st.just(("voided", "true"))),
)
corrected = st.builds(
    lambda day, which, reason: Corrected(
        happened_on=day, by=BY, corrects=which[0], field=which[1][0], new_value=which[1][1], reason=reason
    ),
    days,
    corrections,
    words,
)

raised_action = fact(
    action.Raised, recommendation_id=ids, review_id=ids, reference=st.uuids().map(str), wording=words,
    measure_of_effectiveness=maybe_words, themes=st.just(("neglect",)), monitored_by=st.just(("board",)),
)  # fmt: skip
raised_recommendation = fact(
    recommendation.Raised, review_id=ids, review_kind=st.just("audit"), reference=st.uuids().map(str), wording=words,
    need=maybe_words, themes=st.just(("neglect", "supervision")), proposed_lead=st.none() | agencies,
    addressed_to=st.lists(agencies, max_size=2, unique=True).map(tuple), response_due_on=st.none() | days,
    monitored_by=st.just(("board",)),
)  # fmt: skip
checked = fact(recommendation.CheckCommissioned, checked_by=ids, reference=words)
responded = fact(recommendation.Responded, agency=agencies, answer=st.sampled_from(Answer), reason=maybe_words)
commissioned = fact(
    review.Commissioned, reference=st.uuids().map(str), title=words, kind=st.just("audit"),
    framework=st.just("hull-2015"), statutory=st.booleans(), agencies=st.just(tuple(AGENCIES)),
    lead_reviewer=maybe_words, lead_reviewer_employer=st.none() | agencies, monitored_by=st.just(("board",)),
    agreed_by=st.sampled_from([(), ("case-review",)]), programme_year=st.none() | st.integers(2023, 2024),
    checks=st.lists(ids, max_size=2, unique=True).map(tuple), published_with_response=st.booleans(),
)  # fmt: skip
referred = fact(
    review.Referred, reference=st.uuids().map(str), title=words, framework=st.just("hull-2015"),
    kind=st.sampled_from([None, "audit"]), referred_by=maybe_words, agencies=st.just(("police",)),
    aware_on=st.none() | days,
)  # fmt: skip
some_agencies = st.lists(agencies, min_size=1, max_size=2, unique=True).map(tuple)
transferred = fact(duties.DutiesTransferred, from_agency=agencies, to_agency=agencies, reason=words)


def confirmed(origins: list[UUID], holders: list[tuple[str, str | None]]) -> st.SearchStrategy[Fact]:
    every = [duty_id(origin, key, agency) for origin in origins for key, agency in holders]
    named = st.lists(st.sampled_from(every), min_size=1, max_size=3, unique=True).map(tuple)
    return fact(duties.DutiesConfirmed, duties=named, agency=st.none() | agencies, assurance=words)


reviewed = st.one_of(
    commissioned,
    fact(review.Advised, body=st.just("board"), kind=st.just("audit"), framework=st.just("hull-2015"), advice=words),
    fact(review.Declined, reason=words),
    fact(review.ClockStarted, clock_id=ids, clock=st.just("rapid-review"), started_on=days, due_on=days,
         working_days=st.booleans(), stopped_by=st.none() | st.sampled_from(StoppedBy)),
    fact(review.ClockStopped, clock_id=ids, clock=st.just("rapid-review"), stopped_on=days),
    fact(review.Agreed, body=st.sampled_from(["board", "case-review", None])),
    fact(review.Completed, sections=st.just(())),
    fact(review.LearningIdentified, learning_id=ids, wording=words, good_practice=st.booleans(),
         themes=st.just(("neglect",)), agencies=st.just(())),
    fact(review.LearningDisseminated, dissemination_id=ids, method=st.just("bulletin"), audience=st.just(("all",)),
         agencies=some_agencies, learning=st.lists(ids, max_size=2, unique=True).map(tuple), confirm_by=days,
         duties=st.just(OWED)),
    fact(review.ParticipationRecorded, participant=st.sampled_from(Participant), who=maybe_words,
         invited=st.booleans(), took_part=st.none() | st.sampled_from(TookPart), why_not=words),
    fact(review.LearningTakenUp, learning_id=ids, body=st.just("board"), framework=st.just("hull-2015"),
         what_was_done=words),
    fact(review.LearningJoined, dissemination_id=ids, review_id=ids, agencies=some_agencies),
    confirmed(IDS, HOLDERS),
    transferred,
    fact(review.Published, url=st.none(), board_response=maybe_words),
    fact(review.PublicationWithheld, reason=words, improvements=maybe_words),
    fact(review.RecommendationArisen, recommendation_id=ids, reference=words),
    fact(life.BodiesSucceeded, framework=st.just("knowsley-2020"), monitored_by=others,
         agreed_by=st.just(()) | others),
    fact(life.Challenged, challenge_id=ids),
    fact(life.ChallengeEnded, challenge_id=ids),
)  # fmt: skip
challenged = st.sampled_from(
    [
        (challenge.Subject(kind=Kind.ACTION, id=IDS[0]),),
        (challenge.Subject(kind=Kind.RETURN, id=IDS[1]), challenge.Subject(kind=Kind.RETURN, id=IDS[1], duty=IDS[2])),
        (challenge.Subject(kind=Kind.REVIEW, id=IDS[1], clock="report"),),
        (),
    ]
)
issued = fact(
    challenge.Issued, reference=st.uuids().map(str), agency=agencies,
    subjects=challenged, about_performance=st.booleans(), grounds=words, requested=maybe_words,
    response_due_on=days, level=st.just(1), working_days=st.none() | st.just(10),
)  # fmt: skip
challenging = st.one_of(
    fact(challenge.Responded, narrative=words, level=st.just(1), agency=st.none() | agencies),
    fact(challenge.Escalated, level=st.integers(2, 3), reason=words, response_due_on=days,
         working_days=st.none() | st.just(10)),
    fact(
        challenge.Transferred, from_agency=agencies, to_agency=agencies, reason=words, merged=st.booleans()
    ),
    fact(challenge.Resolved, outcome=st.sampled_from(ChallengeOutcome), reason=words, reopen_due_on=st.none()),
    fact(challenge.Withdrawn, reason=words),
)  # fmt: skip


years = st.just(2024)
of_an_audit = {"year": years, "audit_id": ids}
of_a_kind = {"kind": st.sampled_from(["audit", "practice-review"]), "framework": st.just("hull-2015")}
programme_agreed = fact(
    programme.Agreed, year=years, topics=st.sampled_from([("neglect",), ("neglect", "supervision")]),
    kinds=st.just(("audit",)), limit=st.none() | st.integers(1, 4), framework=st.just("hull-2015"),
)  # fmt: skip
audit_planned = fact(
    programme.AuditPlanned, **of_an_audit, **of_a_kind, topic=st.just("neglect"), planned_for=days
)  # fmt: skip
programming = st.one_of(
    programme_agreed,
    audit_planned,
    fact(programme.AuditWithdrawn, **of_an_audit, reason=words),
    fact(programme.AuditCommissioned, **of_an_audit, **of_a_kind, review_id=ids),
)
called = fact(
    returns.ReturnCalled, agency=agencies, framework=st.just("hull-2015"), year=st.integers(2020, 2026),
    period=st.integers(1, 2), since=st.just(START), until=days, due_on=days, duties=st.just(OWED[:2]),
)  # fmt: skip
returned = st.one_of(confirmed([RETURN], HOLDERS[:4]), transferred)


def a_raised_action(wording: str = "Make sure that it is done") -> Fact:
    """An action nobody has raised before."""
    return action.Raised(
        happened_on=START,
        by=BY,
        recommendation_id=IDS[0],
        review_id=IDS[1],
        reference=str(uuid4()),
        wording=wording,
        themes=(),
        monitored_by=("board",),
    )


FIRST = {
    Kind.ACTION: raised_action,
    Kind.RECOMMENDATION: raised_recommendation,
    Kind.REVIEW: commissioned | referred,
    Kind.CHALLENGE: issued,
    Kind.PROGRAMME: programme_agreed | audit_planned,
    Kind.RETURN: called,
}
LATER = {
    Kind.ACTION: living | corrected,
    Kind.RECOMMENDATION: living | responded | checked | corrected,
    Kind.REVIEW: reviewed | corrected,
    Kind.CHALLENGE: challenging | corrected,
    Kind.PROGRAMME: programming,
    Kind.RETURN: returned | corrected,
}


def _on(day: int) -> dict[str, Any]:
    return {"happened_on": START + timedelta(days=day), "by": BY}


def _correction(corrects: int, field: str, value: str) -> list[Fact]:
    return [Corrected(**_on(1), corrects=corrects, field=field, new_value=value, reason="Misread minutes")]


def _claim() -> list[Fact]:
    claimed = {"evidence_id": IDS[0], "agency": "police", "by_lead": True, "narrative": "Done", "claims_complete": True}
    return [life.EvidenceSubmitted(**_on(6), **claimed, completed_on=START + timedelta(days=5))]


def _assignment() -> list[Fact]:
    return [life.Assigned(**_on(1), lead_agency="police", due_on=START + timedelta(days=9))]


def _acceptance(day: int) -> list[Fact]:
    accepted = life.EvidenceAccepted(**_on(day), evidence_id=IDS[0])
    return [accepted, life.Completed(**_on(5), evidence_id=IDS[0])]


def _progress(day: int) -> list[Fact]:
    return [life.ProgressReported(**_on(day), agency="police", narrative="Going on", rag=Rag.GREEN)]


AFTER_A_CORRECTION: dict[str, list[list[Fact]]] = {
    "completed after its evidence was struck out": [
        *(_assignment(), _claim(), _correction(3, "voided", "true"), _acceptance(7)),
        *(_progress(8), _correction(3, "voided", "false"), _progress(9)),
    ],
    "completed again after its acceptance was struck out": [
        *(_assignment(), _claim(), _acceptance(7), _correction(4, "voided", "true"), _acceptance(8)),
        *(_progress(9), _progress(4)),
    ],
    "completed on another day than its evidence was corrected to": [
        *(_assignment(), _claim(), _correction(3, "completedOn", str(START + timedelta(days=3))), _acceptance(7)),
        *(_progress(8), _progress(2)),
    ],
    "claimed by whom a correction says did not lead": [
        *(_assignment(), _correction(2, "leadAgency", "health"), _claim(), _progress(8), _progress(2)),
    ],
    "nothing but what is left out at once": [
        *(_assignment(), _claim(), _correction(3, "voided", "true")),
        *([each] for each in reversed(_acceptance(7))),
        _progress(8),
    ],
}
"""Saves after an action was raised: what a fact says depends on a correction that was recorded before it, or what had
been corrected depends on the fact."""


@st.composite
def saves(draw: st.DrawFn, kind: Kind) -> list[list[Fact]]:
    """The facts of one thing, by the saves that recorded them; the first fact brings it into being."""
    later = draw(st.lists(st.lists(LATER[kind], min_size=1, max_size=3), max_size=9))
    return [[draw(FIRST[kind])], *later]
