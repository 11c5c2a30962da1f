"""The rules of how those who are concerned took part in a review, one refusal each."""

from domain.shared.refusals import Invalid, ReasonRequired
from domain.shared.vocabulary import TookPart


def not_inviting_has_a_reason(*, invited: bool, took_part: TookPart | None, why_not: str | None, field: str) -> None:
    """Families and professionals are invited where that is appropriate: where they are not, there is a reason."""
    if not invited and took_part is not TookPart.YES and not why_not:
        raise ReasonRequired("They were not invited: why not?", field)


def only_who_was_invited_declines(*, invited: bool, took_part: TookPart | None, field: str) -> None:
    if took_part is TookPart.DECLINED and not invited:
        raise Invalid("Whoever declined was invited.", field)


def how_is_said_of_taking_part(*, took_part: TookPart | None, how: str | None, why_not: str | None, field: str) -> None:
    if how and took_part is not TookPart.YES:
        raise Invalid("How they took part is said of those who did.", field)
    if why_not and took_part is TookPart.YES:
        raise Invalid("They took part: there is no reason why not.", field)
