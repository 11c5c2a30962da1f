"""given / when / then: a register in memory that decides by the real plans and folds by the real states."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5

import pytest

from domain.action.commands import RaiseAction
from domain.action.state import Action
from domain.actor import Actor, Caller
from domain.agency.commands import AddAgency, MergeAgencies
from domain.agency.events import AgencyMerged
from domain.agency.state import Agencies
from domain.authority import actor
from domain.challenge.state import Challenge
from domain.commands import Command
from domain.correction.commands import Correct
from domain.expected import planned
from domain.facts import Fact, Recorded
from domain.frameworks import Framework, shipped_frameworks
from domain.given import Given
from domain.lifecycle import commands as life
from domain.partnership.commands import AdoptFramework, CreatePartnership
from domain.partnership.state import Partnership
from domain.plans import Decided
from domain.recommendation.commands import RaiseRecommendation
from domain.recommendation.state import Recommendation
from domain.refusals import NotFound, Refusal
from domain.replay import replay
from domain.review.commands import CommissionReview, DisseminateLearning, IdentifyLearning
from domain.review.state import Review
from domain.singles import SINGLE
from domain.theme.commands import AddTheme
from domain.theme.state import Themes
from domain.words import ClosureOutcome, Kind, Role

START = date(2024, 1, 8)
BODY = "serious-incident-review-group"
SPACE = UUID("00000000-0000-0000-0000-00000000900d")
CONCERNED = {
    MergeAgencies: (Kind.RECOMMENDATION, Kind.ACTION, Kind.CHALLENGE, Kind.REVIEW, Kind.RETURN),
    AdoptFramework: (Kind.REVIEW, Kind.RECOMMENDATION, Kind.ACTION),
}
R = TypeVar("R", bound=Refusal)
LED = {"lead_reviewer": "Dr Day", "lead_reviewer_employer": "A university"}
"""As a serious case review is."""


class Story:
    """One partnership's register. Days are counted from `START`; it begins with agencies and themes."""

    def __init__(self) -> None:
        self.frameworks: dict[str, Framework] = dict(shipped_frameworks())
        self.framework: Framework = self.frameworks["knowsley-2015"]
        self.streams: dict[tuple[Kind, UUID], list[Recorded]] = defaultdict(list)
        self.day = 0
        self.ids = 0
        self.caller = self.administrator
        for key in ("police", "health", "housing", "schools"):
            self.when(AddAgency(key=key, name=f"The {key}", aliases=(f"{key} service",)))
        for key in ("neglect", "supervision"):
            self.when(AddTheme(key=key, name=key.title()))
        self.caller = self.unit

    administrator = Caller("admin", Role.ADMINISTRATOR)
    unit = Caller("officer", Role.BUSINESS_UNIT)
    body = Caller("member", Role.MONITORING_BODY, bodies=(BODY,), independent=True)
    chair = Caller("chair", Role.CHAIR)
    inspector = Caller("inspector", Role.INSPECTOR)

    @staticmethod
    def agency(key: str) -> Caller:
        return Caller(f"{key}-lead", Role.AGENCY, agency=key)

    @staticmethod
    def member_from(agency: str) -> Caller:
        return Caller("member", Role.MONITORING_BODY, agency=agency, bodies=(BODY,))

    @staticmethod
    def on(day: int) -> date:
        return START + timedelta(days=day)

    @property
    def today(self) -> date:
        return self.on(self.day)

    def state(self, kind: Kind, thing: UUID) -> Any:
        recorded = self.streams.get((kind, thing))
        if not recorded:
            raise NotFound(f"There is no such {kind}.")
        return replay(kind, recorded)

    def recommendation(self, thing: UUID) -> Recommendation:
        state: Recommendation = self.state(Kind.RECOMMENDATION, thing)
        return state

    def action(self, thing: UUID) -> Action:
        state: Action = self.state(Kind.ACTION, thing)
        return state

    def review(self, thing: UUID) -> Review:
        state: Review = self.state(Kind.REVIEW, thing)
        return state

    def challenge(self, thing: UUID) -> Challenge:
        state: Challenge = self.state(Kind.CHALLENGE, thing)
        return state

    @property
    def learned_in(self) -> dict[UUID, UUID]:
        reviews = (thing for kind, thing in list(self.streams) if kind is Kind.REVIEW and self.streams[kind, thing])
        return {learning: review for review in reviews for learning in self.review(review).learning}

    def facts(self, kind: Kind, thing: UUID) -> list[Fact]:
        return [each.fact for each in self.streams[kind, thing]]

    def given(self, command: Command) -> Given:
        self.ids += 1
        agencies = replay(Kind.AGENCIES, self.streams[Kind.AGENCIES, SINGLE[Kind.AGENCIES]])
        themes = replay(Kind.THEMES, self.streams[Kind.THEMES, SINGLE[Kind.THEMES]])
        assert isinstance(agencies, Agencies)
        assert isinstance(themes, Themes)
        partnership = replay(Kind.PARTNERSHIP, self.streams[Kind.PARTNERSHIP, SINGLE[Kind.PARTNERSHIP]])
        assert isinstance(partnership, Partnership)
        caller, concerned = self.caller, CONCERNED.get(type(command), ())
        return Given(
            caller=caller,
            by=actor(caller),
            today=self.today,
            on=command.happened_on or self.today,
            imported=command.imported,
            new_id=uuid5(SPACE, str(self.ids)),
            number=self.ids,
            agencies=agencies,
            themes=themes,
            framework=self._framework(command, partnership),
            frameworks=self.frameworks,
            stream=tuple(self.streams[command.kind, command.id]) if isinstance(command, Correct) else (),
            concerned=tuple(key for key, facts in self.streams.items() if facts and key[0] in concerned),
            adopted=partnership.adopted,
            learned_in=self.learned_in,
        )

    def _framework(self, command: Command, partnership: Partnership) -> Framework:
        """As asked; the partnership's on the day, once it has been created; else the one that the story names."""
        if isinstance(command, CreatePartnership | AdoptFramework):
            return self.frameworks[command.framework]
        on_the_day = partnership.framework_on(command.happened_on or self.today)
        return self.frameworks[on_the_day] if partnership.created_on else self.framework

    def record(self, kind: Kind, thing: UUID, fact: Fact) -> None:
        stream = self.streams[kind, thing]
        position = 1 + sum(map(len, self.streams.values()))
        stream.append(Recorded(kind, thing, len(stream) + 1, fact, position=position))

    def when(self, command: Command, by: Caller | None = None) -> list[Decided]:
        """Decided and recorded; `by` for this command only."""
        standing, self.caller = self.caller, by or self.caller
        try:
            decided = planned(command, self.state, self.given(command))
        finally:
            self.caller = standing
        for kind, thing, fact in decided:
            self.record(kind, thing, fact)
        return decided

    def refused(self, refusal: type[R], command: Command, by: Caller | None = None) -> R:
        """Refused so, with nothing changed anywhere."""
        before = {stream: list(facts) for stream, facts in self.streams.items() if facts}
        with pytest.raises(Refusal) as raised:
            self.when(command, by)
        assert isinstance(raised.value, refusal), f"{type(raised.value).__name__}: {raised.value}"
        assert {stream: facts for stream, facts in self.streams.items() if facts} == before
        return raised.value

    def create(self, command: Command, by: Caller | None = None) -> UUID:
        return self.when(command, by)[0][1]

    def merge_agencies(self, key: str, into: str) -> None:
        by = Actor(subject="admin", role=Role.ADMINISTRATOR)
        fact = AgencyMerged(happened_on=self.today, by=by, key=key, into=into)
        self.record(Kind.AGENCIES, SINGLE[Kind.AGENCIES], fact)

    # ---- how far a thing has come ----

    def a_review(self, **fields: Any) -> UUID:
        asked = {"kind": "practice-learning-review", "title": "Child J", "agencies": ("police", "health")} | fields
        return self.create(CommissionReview.model_validate(asked), self.unit)

    def learning(self, review: UUID, **fields: Any) -> UUID:
        asked = {"review_id": review, "wording": "Nobody asked the child", "themes": ("neglect",)} | fields
        identified = self.when(IdentifyLearning.model_validate(asked), self.unit)[0][2]
        learning: UUID = getattr(identified, "learning_id")  # noqa: B009 - a Fact has no such field for mypy
        return learning

    def disseminated(self, review: UUID | None = None, **fields: Any) -> UUID:
        """The review whose learning has been brought to its agencies."""
        review = review or self.a_review()
        if not self.review(review).learning:
            self.learning(review)
        asked = {"review_id": review, "method": self.framework.methods[0], "audience": ("social workers",)} | fields
        self.when(DisseminateLearning.model_validate(asked), self.unit)
        return review

    def a_recommendation(self, **fields: Any) -> UUID:
        review = fields.pop("review_id", None) or self.a_review()
        asked = {"review_id": review, "wording": "Share the chronology", "themes": ("neglect",)} | fields
        return self.create(RaiseRecommendation.model_validate(asked), self.unit)

    def an_action(self, **fields: Any) -> UUID:
        above = fields.pop("recommendation_id", None) or self.a_recommendation()
        asked = {"recommendation_id": above, "wording": "Train the team"} | fields
        return self.create(RaiseAction.model_validate(asked), self.unit)

    def assigned(self, kind: Kind, lead: str = "police", due: int = 60, **fields: Any) -> UUID:
        thing = self.an_action() if kind is Kind.ACTION else self.a_recommendation()
        return self.assign(kind, thing, lead, due, **fields)

    def assign(self, kind: Kind, thing: UUID, lead: str = "police", due: int = 60, **fields: Any) -> UUID:
        asked = {"kind": kind, "id": thing, "lead_agency": lead, "due_on": self.on(due)} | fields
        self.when(life.Assign.model_validate(asked), self.unit)
        return thing

    def submit(self, kind: Kind, thing: UUID, by: str | None = None, **fields: Any) -> UUID:
        asked = {"kind": kind, "id": thing, "narrative": "Done", "claims_complete": True} | fields
        lead = self.state(kind, thing).life.lead
        decided = self.when(life.SubmitEvidence.model_validate(asked), self.agency(by or lead))
        evidence: UUID = getattr(decided[0][2], "evidence_id")  # noqa: B009 - a Fact has no such field for mypy
        return evidence

    def accept(self, kind: Kind, thing: UUID, evidence: UUID) -> None:
        self.when(life.AcceptEvidence.model_validate({"kind": kind, "id": thing, "evidence_id": evidence}), self.body)

    def close(self, kind: Kind, thing: UUID) -> UUID:
        asked = {"kind": kind, "id": thing, "outcome": ClosureOutcome.IMPLEMENTED}
        self.when(life.Close.model_validate(asked), self.body)
        return thing

    def implement(self, kind: Kind, thing: UUID) -> UUID:
        """From assigned to closed as implemented, today."""
        self.accept(kind, thing, self.submit(kind, thing))
        return self.close(kind, thing)

    def implemented(self, kind: Kind, **fields: Any) -> UUID:
        return self.implement(kind, self.assigned(kind, **fields))
