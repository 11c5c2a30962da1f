"""What a decision may know beside the state and the command: pure data, gathered before it is taken."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from domain.actor import Actor, Caller

if TYPE_CHECKING:
    from domain.agency.state import Agencies
    from domain.facts import Recorded
    from domain.frameworks import Framework
    from domain.theme.state import Themes
    from domain.words import Kind


@dataclass(frozen=True, slots=True)
class Given:
    """
    `today` is the partnership's day, read once; `on` the day of effect; `framework` the one in force on it.
    `new_id` is for what the command creates (further ids are derived from it); `number` is the next of its kind.
    `stream` holds the facts of the thing that a correction is about, and nothing for other commands;
    `concerned` are the things whose facts name the agency that is merged, whatever they say of it.
    `frameworks` are all that there are, by key; `learned_in` says which review identified the learning of a command.
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
    stream: tuple[Recorded, ...] = ()
    concerned: tuple[tuple[Kind, UUID], ...] = ()
    frameworks: Mapping[str, Framework] = field(default_factory=dict)
    learned_in: Mapping[UUID, UUID] = field(default_factory=dict)
