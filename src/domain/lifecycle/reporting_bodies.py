"""Through which bodies a thing reports, from which day on: a body is succeeded when its framework is."""

from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from typing import TypeAlias

from domain.lifecycle.events import BodiesSucceeded


@dataclass(frozen=True)
class Reporting:
    """From `since` on. `framework` holds the bodies; None is the review's own. The first body decides."""

    since: date
    framework: str | None
    bodies: tuple[str, ...]


def succeeded(fact: BodiesSucceeded) -> Reporting:
    return Reporting(fact.happened_on, fact.framework, fact.monitored_by)


Reported: TypeAlias = tuple[Reporting, ...]
"""What followed what, in order of days."""


def reported_on(reported: Reported, day: date) -> Reporting:
    """What held on a day; before the first day, what held on that."""
    begun = list(takewhile(lambda each: each.since <= day, reported))
    return begun[-1] if begun else reported[0]


def reported_after(reported: Reported, day: date) -> Reported:
    return tuple(each for each in reported if each.since > day)
