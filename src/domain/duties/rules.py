"""The rules of duties, one refusal each."""

from collections.abc import Collection
from uuid import UUID

from domain.duties.state import Duty
from domain.shared.dates import (
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
    the_day_follows_what_is_recorded,
)
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import ConditionsNotMet, Invalid


def the_duty_awaits_confirmation(duty: Duty, *field: str) -> None:
    """Confirmed a second time, an assurance would silently stand beside the first: a mistake is corrected instead."""
    if duty.done_on is not None:
        raise ConditionsNotMet(f"The duty has been confirmed already, on {duty.done_on}.", *field)


def there_is_something_to_confirm(duties: Collection[Duty | UUID], *field: str) -> None:
    if not duties:
        raise ConditionsNotMet("No open duty here is the caller's to confirm.", *field)


def duties_are_named_in_one_field(one: UUID | None, several: Collection[UUID] | None) -> None:
    if one is not None and several is not None:
        raise Invalid("Name the duties either in dutyId or in dutyIds.", "dutyIds")


def a_duty_is_confirmed_in_its_time(duty: Duty, context: DecisionContext) -> None:
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, duty.arisen_on)
    the_day_follows_what_is_recorded(context, duty.moved_on)
