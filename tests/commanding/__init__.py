"""One example of every command: what the register is told first, who sends it, and all its fields filled."""

from commanding.administration import OF_THE_ADMINISTRATOR
from commanding.challenges import OF_CHALLENGES
from commanding.duties import OF_DUTIES
from commanding.example import Example
from commanding.lives import of_a_life
from commanding.programmes import OF_PROGRAMMES
from commanding.reviews import OF_REVIEWS, OF_WHAT_ARISES
from domain.words import Kind

__all__ = ["EXAMPLES", "Example"]

EXAMPLES: tuple[Example, ...] = (
    *of_a_life(Kind.RECOMMENDATION),
    *of_a_life(Kind.ACTION),
    *OF_REVIEWS,
    *OF_WHAT_ARISES,
    *OF_DUTIES,
    *OF_PROGRAMMES,
    *OF_CHALLENGES,
    *OF_THE_ADMINISTRATOR,
)
