"""How children, families and professionals took part: in one review, and counted over many."""

from datetime import date

import strawberry

from api.documented import documented
from api.types.actor import Actor
from api.types.telling import Told
from domain.words import GROUPS, Participant, ParticipationGroup, TookPart
from projections.participation.view import ParticipationRead

NOT_YET = "Null as long as it is not known."
RECORDED = "The reviews of which it is recorded whether they were invited."
TOOK_PART = "The reviews in which any of them took part."
DECLINED = "The reviews in which they were invited, some declined and none took part."
PARTICIPANT = "Null for the whole group; a review counts once, whoever of the group it was."


@documented
@strawberry.type
class ParticipationAnswer:
    """Whether somebody took part in a review, as it is known so far."""

    participant: Participant
    """Who, by their part in the case."""
    groups: list[ParticipationGroup]
    """The groups in which a board counts them."""
    who: str | None
    """Which of several of one kind, by role and never by name."""
    invited: bool
    """Whether they were invited to contribute."""
    took_part: TookPart | None = strawberry.field(description=NOT_YET)
    how: str | None
    """How they took part."""
    why_not: str | None
    """Why they were not invited, or did not take part."""
    recorded_on: date = strawberry.field(description="The day of the answer.")
    by: Actor
    """Who recorded it."""

    @classmethod
    def of(cls, told: Told) -> "ParticipationAnswer":
        participant = Participant(told.given_text("participant"))
        return cls(
            participant=participant,
            groups=[group for group, members in GROUPS.items() if participant in members],
            who=told.text("who"),
            invited=told.flag("invited"),
            took_part=told.word("took_part", TookPart),
            how=told.text("how"),
            why_not=told.text("why_not"),
            recorded_on=told.happened_on,
            by=told.by,
        )


@documented
@strawberry.type(description="Counts of reviews, for a group and for each kind of people in it.")
class ParticipationCount:
    group: ParticipationGroup
    """Children, family or professionals."""
    participant: Participant | None = strawberry.field(description=PARTICIPANT)
    reviews: int = strawberry.field(description="All reviews that were asked about.")
    recorded: int = strawberry.field(description=RECORDED)
    not_recorded: int
    """The reviews of which it is not recorded whether they were invited."""
    invited: int = strawberry.field(description="The reviews to which any of them was invited.")
    not_invited: int = strawberry.field(description="The reviews to which none of them was, as recorded.")
    took_part: int = strawberry.field(description=TOOK_PART)
    declined: int = strawberry.field(description=DECLINED)

    @classmethod
    def of(cls, row: ParticipationRead) -> "ParticipationCount":
        return cls(
            group=ParticipationGroup(row.grouped),
            participant=Participant(row.participant) if row.participant else None,
            reviews=row.reviews,
            recorded=row.recorded,
            not_recorded=row.reviews - row.recorded,
            invited=row.invited,
            not_invited=row.recorded - row.invited,
            took_part=row.took_part,
            declined=row.declined,
        )
