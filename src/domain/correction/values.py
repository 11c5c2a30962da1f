"""Values of facts as partners write and read them: text."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from domain.commands import Key


def _given(text: str | None) -> str:
    if text is None:
        raise ValueError("a value is needed")
    return text


def _a_day(text: str | None) -> date:
    """YYYY-MM-DD and nothing else. Raises ValueError."""
    try:
        found: date | None = date.fromisoformat(_given(text))
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise ValueError("a day is expected, written YYYY-MM-DD")
    return found


def _a_flag(text: str | None) -> bool:
    if text not in {"true", "false"}:
        raise ValueError("true or false")
    return text == "true"


def _keys(text: str | None) -> list[str]:
    return _given(text).split(",")


def _each_once(keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(keys))


Day = Annotated[date, BeforeValidator(_a_day)]
Flag = Annotated[bool, BeforeValidator(_a_flag)]
Several = Annotated[tuple[Key, ...], BeforeValidator(_keys), AfterValidator(_each_once)]


def said(value: Any) -> str | None:
    """A fact's value as partners read it: days as YYYY-MM-DD, keys with commas between; null for none."""
    match value:
        case None | ():
            return None
        case bool():
            return "true" if value else "false"
        case tuple():
            return ", ".join(str(each) for each in value)
    return str(value)
