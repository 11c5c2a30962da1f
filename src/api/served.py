"""A partnership of the installation, as the edge serves it."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any
from zoneinfo import ZoneInfo

from domain.frameworks import Framework
from domain.register import Register
from domain.shared.cached_property import cached_property
from projections.engine.kept_answers import KeptAnswers


class Served:
    """One partnership as the edge serves it; `transaction` opens one that sees this partnership alone.

    `own`: its own frameworks, as far as they have been adopted and read. `kept`: what was counted over everything.
    """

    def __init__(self, register: Register, transaction: Callable[[], AbstractContextManager[Any]]) -> None:
        self.register = register
        self.transaction = transaction
        self.own: dict[str, Framework] = {}
        self.kept = KeptAnswers()

    @property
    def shipped(self) -> Mapping[str, Framework]:
        return self.register.shipped

    @cached_property
    def zone(self) -> ZoneInfo:
        """The partnership's own; no fact ever changes it."""
        return ZoneInfo(self.register.partnership().time_zone)
