"""A deadline that runs from a start until it is stopped; met or overdue is derived for the day asked about."""

from datetime import date


def met(due_on: date, stopped_on: date | None, day: date) -> bool | None:
    """Whether it was stopped on or before its due day; None while it runs."""
    if stopped_on is None or stopped_on > day:
        return None
    return stopped_on <= due_on


def overdue(due_on: date | None, stopped_on: date | None, day: date) -> bool:
    """Due before the day, and not stopped on or before it; without a due day it never is."""
    return due_on is not None and due_on < day and (stopped_on is None or stopped_on > day)
