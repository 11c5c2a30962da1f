"""Frameworks succeed one another, and with them their bodies."""

from collections.abc import Mapping
from itertools import pairwise

from domain.frameworks.faults import Faults, in_a_circle
from domain.frameworks.model import Framework
from domain.frameworks.parts import Body


def successor_of(framework: Framework, frameworks: Mapping[str, Framework]) -> Framework | None:
    return next((later for later in frameworks.values() if later.succeeds == framework.key), None)


def predecessor_of(framework: Framework, frameworks: Mapping[str, Framework]) -> Framework | None:
    return next((earlier for earlier in frameworks.values() if earlier.key == framework.succeeds), None)


def succeeding_body(framework: Framework, body: str, frameworks: Mapping[str, Framework]) -> tuple[str, str] | None:
    """The framework and its body that took over from `body`; None where nothing did."""
    successor = successor_of(framework, frameworks)
    if successor is None:
        return None
    key = taken_over(framework, successor).get(body)
    return None if key is None else (successor.key, key)


def taken_over(earlier: Framework, later: Framework) -> dict[str, str]:
    """Which body of the framework that succeeds took over from which: as either says, or else under the same key."""
    successors = {old: body.key for body in later.bodies.values() for old in body.succeeds}
    found = {key: successors.get(key, _goes_on(body, later)) for key, body in earlier.bodies.items()}
    return {key: successor for key, successor in found.items() if successor is not None}


def _goes_on(body: Body, later: Framework) -> str | None:
    named = (body.succeeded_by, body.key)
    return next((key for key in named if key in later.bodies and _can_take_over(body, later.bodies[key])), None)


def _can_take_over(body: Body, later: Body) -> bool:
    """What is outside the partnership monitors nothing, and takes nothing over."""
    return body.outside or not later.outside


def line(earlier: Framework, later: Framework, frameworks: Mapping[str, Framework]) -> list[Framework]:
    """From one framework through what succeeded it to another; empty where that does not descend from it."""
    found = [later]
    while found[0].key != earlier.key:
        above = predecessor_of(found[0], frameworks)
        if above is None or above in found:
            return []
        found.insert(0, above)
    return found


def successors(earlier: Framework, later: Framework, frameworks: Mapping[str, Framework]) -> dict[str, str]:
    """The body of `later` to which the work of each body of `earlier` passes.

    What nothing has succeeded passes to the body that whatever has no other reports through.
    """
    steps = line(earlier, later, frameworks)
    found = {key: key for key in earlier.bodies} if steps else {}
    for before, after in pairwise(steps):
        taken = taken_over(before, after)
        found = {key: taken[body] for key, body in found.items() if body in taken}
    return {key: found.get(key, later.reporting_body) for key in earlier.bodies}


def goes_on(body: str, earlier: Framework, later: Framework, frameworks: Mapping[str, Framework]) -> bool:
    """Whether a body of one framework is the body of the same key in another that descends from it."""
    steps = line(earlier, later, frameworks)
    return bool(steps) and all(taken_over(before, after).get(body) == body for before, after in pairwise(steps))


def succession_faults(framework: Framework, frameworks: Mapping[str, Framework]) -> Faults:
    yield from _framework_faults(framework, frameworks)
    yield from _body_faults(framework, successor_of(framework, frameworks))
    yield from _predecessor_faults(framework, predecessor_of(framework, frameworks))


def own_faults(framework: Framework, frameworks: Mapping[str, Framework]) -> Faults:
    """Of a partnership's own framework: several may succeed one, of which it adopts the one that it wants."""
    yield from _line_faults(framework, frameworks)
    yield from _body_faults(framework, successor_of(framework, frameworks))
    yield from _predecessor_faults(framework, predecessor_of(framework, frameworks))


def _line_faults(framework: Framework, frameworks: Mapping[str, Framework]) -> Faults:
    if framework.succeeds is not None and framework.succeeds not in frameworks:
        yield ("succeeds",), f"unknown framework `{framework.succeeds}`"
    elif in_a_circle(framework.key, {key: each.succeeds for key, each in frameworks.items()}):
        yield ("succeeds",), "frameworks succeed each other in a circle"


def _framework_faults(framework: Framework, frameworks: Mapping[str, Framework]) -> Faults:
    yield from _line_faults(framework, frameworks)
    if [other.succeeds for other in frameworks.values()].count(framework.key) > 1:
        yield ("key",), "more than one framework succeeds this one"


def _body_faults(framework: Framework, successor: Framework | None) -> Faults:
    known = {} if successor is None else successor.bodies
    for key, body in framework.bodies.items():
        path = ("bodies", key, "succeeded_by")
        if body.succeeded_by is not None and body.succeeded_by not in known:
            yield path, f"no succeeding framework has a body `{body.succeeded_by}`"
        elif body.succeeded_by is not None and not _can_take_over(body, known[body.succeeded_by]):
            yield path, f"`{body.succeeded_by}` is outside the partnership and takes nothing over"


def _predecessor_faults(framework: Framework, predecessor: Framework | None) -> Faults:
    known = {} if predecessor is None else predecessor.bodies
    taken: dict[str, str] = {}
    for key, body in framework.bodies.items():
        for index, old in enumerate(body.succeeds):
            path = ("bodies", key, "succeeds", index)
            if old not in known:
                yield path, f"the framework that this one succeeds has no body `{old}`"
            elif not _can_take_over(known[old], body):
                yield path, f"`{key}` is outside the partnership and takes nothing over"
            elif old in taken:
                yield path, f"`{taken[old]}` has taken over from `{old}` already"
            taken[old] = key
