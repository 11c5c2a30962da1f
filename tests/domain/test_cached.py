"""What an object computes once, while other objects and threads go on."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from domain.shared.cached_property import cached_property


class Reading:
    """Two that are read at the same time meet; under one lock for both, neither would ever come."""

    def __init__(self, meeting: Barrier | None = None) -> None:
        self.times = 0
        self._meeting = meeting

    @cached_property
    def rows(self) -> list[int]:
        """What was read."""
        self.times += 1
        if self._meeting:
            self._meeting.wait(10)
        return [self.times]


def test_it_is_computed_once_for_each_object() -> None:
    first, second = Reading(), Reading()
    assert first.rows is first.rows
    assert (first.times, second.times) == (1, 0)
    assert second.rows == [1]
    assert Reading.rows.__doc__ == "What was read."


def test_two_objects_are_read_at_the_same_time() -> None:
    meeting = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(lambda each: each.rows, (Reading(meeting), Reading(meeting)))) == [[1], [1]]
