"""Idempotency: a command's key with a digest of its body, and what the command did when it was first sent."""

from dataclasses import dataclass
from uuid import UUID

from domain.ports import Opening
from domain.shared.actor import Caller
from domain.shared.refusals import IdempotencyKeyReused
from domain.shared.vocabulary import Kind


@dataclass(frozen=True, slots=True)
class IdempotencyKey:
    """An idempotency key with a digest of the command that it came with."""

    key: UUID
    digest: bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a command did: the thing it is about and the positions of its facts."""

    kind: Kind
    id: UUID
    positions: tuple[int, ...]


def caller_id(caller: Caller) -> str:
    """Whose key it is: subject, role and agency together."""
    return "|".join((caller.subject, caller.role.value, caller.agency or ""))


def first_outcome(opening: Opening, key: IdempotencyKey | None) -> Outcome:
    """What the key did. Raises IdempotencyKeyReused for a key that came with another command."""
    if key is None or opening.digest != key.digest or opening.kind is None or opening.subject_id is None:
        raise IdempotencyKeyReused("The key was used with another command.", "idempotencyKey")
    return Outcome(Kind(opening.kind), opening.subject_id, tuple(opening.positions or ()))
