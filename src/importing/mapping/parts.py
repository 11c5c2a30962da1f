"""The parts that a mapping is made of."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from domain.shared.commands import NewKey
from domain.shared.vocabulary import AgencyKind, Answer, Rag
from importing.mapping.texts import Column, Text

Word = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class MappingPart(BaseModel):
    """One part of a mapping; a key that it does not know is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


def _columns_alone(value: Any) -> Any:
    """`column` and `[column, column]` are short for `{columns: […]}`, a day for `{otherwise: …}`."""
    if isinstance(value, str):
        return {"columns": [value]}
    if isinstance(value, date):
        return {"otherwise": value}
    return {"columns": value} if isinstance(value, list) else value


class After(MappingPart):
    """So many months after the day in a column."""

    column: Annotated[Column, Field(alias="from")]
    months: Annotated[int, Field(ge=0, le=1200)]


class DayOf(MappingPart):
    """The day in the first of `columns` that holds one, `otherwise` a rule or a day that the mapping states."""

    columns: tuple[Column, ...] = ()
    otherwise: After | date | None = None


class AgencyOf(MappingPart):
    """The agency in the first of `columns` that names one, `otherwise` a key that the mapping states."""

    columns: tuple[Column, ...] = ()
    otherwise: NewKey | None = None


class AgenciesOf(MappingPart):
    """Every agency in `columns`, several in one cell parted by `separator`."""

    columns: tuple[Column, ...] = ()
    separator: Annotated[str, Field(min_length=1)] = ";"


Day = Annotated[DayOf, BeforeValidator(_columns_alone)]
Agency = Annotated[AgencyOf, BeforeValidator(_columns_alone)]
Agencies = Annotated[AgenciesOf, BeforeValidator(_columns_alone)]


class ThemesOf(MappingPart):
    """Themes named in `columns`; or those of the phrases found in the columns `phrases_in`."""

    columns: tuple[Column, ...] = ()
    separator: Annotated[str, Field(min_length=1)] = ";"
    phrases_in: tuple[Column, ...] = ()


class StatusMeaning(StrEnum):
    """What a status word means. `complete` is a claim that nobody has judged, never a closure."""

    OPEN = "open"
    COMPLETE = "complete"


class Status(MappingPart):
    """A column of status words; a word that is not listed is refused. An empty cell says nothing."""

    column: Column
    words: dict[Word, StatusMeaning]
    narrative: Text
    completed_on: Day = DayOf()
    reported_on: Day = DayOf()


def _an_answer(value: Any) -> Any:
    """`not accepted`, `not_accepted` and `NOT_ACCEPTED` are one."""
    return value.strip().upper().replace(" ", "_") if isinstance(value, str) else value


class ResponseOf(MappingPart):
    """The words in which the lead answered; one without an answer behind it, and an empty cell, say none."""

    column: Column
    words: dict[Word, Annotated[Answer | None, BeforeValidator(_an_answer)]]
    reason: Text | None = None
    responded_on: Day


class RagOf(MappingPart):
    column: Column
    words: dict[Word, Rag]


class Progress(MappingPart):
    """Progress told by a row; nothing is recorded where the narrative comes out empty."""

    narrative: Text
    reported_on: Day = DayOf()
    rag: RagOf | None = None
    rag_reason: Text | None = None
    percent_complete: Column | None = None


class KindOf(MappingPart):
    """The kind of a review by the words of a column."""

    column: Column
    words: dict[Word, NewKey]


class BodyOf(MappingPart):
    """A body of the framework by the words of a column; an empty cell names none, and so does a word with nothing."""

    column: Column
    words: dict[Word, NewKey | None]


class DeclaredAgency(MappingPart):
    key: NewKey
    name: Word
    aliases: tuple[Word, ...] = ()
    kind: AgencyKind = AgencyKind.PARTNER


class DeclaredTheme(MappingPart):
    """A theme that the import adds where the partnership lacks it; `phrases` code recommendations to it."""

    key: NewKey
    name: Word
    parent: NewKey | None = None
    aliases: tuple[Word, ...] = ()
    phrases: tuple[Word, ...] = ()


Inspection = Literal["framework.inspection_kind"]
