"""From the facts of a stream to its state, whatever the stream is about."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeAlias

from domain.action import state as action
from domain.agency import state as agency
from domain.challenge import state as challenge
from domain.correction.amending import apply_corrections
from domain.credential import state as credential
from domain.partnership import state as partnership
from domain.programme import state as programme
from domain.recommendation import state as recommendation
from domain.returns import state as returns
from domain.review import state as review
from domain.review.events import Commissioned
from domain.shared.facts import Recorded, fold
from domain.shared.vocabulary import Kind
from domain.theme import state as theme

State: TypeAlias = (
    review.Review
    | recommendation.Recommendation
    | action.Action
    | challenge.Challenge
    | programme.Programme
    | returns.Return
    | agency.Agencies
    | theme.Themes
    | partnership.Partnership
    | credential.Credential
)

INITIAL: dict[Kind, State] = {
    Kind.REVIEW: review.Review(),
    Kind.RECOMMENDATION: recommendation.Recommendation(),
    Kind.ACTION: action.Action(),
    Kind.CHALLENGE: challenge.Challenge(),
    Kind.PROGRAMME: programme.Programme(),
    Kind.RETURN: returns.Return(),
    Kind.AGENCIES: agency.Agencies(),
    Kind.THEMES: theme.Themes(),
    Kind.PARTNERSHIP: partnership.Partnership(),
    Kind.CREDENTIAL: credential.Credential(),
}

EVOLVE: dict[Kind, Callable[[Any, Recorded], Any]] = {
    Kind.REVIEW: review.evolve,
    Kind.RECOMMENDATION: recommendation.evolve,
    Kind.ACTION: action.evolve,
    Kind.CHALLENGE: challenge.evolve,
    Kind.PROGRAMME: programme.evolve,
    Kind.RETURN: returns.evolve,
    Kind.AGENCIES: agency.evolve,
    Kind.THEMES: theme.evolve,
    Kind.PARTNERSHIP: partnership.evolve,
    Kind.CREDENTIAL: credential.evolve,
}


def replay(kind: Kind, recorded: Iterable[Recorded]) -> State:
    """The state after these facts of one stream, as corrections left them, folded in effective order."""
    state: State = fold(INITIAL[kind], EVOLVE[kind], apply_corrections(recorded))
    return state


def references_given(stream: Sequence[Recorded]) -> list[str]:
    """Those that the facts of one stream gave it, in order: the first fact one, and a commission perhaps another."""
    kind = stream[0].kind
    first: str | None = getattr(stream[0].fact, "reference", None)
    context = [first] if first else []
    for nth, recorded in enumerate(stream[1:], 1):
        if isinstance(recorded.fact, Commissioned):
            had = getattr(replay(kind, stream[:nth]), "reference", None)
            context += [recorded.fact.reference] if recorded.fact.reference != had else []
    return context
