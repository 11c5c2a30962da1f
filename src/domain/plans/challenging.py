"""A formal challenge marks every subject; upheld, it reopens what is closed, in the same transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.action.rules import it_arises_since_the_latest_reopening
from domain.action.state import Action
from domain.authority_rules import the_challenge_is_made_to_it
from domain.challenge import decide
from domain.challenge.commands import (
    EscalateChallenge,
    IssueChallenge,
    ResolveChallenge,
    RespondToChallenge,
    TransferChallenge,
    WithdrawChallenge,
)
from domain.challenge.events import Subject
from domain.challenge.rules import (
    a_challenged_duty_is_unmet,
    a_subject_is_the_agencys,
    the_same_is_not_challenged_already,
    upheld_reopens_to_a_date,
)
from domain.challenge.state import Challenge
from domain.dates import nothing_happens_before_it_existed
from domain.duties.state import Duties, Duty
from domain.given import Given
from domain.lifecycle.decide_outcome import reopened
from domain.lifecycle.events import Challenged, ChallengeEnded
from domain.lifecycle.rules_of_dates import it_is_in_order
from domain.plans.reading import Decided, Read, living, on, recommendation, the
from domain.plans.reporting import passing_on
from domain.recommendation.state import Recommendation
from domain.refusals import NotFound, within
from domain.returns.state import Return
from domain.review.clocks import Clock
from domain.review.rules import it_is_commissioned
from domain.review.state import Review
from domain.words import ChallengeOutcome, Kind


def issue(command: IssueChallenge, read: Read, given: Given) -> list[Decided]:
    issued = on(Kind.CHALLENGE, given.new_id, decide.issue(command, given))
    mark = Challenged(happened_on=given.on, by=given.by, challenge_id=given.new_id)
    subjects = _places(command.subjects)
    for subject, nth in subjects.items():
        with within(_listed_in(subject), nth):
            _is_there(subject, read)
            _may_be_challenged(subject, command.agency, read, given)
    others = (the(read, Kind.CHALLENGE, id, Challenge) for _, id in given.concerned)
    the_same_is_not_challenged_already(command, others, given.agencies.kin(command.agency))
    marked = [subject for subject in subjects if subject.marked]
    return [*issued, *((subject.kind, subject.id, mark) for subject in marked)]


def _listed_in(subject: Subject) -> str:
    """The list of the input that names it."""
    if subject.duty is not None:
        return "duties"
    return "subjects" if subject.clock is None else "clocks"


def _places(subjects: Iterable[Subject]) -> dict[Subject, int]:
    """Each once, with its first place in the list that names it."""
    places: dict[Subject, int] = {}
    passed: Counter[str] = Counter()
    for subject in subjects:
        places.setdefault(subject, passed[_listed_in(subject)])
        passed[_listed_in(subject)] += 1
    return places


def _is_there(subject: Subject, read: Read) -> None:
    """What is named and is not there is refused by the field that names it."""
    try:
        read(subject.kind, subject.id)
    except NotFound as missing:
        raise NotFound(missing.message, *_field(subject)) from missing


def _field(subject: Subject) -> tuple[str, ...]:
    if subject.duty is not None:
        return ("duties", "arisenFrom")
    return ("subjects",) if subject.clock is None else ("clocks", "reviewId")


def _may_be_challenged(subject: Subject, agency: str, read: Read, given: Given) -> None:
    a_subject_is_the_agencys(agency, given.agencies.kin(agency), _agencies_of(subject, read), _listed_in(subject))
    if not subject.marked:
        nothing_happens_before_it_existed(given, _began_on(subject, read))
        if subject.duty is not None and subject.kind is Kind.REVIEW:
            a_challenged_duty_is_unmet(_duty(subject, read), given)
    elif subject.kind is Kind.REVIEW:
        review = the(read, Kind.REVIEW, subject.id, Review)
        it_is_commissioned(review)
        nothing_happens_before_it_existed(given, review.commissioned_on)
    else:
        it_is_in_order(living(read, subject.kind, subject.id).life, given)


def respond(command: RespondToChallenge, read: Read, given: Given) -> list[Decided]:
    challenge = the(read, Kind.CHALLENGE, command.id, Challenge)
    the_challenge_is_made_to_it(challenge.agency, given)
    return on(Kind.CHALLENGE, command.id, decide.respond(challenge, command, given))


def escalate(command: EscalateChallenge, read: Read, given: Given) -> list[Decided]:
    challenge = the(read, Kind.CHALLENGE, command.id, Challenge)
    return on(Kind.CHALLENGE, command.id, decide.escalate(challenge, command, given))


def transfer(command: TransferChallenge, read: Read, given: Given) -> list[Decided]:
    """Every subject must be the agency's that has it to answer from now on."""
    challenge = the(read, Kind.CHALLENGE, command.id, Challenge)
    transferred = on(Kind.CHALLENGE, command.id, decide.transfer(challenge, command, given))
    kin = given.agencies.kin(command.to_agency)
    for subject in challenge.subjects:
        a_subject_is_the_agencys(command.to_agency, kin, _agencies_of(subject, read))
    return transferred


def _agencies_of(subject: Subject, read: Read) -> tuple[str, ...]:
    if subject.duty is not None:
        holder = _duty(subject, read).agency
        return () if holder is None else (holder,)
    if subject.kind is Kind.RETURN:
        return (the(read, Kind.RETURN, subject.id, Return).agency,)
    if subject.kind is Kind.REVIEW:
        return the(read, Kind.REVIEW, subject.id, Review).agencies
    life = living(read, subject.kind, subject.id).life
    return (*life.parties, *life.addressed_to)


def _began_on(subject: Subject, read: Read) -> date | None:
    """When the duty arose, the clock started, or the return was called for."""
    if subject.duty is not None:
        return _duty(subject, read).arisen_on
    if subject.clock is not None:
        return _clock(subject, subject.clock, read).started_on
    called = the(read, Kind.RETURN, subject.id, Return)
    return min((duty.arisen_on for duty in called.duties.values()), default=None)


def _duty(subject: Subject, read: Read) -> Duty:
    duties: Duties = (
        the(read, Kind.RETURN, subject.id, Return).duties
        if subject.kind is Kind.RETURN
        else the(read, Kind.REVIEW, subject.id, Review).duties
    )
    duty = duties.get(subject.duty) if subject.duty else None
    if duty is None:
        raise NotFound("No such duty arose from it.", "duties", "dutyId")
    return duty


def _clock(subject: Subject, name: str, read: Read) -> Clock:
    clock = the(read, Kind.REVIEW, subject.id, Review).clocks.get(name)
    if clock is None:
        raise NotFound(f"The review has no clock {name!r}.", "clocks", "clock")
    return clock


def withdraw(command: WithdrawChallenge, read: Read, given: Given) -> list[Decided]:
    challenge = the(read, Kind.CHALLENGE, command.id, Challenge)
    withdrawn = on(Kind.CHALLENGE, command.id, decide.withdraw(challenge, command, given))
    return withdrawn + _unmarked(challenge, command.id, read, given)


def resolve(command: ResolveChallenge, read: Read, given: Given) -> list[Decided]:
    challenge = the(read, Kind.CHALLENGE, command.id, Challenge)
    resolved = on(Kind.CHALLENGE, command.id, decide.resolve(challenge, command, given))
    reopened = passing_on(_upheld(challenge, command, read, given), read, given)
    return [*resolved, *_unmarked(challenge, command.id, read, given), *reopened]


def _unmarked(challenge: Challenge, challenge_id: UUID, read: Read, given: Given) -> list[Decided]:
    marked = [subject for subject in challenge.subjects if subject.marked]
    for subject in marked:
        if subject.kind is not Kind.REVIEW:
            it_is_in_order(living(read, subject.kind, subject.id).life, given)
    mark = ChallengeEnded(happened_on=given.on, by=given.by, challenge_id=challenge_id)
    return [(subject.kind, subject.id, mark) for subject in marked]


def _upheld(challenge: Challenge, command: ResolveChallenge, read: Read, given: Given) -> list[Decided]:
    if command.outcome is not ChallengeOutcome.UPHELD:
        return []
    closed = {key: thing for key, thing in _concerned(challenge, read).items() if thing.life.closure is not None}
    if not closed:
        return []
    due_on = upheld_reopens_to_a_date(command.reopen_due_on)
    for thing in closed.values():
        if isinstance(thing, Action):
            it_arises_since_the_latest_reopening(recommendation(read, thing.recommendation_id).life, given)
    return [
        (kind, thing_id, reopened(thing.life, due_on, command.reason, given, "reopenDueOn"))
        for (kind, thing_id), thing in closed.items()
    ]


def _concerned(challenge: Challenge, read: Read) -> dict[tuple[Kind, UUID], Recommendation | Action]:
    """The subjects, and the recommendation above every closed action among them."""
    concerned: dict[tuple[Kind, UUID], Recommendation | Action] = {}
    for subject in challenge.subjects:
        if subject.kind is Kind.REVIEW or not subject.marked:
            continue
        thing = living(read, subject.kind, subject.id)
        concerned[subject.kind, subject.id] = thing
        if isinstance(thing, Action) and thing.life.closure is not None:
            above = thing.recommendation_id
            concerned[Kind.RECOMMENDATION, above] = recommendation(read, above)
    return concerned
