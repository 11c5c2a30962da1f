"""What a framework obliges its agencies, its chair and the business unit to."""

import strawberry

from api.documented import documented
from domain import frameworks as data
from domain.words import DutyHolder


@documented
@strawberry.type
class FrameworkDuty:
    """A duty on receipt of learning."""

    key: str
    """Its key."""
    role: str
    """The key of the role that has it."""
    role_name: str
    """What the framework calls the role."""
    held_by: DutyHolder
    """Who has it, and confirms it."""
    wording: str
    """What is to be done, in the framework's words."""
    by_default: bool
    """Ours, where the framework itself gives none."""
    conditional: bool
    """It depends on something else that happens or does not, and is due on no day."""

    @classmethod
    def each(cls, said: data.Framework) -> list["FrameworkDuty"]:
        roles = said.duties.roles
        return [
            cls(
                key=each.key,
                role=each.role,
                role_name=roles[each.role].name,
                held_by=roles[each.role].held_by,
                wording=each.wording,
                by_default=said.is_default(f"duties.on_receipt.{nth}"),
                conditional=each.conditional,
            )
            for nth, each in enumerate(said.duties.on_receipt)
        ]


@documented
@strawberry.type
class StandingDuty:
    """A duty of every agency that follows from no review."""

    key: str
    """Its key."""
    wording: str
    """What is to be done, in the framework's words."""
    wording_for_schools: str | None
    """In which words agencies of kind `SCHOOL` have it, where these differ."""
    by_default: bool
    """Ours, where the framework itself gives none."""

    @classmethod
    def each(cls, said: data.Framework) -> list["StandingDuty"]:
        return [
            cls(
                key=each.key,
                wording=each.wording,
                wording_for_schools=each.wording_for_schools,
                by_default=said.is_default(f"duties.standing.{nth}"),
            )
            for nth, each in enumerate(said.duties.standing)
        ]
