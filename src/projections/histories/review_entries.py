"""What stands under a review, each with a history of its own."""

from uuid import UUID, uuid5

from domain.review import events
from domain.review.clocks import Clock, Clocks
from domain.review.state import Review
from domain.shared.facts import Recorded
from projections.histories.parts import Entries, amended, is_noted, noted, without, written

STARTING = {events.Referred, events.Commissioned, events.Completed, events.ClockStopped}
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


def started(entries: Entries, clocks: Clocks, recorded: Recorded) -> Entries:
    """Clocks that the facts they run from started, on the day that holds."""
    if type(recorded.fact) not in STARTING:
        return entries
    for name, clock in clocks.items():
        if clock.runs_from is not None:
            detail = {"started_on": clock.started_on.isoformat(), "due_on": clock.due_on.isoformat()}
            entries = _begun(entries, name, clock, detail, recorded)
    return entries


def _begun(entries: Entries, name: str, clock: Clock, days: dict[str, str], recorded: Recorded) -> Entries:
    if is_noted(entries, clock.id):
        return amended(entries, clock.id, days)
    fields = {
        "happened_on": recorded.fact.happened_on.isoformat(),
        "by": recorded.fact.by.model_dump(mode="json"),
        "clock_id": str(clock.id),
        "clock": name,
        "working_days": clock.working_days,
        "stopped_by": clock.stopped_by,
        "runs_from": clock.runs_from,
    }
    return noted(entries, "clock", recorded, fields | days, clock.id)


def agreed(entries: Entries, review: Review, recorded: Recorded) -> Entries:
    """What was a draft is one no more, once everybody has agreed the review; it is real from that day on."""
    if isinstance(recorded.fact, events.Agreed) and not review.awaits_agreement:
        for id in review.drafted:
            entries = amended(entries, id, {"draft": False, "real_since": recorded.fact.happened_on.isoformat()})
    return entries


def superseded(entries: Entries, clocks: Clocks, recorded: Recorded) -> Entries:
    """`clocks`: as they were before. A correction may let one start by itself that was started by hand after all."""
    match recorded.fact:
        case events.ClockStarted(clock=name) if name in clocks and clocks[name].runs_from and clocks[name].runs:
            return without(entries, clocks[name].id)
    return entries


def stopped(entries: Entries, clocks: Clocks, recorded: Recorded) -> Entries:
    """Clocks stop by a fact of their own, or with the publication."""
    if type(recorded.fact) in STOPPING:
        for clock in clocks.values():
            if clock.stopped_on is not None:
                entries = amended(entries, clock.id, {"stopped_on": clock.stopped_on.isoformat()})
    return entries
