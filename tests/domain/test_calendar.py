"""England's working days, on real dates."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.shared.dates import add_working_days, is_working_day, working_days_between

DAYS = st.dates(date(2010, 1, 1), date(2035, 12, 31))
NUMBERS = st.integers(1, 60)


@pytest.mark.parametrize(
    "day",
    [
        date(2024, 3, 29),  # Good Friday
        date(2024, 4, 1),  # Easter Monday
        date(2023, 5, 8),  # coronation
        date(2022, 9, 19),  # state funeral
        date(2020, 5, 8),  # early May holiday, moved for VE day
        date(2022, 6, 3),  # platinum jubilee
        date(2021, 12, 27),  # Christmas on a Saturday
        date(2021, 12, 28),  # Boxing Day on a Sunday
        date(2022, 12, 27),  # Christmas on a Sunday
        date(2022, 1, 3),  # New Year on a Saturday
        date(2024, 8, 26),  # the summer holiday
        date(2024, 3, 30),  # a Saturday
        date(2024, 3, 31),  # a Sunday
    ],
)
def test_weekends_and_bank_holidays_are_no_working_days(day: date) -> None:
    assert not is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2020, 5, 4),  # the first Monday of May, when the holiday had moved
        date(2022, 5, 30),  # the last Monday of May, when the holiday had moved
        date(2024, 1, 2),  # a holiday in Scotland
        date(2024, 3, 18),  # a holiday in Northern Ireland
        date(2024, 8, 5),  # a holiday in Scotland
        date(2021, 12, 29),
        date(2024, 4, 2),
    ],
)
def test_other_days_are_working_days(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("day", "n", "expected"),
    [
        (date(2024, 3, 28), 1, date(2024, 4, 2)),
        (date(2024, 3, 27), 5, date(2024, 4, 5)),
        (date(2021, 12, 24), 1, date(2021, 12, 29)),
        (date(2021, 12, 24), 4, date(2022, 1, 4)),
        (date(2024, 6, 8), 1, date(2024, 6, 10)),
        (date(2023, 4, 28), 10, date(2023, 5, 16)),
    ],
)
def test_working_days_are_counted_from_the_day_after(day: date, n: int, expected: date) -> None:
    assert add_working_days(day, n) == expected


@pytest.mark.parametrize("n", [0, -1])
def test_fewer_than_one_working_day_cannot_be_added(n: int) -> None:
    with pytest.raises(ValueError, match="at least 1"):
        add_working_days(date(2024, 3, 28), n)


def test_easter_counts_for_nothing_between_two_days() -> None:
    assert working_days_between(date(2024, 3, 28), date(2024, 4, 2)) == 1
    assert working_days_between(date(2024, 4, 2), date(2024, 3, 28)) == -1
    assert working_days_between(date(2024, 3, 29), date(2024, 4, 1)) == 0


@settings(deadline=None)
@given(DAYS, NUMBERS)
def test_what_is_added_is_what_lies_between(day: date, n: int) -> None:
    later = add_working_days(day, n)
    assert is_working_day(later)
    assert working_days_between(day, later) == n
    assert working_days_between(day, later - timedelta(days=1)) == n - 1


@settings(deadline=None)
@given(DAYS, NUMBERS, NUMBERS)
def test_adding_twice_is_adding_the_sum(day: date, first: int, second: int) -> None:
    assert add_working_days(add_working_days(day, first), second) == add_working_days(day, first + second)
