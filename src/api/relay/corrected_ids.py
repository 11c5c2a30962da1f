"""Ids in the fields and values of corrections: partners know them as opaque ids, a fact holds them as its own."""

from collections.abc import Callable, Mapping
from uuid import UUID

from api.relay import global_id
from domain.correction.values import CLOCK, DUTY
from domain.shared.vocabulary import Kind

NAMING: Mapping[str, str] = {
    "learning": "learning",
    "learningId": "learning",
    "followsUp": Kind.REVIEW.value,
    "evidencedBy": Kind.REVIEW.value,
    "reviewId": Kind.REVIEW.value,
    "checks": Kind.RECOMMENDATION.value,
    "duties": "duty",
    "dutyId": "duty",
}
"""The fields whose value is one id or several, by what they are of; also as the last word of a part."""
BY_THEIR_IDS: Mapping[str, str] = {"assessments": "duty", "improvements": "improvement"}
"""The fields whose parts are named by an id, such as `assessments.ID.compliance`."""
SUBJECTS = "subjects"
CHALLENGED = (Kind.REVIEW.value, Kind.RECOMMENDATION.value, Kind.ACTION.value, Kind.RETURN.value)
VALUE = ("newValue",)


def as_kept(field: str, value: str | None) -> tuple[str, str | None]:
    """The field and its value as the domain takes them. Raises NotFound for what is no id of its kind."""
    head, _, rest = field.partition(".")
    if head in BY_THEIR_IDS and rest:
        id, dot, part = rest.partition(".")
        field = f"{head}.{global_id.decode(id, BY_THEIR_IDS[head], field=('field',)).uuid}{dot}{part}"
    return field, _each(value, _reader(field))


def as_shown(field: str, value: str | None) -> tuple[str, str | None]:
    """The field and its value as partners read them; what is no id stays as it is."""
    head, _, rest = field.partition(".")
    if head in BY_THEIR_IDS and rest:
        id, dot, part = rest.partition(".")
        field = f"{head}.{global_id.encode(BY_THEIR_IDS[head], id)}{dot}{part}"
    return field, _each(value, _writer(field))


def names_ids(field: str) -> bool:
    """Whether values of the field say nothing to a reader."""
    return _last(field) in NAMING or field == SUBJECTS


def _last(field: str) -> str:
    return field.rpartition(".")[2]


def _each(value: str | None, one: Callable[[str], str] | None) -> str | None:
    if value is None or one is None:
        return value
    return ", ".join(one(each.strip()) for each in value.split(","))


def _reader(field: str) -> Callable[[str], str] | None:
    if field == SUBJECTS:
        return _subject_kept
    kind = NAMING.get(_last(field))
    return None if kind is None else lambda text: str(global_id.decode(text, kind, field=VALUE).uuid)


def _writer(field: str) -> Callable[[str], str] | None:
    if field == SUBJECTS:
        return _subject_shown
    kind = NAMING.get(_last(field))
    return None if kind is None else lambda text: global_id.encode(kind, text)


def _subject_kept(text: str) -> str:
    """An id; of a duty `ID of its review or return/ID of the duty`, of a clock `ID of its review/clock:NAME`."""
    subject, slash, part = text.partition("/")
    found = global_id.decode(subject, *CHALLENGED, field=VALUE)
    kept = f"{found.kind}:{found.uuid}"
    if not slash:
        return kept
    return f"{kept}/{part}" if part.startswith(CLOCK) else f"{kept}/{DUTY}{_duty(part)}"


def _duty(text: str) -> UUID:
    return global_id.decode(text, "duty", field=VALUE).uuid


def _subject_shown(text: str) -> str:
    subject, slash, part = text.partition("/")
    kind, colon, id = subject.partition(":")
    shown = global_id.encode(kind, id) if colon else subject
    if part.startswith(DUTY):
        part = global_id.encode("duty", part.removeprefix(DUTY))
    return f"{shown}{slash}{part}"
