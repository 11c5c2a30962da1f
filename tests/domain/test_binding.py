"""Which facts of a life bind what is said of it later to their day."""

import json
from uuid import uuid4

import pytest

from domain.event_names import decode
from domain.lifecycle.evolve import evolve
from domain.lifecycle.state import Lifecycle
from domain.shared.facts import Recorded
from domain.shared.vocabulary import Kind
from support.fixed_histories import STORED


@pytest.mark.parametrize(
    ("told", "binds"),
    [
        ("assigned", True),
        ("evidence_submitted", True),
        ("extension_granted", True),
        ("closed", True),
        ("progress_reported", False),
        ("completed", False),
        ("extension_requested", False),
        ("extension_refused", False),
        ("bodies_succeeded", False),
    ],
)
def test_what_changes_stage_dates_or_parties_binds_and_the_rest_does_not(told: str, binds: bool) -> None:
    name = f"action.{told}.v1"
    fact = decode(name, json.dumps(STORED[name]))[1]
    life = evolve(Lifecycle(Kind.ACTION), Recorded(Kind.ACTION, uuid4(), 1, fact))
    assert life.last_bound_on == (fact.happened_on if binds else None)
