"""Random lives, random corrections: refused by name with nothing changed, or possible, and undone without a trace."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.challenge.commands import IssueChallenge, ResolveChallenge, WithdrawChallenge
from domain.correction.amending import amending, apply_corrections
from domain.correction.commands import Correct
from domain.correction.consistency import RelatedStreams
from domain.correction.fields import FIELDS, VOIDABLE, VOIDED
from domain.correction.marks import Mark, Source, marks_of
from domain.correction.rules.whole_record import faults_of
from domain.lifecycle import commands as life
from domain.recommendation.commands import RaiseRecommendation
from domain.replay import replay
from domain.returns.commands import CallReturns, JudgeReturns, RaiseImprovements, SubmitReturn
from domain.review.commands import (
    AgreeReview,
    CommissionReview,
    CompleteReview,
    ConfirmLearning,
    DisseminateLearning,
    IdentifyLearning,
    PublishReview,
    RecordParticipation,
    StartClock,
    StopClock,
    TakeUpLearning,
)
from domain.shared.actor import Caller
from domain.shared.commands import Command
from domain.shared.facts import Recorded
from domain.shared.refusals import Refusal
from domain.shared.vocabulary import ChallengeOutcome, ClosureOutcome, Impact, Kind, Role
from support.correctable_fields import fields_of, found
from support.effort import examples
from support.in_memory_register import Story

LIVING = (Kind.RECOMMENDATION, Kind.ACTION)
LEADS = ("police", "health", "schools")
KINDS = ("practice-learning-review", "multi-agency-case-audit", "thematic-audit", "serious-case-review")
GROUP = Caller("member", Role.MONITORING_BODY, bodies=("learning-and-improvement",), independent=True)
EXECUTIVE = Caller("member", Role.MONITORING_BODY, bodies=("executive",), independent=True)
TELLING = frozenset(
    {VOIDED, "happenedOn", "completedOn", "outcome", "finding", "leadAgency", "toAgency", "agency", "dueOn"}
    | {"claimsComplete", "subjects", "learning", "kind", "body", "aboutPerformance", "evidencedBy", "checks"}
)
"""Fields by which more than words changes."""


@dataclass
class Told:
    """A story told at random: a recommendation, two actions under it, and challenges about them."""

    chance: Random
    story: Story = field(default_factory=Story)
    things: list[tuple[Kind, UUID]] = field(default_factory=list)

    def __post_init__(self) -> None:
        above = self.story.a_recommendation()
        actions = [self.story.an_action(recommendation_id=above) for _ in range(2)]
        self.things = [(Kind.RECOMMENDATION, above), *((Kind.ACTION, each) for each in actions)]
        for kind, thing in self.things:
            self.story.assign(kind, thing, self.chance.choice(LEADS), due=self.chance.randint(5, 40))

    def go_on(self, steps: int) -> None:
        for _ in range(steps):
            self.story.day += self.chance.choice((0, 0, 1, 3))
            self.attempt(*self._next())

    def attempt(self, command: Command, by: Any) -> bool:
        try:
            return bool(self.story.when(command, by))
        except Refusal:
            return False

    def _next(self) -> tuple[Command, Any]:
        kind, thing = self.chance.choice(self.things)
        told = {"kind": kind, "id": thing, "reason": "So it is", "narrative": "Done", "measure": "Dip sample"}
        state = self.story.state(kind, thing).life
        waiting = [each.id for each in state.evidence if each.awaiting]
        lead = self.story.agency(state.lead or "police")
        body, ahead = self.story.body, self.story.on(self.story.day + self.chance.randint(5, 40))
        choices: list[tuple[type[Command], dict[str, Any], Any]] = [
            (life.ReportProgress, {}, lead),
            (life.SubmitEvidence, {"claims_complete": self.chance.random() < 0.7}, lead),
            *[(life.AcceptEvidence, {"evidence_id": each}, body) for each in waiting * 2],
            (life.AcceptEvidence, {"evidence_id": waiting[0] if waiting else thing}, body),
            (life.ReturnEvidence, {"evidence_id": waiting[0] if waiting else thing}, body),
            (life.RequestExtension, {"until": ahead}, lead),
            (life.GrantExtension, {}, body),
            (life.Transfer, {"to_agency": self.chance.choice(LEADS)}, self.story.unit),
            (life.Close, {"outcome": ClosureOutcome.IMPLEMENTED}, body),
            (life.Close, {"outcome": self.chance.choice(list(ClosureOutcome))}, body),
            (life.Reopen, {"due_on": ahead}, body),
            (life.VerifyImpact, self._finding(ahead), body),
        ]
        fields = set(told)
        shape, more, by = self.chance.choice([*choices, *self._challenging(kind, thing, state.lead, ahead)])
        kept = {name: told[name] for name in fields & shape.model_fields.keys()}
        return shape.model_validate(kept | more), by

    def _finding(self, ahead: date) -> dict[str, Any]:
        finding = self.chance.choice(list(Impact))
        reopened = {"follow_up": {"reason": "It slipped", "reopen_until": ahead}}
        return {"finding": finding, **(reopened if finding is Impact.NOT_EMBEDDED else {})}

    def _challenging(
        self, kind: Kind, thing: UUID, lead: str | None, ahead: date
    ) -> list[tuple[type[Command], dict[str, Any], Any]]:
        subjects = [{"kind": kind, "id": thing}]
        issued: list[tuple[type[Command], dict[str, Any], Any]] = [
            (IssueChallenge, {"agency": lead or "police", "grounds": "Late", "subjects": subjects}, self.story.chair)
        ]
        open_ones = [id for (of, id) in self.streams() if of is Kind.CHALLENGE and not self.story.challenge(id).ended]
        for id in open_ones:
            outcome = self.chance.choice(list(ChallengeOutcome))
            until = {"reopen_due_on": ahead} if outcome is ChallengeOutcome.UPHELD else {}
            issued += [
                (ResolveChallenge, {"id": id, "outcome": outcome, "reason": "So it is", **until}, self.story.chair),
                (WithdrawChallenge, {"id": id, "reason": "In error"}, self.story.chair),
            ]
        return issued if self.chance.random() < 0.3 or open_ones else []

    def streams(self) -> list[tuple[Kind, UUID]]:
        kinds = (*LIVING, Kind.CHALLENGE, Kind.REVIEW, Kind.RETURN)
        return [key for key, facts in self.story.streams.items() if facts and key[0] in kinds]

    def correction(self) -> Correct:
        """Of any fact that stands, to something near what was said; or struck out."""
        kind, thing = self.chance.choice(self.streams())
        able = [each for each in apply_corrections(self.story.streams[kind, thing]) if type(each.fact) in FIELDS]
        target = self.chance.choice(able)
        fields = [*fields_of(target.fact), *([VOIDED] if type(target.fact) in VOIDABLE else [])]
        telling = [name for name in fields if name in TELLING]
        name = self.chance.choice(telling if telling and self.chance.random() < 0.8 else fields)
        told = {"kind": kind, "id": thing, "event_id": target.position, "field": name, "reason": "Misread minutes"}
        return Correct.model_validate(told | {"new_value": self._value(target, name)})

    def _value(self, target: Recorded, name: str) -> str:
        if name == VOIDED:
            return "true"
        value = found(target, name).of(target.fact)
        if isinstance(value, bool):
            return self.chance.choice(("true", "false"))
        if name in self._ids():
            return ", ".join(self.chance.sample(some := self._ids()[name], self.chance.randint(1, min(2, len(some)))))
        if name.endswith("On") or name in {"until", "fixBy"}:
            day = value or target.fact.happened_on
            return str(day + timedelta(days=self.chance.randint(-8, 8)))
        if name in {"leadAgency", "toAgency", "agency", "agencies", "contributingAgencies", "addressedTo"}:
            return self.chance.choice(LEADS)
        if hasattr(type(value), "__members__"):
            return str(self.chance.choice(list(type(value).__members__.values())))
        return "neglect" if name == "themes" else "Otherwise"

    def _ids(self) -> dict[str, list[str]]:
        """What may be named in a field, rightly or not."""
        points = [str(each) for _, id in self.reviews() for each in self.story.review(id).learning]
        things = [(kind, id) for kind, id in self.streams() if kind in (*LIVING, Kind.REVIEW)]
        return {
            "subjects": [f"{kind}:{id}" for kind, id in things],
            "learning": points or ["none"],
            "learningId": points or ["none"],
            "checks": [str(id) for kind, id in things if kind is Kind.RECOMMENDATION] or ["none"],
            "evidencedBy": [str(id) for _, id in self.reviews()],
            "followsUp": [str(id) for _, id in self.reviews()],
            "kind": list(KINDS),
            "body": ["training", "executive", "serious-incident-review-group"],
        }

    def reviews(self) -> list[tuple[Kind, UUID]]:
        return [key for key in self.streams() if key[0] is Kind.REVIEW]

    def answers(self, *moments: tuple[int, date]) -> dict[Any, Any]:
        """What the register answers by the facts of so many first positions, on a day; now, without a moment."""
        told: dict[Any, Any] = {}
        for known, day in moments:
            for key in self.streams():
                facts = [each for each in self.story.streams[key] if (each.position or 0) <= known]
                standing = [each for each in apply_corrections(facts) if each.fact.happened_on <= day]
                told[known, day, key] = folded(key[0], standing)
        return told

    @property
    def head(self) -> int:
        return sum(map(len, self.story.streams.values()))


@dataclass
class ToldOfReviews(Told):
    """Two reviews, in Sunderland with drafts that await an agreement, in Knowsley with a return of the police."""

    def __post_init__(self) -> None:
        story, self.agreed = self.story, self.chance.random() < 0.5
        story.framework = story.frameworks["sunderland-2015" if self.agreed else "knowsley-2015"]
        kind = "learning-lessons-review" if self.agreed else self.chance.choice(KINDS[:3])
        asked = {"kind": kind, "title": "K", "mandated_by": "board", "agencies": ("police", "health")}
        led = {"lead_reviewer": "Dr Day", "lead_reviewer_employer": "A university"}
        for _ in range(2):
            story.create(CommissionReview.model_validate(asked | led | {"facilitator": "F"}), story.unit)
        if not self.agreed:
            self.attempt(CallReturns(year=2024, agencies=("police",)), story.unit)

    def _next(self) -> tuple[Command, Any]:
        story, police = self.story, self.story.agency("police")
        review = self.chance.choice(self.reviews())[1]
        points = [each for _, id in self.reviews() for each in story.review(id).learning]
        told: dict[str, Any] = {"id": review, "review_id": review, "wording": "So it is", "assurance": "Done"}
        told |= {"method": story.framework.methods[0], "audience": ("all",), "clock": "report", "body": None}
        told |= {"started_on": story.today, "stopped_on": story.today, "due_on": story.on(story.day + 9)}
        told |= {"participant": "PROFESSIONAL", "invited": self.chance.random() < 0.5, "what_was_done": "A course"}
        some = tuple(self.chance.sample(points, min(2, len(points))))
        own = tuple(each for each in some if each in story.review(review).learning)
        raised = [id for kind, id in self.streams() if kind is Kind.RECOMMENDATION]
        choices: list[tuple[type[Command], dict[str, Any], Any]] = [
            (IdentifyLearning, {}, story.unit),
            (DisseminateLearning, {"learning": some}, story.unit),
            (RaiseRecommendation, {"learning": own, "addressed_to": ("police",)}, story.unit),
            (AgreeReview, {}, story.chair),
            (AgreeReview, {"body": "learning-and-improvement"}, GROUP),
            (CompleteReview, {"sections": ({"key": "summary", "text": "So it was"},)}, story.unit),
            (PublishReview, {"board_response": "We accept it"}, story.chair),
            (RecordParticipation, {}, story.unit),
            (ConfirmLearning, {}, police),
            (StartClock, {}, story.unit),
            (StopClock, {}, story.unit),
            *[(TakeUpLearning, {"learning_id": each, "body": "training"}, story.unit) for each in own],
            *[(life.Assign, self._assigned(each), story.unit) for each in raised[:2]],
            *self._of_returns(review),
        ]
        shape, more, by = self.chance.choice(choices)
        kept = {name: told[name] for name in told.keys() & shape.model_fields.keys()}
        return shape.model_validate(kept | more), by

    def _assigned(self, thing: UUID) -> dict[str, Any]:
        return {"kind": Kind.RECOMMENDATION, "id": thing, "lead_agency": "police", "due_on": self.story.on(90)}

    def _of_returns(self, review: UUID) -> list[tuple[type[Command], dict[str, Any], Any]]:
        found: list[tuple[type[Command], dict[str, Any], Any]] = []
        for thing in (id for kind, id in self.streams() if kind is Kind.RETURN):
            duty = next(iter(self.story.state(Kind.RETURN, thing).duties))
            said = {"id": thing, "assessments": ({"duty_id": duty, "compliance": "PARTLY_MET"},)}
            said |= {"improvements": ({"wording": "Train the third team", "duty_id": duty},)}
            raised = {"id": review, "returns": (thing,), "due_on": self.story.on(90)}
            found += [
                (SubmitReturn, said, self.story.agency("police")),
                (JudgeReturns, {"verdicts": (said,)}, EXECUTIVE),
                (RaiseImprovements, raised, self.story.unit),
            ]
        return found


def folded(kind: Kind, standing: list[Recorded]) -> Any:
    """The oracle: the amended facts in effective order, versions of the corrections themselves left out."""
    state = replay(kind, standing)
    life = getattr(state, "life", None)
    seen = {name: value for name, value in vars(life or state).items() if name not in {"version", "due_on_corrected"}}
    return seen if standing else None


def whole(told: Told) -> list[str]:
    around = RelatedStreams(told.story.recorded, told.story.context(WithdrawChallenge(id=UUID(int=1), reason="Any")))
    wrong = []
    for kind, id in told.streams():
        wrong += [fault.sentence for fault in faults_of(apply_corrections(told.story.streams[kind, id])).values()]
        wrong += [fault.sentence for _, fault in around.faults(id)]
        wrong += [f"{mark} is not of one mind with {source}" for source, mark in parted(told, id)]
    return wrong


def parted(told: Told, id: UUID) -> Iterator[tuple[Recorded, Mark]]:
    """What a fact left on another thing, where it does not stand with that, or is of another day."""
    its = amending(told.story.recorded(id))
    context = told.story.context(WithdrawChallenge(id=UUID(int=1), reason="Any"))
    for raw in told.story.recorded(id):
        now, stands = its.found[raw.originator_version], raw.originator_version not in its.struck_out
        for mark in marks_of(Source(raw, now, stands, told.story.recorded, context)):
            there = amending(told.story.recorded(mark.stream_id))
            left = {each.originator_version for each in mark.recorded} - there.struck_out
            days = {there.found[version].fact.happened_on for version in left}
            if len(left) != (mark.belongs is not None) or days - {mark.belongs and mark.belongs.happened_on}:
                yield now, mark


@settings(max_examples=examples(15), deadline=None)
@given(st.integers(0, 10**9), st.sampled_from((Told, ToldOfReviews)))
def test_a_correction_is_refused_with_nothing_changed_or_leaves_a_possible_life_and_is_undone(
    seed: int, shape: type[Told]
) -> None:
    told = shape(Random(seed))
    told.go_on(25)
    assert whole(told) == []
    for _ in range(6):
        command = told.correction()
        moments = [(told.head, told.story.on(told.chance.randint(-1, told.story.day + 1))) for _ in range(3)]
        before, state = told.answers(*moments), {key: list(facts) for key, facts in told.story.streams.items()}
        if not told.attempt(command, told.story.unit):
            assert {key: list(facts) for key, facts in told.story.streams.items()} == state
            continue
        assert whole(told) == []
        assert told.answers(*moments) == before
        if told.chance.random() < 0.6:
            undone(told, command, moments[0][1], before, state)


def undone(told: Told, command: Correct, day: date, before: Any, state: Any) -> None:
    """Corrected back, everything is answered as it was before, also of what follows on other things."""
    stream = state[command.kind, command.id]
    target = next(each for each in apply_corrections(stream) if each.position == command.event_id)
    if command.field == VOIDED:
        value: str | None = "false"
    else:
        value = found(target, command.field).text_of(target.fact)
    back = command.model_copy(update={"new_value": value})
    told.story.when(back, told.story.unit)
    known = next(known for known, on, _ in before if on == day)
    now = told.answers((told.head, day))
    for key in told.streams():
        if (known, day, key) in before:
            assert now[told.head, day, key] == before[known, day, key], f"{key} after {command.field} of {target}"


def test_what_is_struck_out_in_any_order_is_put_back_in_any_order() -> None:
    told = Told(Random(7))
    told.go_on(30)
    before = told.answers((told.head, told.story.today))
    struck = []
    for kind, id in told.streams():
        for each in reversed(told.story.streams[kind, id][:]):
            asked = {"kind": kind, "id": id, "event_id": each.position, "field": VOIDED, "reason": "Misread"}
            command = Correct.model_validate(asked | {"new_value": "true"})
            if told.attempt(command, told.story.unit):
                struck.append(command)
    assert len(struck) > 10
    assert any(amending(facts).struck_out for facts in told.story.streams.values())
    waiting = struck
    while waiting:
        told.chance.shuffle(waiting)
        back = [each.model_copy(update={"new_value": "false"}) for each in waiting]
        refused = [each for each, put in zip(waiting, back, strict=True) if not told.attempt(put, told.story.unit)]
        assert len(refused) < len(waiting), "nothing can be put back any more"
        waiting = refused
    now = told.answers((told.head, told.story.today))
    assert list(now.values()) == list(before.values())
