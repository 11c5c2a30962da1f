"""The changes of a history, taken one after the other, lead from nothing to the thing as it stands."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.facts import Recorded
from domain.words import Kind
from lives import FIRST, saves
from projections.bitemporal import Unfolding
from projections.history.changes import shown, told
from projections.registry import FOLDS
from recording import unique_entries


@pytest.mark.parametrize("kind", sorted(FIRST))
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_changes_lead_from_nothing_to_what_stands(kind: Kind, data: Any) -> None:
    facts = [fact for save in unique_entries(data.draw(saves(kind))) for fact in save]
    thing = uuid4()
    stream = [Recorded(kind, thing, version, fact) for version, fact in enumerate(facts, 1)]
    said: dict[str, str | None] = {}
    for changes in told(stream).values():
        assert all(said.get(change.field) == change.before for change in changes)
        said |= {change.field: change.after for change in changes}
    assert {name: value for name, value in said.items() if value is not None} == {
        name: value for name, value in shown(Unfolding(FOLDS[kind], stream), stream[0]).items() if value is not None
    }
