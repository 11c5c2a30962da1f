"""The agencies whose work a decision judges (language.md, "Nobody marks their own homework")."""

from collections.abc import Iterator

from domain.lifecycle.commands import AcceptEvidence, GrantExtension, LifeCommand, ReturnEvidence
from domain.lifecycle.state import Life


def judged_agencies(command: LifeCommand, life: Life) -> frozenset[str]:
    """The parties', and that of whoever filed or asked for what is decided about, before it moved to them."""
    return frozenset((*life.parties, *(agency for agency in _filed(command, life) if agency)))


def _filed(command: LifeCommand, life: Life) -> Iterator[str | None]:
    match command:
        case AcceptEvidence(evidence_id=judged) | ReturnEvidence(evidence_id=judged):
            yield from (each.agency for each in life.evidence if each.id == judged)
        case GrantExtension():
            yield life.extension.agency if life.extension else None
        case _:
            yield from (each.agency for each in life.evidence if each.counts and each.accepted)
