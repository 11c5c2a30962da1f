"""What stands under a review, each with a history of its own."""

from uuid import UUID, uuid5

from domain.facts import Recorded
from domain.review import events
from domain.review.clocks import Clocks
from projections.entries import Entries, amended, noted, written

STOPPING = {events.ClockStarted, events.ClockStopped, events.Published, events.PublicationWithheld}


def listed(entries: Entries, recorded: Recorded) -> Entries:
    match recorded.fact:
        case events.Advised():
            return noted(entries, "advice", recorded, written(recorded))
        case events.Agreed():
            return noted(entries, "agreement", recorded, written(recorded))
        case events.ClockStarted() as fact:
            counted = fact.working_days and "dueOn" not in recorded.corrected
            return noted(entries, "clock", recorded, {**written(recorded), "working_days": counted}, fact.clock_id)
        case events.LearningIdentified() as fact:
            return noted(entries, "learning", recorded, written(recorded), fact.learning_id)
        case events.ParticipationRecorded() as fact:
            return noted(entries, "participation", recorded, written(recorded), _about(recorded, fact))
        case events.LearningTakenUp():
            return noted(entries, "take_up", recorded, written(recorded))
        case events.LearningJoined():
            return noted(entries, "joined", recorded, written(recorded))
    return entries


def _about(recorded: Recorded, fact: events.ParticipationRecorded) -> UUID:
    """A later answer about the same stands in the place of the earlier."""
    return uuid5(recorded.originator_id, f"participation:{fact.participant}:{fact.who or ''}")


def stopped(entries: Entries, clocks: Clocks, recorded: Recorded) -> Entries:
    """Clocks stop by a fact of their own, or with the publication."""
    if type(recorded.fact) in STOPPING:
        for clock in clocks.values():
            if clock.stopped_on is not None:
                entries = amended(entries, clock.id, {"stopped_on": clock.stopped_on.isoformat()})
    return entries
