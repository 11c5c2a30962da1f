"""A state with some of its fields changed: as `dataclasses.replace`, a tenth of the time, for folds over millions."""

from typing import Any, TypeVar

State = TypeVar("State")


def changed(state: State, **changes: Any) -> State:
    """A copy of a frozen dataclass (one without slots) in which these fields have these values."""
    copy = object.__new__(type(state))
    fields = vars(copy)
    fields.update(vars(state))
    fields.update(changes)
    return copy
