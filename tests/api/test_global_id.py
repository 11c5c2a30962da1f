"""Ids: opaque, stable, and never confused between kinds."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.relay.global_id import GlobalId, decode, encode
from domain.shared.refusals import NotFound

THING = UUID("018f4b1e-7c5a-4f0e-9d3b-2a6c1e5f7a90")


def test_an_id_is_the_same_for_ever() -> None:
    assert encode("action", THING) == "YWN0aW9uOjAxOGY0YjFlLTdjNWEtNGYwZS05ZDNiLTJhNmMxZTVmN2E5MA"
    assert decode(encode("action", THING), "action").uuid == THING


@given(st.sampled_from(["agency", "theme"]), st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_a_key_comes_back_as_it_went_in(kind: str, key: str) -> None:
    assert decode(encode(kind, key), "agency", "theme") == GlobalId(kind, key)


def test_an_id_of_another_kind_is_not_found() -> None:
    with pytest.raises(NotFound):
        decode(encode("review", THING), "action", "recommendation")


@given(st.text(max_size=60))
def test_what_is_no_id_is_not_found(text: str) -> None:
    with pytest.raises(NotFound) as refused:
        decode(text, "action", field=("input", "id"))
    assert refused.value.field == ("input", "id")


@pytest.mark.parametrize("key", ["police", "018F4B1E-7C5A-4F0E-9D3B-2A6C1E5F7A90", "{018f4b1e}", THING.hex])
def test_a_key_that_is_no_canonical_uuid_is_not_found(key: str) -> None:
    with pytest.raises(NotFound):
        _ = decode(encode("action", key), "action").uuid


@pytest.mark.parametrize("change", [lambda i: i + "=", lambda i: i + "\n", lambda i: " " + i, lambda i: i[:-1]])
def test_one_thing_has_one_id_only(change: object) -> None:
    assert callable(change)
    with pytest.raises(NotFound):
        _ = decode(change(encode("action", THING)), "action").uuid
