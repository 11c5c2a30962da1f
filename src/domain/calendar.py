"""England's working days: neither a weekend nor a bank holiday."""

from datetime import date, timedelta
from functools import cache
from itertools import count, islice

from holidays import country_holidays

_SATURDAY = 5


def is_working_day(day: date) -> bool:
    return day.weekday() < _SATURDAY and day not in _bank_holidays(day.year)


def add_working_days(day: date, n: int) -> date:
    """The n-th working day after `day`, which itself never counts; ValueError unless n is at least 1."""
    if n < 1:
        raise ValueError(f"a number of working days is at least 1, not {n}")
    later = (day + timedelta(days=offset) for offset in count(1))
    return next(islice(filter(is_working_day, later), n - 1, None))


def working_days_between(start: date, end: date) -> int:
    """How many working days follow `start`, up to and with `end`; negative where `end` comes first."""
    if end < start:
        return -working_days_between(end, start)
    return sum(is_working_day(start + timedelta(days=offset)) for offset in range(1, (end - start).days + 1))


@cache
def _bank_holidays(year: int) -> frozenset[date]:
    return frozenset(country_holidays("GB", subdiv="ENG", years=year))
