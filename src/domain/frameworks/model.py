"""A learning and improvement framework: who a partnership's reviews report to, and what it learns from them."""

from typing import Annotated

from pydantic import Field, StrictBool, field_validator

from domain.frameworks.duties import Duties
from domain.frameworks.parts import Count, Key, Part, Text
from domain.words import DeadlineUnit


class Body(Part):
    """A group of the partnership. `succeeded_by` names a body of the framework that succeeds this one."""

    key: Key
    name: Text
    accountable_to: Key | None = None
    succeeded_by: Key | None = None
    shared_with: tuple[Text, ...] = ()
    means_of_improvement: tuple[Text, ...] = ()
    measures_of_effectiveness: tuple[Text, ...] = ()
    outside: StrictBool = False


class ReviewKind(Part):
    """
    A kind of review or audit. The first of `monitored_by` decides about its recommendations, the others read.

    A review is agreed by every body of `agreed_by` and, where one is named, by the chair. `mandated_by`: the bodies
    that may mandate one, where they differ from the framework's; empty, whoever does. `sections`: what it has to
    say when it is completed, by key. A statutory review has an independent lead in any case.
    """

    key: Key
    name: Text
    statutory: StrictBool = False
    criteria: Text | None = None
    conditions: tuple[Text, ...] = ()
    monitored_by: tuple[Key, ...] = ()
    feeds: tuple[Key, ...] = ()
    learning: tuple[Text, ...] = ()
    disseminated_by: tuple[Key, ...] = ()
    stakeholders: tuple[Text, ...] = ()
    agreed_by: tuple[Key, ...] = ()
    mandated_by: tuple[Key, ...] | None = None
    minimum_agencies: Annotated[int, Field(strict=True, ge=0)] = 0
    independent_lead: StrictBool = False
    sections: dict[Key, Text] = Field(default_factory=dict)

    @property
    def needs_an_independent_lead(self) -> bool:
        return self.statutory or self.independent_lead


class ChallengeLevel(Part):
    """One step of a formal challenge's route, from 1; an answer is expected within `working_days`."""

    level: Count
    name: Text
    working_days: Count


class Deadline(Part):
    key: Key
    name: Text
    length: Count
    unit: DeadlineUnit


class Framework(Part):
    """
    One framework as its data file gives it.

    `defaults` holds the dotted paths of the values that are this product's and not the framework's own words.
    """

    key: Key
    name: Text
    succeeds: Key | None = None
    bodies: dict[Key, Body]
    kinds: dict[Key, ReviewKind]
    methods: tuple[Key, ...]
    stakeholders: tuple[Text, ...] = ()
    review_principles: dict[Key, Text]
    deadlines: tuple[Deadline, ...] = ()
    challenge_route: tuple[ChallengeLevel, ...]
    impact_due_months: Count
    inspection_kind: Key
    mandated_by: tuple[Key, ...] = ()
    duties: Duties
    defaults: frozenset[str] = frozenset()

    @field_validator("bodies", "kinds", mode="before")
    @classmethod
    def _named_by_their_keys(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {key: {"key": key, **part} if isinstance(part, dict) else part for key, part in value.items()}

    def mandates(self, kind: str) -> tuple[str, ...]:
        """The bodies that may mandate a review of a kind; none where the framework leaves it open."""
        own = self.kinds[kind].mandated_by
        return self.mandated_by if own is None else own

    @property
    def impact_measures(self) -> tuple[str, ...]:
        """Every body's measures of effectiveness, each once, in the order of the file."""
        return tuple(dict.fromkeys(m for body in self.bodies.values() for m in body.measures_of_effectiveness))

    def is_default(self, path: str) -> bool:
        """Whether the value at a dotted path, or what holds it, is a default and not given by the framework."""
        parts = path.split(".")
        return any(".".join(parts[:n]) in self.defaults for n in range(1, len(parts) + 1))
