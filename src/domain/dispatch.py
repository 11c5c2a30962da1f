"""One command: may its sender send it, what does its handler decide, was it sent for the state that is there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol
from uuid import UUID

from domain.authority import an_agency_states_no_day_of_effect, the_callers_agency_goes_on
from domain.building_context import Reading, build_context
from domain.catalogue import BY_COMMAND, Entry
from domain.correction.commands import Correct
from domain.correction.events import Corrected
from domain.frameworks import Framework
from domain.handlers.mergers import gone_on
from domain.lifecycle.commands import LifecycleCommand
from domain.lifecycle.events import Challenged, ChallengeEnded
from domain.recommendation.events import ActionPlanned, CheckCommissioned
from domain.session import Repository
from domain.shared.actor import Caller
from domain.shared.commands import Command
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, Fact, Recorded
from domain.shared.refusals import Invalid, NotFound, NotIndependent, NotPermitted, Refusal, VersionConflict
from domain.shared.vocabulary import Kind, Role

LEFT_BY_OTHERS: tuple[type[Fact], ...] = (ActionPlanned, CheckCommissioned, Challenged, ChallengeEnded)
"""What an action below, a review that checks, or a challenge leaves on a thing whose agencies may not see it."""


class Deciding(Reading, Protocol):
    """A reading of the register in which commands are decided: see `domain.session`."""

    @property
    def repository(self) -> Repository: ...
    def next_number(self, kind: Kind) -> int: ...
    def take(self, decided: Sequence[Decided], new: UUID | None = None, number: int = 0) -> None: ...


def dispatch(
    command: Command, caller: Caller, session: Deciding, shipped: Mapping[str, Framework], new_id: UUID
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


def _number(entry: Entry, command: Command, session: Deciding) -> int:
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
