"""What must hold of every recommendation and action, whatever has been tried."""

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from domain.action.events import Raised
from domain.action.state import Action
from domain.agency.events import AgencyMerged
from domain.correction.amending import apply_corrections
from domain.correction.events import Corrected
from domain.lifecycle import events
from domain.lifecycle.state import Lifecycle, days_overdue, overdue, overdue_against_original
from domain.recommendation.state import Recommendation
from domain.replay import replay
from domain.shared.facts import Fact, Recorded, effective_order
from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import ClosureOutcome, Kind, Role
from random_steps.run import Happened, Run
from random_steps.scene import LIVING

JUDGEMENTS = (
    events.EvidenceAccepted,
    events.EvidenceReturned,
    events.ExtensionGranted,
    events.Closed,
    events.ImpactVerified,
)


def living(run: Run, happened: Happened) -> Iterator[UUID]:
    return (id for id in happened.touched if run.scene.kind(id) in LIVING)


def in_both_orders(stream: list[Recorded]) -> Iterator[list[Fact]]:
    """A thing's facts as they were recorded, and as they took effect."""
    standing = apply_corrections(stream)
    yield [each.fact for each in standing]
    yield [each.fact for each in sorted(standing, key=effective_order)]


def nothing_is_implemented_without_accepted_evidence(run: Run, happened: Happened) -> None:
    for id in living(run, happened):
        for facts in in_both_orders(run.scene.facts[id]):
            accepted = False
            for fact in facts:
                accepted = isinstance(fact, events.EvidenceAccepted) or (
                    accepted and not isinstance(fact, events.Reopened)
                )
                if isinstance(fact, events.Closed) and fact.outcome is ClosureOutcome.IMPLEMENTED:
                    assert accepted, f"{id} was closed as implemented on {fact.happened_on} with nothing accepted"


def nothing_is_closed_or_verified_under_a_challenge(run: Run, happened: Happened) -> None:
    for id in living(run, happened):
        for facts in in_both_orders(run.scene.facts[id]):
            challenges = set[UUID]()
            for fact in facts:
                match fact:
                    case events.Challenged(challenge_id=challenge):
                        challenges.add(challenge)
                    case events.ChallengeEnded(challenge_id=challenge):
                        challenges.discard(challenge)
                    case events.Closed() | events.ImpactVerified():
                        assert not challenges, f"{id}: {type(fact).__name__} while {challenges} were open"


def a_challenge_marks_its_subjects_while_it_is_open(run: Run, happened: Happened) -> None:
    for id in (each for each in happened.touched if run.scene.kind(each) is Kind.CHALLENGE):
        challenge = run.scene.state(id)
        for subject in (each for each in challenge.subjects if each.marked):
            state = run.scene.state(subject.id)
            marked = id in getattr(state, "life", state).challenges
            assert marked is not challenge.ended, f"{subject.id}: challenged {marked}, ended {challenge.ended}"


def an_implemented_recommendation_leaves_no_action_open(run: Run, happened: Happened) -> None:
    """On any day, but for what a finding of not embedded on it asked for: then it stays closed (rulings)."""
    for id in dict.fromkeys(_recommendations(run, happened)):
        state: Recommendation = run.scene.state(id)
        below = [run.scene.facts[each] for each in state.actions if _raised_for(run, each) != id]
        for day in _turning(run.scene.facts[id], *below):
            closure = _on(run.scene.facts[id], day).closure
            if closure is not None and closure.outcome is ClosureOutcome.IMPLEMENTED:
                still = [stream[0].originator_id for stream in below if _stands_open(_on(stream, day))]
                assert not still, f"{id} is implemented on {day} over {still}"


def _turning(*streams: list[Recorded]) -> set[date]:
    """The days on which something was raised, closed or reopened."""
    turns = (Raised, events.Closed, events.Reopened)
    return {
        each.fact.happened_on
        for stream in streams
        for each in apply_corrections(stream)
        if isinstance(each.fact, turns)
    }


def _stands_open(life: Lifecycle) -> bool:
    return life.raised_on is not None and life.closure is None


def nothing_arises_before_what_it_arose_from(run: Run, happened: Happened) -> None:
    for id in living(run, happened):
        state = run.scene.state(id)
        above = run.scene.life(state.recommendation_id) if isinstance(state, Action) else None
        since = run.scene.state(state.review_id).commissioned_on if above is None else above.raised_on
        assert since <= state.life.raised_on, f"{id} was raised on {state.life.raised_on}, before {since}"
        below = [] if isinstance(state, Action) else [run.scene.life(each).raised_on for each in state.actions]
        assert all(state.life.raised_on <= day for day in below), f"{id} was raised after its actions: {below}"


def _raised_for(run: Run, action: UUID) -> UUID | None:
    """The thing whose impact was not embedded, if that is why it was raised."""
    first = run.scene.facts[action][0].fact
    return first.follows if isinstance(first, Raised) else None


def _recommendations(run: Run, happened: Happened) -> Iterator[UUID]:
    for id in living(run, happened):
        state = run.scene.state(id)
        yield state.recommendation_id if isinstance(state, Action) else id


def an_extension_shrinks_no_lateness(run: Run, happened: Happened) -> None:
    """Neither on a day before it was granted nor, by the first due date, on any day."""
    for granted in happened.facts:
        if isinstance(granted.fact, events.ExtensionGranted):
            before = happened.before[granted.originator_id]
            now = run.scene.facts[granted.originator_id]
            for day in _days_around(run, granted.fact.happened_on):
                were, are = _on(before, day), _on(now, day)
                told = f"{granted.originator_id} on {day}"
                assert overdue_against_original(are, day) is overdue_against_original(were, day), told
                if day < granted.fact.happened_on:
                    late = (overdue(were, day), days_overdue(were, day))
                    assert (overdue(are, day), days_overdue(are, day)) == late, told


def _days_around(run: Run, day: date) -> Iterator[date]:
    yield day - timedelta(days=1)
    for _ in range(4):
        yield day + timedelta(days=run.chance.randint(-60, 60))


def _on(stream: list[Recorded], day: date) -> Lifecycle:
    """The life as it was on a day, folded anew."""
    kind = stream[0].kind
    state = replay(kind, [each for each in apply_corrections(stream) if each.fact.happened_on <= day])
    life: Lifecycle = state.life  # type: ignore[union-attr]
    return life


def a_decision_follows_what_it_decides_about(run: Run, happened: Happened) -> None:
    for id in living(run, happened):
        asked: dict[UUID, date] = {}
        for fact in (each.fact for each in apply_corrections(run.scene.facts[id])):
            match fact:
                case events.EvidenceSubmitted(evidence_id=what) | events.ExtensionRequested(extension_id=what):
                    asked[what] = fact.happened_on
                case (
                    events.EvidenceAccepted(evidence_id=what)
                    | events.EvidenceReturned(evidence_id=what)
                    | events.ExtensionGranted(extension_id=what)
                    | events.ExtensionRefused(extension_id=what)
                ):
                    assert asked[what] <= fact.happened_on, f"{id}: {type(fact).__name__} before it was asked for"


def the_first_due_date_stands_unless_corrected(run: Run, happened: Happened) -> None:
    for id in living(run, happened):
        now, before = run.scene.facts[id], happened.before.get(id, [])
        if not before or any(isinstance(each.fact, Corrected) for each in now[len(before) :]):
            continue
        was = replay(before[0].kind, before).life.first_due_on  # type: ignore[union-attr]
        assert was in {None, run.scene.life(id).first_due_on}, f"{id}: {was} is forgotten"


def nobody_judges_their_own_work(run: Run, happened: Happened) -> None:
    """Members of whatever an agency has become, or came from, are its own."""
    for judged in happened.facts:
        if not isinstance(judged.fact, JUDGEMENTS) or judged.kind not in LIVING:
            continue
        by, thing = judged.fact.by, _as_it_was(run, happened, judged.originator_id)
        assert by.role in {Role.MONITORING_BODY, Role.CHAIR}, f"{by.role} judged {judged.originator_id}"
        if by.role is Role.MONITORING_BODY:
            assert by.agency is not None or happened.caller.independent
            decides = thing.reporting.bodies[0]
            assert by.body == decides, f"{by.body} judged what reports through {decides}"
        did = [*thing.life.parties, *_filed(judged.fact, happened.before.get(judged.originator_id, []))]
        own = {_today(run, party) for party in did}
        assert by.agency is None or _today(run, by.agency) not in own, f"{by} judged the work of {did}"


def _filed(judgement: Fact, before: list[Recorded]) -> Iterator[str]:
    """Whose evidence, or request, was judged; of a closing or a finding, whose evidence it rests on."""
    filed, accepted = dict[UUID, str | None](), set[UUID]()
    for fact in (each.fact for each in sorted(apply_corrections(before), key=effective_order)):
        match fact:
            case events.EvidenceSubmitted(evidence_id=what, agency=agency):
                filed[what] = agency
            case events.ExtensionRequested(extension_id=what, agency=agency):
                filed[what] = agency
            case events.EvidenceAccepted(evidence_id=what):
                accepted.add(what)
            case events.Reopened():
                accepted.clear()
    judged = getattr(judgement, "evidence_id", getattr(judgement, "extension_id", None))
    rests_on = accepted if judged is None else {judged}
    yield from (agency for what in rests_on if (agency := filed.get(what)))


def _as_it_was(run: Run, happened: Happened, id: UUID) -> Action | Recommendation:
    before = happened.before.get(id) or run.scene.facts[id]
    state = replay(before[0].kind, before)
    assert isinstance(state, Action | Recommendation)
    return state


def _today(run: Run, agency: str) -> str:
    """What an agency has become, by the mergers in the log alone."""
    stream = run.scene.facts[SINGLE[Kind.AGENCIES]]
    into = {each.fact.key: each.fact.into for each in stream if isinstance(each.fact, AgencyMerged)}
    while agency in into:
        agency = into[agency]
    return agency
