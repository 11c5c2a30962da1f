"""What happens to duties, on whatever stream they stand; what they arise from says which they are."""

from uuid import UUID

from pydantic import BaseModel

from domain.shared.facts import Fact
from domain.shared.vocabulary import DutyHolder


class DutyOwed(BaseModel, frozen=True, extra="forbid"):
    """
    A duty as the framework worded it when it arose; each agency has it, or the chair, or the business unit. A
    `conditional` one is due on no day.
    """

    key: str
    role: str
    wording: str
    held_by: DutyHolder
    conditional: bool = False


class Obliged(BaseModel, frozen=True, extra="forbid"):
    """Whom something obliges: an agency, or without one the chair and the business unit; about which learning."""

    agency: str | None = None
    learning: tuple[UUID, ...] = ()


class DutiesConfirmed(Fact, frozen=True):
    """Done, by the word of whoever holds them; `agency` is the one that does, if need be on paper."""

    duties: tuple[UUID, ...]
    agency: str | None = None
    assurance: str


class DutiesTransferred(Fact, frozen=True):
    """Whatever `from_agency` still owes here moves, because it has gone on in `to_agency`."""

    from_agency: str
    to_agency: str
    reason: str
