"""What a decision may know beside the state and the command: pure data, gathered before it is taken."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.shared.actor import Actor, Caller
from domain.shared.facts import Epoch

if TYPE_CHECKING:
    from domain.agency.state import Agencies
    from domain.frameworks import Framework
    from domain.partnership.state import Term
    from domain.shared.attachments import Upload
    from domain.shared.facts import Recorded
    from domain.shared.vocabulary import Kind
    from domain.theme.state import Themes


@dataclass(frozen=True, slots=True)
class DecisionContext:
    """
    `today` is the partnership's day, read once; `on` the day of effect; `framework` the one in force on it, or the
    review's own; `frameworks` are all that the partnership may follow, by key.
    `new_id` is for what the command creates (further ids are derived from it); `number` is the next of its kind.
    `passed_over`: how many references that are free by what was read turned out to be carried by something else.
    `recorded` gives the facts of a stream, which corrections look at, and what an agency counts as its version;
    `concerned` are the things whose facts name the agency that is merged, whatever they say of it; all that report to
    somebody, when a framework is adopted; the formal challenges that the challenged agency may have to answer, when
    another is issued or corrected; and the returns of which a corrected item was an improvement point.
    `adopted`: what succeeded the partnership's first framework, in order.
    `learned_in` says which review identified the learning of a command, or what a corrected review joined.
    `uploads`: those that the command names, as far as there are any.
    `epoch`: the one in which the positions of the log hold.
    """

    caller: Caller
    by: Actor
    today: date
    on: date
    imported: bool
    new_id: UUID
    number: int
    agencies: Agencies
    themes: Themes
    framework: Framework
    frameworks: Mapping[str, Framework]
    recorded: Callable[[UUID], tuple[Recorded, ...]]
    epoch: Epoch
    passed_over: int = 0
    concerned: tuple[tuple[Kind, UUID], ...] = ()
    adopted: tuple[Term, ...] = ()
    learned_in: Mapping[UUID, UUID] = field(default_factory=dict)
    uploads: Mapping[UUID, Upload] = field(default_factory=dict)

    def under(self, framework: str) -> DecisionContext:
        """The same by another framework: a review keeps the one that it was commissioned under."""
        return replace(self, framework=self.frameworks[framework])
