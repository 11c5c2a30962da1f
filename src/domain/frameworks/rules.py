"""What a framework must be, beyond the types of its values; each rule yields the path and the reason of a fault."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import TypeAlias

from domain.frameworks.model import Framework
from domain.frameworks.nodes import KeyPath
from domain.words import DutyHolder

Faults: TypeAlias = Iterator[tuple[KeyPath, str]]


def a_part_is_named_by_its_key(framework: Framework) -> Faults:
    for group, parts in (("bodies", framework.bodies), ("kinds", framework.kinds)):
        for key, part in parts.items():
            if part.key != key:
                yield (group, key, "key"), f"`{part.key}` stands under `{key}`"


def bodies_answer_upwards(framework: Framework) -> Faults:
    above = {key: body.accountable_to for key, body in framework.bodies.items()}
    for key, superior in above.items():
        path = ("bodies", key, "accountable_to")
        if superior is not None and superior not in above:
            yield path, f"unknown body `{superior}`"
        elif superior == key:
            yield path, "a body cannot answer to itself"
        elif in_a_circle(key, above):
            yield path, "bodies answer to each other in a circle"


def every_kind_reports_through_a_body(framework: Framework) -> Faults:
    for key, kind in framework.kinds.items():
        path = ("kinds", key, "monitored_by")
        if not kind.monitored_by:
            yield path, "the kind reports through no body"
        yield from _outside(framework, path, kind.monitored_by, "monitors")


def kinds_name_what_the_framework_has(framework: Framework) -> Faults:
    for key, kind in framework.kinds.items():
        path = ("kinds", key)
        yield from _unknown((*path, "monitored_by"), kind.monitored_by, framework.bodies, "body")
        yield from _unknown((*path, "feeds"), kind.feeds, framework.bodies, "body")
        yield from _unknown((*path, "agreed_by"), kind.agreed_by, framework.bodies, "body")
        yield from _unknown((*path, "mandated_by"), kind.mandated_by or (), framework.bodies, "body")
        yield from _unknown((*path, "disseminated_by"), kind.disseminated_by, framework.methods, "method")
        yield from _unknown((*path, "stakeholders"), kind.stakeholders, framework.stakeholders, "stakeholder")


def only_its_own_bodies_mandate_and_agree(framework: Framework) -> Faults:
    yield from _unknown(("mandated_by",), framework.mandated_by, framework.bodies, "body")
    yield from _outside(framework, ("mandated_by",), framework.mandated_by, "mandates")
    for key, kind in framework.kinds.items():
        yield from _outside(framework, ("kinds", key, "agreed_by"), kind.agreed_by, "agrees")
        yield from _outside(framework, ("kinds", key, "mandated_by"), kind.mandated_by or (), "mandates")


def an_inspection_becomes_a_kind_of_the_framework(framework: Framework) -> Faults:
    if framework.inspection_kind not in framework.kinds:
        yield ("inspection_kind",), f"unknown review kind `{framework.inspection_kind}`"


def the_challenge_route_climbs_from_one(framework: Framework) -> Faults:
    levels = [step.level for step in framework.challenge_route]
    if not levels or levels != list(range(1, len(levels) + 1)):
        yield ("challenge_route",), "levels count 1, 2, 3 … in order"


def lists_hold_each_thing_once(framework: Framework) -> Faults:
    yield from _twice(("methods",), framework.methods)
    yield from _twice(("mandated_by",), framework.mandated_by)
    yield from _twice(("stakeholders",), framework.stakeholders)
    yield from _twice(("deadlines",), [deadline.key for deadline in framework.deadlines])
    for key, kind in framework.kinds.items():
        for field in ("monitored_by", "feeds", "disseminated_by", "stakeholders", "agreed_by", "mandated_by"):
            yield from _twice(("kinds", key, field), getattr(kind, field) or ())


def duties_are_somebodys(framework: Framework) -> Faults:
    """Each is of a role that the framework names; what is disseminated obliges the agencies to something."""
    duties = framework.duties
    for index, duty in enumerate(duties.on_receipt):
        if duty.role not in duties.roles:
            yield ("duties", "on_receipt", index, "role"), f"unknown role `{duty.role}`"
    holders = {duties.roles[duty.role].held_by for duty in duties.on_receipt if duty.role in duties.roles}
    if DutyHolder.AGENCY not in holders:
        yield ("duties", "on_receipt"), "no agency has a duty on receipt of learning"


def duties_are_told_apart(framework: Framework) -> Faults:
    yield from _twice(("duties", "on_receipt"), [duty.key for duty in framework.duties.on_receipt])
    yield from _twice(("duties", "standing"), [duty.key for duty in framework.duties.standing])


RULES: tuple[Callable[[Framework], Faults], ...] = (
    a_part_is_named_by_its_key,
    bodies_answer_upwards,
    every_kind_reports_through_a_body,
    kinds_name_what_the_framework_has,
    only_its_own_bodies_mandate_and_agree,
    an_inspection_becomes_a_kind_of_the_framework,
    the_challenge_route_climbs_from_one,
    lists_hold_each_thing_once,
    duties_are_somebodys,
    duties_are_told_apart,
)


def in_a_circle(start: str, above: Mapping[str, str | None]) -> bool:
    """Whether going up from `start` leads back to it."""
    passed: set[str] = set()
    current = above.get(start)
    while current is not None and current != start and current not in passed:
        passed.add(current)
        current = above.get(current)
    return current == start


def _unknown(path: KeyPath, named: Collection[str], known: Collection[str], what: str) -> Faults:
    for index, name in enumerate(named):
        if name not in known:
            yield (*path, index), f"unknown {what} `{name}`"


def _twice(path: KeyPath, names: Collection[str]) -> Faults:
    for name, times in Counter(names).items():
        if times > 1:
            yield path, f"`{name}` stands here {times} times"


def _outside(framework: Framework, path: KeyPath, bodies: Collection[str], does: str) -> Faults:
    for index, body in enumerate(bodies):
        if body in framework.bodies and framework.bodies[body].outside:
            yield (*path, index), f"`{body}` is outside the partnership and {does} nothing"
