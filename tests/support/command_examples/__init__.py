"""One example of every command: what the register is told first, who sends it, and all its fields filled."""

from domain.shared.vocabulary import Kind
from support.command_examples.administration import OF_THE_ADMINISTRATOR
from support.command_examples.challenges import OF_CHALLENGES
from support.command_examples.duties import OF_DUTIES
from support.command_examples.example import Example
from support.command_examples.lives import of_a_life
from support.command_examples.programmes import OF_PROGRAMMES
from support.command_examples.reviews import OF_REVIEWS, OF_WHAT_ARISES

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
