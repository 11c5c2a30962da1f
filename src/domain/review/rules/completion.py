"""What a kind of review asks before one is completed, and how those concerned took part, one refusal each.

Imports tell of reviews as they were.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from domain.review.state import Review
from domain.shared.decision_context import DecisionContext
from domain.shared.refusals import ConditionsNotMet, Invalid, ReasonRequired
from domain.shared.vocabulary import CONDUCT, JUDGEMENT, PRINCIPLE, TookPart

if TYPE_CHECKING:
    from domain.frameworks import Framework, ReviewKind


def everybody_has_agreed_it(review: Review, context: DecisionContext) -> None:
    """Where the kind names a body, that body and the chair."""
    if review.agreed_by and review.lacking and not context.imported:
        lacking = ", ".join(body or "the chair" for body in review.lacking)
        raise ConditionsNotMet(f"The review has not been agreed by {lacking}.")


def the_chair_has_decided(review: Review, kind: "ReviewKind", context: DecisionContext) -> None:
    """Where the final decision is the chair's, the chair commissions it, or agrees what was commissioned on paper."""
    if kind.decided_by_chair and not review.decided_by_chair and not context.imported:
        raise ConditionsNotMet("The final decision is the independent chair's, who has not agreed the review.")


def what_the_kind_asks_is_answered(
    review: Review, kind: "ReviewKind", sections: Iterable[str], context: DecisionContext
) -> None:
    answered = set(sections)
    wanted = (*review.asked_sections, *((JUDGEMENT,) if kind.judgements else ()))
    lacking = [key for key in wanted if key not in answered]
    if lacking and not context.imported:
        raise ConditionsNotMet(f"Sections are missing: {', '.join(lacking)}.", "sections")


def a_section_is_told_once(sections: Iterable[str]) -> None:
    seen = set[str]()
    for nth, key in enumerate(sections):
        if key in seen:
            raise Invalid(f"Section {key!r} is told more than once.", "sections", str(nth), "key")
        seen.add(key)


def principles_are_the_frameworks(framework: "Framework", sections: Iterable[str]) -> None:
    """Each principle, and each criterion of conduct, that a section tells of; where none is listed, any principle."""
    for nth, key in enumerate(sections):
        if key.startswith(PRINCIPLE) and not framework.review_principles:
            continue
        for begins, known in ((PRINCIPLE, framework.review_principles), (CONDUCT, framework.conduct)):
            if key.startswith(begins) and key.removeprefix(begins) not in known:
                expected = ", ".join(f"{begins}{each}" for each in known) or "none"
                raise Invalid(f"{framework.key!r} knows no {key!r}; there is {expected}.", "sections", str(nth), "key")


def the_judgement_is_one_of_the_kinds(kind: "ReviewKind", text: str) -> str:
    """As the framework writes it, whatever the capitals; any words where the kind lists none."""
    words: Iterator[str] = (word for word in kind.judgements if word.casefold() == text.casefold())
    found = next(words, None)
    if found is None and kind.judgements:
        raise Invalid(f"The judgement is {text!r:.80}, not one of {', '.join(kind.judgements)}.", "sections", "text")
    return found or text


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
