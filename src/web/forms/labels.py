"""What the fields of forms are called, in `labels.yaml`; a field that is not named there is called by its own name."""

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


def label_of(form: str, field: str) -> str:
    """Of a field, in the form of this input type."""
    return str(_said(form, field).get("label") or _spelt(field))


def hint_of(form: str, field: str) -> str:
    """What helps to fill it in; nothing where it speaks for itself."""
    return str(_said(form, field).get("hint") or "")


def _said(form: str, field: str) -> Mapping[str, Any]:
    labels = _labels()
    return labels.get(f"{form}.{field}") or labels.get(field) or {}


@cache
def _labels() -> Mapping[str, Mapping[str, Any]]:
    read = yaml.safe_load(files("web.forms").joinpath("labels.yaml").read_text(encoding="utf-8"))
    return {name: each if isinstance(each, dict) else {"label": each} for name, each in read.items()}


def _spelt(name: str) -> str:
    """`plannedFor` as "Planned for"."""
    return re.sub(r"(?<!^)([A-Z])", lambda found: f" {found[1].lower()}", name).capitalize()
