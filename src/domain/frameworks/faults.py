"""What is wrong with a framework: paths with reasons, and what the rules have in common."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import TypeAlias

from domain.frameworks.model import Framework
from domain.frameworks.nodes import KeyPath

Faults: TypeAlias = Iterator[tuple[KeyPath, str]]


def in_a_circle(start: str, above: Mapping[str, str | None]) -> bool:
    """Whether going up from `start` leads back to it."""
    passed: set[str] = set()
    current = above.get(start)
    while current is not None and current != start and current not in passed:
        passed.add(current)
        current = above.get(current)
    return current == start


def unknown(path: KeyPath, named: Collection[str], known: Collection[str], what: str) -> Faults:
    for index, name in enumerate(named):
        if name not in known:
            yield (*path, index), f"unknown {what} `{name}`"


def twice(path: KeyPath, names: Collection[str]) -> Faults:
    for name, times in Counter(names).items():
        if times > 1:
            yield path, f"`{name}` stands here {times} times"


def outside(framework: Framework, path: KeyPath, bodies: Collection[str], does: str) -> Faults:
    for index, body in enumerate(bodies):
        if body in framework.bodies and framework.bodies[body].outside:
            yield (*path, index), f"`{body}` is outside the partnership and {does} nothing"
