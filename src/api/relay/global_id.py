"""Ids as partners see them: opaque, and the same for a thing at every moment and in every answer."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from uuid import UUID

from domain.shared.refusals import NotFound

LONGEST = 400


@dataclass(frozen=True, slots=True)
class GlobalId:
    """A decoded id: which kind of thing, and its key within the partnership."""

    kind: str
    key: str

    @property
    def uuid(self) -> UUID:
        """The key of a thing that is kept under a UUID.

        Raises:
            NotFound: the key is none, so there is no such thing.
        """
        try:
            found = UUID(self.key)
        except ValueError:
            raise _unknown("id") from None
        if str(found) != self.key:
            raise _unknown("id")
        return found

    @property
    def place(self) -> tuple[str, int]:
        """The key of a fact: the epoch in which it was given, and its place in the log. Raises NotFound for any other.

        Ids of before there were epochs are places alone.
        """
        epoch, _, position = self.key.rpartition(".")
        if not (position.isascii() and position.isdecimal()):
            raise _unknown("id")
        return epoch, int(position)


def encode(kind: str, key: UUID | str) -> str:
    """The id of the thing of this kind under this key; `kind` holds no colon."""
    return urlsafe_b64encode(f"{kind}:{key}".encode()).decode().rstrip("=")


def of_fact(epoch: str, position: int) -> str:
    """The id of a fact: a place in the log holds in its epoch alone."""
    return encode("fact", f"{epoch}.{position}")


def decode(text: str, *kinds: str, field: tuple[str, ...] = ("id",)) -> GlobalId:
    """What an id stands for; `kinds` are the ones that fit here, none meaning any.

    Raises:
        NotFound: malformed or of another kind; the same answer as for a thing that does not exist.
    """
    kind, colon, key = _plain(text).partition(":")
    if not colon or not key or (kinds and kind not in kinds) or encode(kind, key) != text:
        raise _unknown(*field)
    return GlobalId(kind, key)


def perhaps(text: str | None, kind: str, *, field: tuple[str, ...]) -> UUID | None:
    """The key under an id that need not be given. Raises NotFound as `decode` does."""
    return None if text is None else decode(text, kind, field=field).uuid


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        return ""
    try:
        return urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except ValueError:
        return ""


def _unknown(*field: str) -> NotFound:
    return NotFound("There is no such thing, or you may not see it.", *field)
