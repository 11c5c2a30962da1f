"""A merger of agencies: what is open of one moves to the other, in the transaction that merges them."""

from collections.abc import Iterator
from uuid import UUID

from domain.agency import decide
from domain.agency.commands import MergeAgencies
from domain.agency.state import Agencies
from domain.challenge import events as challenge
from domain.challenge.state import Challenge
from domain.duties.events import DutiesTransferred
from domain.duties.state import Duties, bound_on
from domain.facts import Fact
from domain.given import Given
from domain.lifecycle.events import Transferred
from domain.lifecycle.state import Life
from domain.plans.reading import Decided, Read, living, on, the, the_one
from domain.returns.state import Return
from domain.review.state import Review
from domain.singles import SINGLE
from domain.words import Kind


def merge_agencies(command: MergeAgencies, read: Read, given: Given) -> list[Decided]:
    agencies = the_one(read, Kind.AGENCIES, Agencies())
    merged = on(Kind.AGENCIES, SINGLE[Kind.AGENCIES], decide.merge(agencies, command, given))
    return merged + list(_moved(command, agencies, read, given)) if merged else []


def _moved(command: MergeAgencies, agencies: Agencies, read: Read, given: Given) -> Iterator[Decided]:
    said = f"{agencies.by_key[command.key].name} has gone on in {agencies.by_key[command.into].name}."
    for kind, id in given.concerned:
        fact = _of_one(kind, id, command, said, read, given)
        if fact is not None:
            yield kind, id, fact


def _of_one(kind: Kind, id: UUID, command: MergeAgencies, said: str, read: Read, given: Given) -> Fact | None:
    match kind:
        case Kind.CHALLENGE:
            return _of_a_challenge(the(read, kind, id, Challenge), command, said, given)
        case Kind.REVIEW:
            return _of_duties(the(read, kind, id, Review).duties, command, said, given)
        case Kind.RETURN:
            return _of_duties(the(read, kind, id, Return).duties, command, said, given)
    return _of_a_life(living(read, kind, id).life, command, said, given)


def _of_duties(duties: Duties, command: MergeAgencies, said: str, given: Given) -> Fact | None:
    """Also where all are done: should a confirmation be struck out, the duty is the successor's and not nobody's."""
    if all(duty.agency != command.key for duty in duties.values()):
        return None
    return DutiesTransferred(
        happened_on=max(day for day in (given.on, bound_on(duties)) if day),
        by=given.by,
        from_agency=command.key,
        to_agency=command.into,
        reason=said,
    )


def _of_a_life(life: Life, command: MergeAgencies, said: str, given: Given) -> Fact | None:
    """It keeps the order of facts: where more was recorded since the merger, it moves on the day of the last."""
    if life.closure is not None or command.key not in (*life.parties, *life.addressed_to):
        return None
    return Transferred(
        happened_on=max(day for day in (given.on, life.raised_on, life.last_bound_on) if day),
        by=given.by,
        from_agency=command.key,
        to_agency=command.into,
        reason=said,
        merged=True,
    )


def _of_a_challenge(open_one: Challenge, command: MergeAgencies, said: str, given: Given) -> Fact | None:
    if open_one.ended or open_one.agency != command.key:
        return None
    return challenge.Transferred(
        happened_on=max(day for day in (given.on, open_one.last_bound_on) if day),
        by=given.by,
        from_agency=command.key,
        to_agency=command.into,
        reason=said,
    )
