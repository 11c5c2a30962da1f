"""One command: may its sender send it, what does its handler decide, was it sent for the state that is there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from domain.agency.commands import MergeAgencies
from domain.agency.state import Agencies
from domain.authority import an_agency_states_no_day_of_effect, the_callers_agency_goes_on
from domain.catalogue import BY_COMMAND, Entry
from domain.challenge.commands import IssueChallenge
from domain.correction.commands import Correct
from domain.correction.events import Corrected
from domain.correction.values import ids_in
from domain.frameworks import Framework
from domain.handlers.mergers import gone_on
from domain.lifecycle.commands import LifecycleCommand, SubmitEvidence
from domain.lifecycle.events import Challenged, ChallengeEnded
from domain.partnership.commands import AdoptFramework, CreatePartnership
from domain.partnership.state import Partnership
from domain.recommendation.events import ActionPlanned, CheckCommissioned
from domain.replay import replay
from domain.review.commands import DisseminateLearning
from domain.review.state import Review
from domain.session import Repository
from domain.shared.actor import Actor, Caller
from domain.shared.attachments import Upload
from domain.shared.commands import Command
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, Epoch, Fact, Recorded
from domain.shared.refusals import Invalid, NotFound, NotIndependent, NotPermitted, Refusal, VersionConflict
from domain.shared.vocabulary import Kind, Role
from domain.theme.state import Themes


class ContextSource(Protocol):
    """What is read of the register while a command is decided: see `domain.session`."""

    @property
    def today(self) -> date: ...
    @property
    def passed_over(self) -> int: ...
    @property
    def epoch(self) -> Epoch: ...
    def single(self, kind: Kind) -> Any: ...
    def recorded(self, id: UUID) -> tuple[Recorded, ...]: ...
    def naming(self, agency: str) -> tuple[tuple[Kind, UUID], ...]: ...
    def reporting(self) -> tuple[tuple[Kind, UUID], ...]: ...
    def challenges_to(self, agencies: Iterable[str]) -> tuple[UUID, ...]: ...
    def returns_behind(self, id: UUID) -> tuple[UUID, ...]: ...
    def learned_in(self, learning: Iterable[UUID]) -> Mapping[UUID, UUID]: ...
    def uploads(self, ids: Sequence[UUID]) -> Mapping[UUID, Upload]: ...


def build_context(
    session: ContextSource,
    command: Command,
    caller: Caller,
    shipped: Mapping[str, Framework],
    new_id: UUID,
    number: int,
) -> DecisionContext:
    """Raises Invalid for a framework that nobody knows."""
    on = command.happened_on or session.today
    partnership: Partnership = session.single(Kind.PARTNERSHIP) or Partnership()
    frameworks = {**shipped, **partnership.own}
    agencies: Agencies = session.single(Kind.AGENCIES) or Agencies()
    return DecisionContext(
        caller=caller,
        by=actor(caller),
        today=session.today,
        on=on,
        imported=command.imported,
        new_id=new_id,
        number=number,
        agencies=agencies,
        themes=session.single(Kind.THEMES) or Themes(),
        framework=_framework(frameworks, partnership, command, on),
        frameworks=frameworks,
        passed_over=session.passed_over,
        recorded=session.recorded,
        concerned=_concerned(session, command, agencies),
        adopted=partnership.adopted,
        learned_in=session.learned_in(_learning(session, command)),
        epoch=session.epoch,
        uploads=session.uploads(command.attachments) if isinstance(command, SubmitEvidence) else {},
    )


def actor(caller: Caller) -> Actor:
    """The caller as facts name it; one with several bodies acts for the one that decides, which its handler knows."""
    body = caller.bodies[0] if caller.role is Role.MONITORING_BODY and len(caller.bodies) == 1 else None
    return Actor(subject=caller.subject, role=caller.role, agency=caller.agency, body=body)


def _framework(frameworks: Mapping[str, Framework], partnership: Partnership, command: Command, on: date) -> Framework:
    named = command.framework if isinstance(command, CreatePartnership | AdoptFramework) else None
    wanted = named or partnership.framework_on(on)
    if wanted not in frameworks:
        raise Invalid(f"There is no framework {wanted!r}; there are {', '.join(sorted(frameworks))}.", "framework")
    return frameworks[wanted]


def _concerned(session: ContextSource, command: Command, agencies: Agencies) -> tuple[tuple[Kind, UUID], ...]:
    match command:
        case MergeAgencies():
            return session.naming(command.key)
        case AdoptFramework():
            return session.reporting()
        case Correct(kind=Kind.RECOMMENDATION | Kind.ACTION):
            return tuple((Kind.RETURN, id) for id in session.returns_behind(command.id))
        case IssueChallenge():
            return tuple((Kind.CHALLENGE, id) for id in session.challenges_to(agencies.kin(command.agency)))
        case Correct(kind=Kind.CHALLENGE):
            holders = {key for named in _holders(session, command, agencies) for key in agencies.kin(named)}
            return tuple((Kind.CHALLENGE, id) for id in session.challenges_to(holders))
    return ()


def _holders(session: ContextSource, command: Correct, agencies: Agencies) -> Iterator[str]:
    """Every agency to which a challenge was made or came, or may have, by what is corrected of it."""
    for each in session.recorded(command.id):
        named = (getattr(each.fact, name, None) for name in ("agency", "to_agency", "new_value", "old_value"))
        yield from (key for key in named if isinstance(key, str) and agencies.known(key))
    if command.new_value is not None and agencies.known(command.new_value):
        yield command.new_value


def _named(fact: Fact) -> Iterator[UUID]:
    """The learning that a correction would have been brought, or not."""
    if isinstance(fact, Corrected) and fact.field == "learning":
        yield from (*ids_in(fact.old_value), *ids_in(fact.new_value))


def _learning(session: ContextSource, command: Command) -> tuple[UUID, ...]:
    """What is disseminated; of a review that is corrected, what others identified and it has disseminated."""
    match command:
        case DisseminateLearning():
            return command.learning
        case Correct(kind=Kind.REVIEW):
            facts = session.recorded(command.id)
            review = replay(facts[0].kind, facts) if facts else None
            if not isinstance(review, Review):
                return ()
            corrected = (id for each in facts for id in _named(each.fact))
            return tuple({*review.brought, *ids_in(command.new_value), *corrected} - review.learning.keys())
    return ()


LEFT_BY_OTHERS: tuple[type[Fact], ...] = (ActionPlanned, CheckCommissioned, Challenged, ChallengeEnded)
"""What an action below, a review that checks, or a challenge leaves on a thing whose agencies may not see it."""


class CommandSession(ContextSource, Protocol):
    """A reading of the register in which commands are decided: see `domain.session`."""

    @property
    def repository(self) -> Repository: ...
    def next_number(self, kind: Kind) -> int: ...
    def take(self, decided: Sequence[Decided], new: UUID | None = None, number: int = 0) -> None: ...


def dispatch(
    command: Command, caller: Caller, session: CommandSession, shipped: Mapping[str, Framework], new_id: UUID
) -> list[Decided]:
    """What the command leads to, and what a merger moves with it; the session's next commands see both.

    Who may not send it is told so; else a version that has passed comes before the rules, as what has changed since may
    be why a rule refuses.
    """
    entry, repository = BY_COMMAND[type(command)], session.repository
    number = _number(entry, command, session)
    context = build_context(session, command, caller, shipped, new_id, number)
    _the_caller_may_send_it(entry, command, context)
    try:
        decided = entry.handler(command, repository, context)
    except (NotFound, NotPermitted, NotIndependent):
        raise
    except Refusal:
        the_version_is_the_expected_one(entry, command, repository, context)
        raise
    the_version_is_the_expected_one(entry, command, repository, context)
    session.take(decided, new_id, number)
    moved = list(gone_on(decided, repository, context))
    session.take(moved)
    return decided + moved


def _number(entry: Entry, command: Command, session: CommandSession) -> int:
    """The next of its kind, for what is numbered and neither brings nor has a reference of its own."""
    has_one = getattr(command, "reference", None) or getattr(command, "referral_id", None)
    return session.next_number(entry.kind) if entry.numbered and not has_one else 0


def _the_caller_may_send_it(entry: Entry, command: Command, context: DecisionContext) -> None:
    if not entry.permits(context.caller):
        raise NotPermitted(f"{context.caller.role} may not do this.")
    an_agency_states_no_day_of_effect(command, context.caller)
    the_callers_agency_goes_on(context)


def the_version_is_the_expected_one(
    entry: Entry, command: Command, repository: Repository, context: DecisionContext
) -> None:
    """Raises `VersionConflict` where the thing has moved on; a command that names no version is never refused.

    Raises `Invalid` for a version named with a command that makes something or is about several things: it has none.
    """
    if command.expected_version is None:
        return
    if entry.of is None:
        raise Invalid(
            "A command that is not about one thing that is there has no version to expect.", "expectedVersion"
        )
    kind = command.kind if isinstance(command, LifecycleCommand | Correct) else entry.kind
    version = _version(kind, getattr(command, entry.of), repository, context)
    if version != command.expected_version:
        raise VersionConflict(f"It is at version {version}, not {command.expected_version}.", "expectedVersion")


def _version(kind: Kind, named: UUID | int, repository: Repository, context: DecisionContext) -> int:
    if isinstance(named, int):
        return repository.programme(named).version
    if context.caller.role is Role.AGENCY and kind in {Kind.RECOMMENDATION, Kind.ACTION}:
        return version_as_seen(context.recorded(named))
    version: int = repository.state(kind, named).version
    return version


def version_as_seen(facts: Iterable[Recorded]) -> int:
    """The version of a recommendation or an action as an agency counts it: how many of its facts are no one else's."""
    left: set[int] = set()
    count = 0
    for each in facts:
        if isinstance(each.fact, LEFT_BY_OTHERS) or (isinstance(each.fact, Corrected) and each.fact.corrects in left):
            left.add(each.originator_version)
        else:
            count += 1
    return count
