"""The days of a claim and of a decision (rules.md, "Days and moments" and "Order of facts")."""

from datetime import date

from domain.dates import (
    HAPPENED_ON,
    a_due_date_is_not_past,
    it_follows_what_is_recorded,
    later,
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
)
from domain.decision_context import DecisionContext
from domain.lifecycle.state import Life
from domain.refusals import AlreadyClosed, DateBeforeStart, DateInFuture, DateOutOfOrder, Invalid


def it_lies_in_its_life(life: Life, context: DecisionContext) -> None:
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, life.raised_on)


def it_is_in_order(life: Life, context: DecisionContext) -> None:
    it_lies_in_its_life(life, context)
    it_follows_what_is_recorded(context, life.last_bound_on)


def it_was_open_on_that_day(life: Life, context: DecisionContext) -> None:
    """What was done, answered or shown was so while it was open: of the days on which it was closed nothing is told."""
    for closure, reopened_on in life.ended_closures:
        if closure.closed_on <= context.on < reopened_on:
            raise AlreadyClosed(
                f"On {context.on} the {life.kind} was closed: from {closure.closed_on} until it was reopened on "
                f"{reopened_on}.",
                HAPPENED_ON,
            )


def it_follows_what_the_lead_filed(life: Life, context: DecisionContext) -> None:
    """Dated before that, what the lead asked or answered as the lead would be an outsider's. Progress never blocks."""
    answer = life.response_of(life.lead) if life.lead else None
    filed = [day for day in (life.requested_on, answer.on if answer else None) if day is not None]
    if filed and context.on < max(filed):
        raise DateOutOfOrder(
            f"{context.on} is before {max(filed)}, when {life.lead!r} answered or asked for an extension as its lead.",
            HAPPENED_ON,
        )


def a_decision_follows_its_request(context: DecisionContext, requested_on: date) -> None:
    if context.on < requested_on:
        raise DateOutOfOrder(f"{context.on} is before {requested_on}, when it was requested.", "happenedOn")


def a_day_of_completion(
    life: Life, context: DecisionContext, claims_complete: bool, completed_on: date | None
) -> date | None:
    """The day claimed, by default the evidence's own; none where completion is not claimed.

    What is imported was claimed by others: where they gave no day, none is made up.
    """
    if not claims_complete:
        _no_day_without_a_claim(completed_on)
        return None
    if completed_on is None and context.imported:
        return None
    day = completed_on or context.on
    if day > context.on:
        raise DateInFuture(f"{day} is after the evidence's day, {context.on}.", "completedOn")
    _it_was_opened_by(_opened_on(life, context.on), day, "completedOn")
    return day


def _no_day_without_a_claim(completed_on: date | None) -> None:
    if completed_on is not None:
        raise Invalid("A day of completion comes with a claim of completion.", "completedOn")


def completion_lies_in_its_life(life: Life, day: date, *field: str) -> None:
    """Never before raising or the latest reopening: what was reopened has to be done again."""
    if life.raised_on is not None:
        _it_was_opened_by(later(life.reopened_on, life.raised_on), day, *field)


def _opened_on(life: Life, day: date) -> date | None:
    """When it had last been opened by that day."""
    opened = (life.raised_on, life.reopened_on, *(reopened_on for _, reopened_on in life.ended_closures))
    return max((each for each in opened if each is not None and each <= day), default=life.raised_on)


def _it_was_opened_by(began_on: date | None, day: date, *field: str) -> None:
    if began_on is not None and day < began_on:
        raise DateBeforeStart(f"It cannot have been completed on {day}: it was (re)opened on {began_on}.", *field)


def impact_is_due_later(context: DecisionContext, due_on: date | None) -> None:
    a_due_date_is_not_past(context, due_on, "impactDueOn")
