"""The rules of the partnership, one refusal each."""

from zoneinfo import available_timezones

from domain.given import Given
from domain.partnership.state import Partnership
from domain.refusals import DateOutOfOrder, Invalid, NotFound


def it_is_created_once(partnership: Partnership) -> None:
    if partnership.created_on is not None:
        raise Invalid(f"The partnership {partnership.key!r} exists already.", "key")


def it_has_been_created(partnership: Partnership) -> None:
    if partnership.created_on is None:
        raise NotFound("There is no such partnership.")


def its_time_zone_exists(time_zone: str) -> None:
    if time_zone not in available_timezones():
        raise Invalid(f"There is no time zone {time_zone!r}.", "timeZone")


def frameworks_succeed_one_another(partnership: Partnership, given: Given) -> None:
    last = partnership.adopted[-1].from_day if partnership.adopted else None
    if last is not None and given.on < last:
        raise DateOutOfOrder(f"A framework was adopted from {last} already.", "happenedOn")
