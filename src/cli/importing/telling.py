"""Telling the register what rows say: as the business unit, on paper, through the domain's own decisions."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from cli.importing.faults import CellFault
from cli.importing.item import Asked, Item, Living, Named
from cli.importing.memory import Shared
from cli.importing.speaking import Speaking
from domain.action.commands import RaiseAction
from domain.agency.state import Agencies
from domain.commands import Command
from domain.facts import Decided
from domain.lifecycle.commands import Assign, ReportProgress, SubmitEvidence
from domain.partnership.state import Partnership
from domain.recommendation.commands import RaiseRecommendation, Respond
from domain.refusals import Refusal
from domain.review.commands import CommissionReview, CompleteReview
from domain.session import Session
from domain.streams import stream_of
from domain.theme.state import Themes
from domain.values_in_words import why_it_cannot_stand
from domain.words import Kind


class Telling:
    """One session in which rows are told; `new` is what they became, beside `before` of earlier sessions."""

    def __init__(self, speaking: Speaking, before: Mapping[Shared, UUID]) -> None:
        self.session = speaking.register.open()
        self.new: dict[Shared, UUID] = {}
        self._speaking, self._before = speaking, before
        self._now: dict[Shared, UUID] = {}

    def tell(self, item: Item) -> list[tuple[str, str]]:
        """Decide all that a row says, or raise `CellFault` and nothing of it; gives each new (kind, reference)."""
        kept = len(self.session.decided)
        self._now = {}
        with _tentatively(self.session):
            recommendation = self._recommendation(item, self._review(item))
            action = self._action(item.action, recommendation) if item.action else None
        self._now["row", item.key] = action if item.shared and action else recommendation
        self.new.update(self._now)
        firsts = (recorded for recorded in self.session.decided[kept:] if recorded.originator_version == 1)
        references = ((recorded.kind.value, getattr(recorded.fact, "reference", None)) for recorded in firsts)
        return [(kind, reference) for kind, reference in references if reference]

    def _review(self, item: Item) -> UUID:
        told = item.review
        if known := self._known("review", told.key):
            return known
        day = told.commissioned.values["happened_on"]
        asked = _with(told.commissioned, "agencies", told.agencies[0] if told.agencies else None)
        asked = _with(asked, "kind", told.kind)
        kind = told.kind.text if told.kind else self._inspection_kind(day)
        agencies = tuple(map(self._agency, told.agencies))
        review = self._say(CommissionReview, asked, kind=kind, agencies=agencies)[0][1]
        if told.completed:
            self._say(CompleteReview, told.completed, id=review)
        self._now["review", told.key] = review
        return review

    def _recommendation(self, item: Item, review: UUID) -> UUID:
        known = self._known("recommendation", item.shared) if item.shared else None
        if known:
            return known
        told = item.recommendation
        asked = _with(told.raised, "themes", told.themes[0] if told.themes else None)
        themes = tuple(self._theme(named, item) for named in told.themes)
        raised = self._say(RaiseRecommendation, asked, review_id=review, themes=themes)[0][1]
        if item.shared:
            self._now["recommendation", item.shared] = raised
        self._live(told, Kind.RECOMMENDATION, raised)
        if told.response and told.lead:
            self._say(Respond, told.response, id=raised, agency=self._agency(told.lead))
        return raised

    def _action(self, told: Living, recommendation: UUID) -> UUID:
        raised = self._say(RaiseAction, told.raised, recommendation_id=recommendation)[0][1]
        self._live(told, Kind.ACTION, raised)
        return raised

    def _live(self, told: Living, kind: Kind, thing: UUID) -> None:
        if told.assigned and told.lead:
            lead = self._agency(told.lead)
            contributing = tuple(map(self._agency, told.contributing))
            parties = {"lead_agency": lead, "contributing_agencies": contributing}
            self._say(Assign, told.assigned, kind=kind, id=thing, **parties)
        if told.progress:
            self._say(ReportProgress, told.progress, kind=kind, id=thing)
        if told.claim:
            self._say(SubmitEvidence, told.claim, kind=kind, id=thing)

    def _known(self, kind: Any, key: str) -> UUID | None:
        return self.new.get((kind, key)) or self._before.get((kind, key))

    def _inspection_kind(self, day: Any) -> str:
        partnership: Partnership = self.session.single(Kind.PARTNERSHIP)
        frameworks = {**self._speaking.register.shipped, **partnership.own}
        return frameworks[partnership.framework_on(day)].inspection_kind

    def _agency(self, named: Named) -> str:
        agencies = self.session.single(Kind.AGENCIES) or Agencies()
        return self._speaking.agencies.key(agencies, named, self._decided)

    def _theme(self, named: Named, item: Item) -> str:
        themes = self.session.single(Kind.THEMES) or Themes()
        return self._speaking.themes.key(themes, named, item.first_day, self._decided)

    def _say(self, command: type[Command], asked: Asked, **more: object) -> list[Decided]:
        try:
            said = command.model_validate({**asked.values, **more, "imported": True})
            return self._speaking.register.decide(self.session, said, self._speaking.caller)
        except ValidationError as invalid:
            fault = invalid.errors()[0]
            raise CellFault(asked.column(str(fault["loc"][0])), why_it_cannot_stand(fault)) from invalid
        except Refusal as refusal:
            column = asked.column(_snake(refusal.field[0])) if refusal.field else None
            raise CellFault(column, refusal.message, refusal.code) from refusal

    def _decided(self, command: Command, column: str | None) -> None:
        try:
            self._speaking.register.decide(self.session, command, self._speaking.caller)
        except Refusal as refusal:
            raise CellFault(column, refusal.message, refusal.code) from refusal


@contextmanager
def _tentatively(session: Session) -> Iterator[None]:
    """Take back what a row decided before one of its cells was refused."""
    kept, numbers = len(session.decided), dict(session.numbers)
    try:
        yield
    except CellFault:
        session.numbers = numbers
        for recorded in session.decided[kept:]:
            facts = session.now[recorded.originator_id].facts
            session.now[recorded.originator_id] = stream_of(facts[:-1])
        del session.decided[kept:]
        raise


def _with(asked: Asked, field: str, named: Named | None) -> Asked:
    return Asked(asked.values, {**asked.columns, field: named.column}) if named else asked


def _snake(field: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in field)
