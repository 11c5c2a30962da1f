"""Data files that a person edits: YAML whose every value remembers its line."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from domain.frameworks.nodes import KeyPath, NodeFault, NodeReader

Model = TypeVar("Model", bound=BaseModel)

_PLAINER = {"extra_forbidden": "unknown key", "missing": "is missing"}


class FrameworkError(ValueError):
    """A data file that cannot be used: the file, the line (from 1), the dotted key (empty for the whole file)."""

    def __init__(self, file: Path, line: int, key: str, reason: str) -> None:
        super().__init__(f"{file}:{line}: {key}: {reason}" if key else f"{file}:{line}: {reason}")
        self.file, self.line, self.key, self.reason = file, line, key, reason


@dataclass(frozen=True, slots=True)
class DataFile:
    """What a file says, on which line it says it, and which values it marks `source: default`."""

    file: Path
    data: object
    lines: Mapping[KeyPath, int]
    defaults: frozenset[str]

    def error(self, path: KeyPath, reason: str) -> FrameworkError:
        return FrameworkError(self.file, self._line(path), dotted(path), reason)

    def as_a(self, model: type[Model]) -> Model:
        """Raises `FrameworkError` for the first value, in the order of the file, that is not what `model` expects."""
        try:
            return model.model_validate(self.data)
        except ValidationError as invalid:
            errors = [
                self.error(_path(fault["loc"]), _PLAINER.get(fault["type"], fault["msg"])) for fault in invalid.errors()
            ]
            raise min(errors, key=lambda error: error.line) from invalid

    def _line(self, path: KeyPath) -> int:
        return next(self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines)


def dotted(path: KeyPath) -> str:
    return ".".join(str(part) for part in path)


def _path(location: KeyPath) -> KeyPath:
    # Pydantic ends the place of a key that is itself at fault so.
    return location[:-1] if location[-1:] == ("[key]",) else location


def read_data_file(file: Path) -> DataFile:
    """Raises `FrameworkError` for text that is not one whole YAML document of plain values with each key once."""
    try:
        reader = NodeReader(file.read_bytes().decode())
        return DataFile(file, reader.data, reader.lines, frozenset(map(dotted, reader.defaults)))
    except NodeFault as fault:
        raise FrameworkError(file, fault.line, dotted(fault.path), fault.reason) from fault
    except yaml.MarkedYAMLError as broken:
        mark = broken.problem_mark
        raise FrameworkError(file, mark.line + 1 if mark else 1, "", f"not YAML: {broken.problem}") from broken
    except RecursionError as broken:
        raise FrameworkError(file, 1, "", "nested too deeply to be a framework") from broken
    except (yaml.YAMLError, UnicodeDecodeError) as broken:
        raise FrameworkError(file, 1, "", f"not text: {broken}") from broken
