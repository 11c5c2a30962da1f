"""Frameworks succeed one another, and with them their bodies."""

from collections.abc import Mapping

from domain.frameworks.model import Framework
from domain.frameworks.parts import Body
from domain.frameworks.rules import Faults, in_a_circle


def successor_of(framework: Framework, frameworks: Mapping[str, Framework]) -> Framework | None:
    return next((later for later in frameworks.values() if later.succeeds == framework.key), None)


def succeeding_body(framework: Framework, body: str, frameworks: Mapping[str, Framework]) -> Body | None:
    """The body of the succeeding framework that took over from `body`; None where nothing did."""
    successor, key = successor_of(framework, frameworks), framework.bodies[body].succeeded_by
    return None if successor is None or key is None else successor.bodies[key]


def succession_faults(framework: Framework, frameworks: Mapping[str, Framework]) -> Faults:
    yield from _framework_faults(framework, frameworks)
    yield from _body_faults(framework, successor_of(framework, frameworks))


def _framework_faults(framework: Framework, frameworks: Mapping[str, Framework]) -> Faults:
    if framework.succeeds is not None and framework.succeeds not in frameworks:
        yield ("succeeds",), f"unknown framework `{framework.succeeds}`"
    elif in_a_circle(framework.key, {key: each.succeeds for key, each in frameworks.items()}):
        yield ("succeeds",), "frameworks succeed each other in a circle"
    elif [other.succeeds for other in frameworks.values()].count(framework.key) > 1:
        yield ("key",), "more than one framework succeeds this one"


def _body_faults(framework: Framework, successor: Framework | None) -> Faults:
    known = {} if successor is None else successor.bodies
    for key, body in framework.bodies.items():
        if body.succeeded_by is not None and body.succeeded_by not in known:
            yield ("bodies", key, "succeeded_by"), f"no succeeding framework has a body `{body.succeeded_by}`"
