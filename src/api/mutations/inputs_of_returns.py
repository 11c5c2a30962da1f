"""Inputs about agencies' returns on their standing duties."""

import strawberry
from strawberry import UNSET

from api.mutations.inputs import ON_PAPER, Dated, Day, Keyed, Text, Texts

ONE_DUTY = "One duty; without it all that are open and the caller's to confirm."
DUTIES = "The duties that this assurance is about, all of them the caller's and open; in place of `dutyId`."
WHOM = "By default every partner agency; who has been called for the period already is left as it is."
PERIOD = "Which of the year's periods, counted from 1, where the framework asks more than once a year."


@strawberry.input
class ReturnsCallInput(Keyed):
    year: int
    period: int | None = strawberry.field(default=1, description=PERIOD)
    agencies: Texts = strawberry.field(default=UNSET, description=WHOM)
    due_on: Day = UNSET
    happened_on: Day = UNSET


@strawberry.input
class ReturnConfirmInput(Dated):
    assurance: str
    duty_id: strawberry.ID | None = strawberry.field(default=UNSET, description=ONE_DUTY)
    agency: Text = strawberry.field(default=UNSET, description=ON_PAPER)
    duty_ids: list[strawberry.ID] | None = strawberry.field(default=UNSET, description=DUTIES)
