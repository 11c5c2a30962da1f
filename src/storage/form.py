"""The form of the histories: a digest of the code that fills them. Code of another form never goes on with them."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from importlib.resources import files

ROOTS = (
    "projections.histories.registry",
    "projections.engine.history_rows",
    "projections.engine.rebuild_worker",
    "projections.engine.history_rows",
)
"""The modules that make rows of facts: at an append, and in a rebuild."""

_IMPORT = re.compile(
    r"^\s*(?:from|import)\s+((?:domain|projections)(?:\.\w+)*)(?:[ \t]+import\s+(\([^)]*\)|[^\n]*))?", re.MULTILINE
)


class LaterVersion(Exception):
    """A later version has opened the partnership; this one must leave it alone. The message says so."""


def sources() -> Mapping[str, str]:
    """All that decides which rows are made of facts, by name: modules that a fold can reach, and the SQL of tables."""
    found = dict[str, str]()
    for root in ROOTS:
        _add_module(root, found)
    for folder in ("migrations", "functions"):
        for file in (files("storage") / folder).iterdir():
            if file.name.endswith(".sql"):
                found[f"{folder}/{file.name}"] = file.read_text(encoding="utf-8")
    return found


def digest(found: Mapping[str, str]) -> str:
    """The same wherever it is taken: of names and lines, in the order of the names."""
    texts = (f"{name}\n" + "\n".join(found[name].splitlines()) for name in sorted(found))
    return sha256("\0".join(texts).encode()).hexdigest()


def _add_module(name: str, found: dict[str, str]) -> None:
    text = None if name in found else _source(name)
    if text is None:
        return
    found[name] = text
    for module in _imported(name, text):
        _add_module(module, found)


def _imported(name: str, text: str) -> Iterator[str]:
    """What a module names in its imports, wherever they stand, with the packages above; what is no module is passed."""
    if "." in name:
        yield name.rpartition(".")[0]
    for module, names in _IMPORT.findall(text):
        yield module
        yield from (f"{module}.{each}" for each in re.findall(r"\w+", names))


def _source(module: str) -> str | None:
    package, *below = module.split(".")
    place = files(package).joinpath(*below)
    file = (
        place / "__init__.py" if place.is_dir() else files(package).joinpath(*below[:-1], f"{(below or [''])[-1]}.py")
    )
    return file.read_text(encoding="utf-8") if file.is_file() else None


PROJECTION_VERSION = digest(sources())
"""Taken once, of the code that is about to run. It changes whenever a fold, a fact, a state or a column may have."""
