"""Who takes part: right and wrong roles, agencies and bodies, independent or not."""

from collections.abc import Iterator
from uuid import UUID

from domain.agency.state import Agencies
from domain.catalogue import BY_COMMAND
from domain.frameworks import Framework
from domain.lifecycle.commands import LifecycleCommand, WithdrawEvidence
from domain.recommendation.commands import Respond
from domain.returns.state import Return
from domain.review.commands import AdviseReview, CommissionReview
from domain.review.state import Review
from domain.shared.actor import Caller
from domain.shared.commands import Command
from domain.shared.vocabulary import Kind, Role
from random_steps.scene import Scene

AGENCIES = ("police", "health", "council", "school", "probation", "housing")
HOLDER = "holder of "
OF_A_REVIEW = ("review_id", "referral_id", "follows_up")


def founders(framework: Framework) -> dict[str, Caller]:
    """Everybody who holds a credential from the start, by name."""
    bodies = tuple(key for key, body in framework.bodies.items() if not body.outside)
    others = bodies[1:] or bodies
    return {
        "unit": Caller("unit", Role.BUSINESS_UNIT),
        "chair": Caller("chair", Role.CHAIR),
        "chair of health": Caller("chair of health", Role.CHAIR, "health"),
        "inspector": Caller("inspector", Role.INSPECTOR),
        "administrator": Caller("administrator", Role.ADMINISTRATOR),
        "member": Caller("member", Role.MONITORING_BODY, None, bodies, independent=True),
        "member of others": Caller("member of others", Role.MONITORING_BODY, None, others, independent=True),
        **{f"{key} member": Caller(f"{key} member", Role.MONITORING_BODY, key, bodies) for key in AGENCIES[:4]},
        **{key: Caller(key, Role.AGENCY, key) for key in AGENCIES},
    }


def without_credentials() -> dict[str, Caller]:
    """Callers that reach the register by itself: an import, and a member of whom nobody knows whose they are."""
    return {
        "importer": Caller("importer", Role.BUSINESS_UNIT, on_paper=True),
        "nobody's member": Caller("nobody's member", Role.MONITORING_BODY, None, ("board",)),
    }


def chosen(scene: Scene, command: Command) -> str:
    """The name of somebody for whom the command is apt; now and then anybody's."""
    if command.imported:
        return "importer"
    fitting = list(_fitting(scene, command))
    return scene.one(scene.cast if scene.once_in(12) or not fitting else fitting)


def _fitting(scene: Scene, command: Command) -> Iterator[str]:
    roles = _roles(scene, command)
    may = {name: each for name, each in scene.cast.items() if each.role in roles and not each.on_paper}
    thing = about(command)
    state = scene.state(thing) if thing in scene.facts else None
    for name, caller in may.items():
        ended = caller.role is Role.AGENCY and scene.agencies.successor(caller.agency or "") is not None
        if not ended and (state is None or _concerns(caller, state, command, scene.agencies)):
            yield name


def _roles(scene: Scene, command: Command) -> frozenset[Role]:
    """Some of those who may, may not always."""
    roles = BY_COMMAND[type(command)].roles
    if isinstance(command, CommissionReview) and command.referral_id is None:
        return roles - {Role.CHAIR}
    if isinstance(command, AdviseReview):
        outside = command.body in scene.framework.bodies and scene.framework.bodies[command.body].outside
        return roles - ({Role.MONITORING_BODY} if outside else {Role.BUSINESS_UNIT})
    return roles


def _concerns(caller: Caller, state: object, command: Command, agencies: Agencies) -> bool:
    if caller.role is Role.AGENCY and caller.agency is not None:
        return bool(agencies.kin(caller.agency).intersection(_asked(state, command)))
    if caller.role is not Role.MONITORING_BODY:
        return True
    reported = getattr(state, "reported", ())
    decides = next(iter(reported[-1].bodies), None) if reported else None
    return (getattr(command, "body", None) or decides) in caller.bodies


def _asked(state: object, command: Command) -> tuple[str, ...]:
    """The agencies whose turn it is."""
    if isinstance(state, Review | Return):
        return tuple(duty.agency for duty in state.duties.values() if duty.agency and duty.done_on is None)
    life = getattr(state, "life", None)
    if life is None:
        return (getattr(state, "agency", ""),)
    if isinstance(command, WithdrawEvidence):
        return tuple(each.agency for each in life.evidence if each.awaiting and each.agency)
    if isinstance(command, Respond):
        return (*life.addressed_to, *filter(None, (life.lead,)))
    return (life.lead,) if life.lead else ()


def about(command: Command) -> UUID | None:
    """The thing that a command is about, if there has to be one."""
    if isinstance(command, LifecycleCommand):
        return command.id
    names = ("id", "recommendation_id", *OF_A_REVIEW)
    found = (getattr(command, name, None) for name in names)
    return next((each for each in found if isinstance(each, UUID)), None)


def holders(scene: Scene) -> dict[str, Caller]:
    """Those to whom a credential was issued on the way, unless it has been revoked."""
    states = {id: scene.state(id) for id in scene.all(Kind.CREDENTIAL)}
    return {f"{HOLDER}{id}": state.caller for id, state in states.items() if state.caller and not state.revoked}
