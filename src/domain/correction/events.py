"""What a correction says, on whatever stream."""

from domain.shared.facts import Fact


class Corrected(Fact, frozen=True):
    """
    The fact of version `corrects` on the same stream, its field as partners name it, and what is true instead.

    It takes effect on that fact's day. Values are as partners write them; `voided` is true where the whole fact is
    struck out, and false where it is put back. What `follows` from the correction of another fact corrects what had
    been derived from that.
    """

    corrects: int
    field: str
    old_value: str | None = None
    new_value: str | None = None
    reason: str
    follows: bool = False
