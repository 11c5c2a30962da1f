"""Duties as their rules read them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias
from uuid import UUID, uuid5

from domain.duties.events import DutiesConfirmed, DutiesTransferred, DutyOwed, Obliged
from domain.shared.vocabulary import DutyHolder


@dataclass(frozen=True, slots=True)
class Duty:
    """
    `origin` is the dissemination or the return that it arose from; `agency` is none where no agency holds it.
    `asked_of` is the agency for which it arose, whatever that has gone on in since.
    """

    id: UUID
    origin: UUID
    held_by: DutyHolder
    agency: str | None
    arisen_on: date
    done_on: date | None = None
    moved_on: date | None = None
    asked_of: str | None = None


Duties: TypeAlias = Mapping[UUID, Duty]


def shared_out(
    origin: UUID, owed: Iterable[DutyOwed], obliged: Iterable[Obliged]
) -> Iterator[tuple[UUID, DutyOwed, Obliged]]:
    """Every single duty with its id and whom it obliges: an agency's duty once for each agency."""
    everybody = tuple(obliged)
    for duty in owed:
        for each in everybody:
            if (each.agency is not None) is (duty.held_by is DutyHolder.AGENCY):
                yield duty_id(origin, duty.key, each.agency), duty, each


def duty_id(origin: UUID, key: str, agency: str | None) -> UUID:
    return uuid5(origin, f"{key}:{agency or ''}")


def arisen(duties: Duties, origin: UUID, owed: Iterable[DutyOwed], obliged: Iterable[Obliged], day: date) -> Duties:
    shares = shared_out(origin, owed, obliged)
    new = {id: Duty(id, origin, duty.held_by, each.agency, day, asked_of=each.agency) for id, duty, each in shares}
    return {**duties, **new}


def confirmed(duties: Duties, fact: DutiesConfirmed) -> Duties:
    """The first confirmation stands."""
    done = (duties[id] for id in fact.duties if id in duties and duties[id].done_on is None)
    return {**duties, **{duty.id: replace(duty, done_on=fact.happened_on) for duty in done}}


def transferred(duties: Duties, fact: DutiesTransferred) -> Duties:
    """What is done keeps the old name."""
    moving = (duty for duty in duties.values() if duty.agency == fact.from_agency and duty.done_on is None)
    moved = {duty.id: replace(duty, agency=fact.to_agency, moved_on=fact.happened_on) for duty in moving}
    return {**duties, **moved}


def moving_days(duties: Duties, agency: str, merged_on: date) -> list[date]:
    """On which days what an agency owes moves, once it has ended: each duty from the merger on, or since it arose."""
    return sorted(
        {
            max(merged_on, duty.arisen_on, duty.moved_on or merged_on)
            for duty in duties.values()
            if duty.agency == agency
        }
    )
