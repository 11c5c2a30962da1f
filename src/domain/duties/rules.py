"""The rules of duties, one refusal each."""

from collections.abc import Collection

from domain.dates import (
    it_follows_what_is_recorded,
    nothing_happens_before_it_existed,
    nothing_happens_in_the_future,
)
from domain.duties.state import Duty
from domain.given import Given
from domain.refusals import ConditionsNotMet


def it_awaits_confirmation(duty: Duty) -> None:
    """Confirmed a second time, an assurance would silently stand beside the first: a mistake is corrected instead."""
    if duty.done_on is not None:
        raise ConditionsNotMet(f"The duty has been confirmed already, on {duty.done_on}.", "dutyId")


def there_is_something_to_confirm(duties: Collection[Duty]) -> None:
    if not duties:
        raise ConditionsNotMet("No open duty here is the caller's to confirm.")


def it_is_confirmed_in_its_time(duty: Duty, given: Given) -> None:
    nothing_happens_in_the_future(given)
    nothing_happens_before_it_existed(given, duty.arisen_on)
    it_follows_what_is_recorded(given, duty.moved_on)
