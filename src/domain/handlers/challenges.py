"""A formal challenge marks every subject; upheld, it reopens what is closed, in the same transaction."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from domain.action.rules import an_action_arises_since_the_latest_reopening
from domain.action.state import Action
from domain.authority import the_challenge_is_made_to_it
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
from domain.duties.state import Duties, Duty
from domain.handlers.framework_adoption import passing_on
from domain.lifecycle.decide import reopened
from domain.lifecycle.events import Challenged, ChallengeEnded
from domain.lifecycle.rules import the_day_is_in_order
from domain.recommendation.state import Recommendation
from domain.review.clocks import Clock
from domain.review.rules.stages import the_review_is_commissioned
from domain.session import Repository
from domain.shared.dates import nothing_happens_before_it_existed
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, facts_on
from domain.shared.refusals import NotFound, within
from domain.shared.vocabulary import ChallengeOutcome, Kind


def issue(command: IssueChallenge, repository: Repository, context: DecisionContext) -> list[Decided]:
    issued = facts_on(Kind.CHALLENGE, context.new_id, decide.issue(command, context))
    mark = Challenged(happened_on=context.on, by=context.by, challenge_id=context.new_id)
    subjects = _places(command.subjects)
    for subject, nth in subjects.items():
        with within(_listed_in(subject), nth):
            _is_there(subject, repository)
            _may_be_challenged(subject, command.agency, repository, context)
    others = (repository.challenge(id) for _, id in context.concerned)
    the_same_is_not_challenged_already(command, others, context.agencies.kin(command.agency))
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


def _is_there(subject: Subject, repository: Repository) -> None:
    """What is named and is not there is refused by the field that names it."""
    try:
        repository.state(subject.kind, subject.id)
    except NotFound as missing:
        raise NotFound(missing.message, *_field(subject)) from missing


def _field(subject: Subject) -> tuple[str, ...]:
    if subject.duty is not None:
        return ("duties", "arisenFrom")
    return ("subjects",) if subject.clock is None else ("clocks", "reviewId")


def _may_be_challenged(subject: Subject, agency: str, repository: Repository, context: DecisionContext) -> None:
    a_subject_is_the_agencys(
        agency, context.agencies.kin(agency), _agencies_of(subject, repository), _listed_in(subject)
    )
    if not subject.marked:
        nothing_happens_before_it_existed(context, _began_on(subject, repository))
        if subject.duty is not None and subject.kind is Kind.REVIEW:
            a_challenged_duty_is_unmet(_duty(subject, repository), context)
    elif subject.kind is Kind.REVIEW:
        review = repository.review(subject.id)
        the_review_is_commissioned(review)
        nothing_happens_before_it_existed(context, review.commissioned_on)
    else:
        the_day_is_in_order(repository.item(subject.kind, subject.id).life, context)


def respond(command: RespondToChallenge, repository: Repository, context: DecisionContext) -> list[Decided]:
    challenge = repository.challenge(command.id)
    the_challenge_is_made_to_it(challenge.agency, context)
    return facts_on(Kind.CHALLENGE, command.id, decide.respond(challenge, command, context))


def escalate(command: EscalateChallenge, repository: Repository, context: DecisionContext) -> list[Decided]:
    challenge = repository.challenge(command.id)
    return facts_on(Kind.CHALLENGE, command.id, decide.escalate(challenge, command, context))


def transfer(command: TransferChallenge, repository: Repository, context: DecisionContext) -> list[Decided]:
    """Every subject must be the agency's that has it to answer from now on."""
    challenge = repository.challenge(command.id)
    transferred = facts_on(Kind.CHALLENGE, command.id, decide.transfer(challenge, command, context))
    kin = context.agencies.kin(command.to_agency)
    for subject in challenge.subjects:
        a_subject_is_the_agencys(command.to_agency, kin, _agencies_of(subject, repository), "toAgency")
    return transferred


def _agencies_of(subject: Subject, repository: Repository) -> tuple[str, ...]:
    if subject.duty is not None:
        holder = _duty(subject, repository).agency
        return () if holder is None else (holder,)
    if subject.kind is Kind.RETURN:
        return (repository.agency_return(subject.id).agency,)
    if subject.kind is Kind.REVIEW:
        return repository.review(subject.id).agencies
    life = repository.item(subject.kind, subject.id).life
    return (*life.parties, *life.addressed_to)


def _began_on(subject: Subject, repository: Repository) -> date | None:
    """When the duty arose, the clock started, or the return was called for."""
    if subject.duty is not None:
        return _duty(subject, repository).arisen_on
    if subject.clock is not None:
        return _clock(subject, subject.clock, repository).started_on
    called = repository.agency_return(subject.id)
    return min((duty.arisen_on for duty in called.duties.values()), default=None)


def _duty(subject: Subject, repository: Repository) -> Duty:
    duties: Duties = (
        repository.agency_return(subject.id).duties
        if subject.kind is Kind.RETURN
        else repository.review(subject.id).duties
    )
    duty = duties.get(subject.duty) if subject.duty else None
    if duty is None:
        raise NotFound("No such duty arose from it.", "duties", "dutyId")
    return duty


def _clock(subject: Subject, name: str, repository: Repository) -> Clock:
    clock = repository.review(subject.id).clocks.get(name)
    if clock is None:
        raise NotFound(f"The review has no clock {name!r}.", "clocks", "clock")
    return clock


def withdraw(command: WithdrawChallenge, repository: Repository, context: DecisionContext) -> list[Decided]:
    challenge = repository.challenge(command.id)
    withdrawn = facts_on(Kind.CHALLENGE, command.id, decide.withdraw(challenge, command, context))
    return withdrawn + _unmarked(challenge, command.id, repository, context)


def resolve(command: ResolveChallenge, repository: Repository, context: DecisionContext) -> list[Decided]:
    challenge = repository.challenge(command.id)
    resolved = facts_on(Kind.CHALLENGE, command.id, decide.resolve(challenge, command, context))
    reopened = passing_on(_upheld(challenge, command, repository, context), repository, context)
    return [*resolved, *_unmarked(challenge, command.id, repository, context), *reopened]


def _unmarked(
    challenge: Challenge, challenge_id: UUID, repository: Repository, context: DecisionContext
) -> list[Decided]:
    marked = [subject for subject in challenge.subjects if subject.marked]
    for subject in marked:
        if subject.kind is not Kind.REVIEW:
            the_day_is_in_order(repository.item(subject.kind, subject.id).life, context)
    mark = ChallengeEnded(happened_on=context.on, by=context.by, challenge_id=challenge_id)
    return [(subject.kind, subject.id, mark) for subject in marked]


def _upheld(
    challenge: Challenge, command: ResolveChallenge, repository: Repository, context: DecisionContext
) -> list[Decided]:
    if command.outcome is not ChallengeOutcome.UPHELD:
        return []
    closed = {key: item for key, item in _concerned(challenge, repository).items() if item.life.closure is not None}
    if not closed:
        return []
    due_on = upheld_reopens_to_a_date(command.reopen_due_on)
    for item in closed.values():
        if isinstance(item, Action):
            an_action_arises_since_the_latest_reopening(repository.recommendation(item.recommendation_id).life, context)
    return [
        (kind, item_id, reopened(item.life, due_on, command.reason, context, "reopenDueOn"))
        for (kind, item_id), item in closed.items()
    ]


def _concerned(challenge: Challenge, repository: Repository) -> dict[tuple[Kind, UUID], Recommendation | Action]:
    """The subjects, and the recommendation above every closed action among them."""
    concerned: dict[tuple[Kind, UUID], Recommendation | Action] = {}
    for subject in challenge.subjects:
        if subject.kind is Kind.REVIEW or not subject.marked:
            continue
        item = repository.item(subject.kind, subject.id)
        concerned[subject.kind, subject.id] = item
        if isinstance(item, Action) and item.life.closure is not None:
            above = item.recommendation_id
            concerned[Kind.RECOMMENDATION, above] = repository.recommendation(above)
    return concerned
