"""Which step comes next: most are apt, so that lives go on; some are not, in every way that they can be wrong."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from domain.action.commands import RaiseAction
from domain.agency.commands import AddAgency, AddAlias
from domain.catalogue import BY_COMMAND
from domain.correction.commands import Correct
from domain.lifecycle.commands import Assign, ReportProgress, SubmitEvidence
from domain.recommendation.commands import RaiseRecommendation
from domain.review.commands import CommissionReview, CompleteReview
from domain.shared.commands import Command
from domain.shared.vocabulary import Kind, Role
from domain.theme.commands import AddTheme
from random_steps.moves import ACCEPTED_ONCE, MOVES
from random_steps.people import about, chosen
from random_steps.scene import Scene
from random_steps.step import DESK, OTHER_DESK, WAYS, Step

TOLD_BY_IMPORTS = frozenset(
    {CommissionReview, CompleteReview, RaiseRecommendation, RaiseAction, Assign, ReportProgress, SubmitEvidence}
    | {AddAgency, AddAlias, AddTheme}
)
BEGINNINGS = {CommissionReview: Kind.REVIEW, RaiseRecommendation: Kind.RECOMMENDATION, RaiseAction: Kind.ACTION}
ENOUGH = 5
DRAWS = 20


def next_step(
    scene: Scene, number: int, clock: datetime, done: Sequence[Step], accepted: Counter[type[Command]]
) -> Step:
    """`done` are the steps that were accepted so far: now and then one comes again, under its own key."""
    if done and scene.once_in(25):
        return _again(scene, scene.one(done), number, clock)
    command = _with_circumstances(scene, _apt(scene, accepted))
    who = chosen(scene, command)
    command = _on_a_day(scene, command, who)
    return Step(number, clock, who, scene.one(WAYS), command, number, _corrected(scene, command))


def _apt(scene: Scene, accepted: Counter[type[Command]]) -> Command:
    """The first of some moves that finds what it is apt for; now and then any."""
    for _ in range(DRAWS):
        scene.missed = False
        command = MOVES[_which(scene, accepted)].make(scene)
        if not scene.missed or scene.once_in(40):
            return command
    return MOVES[_which(scene, accepted)].make(scene)


def _which(scene: Scene, accepted: Counter[type[Command]]) -> type[Command]:
    """What has never been accepted, and what everything else begins with, comes more often."""
    lacking = {command for command, kind in BEGINNINGS.items() if len(scene.all(kind)) < ENOUGH}
    wanted = {command for command in MOVES if not accepted[command]} - ACCEPTED_ONCE.keys()
    parts = [
        move.parts * (8 if command in lacking else 3 if command in wanted else 1) for command, move in MOVES.items()
    ]
    return scene.chance.choices(list(MOVES), parts)[0]


def _again(scene: Scene, earlier: Step, number: int, clock: datetime) -> Step:
    """The same once more, by either process; or another command under its key."""
    way = scene.one((DESK, OTHER_DESK)) if earlier.way in {DESK, OTHER_DESK} else earlier.way
    command = earlier.command if scene.once_in(2) else MOVES[type(earlier.command)].make(scene)
    corrects = earlier.corrects if command is earlier.command else _corrected(scene, command)
    return Step(number, clock, earlier.who, way, command, earlier.key_of, corrects)


def _with_circumstances(scene: Scene, command: Command) -> Command:
    """Now and then told by an import, or sent for a version, which may have passed."""
    if type(command) in TOLD_BY_IMPORTS and scene.once_in(12):
        return command.model_copy(update={"imported": True})
    thing = about(command)
    if thing in scene.facts and _has_a_version(command) and scene.once_in(10):
        return command.model_copy(update={"expected_version": len(scene.facts[thing]) - scene.chance.randint(0, 1)})
    return command


def _has_a_version(command: Command) -> bool:
    return BY_COMMAND[type(command)].mutation is not None and type(command) not in BEGINNINGS


def _on_a_day(scene: Scene, command: Command, who: str) -> Command:
    """Today, unless stated: backdated as far as facts allow, farther, or to come. An agency seldom states one."""
    if isinstance(command, Correct) or scene.once_in(2):
        return command
    if scene.cast[who].role is Role.AGENCY and not scene.once_in(30):
        return command
    return command.model_copy(update={"happened_on": _day(scene, about(command))})


def _day(scene: Scene, thing: UUID | None) -> date:
    if scene.once_in(25):
        return scene.today + timedelta(days=scene.chance.randint(1, 9))
    if scene.once_in(8):
        return scene.today - timedelta(days=scene.chance.randint(1, 300))
    return scene.between(_bound(scene, thing), scene.today)


def _bound(scene: Scene, thing: UUID | None) -> date | None:
    """The last day that a thing's facts are bound to, be it a life, a review or a challenge."""
    if thing is None or thing not in scene.facts:
        return scene.today - timedelta(days=10)
    state: Any = scene.state(thing)
    found: date | None = getattr(getattr(state, "life", state), "last_bound_on", None)
    return found


def _corrected(scene: Scene, command: Command) -> int | None:
    if not isinstance(command, Correct):
        return None
    stream = scene.facts.get(command.id, [])
    return next((each.originator_version for each in stream if each.position == command.event_id), None)
