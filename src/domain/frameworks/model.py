"""A learning and improvement framework: who a partnership's reviews report to, and what it learns from them."""

from collections import Counter
from collections.abc import Iterable

from pydantic import Field, field_serializer, field_validator

from domain.frameworks.duties import Duties
from domain.frameworks.parts import (
    Body,
    ChallengeLevel,
    Count,
    Deadline,
    FrameworkPart,
    Key,
    PrintedDeadline,
    Programme,
    ResponseTime,
    ReviewKind,
    Rhythm,
    Text,
)


class Framework(FrameworkPart):
    """
    One framework as its data file gives it.

    `reporting_body` is the one that whatever has no other reports through; the chair acts for it. `review_principles`
    hold for every review, the criteria of `conduct` for case reviews; `review_methods` are examples of how these are
    done. `culture` is how the partnership wants to learn, `purposes` what the framework is for: both are text that the
    register shows and from which nothing follows.
    `methods` are those of dissemination, all that there are unless `methods_are_examples`: then any words name one.
    `method_notes` say more about some. `notes` are the framework's own words on
    what the register shows and does not enforce.
    `recommendation_response` is how long agencies have to answer a recommendation that states no day itself; without
    it there is none.
    `defaults` holds the dotted paths of the values that are this product's and not the framework's own words.
    """

    key: Key
    name: Text
    succeeds: Key | None = None
    bodies: dict[Key, Body]
    kinds: dict[Key, ReviewKind]
    methods: tuple[Key, ...]
    methods_are_examples: bool = False
    method_notes: dict[Key, Text] = Field(default_factory=dict)
    stakeholders: tuple[Text, ...] = ()
    review_principles: dict[Key, Text] = Field(default_factory=dict)
    review_methods: dict[Key, Text] = Field(default_factory=dict)
    conduct: dict[Key, Text] = Field(default_factory=dict)
    culture: dict[Key, Text] = Field(default_factory=dict)
    purposes: dict[Key, Text] = Field(default_factory=dict)
    deadlines: tuple[Deadline, ...] = ()
    printed_deadlines: tuple[PrintedDeadline, ...] = ()
    challenge_route: tuple[ChallengeLevel, ...]
    impact_due_months: Count
    recommendation_response: ResponseTime | None = None
    inspection_kind: Key
    programme: Programme = Programme()
    rhythms: tuple[Rhythm, ...] = ()
    reporting_body: Key = "board"
    mandated_by: tuple[Key, ...] = ()
    referred_by: Text | None = None
    notes: tuple[Text, ...] = ()
    duties: Duties
    defaults: frozenset[str] = frozenset()

    @field_validator("bodies", "kinds", mode="before")
    @classmethod
    def _named_by_their_keys(cls, value: object) -> object:
        if not isinstance(value, dict):
            return value
        return {key: {"key": key, **part} if isinstance(part, dict) else part for key, part in value.items()}

    @field_serializer("defaults")
    def _in_order(self, value: frozenset[str]) -> list[str]:
        return sorted(value)

    def mandates(self, kind: str) -> tuple[str, ...]:
        """The bodies that may mandate a review of a kind; none where the framework leaves it open."""
        own = self.kinds[kind].mandated_by
        return self.mandated_by if own is None else own

    def advisers(self, kind: str | None) -> tuple[str, ...]:
        """Whose advice a referral awaits: as the kind that it names says, of any of those that its cases are submitted
        to, or of the body that it reports through first.

        Naming none, of those through which the statutory kinds do; where none is statutory, most kinds.
        """
        if kind is not None:
            kind_model = self.kinds[kind]
            return kind_model.advised_by or kind_model.submitted_to or kind_model.monitored_by[:1]
        first = Counter(body for each in self.kinds.values() for body in each.monitored_by[:1])
        statutory = (body for each in self.kinds.values() if each.statutory for body in each.monitored_by[:1])
        return tuple(dict.fromkeys(statutory)) or tuple(body for body, _ in first.most_common(1))

    def any_advises(self, kind: str | None) -> tuple[str, ...]:
        """The bodies of which one is enough: those that cases of a kind are submitted to."""
        return () if kind is None or self.kinds[kind].advised_by else self.kinds[kind].submitted_to

    def must_advise(self, kind: str | None) -> tuple[str, ...]:
        """The bodies on whose advice the chair decides about a referral of a kind.

        Of none, or of one of another framework: of the statutory kinds; where none is statutory, of all.
        """
        if kind in self.kinds:
            return self.kinds[kind].advised_by
        statutory = [each for each in self.kinds.values() if each.statutory]
        return tuple(dict.fromkeys(body for each in statutory or self.kinds.values() for body in each.advised_by))

    @property
    def circumstances(self) -> dict[str, str]:
        """In which a kind of review must always be commissioned, in the order of the file."""
        return {key: text for each in self.kinds.values() for key, text in each.always_when.items()}

    def always(self, circumstances: Iterable[str]) -> tuple[str, ...]:
        """The kinds of which one must be commissioned in any of these circumstances."""
        stated = frozenset(circumstances)
        return tuple(key for key, each in self.kinds.items() if stated & each.always_when.keys())

    def says_who_monitors(self, kind: str) -> bool:
        return not self.is_default(f"kinds.{kind}.monitored_by")

    def may_report_through(self, kind: str, mandated_by: str | None = None) -> tuple[str, ...]:
        """The body that decides about what a review recommends: as given, or else any of the partnership's own.

        Offered first are the body that mandates it, this product's default, and whoever may mandate one.
        """
        context = self.kinds[kind].monitored_by[:1]
        if self.says_who_monitors(kind):
            return context
        own = [key for key, body in self.bodies.items() if not body.outside]
        first = (mandated_by or "", *context, *self.mandates(kind), *own)
        return tuple(dict.fromkeys(key for key in first if key in own))

    def fed_by(self, kind: str) -> tuple[str, ...]:
        """The bodies to which the learning of a kind of review goes: those it names, and those that receive all."""
        every = (body.key for body in self.bodies.values() if body.receives_all_learning)
        return tuple(dict.fromkeys((*self.kinds[kind].feeds, *every)))

    @property
    def impact_measures(self) -> tuple[str, ...]:
        """Every body's measures of effectiveness, each once, in the order of the file."""
        return tuple(dict.fromkeys(m for body in self.bodies.values() for m in body.measures_of_effectiveness))

    def is_default(self, path: str) -> bool:
        """Whether the value at a dotted path, or what holds it, is a default and not given by the framework."""
        parts = path.split(".")
        return any(".".join(parts[:n]) in self.defaults for n in range(1, len(parts) + 1))
