"""What every command may carry, and the texts that commands are made of."""

from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, Field, StringConstraints, model_validator


def without_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("a text holds no NUL character")
    return text


_Clean = AfterValidator(without_nul)
Key = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), _Clean]
NEW_KEY = r"^[a-z0-9]+(-[a-z0-9]+)*$"
NewKey = Annotated[str, StringConstraints(pattern=NEW_KEY, max_length=120)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300), _Clean]
Reference = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), _Clean]
Wording = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000), _Clean]
Narrative = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=20000), _Clean]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000), _Clean]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$", max_length=2000), _Clean]
Keys = Annotated[tuple[Key, ...], Field(max_length=200)]


class Command(BaseModel, frozen=True, extra="forbid"):
    """What somebody wants done. A null is the same as leaving the value out."""

    expected_version: int | None = None
    happened_on: date | None = None
    imported: bool = False

    @model_validator(mode="before")
    @classmethod
    def _null_means_the_default(cls, values: Any) -> Any:
        if isinstance(values, dict):
            return {name: value for name, value in values.items() if value is not None}
        return values
