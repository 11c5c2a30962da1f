"""A period's returns as a whole: who was called, what came of it, and whether anybody was called at all."""

from collections.abc import Iterator
from datetime import date

import strawberry

from api.documented import documented
from api.reading import Reading
from api.types.agency import Agency
from api.types.framework import Framework
from projections.returns.rows import RoundRead


@documented
@strawberry.type
class ReturnRound:
    """
    The returns of one period of a year. A period that the framework asks for is there whether anybody was called for it
    or not. An agency's eyes see its own return only.
    """

    year: int
    """The year."""
    period: int
    """Which of the year's periods, counted from 1."""
    since: date = strawberry.field(name="from")
    """The first day of the period."""
    until: date
    """The last day of the period."""
    framework: Framework
    """The framework in force on the last day of the period."""
    called: list[Agency]
    """The agencies that were called."""
    not_called: list[Agency]
    """Partner agencies of the day asked about that were not called."""
    missed: bool
    """The period has ended and nobody was called; in an agency's eyes, it was not called itself."""
    answered: int
    """Returns in which anything was answered."""
    complete: int
    """Returns in which every standard was answered for."""
    overdue: int
    """Returns that were due before the day asked about and are not complete."""
    judged: int
    """Returns that were judged."""
    improvements: int
    """Improvement points that agencies and judges made."""
    improvements_raised: int
    """Those of them that have become recommendations or actions."""


def rounds_of(reading: Reading, read: list[RoundRead], first_year: int, last_year: int) -> Iterator[ReturnRound]:
    """What was called for, and what the framework of its time asked for and nobody called."""
    found = {(each.year, each.period): each for each in read}
    asked = {(year, period) for year in range(first_year, last_year + 1) for period in _periods(reading, year)}
    for year, period in sorted(found.keys() | asked):
        yield _round(reading, year, period, found.get((year, period)))


def _periods(reading: Reading, year: int) -> Iterator[int]:
    """Those that had begun on the day asked about, since the partnership has a framework with standing duties."""
    for number in range(1, 13):
        duties = reading.framing.framework_on(date(year, 12, 31)).duties
        if number > duties.periods_a_year or not duties.standing:
            return
        since, until = duties.period(year, number)
        if since <= reading.effective_on and until >= reading.framing.began_on:
            yield number


def _round(reading: Reading, year: int, period: int, read: RoundRead | None) -> ReturnRound:
    framework = reading.framing.framework_on(date(year, 12, 31))
    since, until = (read.since, read.until) if read else framework.duties.period(year, period)
    called = [] if read is None else read.called
    mine = reading.asking.mine
    return ReturnRound(
        year=year,
        period=period,
        since=since,
        until=until,
        framework=reading.framing.framework(framework.key),
        called=[reading.agencies[key] for key in called],
        not_called=[
            each
            for each in reading.agencies
            if each.kind.owes_returns and each.successor is None and each.key not in called
            if mine is None or each.key in mine
        ],
        missed=not called and until < reading.effective_on,
        answered=read.answered if read else 0,
        complete=read.complete if read else 0,
        overdue=read.overdue if read else 0,
        judged=read.judged if read else 0,
        improvements=read.improvements if read else 0,
        improvements_raised=read.improvements_raised if read else 0,
    )
