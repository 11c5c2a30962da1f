"""The clocks of a recommendation: each agency that is asked answers by a day (docs/decisions/0016)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from domain.lifecycle.events import Assigned, Reopened, Transferred
from domain.recommendation.events import DraftAgreed, Raised, Responded
from domain.recommendation.state import Recommendation
from domain.shared.facts import Recorded


@dataclass(frozen=True)
class ResponseRequests:
    """Since when each agency is asked for its answer, and when it first gave one."""

    since: Mapping[str, date] = field(default_factory=dict)
    answered_on: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class ResponseClock:
    """Stopped by the agency's first answer, or by the closing of the recommendation."""

    agency: str
    started_on: date
    due_on: date
    stopped_on: date | None = None


def requests_after(requests: ResponseRequests, now: Recommendation, recorded: Recorded) -> ResponseRequests:
    """Who is asked once more has happened; `now`: the recommendation with that."""
    match recorded.fact:
        case Transferred(merged=True) | Reopened() if now.life.closure is None:
            return _of_those(_moved(requests, now.life.merged), now.asked_agencies, recorded.fact.happened_on)
        case Transferred(merged=True):
            return requests
        case Raised() | DraftAgreed() | Assigned() | Transferred():
            return _of_those(requests, now.asked_agencies, recorded.fact.happened_on)
        case Responded() as fact:
            agency = now.life.current(fact.agency)
            return replace(requests, answered_on={agency: fact.happened_on, **requests.answered_on})
    return requests


def response_clocks(requests: ResponseRequests, now: Recommendation) -> tuple[ResponseClock, ...]:
    """In the order of asking; none where the recommendation names no day for its answers."""
    raised_on, due_on = now.life.raised_on, now.response_due_on
    if raised_on is None or due_on is None:
        return ()
    closed_on = now.life.closure.closed_on if now.life.closure else None
    found = (
        ResponseClock(
            agency, since, _due(since, raised_on, due_on), _no_earlier(requests.answered_on.get(agency), since)
        )
        for agency, since in requests.since.items()
    )
    stopped = (clock if clock.stopped_on else replace(clock, stopped_on=closed_on) for clock in found)
    return tuple(sorted(stopped, key=lambda clock: (clock.started_on, clock.agency)))


def _due(since: date, raised_on: date, due_on: date) -> date:
    """Who is asked once the day has passed has as many days as were given at first."""
    return due_on if since <= due_on else since + max(due_on - raised_on, timedelta(0))


def _no_earlier(day: date | None, since: date) -> date | None:
    return None if day is None else max(day, since)


def _of_those(requests: ResponseRequests, agencies: Iterable[str], day: date) -> ResponseRequests:
    return replace(requests, since={agency: requests.since.get(agency, day) for agency in agencies})


def _moved(requests: ResponseRequests, moved: Mapping[str, str]) -> ResponseRequests:
    """The clock of a merged agency goes on with the one that it went on in; the earlier of two."""
    since: dict[str, date] = {}
    for agency, day in requests.since.items():
        to = moved.get(agency, agency)
        since[to] = min(day, since.get(to, day))
    answered = {moved.get(agency, agency): day for agency, day in requests.answered_on.items()}
    return ResponseRequests(since, answered | dict(requests.answered_on))
