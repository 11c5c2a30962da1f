"""What a decision reads: the state of each thing, as a session of the register has it."""

from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from domain.action.state import Action
from domain.agency.state import Agencies
from domain.challenge.state import Challenge
from domain.credential.state import Credential
from domain.partnership.state import Partnership
from domain.programme.state import Programme
from domain.recommendation.state import Recommendation
from domain.returns.state import Return
from domain.review.state import Review
from domain.shared.identifiers import SINGLE, programme_of
from domain.shared.refusals import NotFound
from domain.shared.vocabulary import Kind
from domain.theme.state import Themes

State = TypeVar("State")


class Repository:
    """The states of things by their ids. Whatever is read becomes a part of what the append checks.

    What is not there raises `NotFound`, with the path of the field that named it where that is given.
    """

    def __init__(self, state: Callable[[Kind, UUID], Any]) -> None:
        self.state = state

    def review(self, id: UUID, *field: str) -> Review:
        return self._load(Kind.REVIEW, id, Review, field)

    def recommendation(self, id: UUID, *field: str) -> Recommendation:
        return self._load(Kind.RECOMMENDATION, id, Recommendation, field)

    def action(self, id: UUID, *field: str) -> Action:
        return self._load(Kind.ACTION, id, Action, field)

    def item(self, kind: Kind, id: UUID) -> Recommendation | Action:
        """A recommendation or an action: what has the shared lifecycle."""
        return self.action(id) if kind is Kind.ACTION else self.recommendation(id)

    def challenge(self, id: UUID) -> Challenge:
        return self._load(Kind.CHALLENGE, id, Challenge, ())

    def agency_return(self, id: UUID, *field: str) -> Return:
        return self._load(Kind.RETURN, id, Return, field)

    def credential(self, id: UUID) -> Credential:
        return self._load(Kind.CREDENTIAL, id, Credential, ())

    def programme(self, year: int) -> Programme:
        """That of a year; its first fact finds it empty."""
        return self._load_or_empty(Kind.PROGRAMME, programme_of(year), Programme(year=year))

    def agencies(self) -> Agencies:
        return self._load_or_empty(Kind.AGENCIES, SINGLE[Kind.AGENCIES], Agencies())

    def themes(self) -> Themes:
        return self._load_or_empty(Kind.THEMES, SINGLE[Kind.THEMES], Themes())

    def partnership(self) -> Partnership:
        return self._load_or_empty(Kind.PARTNERSHIP, SINGLE[Kind.PARTNERSHIP], Partnership())

    def _load(self, kind: Kind, id: UUID, shape: type[State], field: tuple[str, ...]) -> State:
        try:
            state = self.state(kind, id)
        except NotFound as missing:
            if not field:
                raise
            raise NotFound(f"There is no such {kind}.", *field) from missing
        if not isinstance(state, shape):
            raise NotFound(f"There is no such {kind}.", *field)
        return state

    def _load_or_empty(self, kind: Kind, id: UUID, empty: State) -> State:
        try:
            return self._load(kind, id, type(empty), ())
        except NotFound:
            return empty
