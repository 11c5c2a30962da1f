"""Whatever may make other rows of the same facts is another form, so that every partnership is rebuilt by itself."""

import json
import subprocess
import sys

import pytest

from domain.words import Kind
from fixed_lives import life
from projections.registry import FOLDS, KEY_COLUMNS
from projections.replayed import history_of
from storage.form import FORM, ROOTS, digest, sources

LIVES = 40
REACHED = f"""import sys, {", ".join(ROOTS)}
print(*(name for name in sys.modules if name.split(".")[0] in ("domain", "projections")))"""


def rows(kind: Kind) -> list[str]:
    """Every row that fixed facts of a kind ever make, with the names of its columns."""
    return [
        json.dumps(
            [row.key, row.known_from, row.known_until, row.span.starts, row.span.ends, row.span.row._asdict()],
            default=str,
        )
        for nth in range(LIVES)
        for row in history_of(life(kind, nth))
    ]


def test_every_module_that_folding_loads_is_of_the_form() -> None:
    loaded = subprocess.run([sys.executable, "-c", REACHED], check=True, capture_output=True, text=True).stdout
    assert set(loaded.split()) <= set(sources())


@pytest.mark.parametrize(
    "name",
    [
        "projections.actions.projector",
        "projections.bitemporal",
        "projections.copy_text",
        "domain.lifecycle.evolve",
        "domain.action.events",
        "domain.correction.amending",
        "domain.event_names",
        "migrations/0002-history.sql",
        "functions/record.sql",
    ],
)
def test_a_line_changed_in_what_makes_rows_is_another_form(name: str) -> None:
    found = dict(sources())
    assert digest(found | {name: found[name] + "x = 1\n"}) != FORM


def test_the_form_is_of_the_code_and_not_of_the_machine() -> None:
    found = sources()
    assert digest({name: text.replace("\n", "\r\n") for name, text in reversed(list(found.items()))}) == FORM


def test_a_migration_added_or_a_module_renamed_is_another_form() -> None:
    found = dict(sources())
    assert digest(found | {"migrations/9999-column.sql": ""}) != FORM
    moved = {name.replace("projections.entries", "projections.noted"): text for name, text in found.items()}
    assert digest(moved) != FORM


def test_what_only_decides_or_asks_changes_no_form() -> None:
    assert {"domain.action.rules", "domain.handlers.lifecycle", "projections.actions.view"}.isdisjoint(sources())


@pytest.mark.parametrize("kind", FOLDS)
def test_the_fixed_lives_fill_every_history_of_a_kind_in_many_ways(kind: Kind) -> None:
    assert len(set(rows(kind))) > LIVES


def test_the_fixed_lives_fill_every_history() -> None:
    assert {json.loads(row)[0][0] for kind in FOLDS for row in rows(kind)} == set(KEY_COLUMNS)
