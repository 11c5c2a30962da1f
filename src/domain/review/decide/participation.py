"""How children, families and professionals took part in a review."""

from domain.review.commands import RecordParticipation
from domain.review.events import ParticipationRecorded
from domain.review.rules import participation as rules
from domain.review.rules.stages import the_review_is_commissioned
from domain.review.state import Review
from domain.shared.dates import nothing_happens_before_it_existed, nothing_happens_in_the_future
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact


def record(review: Review, command: RecordParticipation, context: DecisionContext) -> list[Fact]:
    """A later answer about the same people stands in place of the earlier; said again, it says nothing new."""
    the_review_is_commissioned(review)
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, review.commissioned_on)
    fact = ParticipationRecorded(
        happened_on=context.on,
        by=context.by,
        participant=command.participant,
        who=command.who,
        invited=command.invited,
        took_part=command.took_part,
        how=command.how,
        why_not=command.why_not,
    )
    participation_is_consistent(
        fact, invited="whyNot", took_part="tookPart", how_field="how" if command.how else "whyNot"
    )
    return [] if review.participation.get(fact.about) == fact.answer else [fact]


def participation_is_consistent(fact: ParticipationRecorded, *, invited: str, took_part: str, how_field: str) -> None:
    """Each names the field that is refused."""
    invited_them, part = fact.invited, fact.took_part
    rules.not_inviting_has_a_reason(invited=invited_them, took_part=part, why_not=fact.why_not, field=invited)
    rules.only_who_was_invited_declines(invited=invited_them, took_part=part, field=took_part)
    rules.how_is_said_of_taking_part(took_part=fact.took_part, how=fact.how, why_not=fact.why_not, field=how_field)
