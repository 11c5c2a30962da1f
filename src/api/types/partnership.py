"""The partnership and the frameworks that it followed one after the other."""

from datetime import date

import strawberry

from api.types.body import Body, Frameworks
from api.types.framework import Framework, ReviewKind
from projections.partnership.view import PartnershipRead


class Framing:
    """The partnership on a day, with every framework that it ever followed."""

    def __init__(self, read: PartnershipRead, frameworks: Frameworks, on: date) -> None:
        self.read = read
        self.frameworks = frameworks
        self._terms = [str(term["framework"]) for term in read.terms]
        begun = [str(term["framework"]) for term in read.terms if str(term["from"]) <= on.isoformat()]
        self.in_force = begun[-1] if begun else self._terms[0]

    @property
    def _newest_first(self) -> list[str]:
        return list(dict.fromkeys([self.in_force, *reversed(self._terms)]))

    def body(self, key: str | None) -> Body | None:
        """The body under a key: of the framework in force, or else of another one that the partnership followed."""
        holders = (each for each in self._newest_first if key in self.frameworks[each].bodies)
        holder = next(holders, None)
        return Body.of(self.frameworks, holder, key) if holder and key else None

    def body_of(self, framework: str, key: str) -> Body:
        return Body.of(self.frameworks, framework, key)

    def kind_of(self, framework: str, key: str) -> ReviewKind:
        return ReviewKind.of(self.frameworks, framework, self.frameworks[framework].kinds[key])

    @property
    def advisers(self) -> list[dict[str, str | None]]:
        """Whose advice a referral awaits, by the framework that it was made under and the kind that it names."""
        asked = ((key, kind) for key in dict.fromkeys(self._terms) for kind in (None, *self.frameworks[key].kinds))
        return [
            {"framework": key, "kind": kind, "body": body}
            for key, kind in asked
            for body in self.frameworks[key].advisers(kind)
        ]

    def level_name(self, level: int, on: date) -> str:
        """What the challenge route in force on a day calls a level; one that no route has goes by its number."""
        begun = [str(term["framework"]) for term in self.read.terms if str(term["from"]) <= on.isoformat()]
        steps = (
            step for key in (*reversed(begun), *self._newest_first) for step in self.frameworks[key].challenge_route
        )
        return next((step.name for step in steps if step.level == level), f"Level {level}")

    def framework(self, key: str) -> Framework:
        return Framework.of(self.frameworks, key)

    @property
    def kinds(self) -> set[str]:
        """The keys of the kinds of review of every framework that the partnership followed."""
        return {kind for each in self._terms for kind in self.frameworks[each].kinds}


@strawberry.type
class FrameworkTerm:
    framework: Framework
    from_: date = strawberry.field(name="from")
    until: date | None


@strawberry.type
class Partnership:
    framing: strawberry.Private[Framing]
    key: str
    name: str
    time_zone: str

    @strawberry.field
    def framework(self) -> Framework:
        return self.framing.framework(self.framing.in_force)

    @strawberry.field
    def frameworks(self) -> list[FrameworkTerm]:
        return [
            FrameworkTerm(
                framework=self.framing.framework(term["framework"]),
                from_=date.fromisoformat(term["from"]),
                until=date.fromisoformat(term["until"]) if term["until"] else None,
            )
            for term in self.framing.read.terms
        ]

    @classmethod
    def of(cls, framing: Framing) -> "Partnership":
        read = framing.read
        return cls(framing=framing, key=read.key, name=read.name, time_zone=read.time_zone)
