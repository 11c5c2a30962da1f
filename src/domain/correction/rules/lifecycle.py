"""Whether the life that corrections would leave could have been lived: each fact is asked what its decision asked."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from domain.correction.faults import Fault, Rule, Stream
from domain.lifecycle import events as life
from domain.lifecycle.evolve import evolve
from domain.lifecycle.state import Lifecycle
from domain.recommendation.events import DraftAgreed, Raised, Responded
from domain.shared.facts import Recorded, effective_order
from domain.shared.refusals import (
    AlreadyClosed,
    ChallengeOpen,
    ConditionsNotMet,
    EvidenceAlreadyJudged,
    EvidenceMissing,
    ExtensionPending,
    FollowUpRequired,
    Invalid,
    NotAssigned,
    NotClosed,
    ReasonRequired,
)
from domain.shared.vocabulary import ClosureOutcome, Impact

NEEDS_A_LEAD = (life.ProgressReported, life.EvidenceSubmitted, life.ExtensionRequested)
VERDICTS = (life.EvidenceAccepted, life.EvidenceReturned, life.EvidenceWithdrawn)
ANSWERS = (life.ExtensionGranted, life.ExtensionRefused)
WHILE_OPEN = (*NEEDS_A_LEAD, *VERDICTS, *ANSWERS, life.Assigned, life.Transferred, life.Closed, Responded)
SETTLES = (life.Assigned, life.Transferred, life.Closed, *ANSWERS)
"""After these no request is pending, be it answered or lapsed."""


def in_effect(stream: Stream) -> Iterator[tuple[Lifecycle, Recorded]]:
    """Every fact in the order of effect, with the life that it found."""
    state = Lifecycle(stream[0].kind)
    for each in sorted(stream, key=effective_order):
        yield state, each
        state = evolve(state, each)


def only_what_is_assigned_is_worked_on(stream: Stream) -> Iterator[Fault]:
    assigned = False
    for each in stream:
        assigned = assigned or isinstance(each.fact, life.Assigned)
        moved = isinstance(each.fact, life.Transferred) and not each.fact.merged
        if not assigned and (moved or isinstance(each.fact, NEEDS_A_LEAD)):
            yield Fault(each, NotAssigned, f"The {each.kind} would not have been assigned to an agency by then.")


def no_draft_is_assigned(stream: Stream) -> Iterator[Fault]:
    """A recommendation of a review that whoever must agree has not agreed."""
    began = stream[0].fact
    if not isinstance(began, Raised) or not began.draft:
        return
    agreed = next((each for each in stream if isinstance(each.fact, DraftAgreed)), None)
    for each in stream:
        if isinstance(each.fact, life.Assigned) and (agreed is None or each.fact.happened_on < agreed.fact.happened_on):
            yield Fault(each, ConditionsNotMet, "It would be a draft, of a review that is not agreed yet.", agreed)


def nobody_takes_over_what_they_lead(stream: Stream) -> Iterator[Fault]:
    for state, each in in_effect(stream):
        if isinstance(each.fact, life.Transferred) and not each.fact.merged and each.fact.to_agency == state.lead:
            yield Fault(each, Invalid, f"{state.lead!r} would lead it already when it is transferred to them.")


def what_is_closed_stays_as_it_is(stream: Stream) -> Iterator[Fault]:
    closing: Recorded | None = None
    for state, each in in_effect(stream):
        closure = state.closure
        merged = isinstance(each.fact, life.Transferred) and each.fact.merged
        if closure is not None and isinstance(each.fact, WHILE_OPEN) and not merged and not _overtaken(each, closing):
            yield Fault(each, AlreadyClosed, f"The {each.kind} would have been closed on {closure.closed_on}.", closing)
        if closure is None and isinstance(each.fact, life.Reopened | life.ImpactVerified):
            yield Fault(each, NotClosed, f"The {each.kind} would not be closed on {each.fact.happened_on}.")
        if isinstance(each.fact, life.Closed):
            closing = each


def _overtaken(each: Recorded, closing: Recorded | None) -> bool:
    """What was reported, asked for or refused binds nothing: a closing told later, of an earlier day, overtakes it."""
    binds_nothing = isinstance(each.fact, life.ProgressReported | life.ExtensionRequested | life.ExtensionRefused)
    return binds_nothing and closing is not None and each.originator_version < closing.originator_version


def evidence_is_judged_once(stream: Stream) -> Iterator[Fault]:
    filed: dict[UUID, Recorded | None] = {}
    for each in stream:
        match each.fact:
            case life.EvidenceSubmitted(evidence_id=id):
                filed[id] = None
            case life.EvidenceAccepted() | life.EvidenceReturned() | life.EvidenceWithdrawn() as verdict:
                if verdict.evidence_id not in filed:
                    yield Fault(each, EvidenceMissing, "The evidence that it is about would not have been filed.")
                elif (earlier := filed[verdict.evidence_id]) is not None:
                    sentence = f"The evidence would have been judged already, on {earlier.fact.happened_on}."
                    yield Fault(each, EvidenceAlreadyJudged, sentence, earlier)
                filed[verdict.evidence_id] = each


def an_extension_is_answered_once(stream: Stream) -> Iterator[Fault]:
    requested: dict[UUID, Recorded | None] = {}
    pending: Recorded | None = None
    for each in stream:
        match each.fact:
            case life.ExtensionRequested(extension_id=id):
                if pending is not None:
                    yield Fault(each, ExtensionPending, "An extension would have been requested already.", pending)
                requested[id], pending = None, each
            case life.ExtensionGranted(extension_id=id) | life.ExtensionRefused(extension_id=id):
                if requested.get(id, each) is not None:
                    sentence = "It answers a request that would not have been made, or was answered before."
                    yield Fault(each, ConditionsNotMet, sentence, requested.get(id))
                requested[id] = each
        if isinstance(each.fact, SETTLES):
            pending = None


def closing_is_earned(stream: Stream) -> Iterator[Fault]:
    """What was found only after the closing, of a day before it, awaits nothing."""
    filed: Mapping[UUID, int] = {
        each.fact.evidence_id: each.originator_version
        for each in stream
        if isinstance(each.fact, life.EvidenceSubmitted)
    }
    for state, each in in_effect(stream):
        if not isinstance(each.fact, life.Closed):
            continue
        outcome = each.fact.outcome
        if outcome is ClosureOutcome.NOT_IMPLEMENTED and not each.fact.reason:
            yield Fault(each, ReasonRequired, "Closed as not implemented it needs a reason, which is corrected first.")
        if outcome is not ClosureOutcome.IMPLEMENTED:
            continue
        if not any(piece.counts and piece.accepted for piece in state.evidence):
            yield Fault(each, EvidenceMissing, "Closing as implemented needs evidence accepted since it was opened.")
        elif any(piece.awaiting and filed.get(piece.id, 0) < each.originator_version for piece in state.evidence):
            yield Fault(each, EvidenceMissing, "Evidence would still await its verdict when it is closed.")


def nothing_is_closed_or_verified_under_a_challenge(stream: Stream) -> Iterator[Fault]:
    marks: dict[UUID, Recorded] = {}
    for state, each in in_effect(stream):
        if isinstance(each.fact, life.Challenged):
            marks[each.fact.challenge_id] = each
        if isinstance(each.fact, life.Closed | life.ImpactVerified) and state.challenges:
            mark = next((marks[id] for id in marks if id in state.challenges), None)
            yield Fault(each, ChallengeOpen, f"A formal challenge about this {each.kind} would be open.", mark)


def impact_is_of_what_was_implemented(stream: Stream) -> Iterator[Fault]:
    for state, each in in_effect(stream):
        closure = state.closure
        if isinstance(each.fact, life.ImpactVerified) and closure and closure.outcome is not ClosureOutcome.IMPLEMENTED:
            yield Fault(each, ConditionsNotMet, "Impact is verified of what was closed as implemented.")


def a_finding_carries_its_follow_up(stream: Stream) -> Iterator[Fault]:
    """The reopening of the same command, or the further action that it raised."""
    for each in stream:
        if not isinstance(each.fact, life.ImpactVerified):
            continue
        reopening = reopened_by(each, stream)
        if each.fact.finding is Impact.NOT_EMBEDDED:
            if not each.fact.follow_up_action and not reopening:
                sentence = "Not embedded carries its follow-up: strike the finding out and find so anew, with one."
                yield Fault(each, FollowUpRequired, sentence)
        elif reopening:
            yield Fault(reopening, Invalid, "Only a finding of not embedded reopens it.", each)


def reopened_by(finding: Recorded, stream: Stream) -> Recorded | None:
    """What the command of a finding recorded beside it."""
    if not isinstance(finding.fact, life.ImpactVerified) or not finding.fact.reopened:
        return None
    following = (each for each in stream if each.originator_version == finding.originator_version + 1)
    return next((each for each in following if isinstance(each.fact, life.Reopened)), None)


RULES: tuple[Rule, ...] = (
    only_what_is_assigned_is_worked_on,
    no_draft_is_assigned,
    nobody_takes_over_what_they_lead,
    what_is_closed_stays_as_it_is,
    evidence_is_judged_once,
    an_extension_is_answered_once,
    closing_is_earned,
    nothing_is_closed_or_verified_under_a_challenge,
    impact_is_of_what_was_implemented,
    a_finding_carries_its_follow_up,
)
