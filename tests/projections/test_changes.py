"""The changes of a history, taken one after the other, lead from nothing to the thing as it stands."""

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.shared.facts import Recorded
from domain.shared.vocabulary import Kind
from projections.engine.timeline import Timeline
from projections.histories.registry import FOLDS
from projections.queries.history.change_log import changes_by_version, shown
from support.effort import examples
from support.fact_recorder import unique_entries
from support.random_histories import FIRST, saves


@pytest.mark.parametrize("kind", sorted(FIRST))
@settings(max_examples=examples(20), deadline=None)
@given(data=st.data())
def test_changes_lead_from_nothing_to_what_stands(kind: Kind, data: Any) -> None:
    facts = [fact for save in unique_entries(data.draw(saves(kind))) for fact in save]
    thing = uuid4()
    stream = [Recorded(kind, thing, version, fact) for version, fact in enumerate(facts, 1)]
    said: dict[str, str | None] = {}
    for changes in changes_by_version(stream).values():
        assert all(said.get(change.field) == change.before for change in changes)
        said |= {change.field: change.after for change in changes}
    assert {name: value for name, value in said.items() if value is not None} == {
        name: value for name, value in shown(Timeline(FOLDS[kind], stream), stream[0]).items() if value is not None
    }
