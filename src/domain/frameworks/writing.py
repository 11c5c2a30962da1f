"""A framework as a data file says it, and the copy from which a partnership begins its own."""

from typing import Any

import yaml

from domain.frameworks.model import Framework

HEADING = "# `source: default` marks a value that the framework itself does not give.\n"


def written(framework: Framework) -> str:
    """A data file that reads as this framework, value for value and default for default."""
    document = framework.model_dump(mode="json", exclude_defaults=True, exclude={"defaults"})
    whole = framework.model_dump(mode="json")
    document |= {path: whole[path] for path in framework.defaults if path in whole}
    for part in (*document["bodies"].values(), *document["kinds"].values()):
        del part["key"]
    marked = {key: _marked(value, key, framework.defaults) for key, value in document.items()}
    return HEADING + yaml.safe_dump(marked, sort_keys=False, allow_unicode=True, width=110, default_flow_style=None)


def _marked(value: Any, path: str, defaults: frozenset[str]) -> Any:
    if isinstance(value, dict):
        value = {name: _marked(part, f"{path}.{name}", defaults) for name, part in value.items()}
    elif isinstance(value, list):
        value = [_marked(part, f"{path}.{index}", defaults) for index, part in enumerate(value)]
    return {"value": value, "source": "default"} if path in defaults else value


def copied(framework: Framework, key: str, name: str) -> Framework:
    """The same under another key, succeeding the one it was copied from; every body goes on as itself."""
    afresh: dict[str, Any] = {"succeeds": (), "succeeded_by": None}
    bodies = {each.key: each.model_copy(update=afresh) for each in framework.bodies.values()}
    said_elsewhere = {f"bodies.{body}.{field}" for body in bodies for field in afresh}
    changes = {"key": key, "name": name, "succeeds": framework.key, "bodies": bodies}
    return framework.model_copy(update={**changes, "defaults": framework.defaults - said_elsewhere - changes.keys()})
