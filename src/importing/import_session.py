"""Telling the register what rows say: as the business unit, on paper, through the domain's own decisions."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from pydantic import ValidationError

from domain.action.commands import RaiseAction
from domain.agency.state import Agencies
from domain.lifecycle.commands import Assign, ReportProgress, SubmitEvidence
from domain.partnership.state import Partnership
from domain.recommendation.commands import RaiseRecommendation, Respond
from domain.review.commands import CommissionReview, CompleteReview
from domain.session import Session
from domain.shared.commands import Command
from domain.shared.facts import Decided
from domain.shared.refusals import Refusal
from domain.shared.texts import why_it_cannot_stand
from domain.shared.vocabulary import Kind
from domain.streams import stream_of
from domain.theme.state import Themes
from importing.context import ImportContext
from importing.faults import CellFault
from importing.import_ledger import ImportedAs
from importing.item import CommandFields, Item, LifecycleFields, NamedCell


class ImportSession:
    """One session in which rows are told; `new` is what they became, beside `before` of earlier sessions."""

    def __init__(self, context: ImportContext, before: Mapping[ImportedAs, UUID]) -> None:
        self.session = context.register.open()
        self.new: dict[ImportedAs, UUID] = {}
        self._context, self._before = context, before
        self._now: dict[ImportedAs, UUID] = {}

    def execute(self, item: Item) -> list[tuple[str, str]]:
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
        row_fields = item.review
        if known := self._known("review", row_fields.key):
            return known
        day = row_fields.commissioned.values["happened_on"]
        fields = _with(row_fields.commissioned, "agencies", row_fields.agencies[0] if row_fields.agencies else None)
        fields = _with(fields, "kind", row_fields.kind)
        kind = row_fields.kind.text if row_fields.kind else self._inspection_kind(day)
        agencies = tuple(map(self._agency, row_fields.agencies))
        review = self._decide(CommissionReview, fields, kind=kind, agencies=agencies)[0][1]
        if row_fields.completed:
            self._decide(CompleteReview, row_fields.completed, id=review)
        self._now["review", row_fields.key] = review
        return review

    def _recommendation(self, item: Item, review: UUID) -> UUID:
        known = self._known("recommendation", item.shared) if item.shared else None
        if known:
            return known
        row_fields = item.recommendation
        fields = _with(row_fields.raised, "themes", row_fields.themes[0] if row_fields.themes else None)
        themes = tuple(self._theme(named, item) for named in row_fields.themes)
        raised = self._decide(RaiseRecommendation, fields, review_id=review, themes=themes)[0][1]
        if item.shared:
            self._now["recommendation", item.shared] = raised
        self._lifecycle(row_fields, Kind.RECOMMENDATION, raised)
        if row_fields.response and row_fields.lead:
            self._decide(Respond, row_fields.response, id=raised, agency=self._agency(row_fields.lead))
        return raised

    def _action(self, row_fields: LifecycleFields, recommendation: UUID) -> UUID:
        raised = self._decide(RaiseAction, row_fields.raised, recommendation_id=recommendation)[0][1]
        self._lifecycle(row_fields, Kind.ACTION, raised)
        return raised

    def _lifecycle(self, row_fields: LifecycleFields, kind: Kind, item_id: UUID) -> None:
        if row_fields.assigned and row_fields.lead:
            lead = self._agency(row_fields.lead)
            contributing = tuple(map(self._agency, row_fields.contributing))
            parties = {"lead_agency": lead, "contributing_agencies": contributing}
            self._decide(Assign, row_fields.assigned, kind=kind, id=item_id, **parties)
        if row_fields.progress:
            self._decide(ReportProgress, row_fields.progress, kind=kind, id=item_id)
        if row_fields.claim:
            self._decide(SubmitEvidence, row_fields.claim, kind=kind, id=item_id)

    def _known(self, kind: Any, key: str) -> UUID | None:
        return self.new.get((kind, key)) or self._before.get((kind, key))

    def _inspection_kind(self, day: Any) -> str:
        partnership: Partnership = self.session.single(Kind.PARTNERSHIP)
        frameworks = {**self._context.register.shipped, **partnership.own}
        return frameworks[partnership.framework_on(day)].inspection_kind

    def _agency(self, named: NamedCell) -> str:
        agencies = self.session.single(Kind.AGENCIES) or Agencies()
        return self._context.agencies.key(agencies, named, self._decided)

    def _theme(self, named: NamedCell, item: Item) -> str:
        themes = self.session.single(Kind.THEMES) or Themes()
        return self._context.themes.key(themes, named, item.first_day, self._decided)

    def _decide(self, command: type[Command], fields: CommandFields, **more: object) -> list[Decided]:
        try:
            filled = command.model_validate({**fields.values, **more, "imported": True})
            return self._context.register.decide(self.session, filled, self._context.caller)
        except ValidationError as invalid:
            fault = invalid.errors()[0]
            raise CellFault(fields.column(str(fault["loc"][0])), why_it_cannot_stand(fault)) from invalid
        except Refusal as refusal:
            column = fields.column(_snake(refusal.field[0])) if refusal.field else None
            raise CellFault(column, refusal.message, refusal.code) from refusal

    def _decided(self, command: Command, column: str | None) -> None:
        try:
            self._context.register.decide(self.session, command, self._context.caller)
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


def _with(fields: CommandFields, field: str, named: NamedCell | None) -> CommandFields:
    return CommandFields(fields.values, {**fields.columns, field: named.column}) if named else fields


def _snake(field: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in field)
