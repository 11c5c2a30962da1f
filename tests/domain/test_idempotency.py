"""A command that is sent again under its key is told what it did; another command under that key is refused."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from domain.ports import Opening
from domain.register import IdempotencyKey, Outcome, first_outcome
from domain.shared.actor import Caller, caller_id
from domain.shared.facts import Epoch
from domain.shared.refusals import IdempotencyKeyReused
from domain.shared.vocabulary import Kind
from support.in_memory_register import Story

KEY = IdempotencyKey(UUID(int=1), b"as it was sent")
DONE = Opening(datetime(2024, 1, 8, tzinfo=UTC), 9, KEY.digest, "action", UUID(int=2), [7, 8], Epoch("now", first=True))


def test_what_is_sent_again_is_told_what_it_did() -> None:
    assert first_outcome(DONE, KEY) == Outcome(Kind.ACTION, UUID(int=2), (7, 8))


@pytest.mark.parametrize("key", [None, IdempotencyKey(KEY.key, b"something else")])
def test_another_command_under_the_same_key_is_refused(key: IdempotencyKey | None) -> None:
    with pytest.raises(IdempotencyKeyReused) as refused:
        first_outcome(DONE, key)
    assert refused.value.field == ("idempotencyKey",)


@pytest.mark.parametrize(
    ("caller", "kept_as"),
    [(Story.agency("police"), "police-lead|AGENCY|police"), (Story.chair, "chair|CHAIR|")],
)
def test_a_key_is_kept_for_one_person_in_one_role_of_one_agency(caller: Caller, kept_as: str) -> None:
    assert caller_id(caller) == kept_as
