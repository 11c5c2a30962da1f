"""Everything that is asked of the whole of a record, by what it is about."""

from domain.correction.events import Corrected
from domain.correction.faults import Faults, Rule, Stream, faults
from domain.correction.rules.lifecycle import RULES as OF_LIVES
from domain.correction.rules.order import RULES as OF_ORDER
from domain.correction.rules.reviews import OF_CHALLENGES, OF_PROGRAMMES, OF_REVIEWS
from domain.shared.vocabulary import Kind

RULES: dict[Kind, tuple[Rule, ...]] = {
    Kind.ACTION: (*OF_ORDER, *OF_LIVES),
    Kind.RECOMMENDATION: (*OF_ORDER, *OF_LIVES),
    Kind.REVIEW: (*OF_ORDER, *OF_REVIEWS),
    Kind.CHALLENGE: (*OF_ORDER, *OF_CHALLENGES),
    Kind.RETURN: OF_ORDER,
    Kind.PROGRAMME: OF_PROGRAMMES,
}


def faults_of(stream: Stream) -> Faults:
    """`stream`: as corrections leave it, in the order of versions."""
    facts = [each for each in stream if not isinstance(each.fact, Corrected)]
    return faults(facts, RULES[facts[0].kind]) if facts else {}
