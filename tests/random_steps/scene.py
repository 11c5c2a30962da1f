"""What has been recorded so far, folded from the log itself, and the chance by which the next step is chosen."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from domain.agency.state import Agencies
from domain.frameworks import Framework
from domain.lifecycle.state import Lifecycle
from domain.partnership.state import Partnership
from domain.replay import INITIAL, replay
from domain.shared.actor import Caller
from domain.shared.facts import Recorded
from domain.shared.identifiers import SINGLE
from domain.shared.vocabulary import Kind
from domain.theme.state import Themes

T = TypeVar("T")
LIVING = (Kind.RECOMMENDATION, Kind.ACTION)
TEXTS = (
    "Share the chronology",
    "Train the team, and ask the children",
    "Done – « as agreed »",
    'It says "neglect"; it\'s later',
    "सुरक्षा 👧🏽 \t first",
    "percent % underscore _ backslash \\ {curly} $1",
)


@dataclass
class Scene:
    """The facts of every stream as the log holds them, with their states; everything else is derived from them."""

    chance: Random
    shipped: Mapping[str, Framework]
    cast: dict[str, Caller] = field(default_factory=dict)
    facts: dict[UUID, list[Recorded]] = field(default_factory=dict)
    today: date = date.min
    missed: bool = False  # whether something was picked for which the move is not apt, for want of a better one
    _states: dict[UUID, Any] = field(default_factory=dict)

    def take(self, id: UUID, stream: list[Recorded]) -> None:
        """A stream as it now stands in the log."""
        self.facts[id] = stream
        self._states.pop(id, None)

    # ---- what there is ----

    def kind(self, id: UUID) -> Kind:
        return self.facts[id][0].kind

    def state(self, id: UUID) -> Any:
        if id not in self._states:
            self._states[id] = replay(self.kind(id), self.facts[id])
        return self._states[id]

    def life(self, id: UUID) -> Lifecycle:
        life: Lifecycle = self.state(id).life
        return life

    def all(self, *kinds: Kind) -> list[UUID]:
        return [id for id, stream in self.facts.items() if stream[0].kind in kinds]

    def single(self, kind: Kind) -> Any:
        return self.state(SINGLE[kind]) if SINGLE[kind] in self.facts else INITIAL[kind]

    @property
    def agencies(self) -> Agencies:
        found: Agencies = self.single(Kind.AGENCIES)
        return found

    @property
    def themes(self) -> Themes:
        found: Themes = self.single(Kind.THEMES)
        return found

    @property
    def frameworks(self) -> Mapping[str, Framework]:
        """Those that are shipped, and the partnership's own."""
        return {**self.shipped, **self.single(Kind.PARTNERSHIP).own}

    @property
    def framework(self) -> Framework:
        partnership: Partnership = self.single(Kind.PARTNERSHIP)
        return self.frameworks[partnership.framework_on(self.today)]

    # ---- chance ----

    def once_in(self, times: int) -> bool:
        return self.chance.randrange(times) == 0

    def one(self, choices: Iterable[T]) -> T:
        return self.chance.choice(list(choices))

    def some(self, choices: Iterable[T], least: int = 0, most: int = 3) -> tuple[T, ...]:
        pool = list(choices)
        count = self.chance.randint(min(least, len(pool)), min(most, len(pool)))
        return tuple(self.chance.sample(pool, count))

    def maybe(self, value: Callable[[], T]) -> T | None:
        return value() if self.once_in(2) else None

    def text(self) -> str:
        return self.one(TEXTS)

    def ahead(self, days: int = 90, since: date | None = None) -> date:
        """A day to come; now and then one that has passed."""
        start = max(since or self.today, self.today)
        return start + timedelta(days=-7 if self.once_in(25) else self.chance.randint(1, days))

    def between(self, first: date | None, last: date) -> date:
        start = min(first or last, last)
        return start + timedelta(days=self.chance.randint(0, (last - start).days))

    def agency(self) -> str:
        """An agency that goes on; now and then one that has gone on in another, or nobody."""
        if self.once_in(40):
            return self.one((*self.agencies.by_key, "nobody"))
        return self.one(self.going_on())

    def going_on(self) -> list[str]:
        return [key for key in self.agencies.by_key if self.agencies.successor(key) is None]

    def theme(self) -> str:
        return "unheard-of" if self.once_in(60) else self.one(self.themes.by_key)

    def uuid(self) -> UUID:
        return UUID(int=self.chance.getrandbits(128), version=4)

    def pick(self, kinds: Sequence[Kind], apt: Callable[[UUID], bool] = lambda _: True) -> UUID:
        """A thing for which something is apt, if there is one; now and then any id of anything, or of nothing."""
        if self.once_in(25):
            return self.one((*self.facts, self.uuid()))
        of_the_kind = self.all(*kinds)
        fitting = [id for id in of_the_kind if apt(id)]
        self.missed = self.missed or not fitting
        return self.one(fitting or of_the_kind or [self.uuid()])

    def pick_living(self, apt: Callable[[Lifecycle], bool] = lambda _: True) -> tuple[Kind, UUID]:
        """As `pick`, with the kind that a command says it is about: seldom the wrong one."""
        id = self.pick(LIVING, lambda each: apt(self.life(each)))
        kind = self.kind(id) if id in self.facts and self.kind(id) in LIVING else self.one(LIVING)
        return (self.one(LIVING) if self.once_in(40) else kind), id
