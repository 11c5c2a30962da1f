"""Print the part of requirements.lock that the product runs on, hashes and all, without the tools of development.

Run with the interpreter of an environment that has the whole lock installed: its metadata say what needs what.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import requires
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

_ENTRY = re.compile(r"^(?=\S)", re.MULTILINE)


def locked(text: str) -> dict[str, str]:
    """The lock's entries, each with its hashes, by name."""
    entries = [entry for entry in _ENTRY.split(text) if entry.strip()]
    return {canonicalize_name(entry.partition("==")[0]): entry for entry in entries}


def needed(requirements: Iterable[Requirement], seen: set[tuple[str, str]]) -> Iterator[str]:
    """Every distribution below these requirements on this platform; `seen` holds pairs of name and extra."""
    for requirement in requirements:
        name = canonicalize_name(requirement.name)
        for extra in {"", *requirement.extras}:
            if (name, extra) not in seen:
                seen.add((name, extra))
                yield name
                yield from needed(below(name, extra), seen)


def below(name: str, extra: str) -> Iterator[Requirement]:
    for requirement in map(Requirement, requires(name) or ()):
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


def main() -> None:
    project = tomllib.loads(Path("pyproject.toml").read_text(encoding="utf-8"))["project"]
    entries = locked(Path("requirements.lock").read_text(encoding="utf-8"))
    names = set(needed(map(Requirement, project["dependencies"]), set()))
    print("".join(entries[name] for name in sorted(names)), end="")


if __name__ == "__main__":
    main()
