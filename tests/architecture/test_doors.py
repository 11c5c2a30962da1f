"""Doors that the import contracts in pyproject.toml cannot name: they hold for folders still to come."""

from itertools import chain
from pathlib import Path

import pytest

from architecture.source import ROOT, SRC, imported, python_files

AGGREGATES = ("review", "recommendation", "action", "challenge", "programme")
MARKS_OF_A_QUESTION = ("query.py", "query.sql")


def questions() -> list[Path]:
    folders = [folder for folder in (SRC / "projections" / "queries").iterdir() if folder.is_dir()]
    return [folder for folder in folders if any((folder / mark).exists() for mark in MARKS_OF_A_QUESTION)]


def imports_of(folder: Path) -> set[str]:
    return set(chain.from_iterable(imported(file) for file in python_files(folder)))


def of_another(folder: Path, room: str, names: list[str]) -> list[str]:
    others = tuple(f"{room}.{name}." for name in names if name != folder.name)
    return sorted(name for name in imports_of(folder) if f"{name}.".startswith(others))


def test_a_question_never_imports_another_question() -> None:
    names = [folder.name for folder in questions()]
    assert [found for folder in questions() for found in of_another(folder, "projections.queries", names)] == []


@pytest.mark.parametrize("aggregate", AGGREGATES)
def test_an_aggregate_never_looks_inside_another(aggregate: str) -> None:
    folder = SRC / "domain" / aggregate
    assert python_files(folder)
    assert of_another(folder, "domain", list(AGGREGATES)) == []


def test_every_folder_of_python_is_a_package() -> None:
    folders = {file.parent for file in python_files()}
    assert [str(folder.relative_to(ROOT)) for folder in folders if not (folder / "__init__.py").exists()] == []
