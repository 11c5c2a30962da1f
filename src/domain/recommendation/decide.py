"""An agency's answer. Accepting and implementing are two things."""

from domain.facts import Fact
from domain.given import Given
from domain.lifecycle.rules import it_is_not_closed
from domain.lifecycle.rules_of_dates import it_lies_in_its_life, it_was_open_on_that_day
from domain.recommendation.commands import Respond
from domain.recommendation.events import Responded
from domain.recommendation.rules import not_accepting_needs_a_reason
from domain.recommendation.state import Recommendation
from domain.refusals import NotPermitted


def respond(recommendation: Recommendation, command: Respond, given: Given) -> list[Fact]:
    it_is_not_closed(recommendation.life)
    it_lies_in_its_life(recommendation.life, given)
    it_was_open_on_that_day(recommendation.life, given)
    not_accepting_needs_a_reason(command)
    return [
        Responded(
            happened_on=given.on,
            by=given.by,
            agency=asked,
            answer=command.answer,
            reason=command.reason or None,
        )
        for asked in _asked(recommendation, given)
    ]


def _asked(recommendation: Recommendation, given: Given) -> list[str]:
    """Every key under which it was asked: its own, and those of the agencies whose successor it is."""
    agency = given.caller.agency
    if agency is None:
        raise NotPermitted("An agency answers for itself.")
    return sorted(given.agencies.kin(agency).intersection(recommendation.may_answer)) or [agency]
