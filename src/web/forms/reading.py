"""From what a browser sent to a mutation's input: what was left empty is left out, what is no day says so."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from starlette.datastructures import FormData

from web.forms.fields import WHOLE, Field, Kind

ENGLAND = ZoneInfo("Europe/London")


class Filled:
    """A form as it was filled in."""

    def __init__(self, fields: Sequence[Field], sent: Mapping[str, Sequence[str]], zone: ZoneInfo = ENGLAND) -> None:
        self.fields = fields
        self._zone = zone
        self.sent = sent
        self.problems: dict[str, str] = {}
        self.input: dict[str, Any] = {}
        for field in fields:
            self._put(self.input, field, field.name)

    @classmethod
    def of(cls, fields: Sequence[Field], form: FormData, zone: ZoneInfo = ENGLAND) -> "Filled":
        """`zone`: in which a day ends that is filled in."""
        sent: dict[str, list[str]] = {}
        for name, value in form.multi_items():
            if isinstance(value, str):
                sent.setdefault(name, []).append(value.replace("\r\n", "\n").strip())
        return cls(fields, sent, zone)

    def value(self, name: str) -> str:
        """What stands in a field."""
        return next(iter(self.sent.get(name, ())), "")

    def values(self, name: str) -> Sequence[str]:
        """What was chosen of several."""
        return self.sent.get(name, ())

    def _put(self, into: dict[str, Any], field: Field, name: str) -> None:
        found = self._read(field, name)
        if found is not None:
            into[field.name.rpartition(".")[2]] = found
        elif field.required and name not in self.problems:
            self.problems[name] = "This is needed."

    def _read(self, field: Field, name: str) -> Any:
        text = self.value(name)
        match field.kind:
            case Kind.SOME:
                return list(self.values(name)) or None
            case Kind.LINES:
                return [line.strip() for line in text.splitlines() if line.strip()] or None
            case Kind.YES:
                return True if text else (False if field.required else None)
            case Kind.GROUP:
                return self._group(field)
            case Kind.EACH:
                return list(self._each(field, name)) or None
            case Kind.DAY if text:
                return self._day(name, text)
            case Kind.UNTIL if text:
                day = self._day(name, text)
                return _end_of(day, self._zone) if day else None
            case Kind.NUMBER if text:
                return self._number(name, text)
        return text or None

    def _group(self, field: Field) -> dict[str, Any] | None:
        """Nothing where nothing of it was filled in."""
        if not any(self.value(each.name) for each in field.within):
            return None
        found: dict[str, Any] = {}
        for each in field.within:
            self._put(found, each, each.name)
        return found

    def _each(self, field: Field, name: str) -> Iterator[dict[str, Any]]:
        for option in field.options:
            above = f"{name}.{option.value}"
            if any(self.value(f"{above}.{each.name}") for each in field.within):
                found: dict[str, Any] = {} if option.value == WHOLE else {field.selects: option.value}
                for each in field.within:
                    self._put(found, each, f"{above}.{each.name}")
                yield found

    def _day(self, name: str, text: str) -> str | None:
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError:
            self.problems[name] = "This must be a day like 2026-01-31."
            return None

    def _number(self, name: str, text: str) -> int | None:
        try:
            return int(text)
        except ValueError:
            self.problems[name] = "This must be a whole number."
            return None


def _end_of(day: str, zone: ZoneInfo) -> str:
    last = datetime.combine(date.fromisoformat(day), time(23, 59, 59), zone)
    return last.astimezone(UTC).isoformat().replace("+00:00", "Z")
