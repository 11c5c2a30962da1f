"""given / when / then: a register in memory that decides by the real plans and folds by the real states."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID, uuid5

import pytest

from domain.action.commands import RaiseAction
from domain.action.state import Action
from domain.agency.commands import AddAgency
from domain.agency.events import AgencyMerged
from domain.challenge.state import Challenge
from domain.dispatch import build_context, dispatch
from domain.frameworks import Framework, shipped_frameworks
from domain.lifecycle import commands as life
from domain.recommendation.commands import RaiseRecommendation
from domain.recommendation.state import Recommendation
from domain.replay import replay
from domain.returns.events import ImprovementsRaised
from domain.review.commands import CommissionReview, DisseminateLearning, IdentifyLearning
from domain.review.state import Review
from domain.session import Repository
from domain.shared.actor import Actor, Caller, caller_id
from domain.shared.attachments import Attachment, Upload, UploadState
from domain.shared.commands import Command
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, Epoch, Fact, Recorded
from domain.shared.identifiers import SINGLE
from domain.shared.refusals import NotFound, Refusal
from domain.shared.vocabulary import ClosureOutcome, Kind, Role
from domain.theme.commands import AddTheme

START = date(2024, 1, 8)
BODY = "serious-incident-review-group"
SPACE = UUID("00000000-0000-0000-0000-00000000900d")
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
        self.passed_over = 0
        self.uploaded: dict[UUID, Upload] = {}
        self.epoch = Epoch("now", first=True)
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

    def facts(self, kind: Kind, thing: UUID) -> list[Fact]:
        return [each.fact for each in self.streams[kind, thing]]

    def context(self, command: Command) -> DecisionContext:
        """As built for a register; what the log would be searched for are all its things of the kinds."""
        return build_context(self, command, self.caller, self._shipped, self._new_id(), self.ids)

    def _new_id(self) -> UUID:
        self.ids += 1
        return uuid5(SPACE, str(self.ids))

    @property
    def repository(self) -> Repository:
        return Repository(self.state)

    def next_number(self, _: Kind) -> int:
        """So that nothing has the number of another thing, whatever its kind."""
        return self.ids

    def take(self, decided: Sequence[Decided], new: UUID | None = None, number: int = 0) -> None:
        for kind, thing, fact in decided:
            self.record(kind, thing, fact)

    @property
    def _shipped(self) -> dict[str, Framework]:
        """A partnership that has not been created follows the framework that the story names."""
        partnership = self.single(Kind.PARTNERSHIP)
        return self.frameworks if partnership else {**self.frameworks, "": self.framework}

    def single(self, kind: Kind) -> Any:
        recorded = self.streams.get((kind, SINGLE[kind]))
        return replay(kind, recorded) if recorded else None

    def recorded(self, id: UUID) -> tuple[Recorded, ...]:
        return tuple(each for (_, thing), facts in self.streams.items() if thing == id for each in facts)

    def naming(self, _: str) -> tuple[tuple[Kind, UUID], ...]:
        return self._all(Kind.RECOMMENDATION, Kind.ACTION, Kind.CHALLENGE, Kind.REVIEW, Kind.RETURN)

    def upload(self, id: UUID, by: Caller, **given: Any) -> Attachment:
        """A file that somebody uploaded."""
        file = Attachment(id=id, name="Minutes.pdf", media_type="application/pdf", bytes=9, sha256=f"{id.int:064x}")
        self.uploaded[id] = Upload(file, caller_id(by), **{"state": UploadState.READY, **given})
        return file

    def uploads(self, ids: Sequence[UUID]) -> dict[UUID, Upload]:
        return {id: self.uploaded[id] for id in ids if id in self.uploaded}

    def challenges_to(self, _: Iterable[str]) -> tuple[UUID, ...]:
        return tuple(id for _, id in self._all(Kind.CHALLENGE))

    def returns_behind(self, id: UUID) -> tuple[UUID, ...]:
        raised = (
            (of, work.id)
            for of, facts in self.streams.items()
            for each in facts
            if isinstance(each.fact, ImprovementsRaised)
            for work in each.fact.raised
        )
        return tuple(dict.fromkeys(thing for (_, thing), work in raised if work == id))

    def reporting(self) -> tuple[tuple[Kind, UUID], ...]:
        return self._all(Kind.REVIEW, Kind.RECOMMENDATION, Kind.ACTION)

    def learned_in(self, learning: Iterable[UUID]) -> dict[UUID, UUID]:
        reviews = [review for _, review in self._all(Kind.REVIEW)]
        return {each: review for each in learning for review in reviews if each in self.review(review).learning}

    def _all(self, *kinds: Kind) -> tuple[tuple[Kind, UUID], ...]:
        return tuple(key for key, facts in self.streams.items() if facts and key[0] in kinds)

    def record(self, kind: Kind, thing: UUID, fact: Fact) -> None:
        stream = self.streams[kind, thing]
        position = 1 + sum(map(len, self.streams.values()))
        stream.append(Recorded(kind, thing, len(stream) + 1, fact, position=position))

    def when(self, command: Command, by: Caller | None = None) -> list[Decided]:
        """Decided and recorded; `by` for this command only."""
        standing, self.caller = self.caller, by or self.caller
        try:
            return dispatch(command, self.caller, self, self._shipped, self._new_id())
        finally:
            self.caller = standing

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
