"""Frameworks from their data files."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from domain.frameworks.data_file import DataFile, FrameworkError, read_data_file
from domain.frameworks.model import Framework
from domain.frameworks.rules import framework_faults
from domain.frameworks.succession import own_faults, succession_faults

THEMES_FILE = "themes.yaml"
LARGEST = 1_000_000
"""Bytes of a framework's data file: the shipped ones have ten thousand."""


def load_framework(path: Path) -> Framework:
    """Raises `FrameworkError`, naming file, line and key, for a file that is not one whole valid framework."""
    return _framework(read_data_file(path))


def load_own(path: Path, frameworks: Mapping[str, Framework]) -> Framework:
    """A partnership's own framework, beside those that it knows; raises `FrameworkError` as above."""
    if path.stat().st_size > LARGEST:
        raise FrameworkError(path, 1, "", f"larger than {LARGEST:,} bytes")
    file = read_data_file(path)
    framework = _framework(file)
    if framework.key in shipped_frameworks():
        raise file.error(("key",), f"`{framework.key}` is shipped: give yours another key")
    for fault in own_faults(framework, {**frameworks, framework.key: framework}):
        raise file.error(*fault)
    return framework


def load_frameworks(directory: Path) -> dict[str, Framework]:
    """Every framework of a folder by key; raises `FrameworkError` also where they do not fit each other."""
    files = [read_data_file(path) for path in sorted(directory.glob("*.yaml")) if path.name != THEMES_FILE]
    frameworks: dict[str, Framework] = {}
    for file in files:
        framework = _framework(file)
        if framework.key in frameworks:
            raise file.error(("key",), f"another file already holds `{framework.key}`")
        frameworks[framework.key] = framework
    _fit_each_other(files, frameworks)
    return frameworks


@cache
def shipped_frameworks() -> Mapping[str, Framework]:
    """The five frameworks that come with the product."""
    return MappingProxyType(load_frameworks(shipped_directory()))


def shipped_directory() -> Path:
    """Beside the package in a wheel, at the top of the repository in a checkout."""
    packaged = Path(__file__).parents[1] / "_data" / "frameworks"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "frameworks"


def _framework(file: DataFile) -> Framework:
    if isinstance(file.data, dict) and "defaults" in file.data:
        raise file.error(("defaults",), "unknown key")
    framework = file.as_a(Framework)
    for path, reason in framework_faults(framework):
        raise file.error(path, reason)
    return framework.model_copy(update={"defaults": file.defaults})


def _fit_each_other(files: list[DataFile], frameworks: Mapping[str, Framework]) -> None:
    for file, framework in zip(files, frameworks.values(), strict=True):
        for path, reason in succession_faults(framework, frameworks):
            raise file.error(path, reason)
