"""Whoever changes what the folds make of facts gives it a new form, so that every partnership is rebuilt by itself."""

import json
from hashlib import sha256
from pathlib import Path

import pytest

from domain.words import Kind
from fixed_lives import life
from projections.registry import FOLDS, KEY_COLUMNS
from projections.replayed import history_of
from storage.form import FORM

FORMS = Path(__file__).with_name("forms.txt")
LIVES = 40
CHANGED = """the folds make other rows of the same facts than those of form {form} did.
Raise FORM in src/storage/form.py and append this line to tests/projections/forms.txt:
{digest}"""


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


def test_what_the_folds_make_of_facts_has_a_form_of_its_own() -> None:
    told = "\n".join(sorted(row for kind in FOLDS for row in rows(kind)))
    digest = sha256(told.encode()).hexdigest()
    forms = FORMS.read_text(encoding="utf-8").split()
    assert len(forms) == FORM, "a line for each form"
    assert forms[-1] == digest, CHANGED.format(form=FORM, digest=digest)


@pytest.mark.parametrize("kind", FOLDS)
def test_the_facts_that_tell_fill_every_history_of_a_kind_in_many_ways(kind: Kind) -> None:
    assert len(set(rows(kind))) > LIVES


def test_the_facts_that_tell_fill_every_history() -> None:
    assert {json.loads(row)[0][0] for kind in FOLDS for row in rows(kind)} == set(KEY_COLUMNS)
