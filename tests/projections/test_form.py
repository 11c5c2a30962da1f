"""Whatever may make other rows of the same facts is another form, so that every partnership is rebuilt by itself."""

import json
import subprocess
import sys

import pytest

from domain.shared.vocabulary import Kind
from projections.engine.history_rows import history_of
from projections.histories.registry import FOLDS, KEY_COLUMNS
from storage.form import PROJECTION_VERSION, ROOTS, digest, sources
from support.fixed_histories import life

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
        "projections.histories.action",
        "projections.engine.timeline",
        "projections.engine.rebuild_worker",
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
    assert digest(found | {name: found[name] + "x = 1\n"}) != PROJECTION_VERSION


def test_the_form_is_of_the_code_and_not_of_the_machine() -> None:
    found = sources()
    assert (
        digest({name: text.replace("\n", "\r\n") for name, text in reversed(list(found.items()))}) == PROJECTION_VERSION
    )


def test_a_migration_added_or_a_module_renamed_is_another_form() -> None:
    found = dict(sources())
    assert digest(found | {"migrations/9999-column.sql": ""}) != PROJECTION_VERSION
    moved = {name.replace("projections.histories.parts", "projections.noted"): text for name, text in found.items()}
    assert digest(moved) != PROJECTION_VERSION


def test_what_only_decides_or_asks_changes_no_form() -> None:
    assert {"domain.action.rules", "domain.handlers.lifecycle", "projections.queries.actions.query"}.isdisjoint(
        sources()
    )


@pytest.mark.parametrize("kind", FOLDS)
def test_the_fixed_lives_fill_every_history_of_a_kind_in_many_ways(kind: Kind) -> None:
    assert len(set(rows(kind))) > LIVES


def test_the_fixed_lives_fill_every_history() -> None:
    assert {json.loads(row)[0][0] for kind in FOLDS for row in rows(kind)} == set(KEY_COLUMNS)
