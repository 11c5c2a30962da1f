"""How children, families and professionals took part: in one review, and counted over many."""

from datetime import date

import strawberry

from api.graphql.agencies.types import Actor
from api.graphql.descriptions import documented
from api.graphql.event_json import EventJson
from domain.shared.vocabulary import GROUPS, Participant, ParticipationGroup, TookPart
from projections.queries.participation.query import ParticipationRead


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
    took_part: TookPart | None
    """Null as long as it is not known."""
    how: str | None
    """How they took part."""
    why_not: str | None
    """Why they were not invited, or did not take part."""
    recorded_on: date
    """The day of the answer."""
    by: Actor
    """Who recorded it."""

    @classmethod
    def of(cls, event: EventJson) -> "ParticipationAnswer":
        participant = Participant(event.given_text("participant"))
        return cls(
            participant=participant,
            groups=[group for group, members in GROUPS.items() if participant in members],
            who=event.text("who"),
            invited=event.flag("invited"),
            took_part=event.word("took_part", TookPart),
            how=event.text("how"),
            why_not=event.text("why_not"),
            recorded_on=event.happened_on,
            by=event.by,
        )


@documented
@strawberry.type
class ParticipationCount:
    """Counts of reviews, for a group and for each kind of people in it."""

    group: ParticipationGroup
    """Children, family or professionals."""
    participant: Participant | None
    """Null for the whole group; a review counts once, whoever of the group it was."""
    reviews: int
    """All reviews that were asked about."""
    recorded: int
    """The reviews of which it is recorded whether they were invited."""
    not_recorded: int
    """The reviews of which it is not recorded whether they were invited."""
    invited: int
    """The reviews to which any of them was invited."""
    not_invited: int
    """The reviews to which none of them was, as recorded."""
    took_part: int
    """The reviews in which any of them took part."""
    declined: int
    """The reviews in which they were invited, some declined and none took part."""

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
