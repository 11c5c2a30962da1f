"""A merger of agencies: what is open of one goes on with the other from the day of the merger, however late it is told.

What is told or reopened only after it goes on just so: `gone_on` looks at every decision.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from domain.agency import decide
from domain.agency.commands import MergeAgencies
from domain.agency.state import Agencies
from domain.challenge import events as challenge
from domain.challenge.state import Challenge
from domain.duties.events import DutiesTransferred
from domain.duties.state import Duties, moving_days
from domain.lifecycle.events import Transferred
from domain.lifecycle.state import Lifecycle
from domain.session import Repository
from domain.shared.actor import Actor
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, Fact, facts_on
from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import Kind

LIVING = frozenset({Kind.RECOMMENDATION, Kind.ACTION})


@dataclass(frozen=True, slots=True)
class Merger:
    """`key` has gone on in `into` from a day on; `by` records what moves with it."""

    key: str
    into: str
    day: date
    by: Actor
    reason: str


def _merger(agencies: Agencies, key: str, into: str, day: date, by: Actor) -> Merger:
    reason = f"{agencies.by_key[key].name} has gone on in {agencies.by_key[into].name}."
    return Merger(key, into, day, by, reason)


def merge_agencies(command: MergeAgencies, repository: Repository, context: DecisionContext) -> list[Decided]:
    agencies = repository.agencies()
    merged = facts_on(Kind.AGENCIES, SINGLE[Kind.AGENCIES], decide.merge(agencies, command, context))
    if not merged:
        return []
    merger = _merger(agencies, command.key, command.into, context.on, context.by)
    return merged + [
        (kind, id, fact) for kind, id in context.concerned for fact in _moved(kind, id, merger, repository)
    ]


def _moved(kind: Kind, id: UUID, merger: Merger, repository: Repository) -> Iterator[Fact]:
    match kind:
        case Kind.CHALLENGE:
            yield from _moved_challenge(repository.challenge(id), merger)
        case Kind.REVIEW:
            yield from _moved_duties(repository.review(id).duties, merger)
        case Kind.RETURN:
            yield from _moved_duties(repository.agency_return(id).duties, merger)
        case _:
            day = repository.item(kind, id).life.concerned_since(merger.key, merger.day)
            if day is not None:
                yield _transferred(merger, day)


def _transferred(merger: Merger, day: date) -> Transferred:
    return Transferred(
        happened_on=day,
        by=merger.by,
        from_agency=merger.key,
        to_agency=merger.into,
        reason=merger.reason,
        merged=True,
    )


def _moved_challenge(state: Challenge, merger: Merger) -> Iterator[Fact]:
    """One that had ended by then keeps the old name."""
    ended = state.ended_on is not None and state.ended_on <= merger.day
    if state.agency == merger.key and state.held_since is not None and not ended:
        yield challenge.Transferred(
            happened_on=max(merger.day, state.held_since),
            by=merger.by,
            from_agency=merger.key,
            to_agency=merger.into,
            reason=merger.reason,
            merged=True,
        )


def _moved_duties(duties: Duties, merger: Merger) -> Iterator[Fact]:
    """Also where all are done: should a confirmation be struck out, the duty is the successor's."""
    for day in moving_days(duties, merger.key, merger.day):
        yield DutiesTransferred(
            happened_on=day, by=merger.by, from_agency=merger.key, to_agency=merger.into, reason=merger.reason
        )


def gone_on(decided: Iterable[Decided], repository: Repository, context: DecisionContext) -> Iterator[Decided]:
    """What, by these decisions, is open and still an agency's that has ended; `repository` sees what was decided."""
    agencies = context.agencies
    if not agencies.merged:
        return
    for kind, id in dict.fromkeys((kind, id) for kind, id, _ in decided if kind in LIVING):
        life = repository.item(kind, id).life
        if life.closure is None:
            concerned = (*life.parties, *life.addressed_to)
            for key in dict.fromkeys(each for each in concerned if each in agencies.merged):
                yield from ((kind, id, fact) for fact in _steps(key, life, agencies, context.by))


def _steps(key: str, life: Lifecycle, agencies: Agencies, by: Actor) -> Iterator[Fact]:
    """From one successor to the next, each from its day on."""
    first = life.concerned_since(key, agencies.merged_on[key])
    while first is not None and key in agencies.merged:
        into, day = agencies.merged[key], max(first, agencies.merged_on[key])
        yield _transferred(_merger(agencies, key, into, day, by), day)
        key = into
