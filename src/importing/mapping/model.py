"""A mapping: which columns of a spreadsheet say what about reviews, recommendations and actions."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from domain.shared.commands import NewKey
from domain.shared.vocabulary import AgencyKind
from importing.mapping.parts import (
    Agencies,
    AgenciesOf,
    Agency,
    AgencyOf,
    BodyOf,
    Day,
    DayOf,
    DeclaredAgency,
    DeclaredTheme,
    Inspection,
    KindOf,
    MappingPart,
    Progress,
    ResponseOf,
    Status,
    ThemesOf,
    Word,
)
from importing.mapping.texts import Column, ColumnName, Template, Text


class Dates(MappingPart):
    """How days are written: formats of `strptime`, and words that stand for a day (or, empty, for none)."""

    formats: Annotated[tuple[Word, ...], Field(min_length=1)] = ("%Y-%m-%d",)
    words: dict[Word, date | None] = Field(default_factory=dict)


class AgencyRules(MappingPart):
    """`create`: an agency that nobody knows is added under its tidied name; otherwise its row is refused."""

    create: bool = False
    kind: AgencyKind = AgencyKind.PARTNER
    declared: tuple[DeclaredAgency, ...] = ()


class ThemeRules(MappingPart):
    declared: tuple[DeclaredTheme, ...] = ()


class ReviewOf(MappingPart):
    """
    Rows with the same `key` are one review; without columns the whole file is. `reports_through` is the body that
    decides about its recommendations where the framework gives none.
    """

    key: tuple[Column, ...] = ()
    kind: Inspection | KindOf | NewKey
    title: Text
    commissioned_on: Day
    completed_on: Day = DayOf()
    reference: Text | None = None
    shared_reference: Text | None = None
    mandated_by: Text | None = None
    reports_through: BodyOf | NewKey | None = None
    lead_reviewer: Text | None = None
    lead_reviewer_employer: Text | None = None
    agencies: Agencies = AgenciesOf()


class Assigned(MappingPart):
    """What recommendations and actions share. Without a lead nothing is assigned; a lead needs a due date."""

    wording: Text
    raised_on: Day
    reference: Text | None = None
    measure_of_effectiveness: Text | None = None
    lead_agency: Agency = AgencyOf()
    contributing_agencies: Agencies = AgenciesOf()
    lead_officer: Text | None = None
    due_on: Day = DayOf()
    status: Status | None = None
    progress: Progress | None = None


class RecommendationOf(Assigned):
    """A row is one recommendation, or rows with the same `key` within a review are."""

    key: tuple[Column, ...] = ()
    need: Text | None = None
    means_of_improvement: Text | None = None
    themes: ThemesOf = ThemesOf()
    response: ResponseOf | None = None


class ActionOf(Assigned):
    """One action a row; where its wording comes out empty the row has none."""


def _several(value: Any) -> Any:
    """One name is short for a list of one."""
    return (value,) if isinstance(value, str) else value


Sheets = Annotated[tuple[Word, ...], BeforeValidator(_several)]
EVERY_SHEET = "*"


class Mapping(MappingPart):
    """
    One kind of spreadsheet. `row_key` are the columns of its source's own id; without them a row is known by a digest
    of its content and its occurrence, so that an edited row cannot be told from a new one. Every column is either used
    or named in `ignored`. `sheet` names the sheets of a workbook, `*` every one that has the columns; `sheet_column` is
    what the mapping calls the sheet's name, as if it stood in a column; `header` is the line of the headers.
    """

    key: NewKey
    name: Word
    row_key: tuple[Column, ...] = ()
    ignored: tuple[Column, ...] = ()
    sheet: Sheets = ()
    sheet_column: Column | None = None
    header: Annotated[int, Field(ge=1)] | None = None
    dates: Dates = Dates()
    agencies: AgencyRules = AgencyRules()
    themes: ThemeRules = ThemeRules()
    review: ReviewOf
    recommendation: RecommendationOf
    action: ActionOf | None = None

    @model_validator(mode="after")
    def _shared_recommendations_say_their_progress_below(self) -> "Mapping":
        if self.recommendation.key and (self.recommendation.status or self.recommendation.progress):
            raise ValueError("recommendations that several rows share have their status and progress on the actions")
        return self

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that a spreadsheet must have, in the order in which the mapping names them first."""
        return tuple(column for column in dict.fromkeys(_columns(self)) if column != self.sheet_column)


def _columns(value: Any) -> Iterator[str]:
    match value:
        case ColumnName():
            yield str(value)
        case Template():
            yield from value.columns
        case BaseModel():
            for name in type(value).model_fields:
                yield from _columns(getattr(value, name))
        case tuple():
            for each in value:
                yield from _columns(each)
