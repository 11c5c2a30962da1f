"""What stands for many in one value: whose work a thing is, and which set of themes."""

from hypothesis import given
from hypothesis import strategies as st

from projections.histories.parts import sides
from projections.histories.recommendation import coded_as

keys = st.sets(st.sampled_from([f"agency-{number}" for number in range(200)]))


@given(keys, keys)
def test_agencies_without_a_bit_in_common_are_not_the_same(some: set[str], others: set[str]) -> None:
    assert 0 <= sides(some) < 2**63
    assert sides(some | others) == sides(some) | sides(others)
    if sides(some) & sides(others) == 0:
        assert some.isdisjoint(others)


@given(keys, keys)
def test_sets_of_themes_have_the_same_name_where_they_are_the_same(some: set[str], others: set[str]) -> None:
    assert (coded_as(some) == coded_as(others)) == (some == others)
    assert coded_as([*some, *some][::-1]) == coded_as(some)


def test_what_a_key_is_made_of_does_not_make_one_set_another() -> None:
    assert len({coded_as(each) for each in (["a", "b"], ["a,b"], ['a", "b'], [], [""])}) == 5
