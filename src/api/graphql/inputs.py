"""What every input carries, and what several of them share."""

from datetime import date
from uuid import UUID

import strawberry
from strawberry import UNSET

from api.graphql.descriptions import documented

Day = date | None
Text = str | None
Texts = list[str] | None


@documented
@strawberry.input
class Keyed:
    """Every command is recorded once, whatever the network does."""

    idempotency_key: UUID
    """One key a command, of the caller's own choosing; sent again with the same body, nothing is recorded twice."""


@documented
@strawberry.input
class OfAThing(Keyed):
    """A command on something that exists."""

    id: strawberry.ID
    """What it is about."""
    expected_version: int | None = UNSET
    """The version that the command was decided on; without it the command is decided on the newest."""


@documented
@strawberry.input
class CorrectInput(OfAThing):
    """Takes effect on the day of the fact it corrects; recorded now. No happenedOn."""

    event_id: strawberry.ID
    """The fact that is mistaken, as the thing's history names it."""
    field: str
    """
    The fact's own field, such as `dueOn`, `happenedOn` or `narrative`; of what has parts, one part by its key:
    `sections.summary`, `assessments.ID.compliance`. `voided` strikes out the whole fact.
    """
    new_value: Text = UNSET
    """
    Days as YYYY-MM-DD, several keys or ids with commas between; `true` for `voided` strikes out, `false` puts back;
    null leaves the field empty. Of a challenge's subjects, a duty is `ID/ID`, of what it arose from and its own, and a
    clock `ID/clock:NAME`.
    """
    reason: str
    """Why the record is corrected."""


@documented
@strawberry.input
class Dated(OfAThing):
    """One whose day of effect may be stated, by whoever may."""

    happened_on: Day = UNSET
    """
    The day on which it took effect; by default today. Earlier for paper received and for a meeting's decision, never in
    the future.
    """
