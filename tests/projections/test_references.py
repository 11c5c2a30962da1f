"""References sort as people count, by a key that is compared byte by byte."""

from hypothesis import given
from hypothesis import strategies as st

from projections.histories.parts import reference_key

IN_ORDER = ["10", "C1", "R2", "R2/1/A9", "R2/2", "R02/10", "R2/10/A1", "R2/10/A2", "R2/10/A10", "R10", "R010/1", "S1"]


def test_each_number_is_compared_as_a_number_and_letters_whatever_their_case() -> None:
    mixed = [*IN_ORDER[6:], *IN_ORDER[:6]]
    assert sorted(mixed, key=reference_key) == IN_ORDER
    assert sorted(map(str.lower, mixed), key=reference_key) == [each.lower() for each in IN_ORDER]


@given(numbers=st.lists(st.integers(0, 10**40), min_size=2, max_size=2), zeros=st.integers(0, 30))
def test_numbers_of_any_length_sort_by_what_they_amount_to(numbers: list[int], zeros: int) -> None:
    keys = [reference_key(f"R{'0' * zeros}{number}/A1").encode() for number in numbers]
    assert (keys[0] < keys[1], keys[0] == keys[1]) == (numbers[0] < numbers[1], numbers[0] == numbers[1])
