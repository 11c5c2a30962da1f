"""From a row to what it tells, as a mapping says."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from cli.importing.cells import each, first, percent, reporting_body, review_kind, word
from cli.importing.days import Days, Told
from cli.importing.faults import CellFault
from cli.importing.item import Asked, Item, Living, Named, ReviewTold
from cli.importing.keys import joined
from cli.importing.mapping import Mapping
from cli.importing.mapping.model import Assigned
from cli.importing.mapping.parts import AgenciesOf, Part, Progress, ResponseOf, Standing, Status, ThemesOf
from cli.importing.mapping.texts import Template
from cli.importing.names import sentence
from cli.importing.sheet import Row
from domain.theme_rules import ThemeRule, code_themes, shipped_theme_rules

REVIEW_TEXTS = ("reference", "shared_reference", "mandated_by", "lead_reviewer", "lead_reviewer_employer")
LIFE_TEXTS = ("reference", "measure_of_effectiveness")


class RowReading:
    """Reads rows by one mapping; `agency_name` gives the name of an agency that is written so."""

    def __init__(self, mapping: Mapping, agency_name: Callable[[str], str]) -> None:
        self._mapping = mapping
        self._days = Days(mapping.dates)
        self._agency_name = agency_name
        declared = (ThemeRule(theme.key, theme.phrases) for theme in mapping.themes.declared if theme.phrases)
        self._theme_rules = (*declared, *shipped_theme_rules())

    def item(self, row: Row, key: str) -> Item:
        """Raises `CellFault` for the first cell that does not say what it should."""
        asked = self._mapping.recommendation
        review = self._review(row)
        shared = joined(row, asked.key) if asked.key else None
        return Item(row, key, review, self._recommendation(row), shared and f"{review.key}/{shared}", self._action(row))

    def _review(self, row: Row) -> ReviewTold:
        asked = self._mapping.review
        values = self._asked(row, self._days.needed(asked.commissioned_on, row), asked, REVIEW_TEXTS, ("title",))
        if through := reporting_body(row, asked):
            columns = {**values.columns, "reports_through": through.column}
            values = Asked({**values.values, "reports_through": through.text}, columns)
        completed = self._days.of(asked.completed_on, row)
        return ReviewTold(
            key=joined(row, asked.key) if asked.key else "",
            commissioned=values,
            kind=review_kind(row, asked),
            completed=_on(completed) if completed.value else None,
            agencies=tuple(each(row, asked.agencies)),
        )

    def _recommendation(self, row: Row) -> Living:
        asked = self._mapping.recommendation
        more = ("need", "means_of_improvement")
        told = self._living(row, asked, more, tuple(self._themes(row, asked.themes)))
        return replace(told, response=self._response(row, asked.response, told.lead)) if asked.response else told

    def _response(self, row: Row, asked: ResponseOf, lead: Named | None) -> Asked | None:
        answer = word(row, asked.column, asked.words)
        if answer is None:
            return None
        if lead is None:
            raise CellFault(asked.column, "there is an answer, and no lead agency that gave it")
        told = self._asked(row, self._days.needed(asked.responded_on, row), asked, ("reason",), ())
        return Asked({**told.values, "answer": answer}, {**told.columns, "answer": asked.column, "agency": lead.column})

    def _action(self, row: Row) -> Living | None:
        asked = self._mapping.action
        return self._living(row, asked, ()) if asked is not None and self._text(row, asked.wording) else None

    def _living(self, row: Row, asked: Assigned, more: tuple[str, ...], themes: tuple[Named, ...] = ()) -> Living:
        day = self._days.needed(asked.raised_on, row)
        lead = first(row, asked.lead_agency)
        return Living(
            raised=self._asked(row, day, asked, (*LIFE_TEXTS, *more), ("wording",)),
            assigned=self._assigned(row, asked, day, lead),
            lead=lead,
            contributing=tuple(each(row, asked.contributing_agencies)),
            progress=self._progress(row, asked.progress) if asked.progress else None,
            claim=self._claim(row, asked.status) if asked.status else None,
            themes=themes,
        )

    def _assigned(self, row: Row, asked: Assigned, day: Told, lead: Named | None) -> Asked | None:
        due = self._days.of(asked.due_on, row)
        if lead is None:
            return None
        if due.value is None:
            raise CellFault(due.column, "there is no due date, and what is assigned has one")
        told = self._asked(row, day, asked, ("lead_officer",), ())
        columns = {**told.columns, "due_on": due.column, "lead_agency": lead.column}
        return Asked({**told.values, "due_on": due.value}, columns)

    def _claim(self, row: Row, status: Status) -> Asked | None:
        if word(row, status.column, status.words) is not Standing.COMPLETE:
            return None
        told = self._asked(row, self._days.of(status.reported_on, row), status, (), ("narrative",))
        completed = self._days.of(status.completed_on, row)
        columns = {**told.columns, "completed_on": completed.column}
        return Asked({**told.values, "claims_complete": True, "completed_on": completed.value}, columns)

    def _progress(self, row: Row, progress: Progress) -> Asked | None:
        if not self._text(row, progress.narrative):
            return None
        told = self._asked(row, self._days.of(progress.reported_on, row), progress, ("rag_reason",), ("narrative",))
        rag = word(row, progress.rag.column, progress.rag.words) if progress.rag else None
        done = percent(row, progress.percent_complete) if progress.percent_complete else None
        columns = {**told.columns, "percent_complete": progress.percent_complete}
        return Asked({**told.values, "rag": rag, "percent_complete": done}, columns)

    def _themes(self, row: Row, asked: ThemesOf) -> Iterator[Named]:
        yield from each(row, AgenciesOf(columns=asked.columns, separator=asked.separator))
        if asked.phrases_in:
            text = "\n".join(row.cells[column] for column in asked.phrases_in)
            yield from (Named(theme, asked.phrases_in[0]) for theme in code_themes(text, self._theme_rules))

    def _asked(self, row: Row, day: Told, part: Part, optional: tuple[str, ...], needed: tuple[str, ...]) -> Asked:
        """The day and the texts of a part; an empty text is left out, or refused where it is needed."""
        values: dict[str, object] = {"happened_on": day.value}
        columns = {"happened_on": day.column}
        for name in (*needed, *optional):
            template: Template | None = getattr(part, name)
            columns[name] = next(iter(template.columns), None) if template else None
            if text := self._text(row, template):
                values[name] = text
            elif name in needed:
                raise CellFault(columns[name], f"there is no {name.replace('_', ' ')}")
        return Asked(values, columns)

    def _text(self, row: Row, template: Template | None) -> str:
        parts = template.parts if template else ()
        return "".join(words + (self._formed(row, column, form) if column else "") for words, column, form in parts)

    def _formed(self, row: Row, column: str, form: str) -> str:
        text = row.cells[column]
        match form:
            case "agency":
                return self._agency_name(text) if text else ""
            case "day":
                day = self._days.read(row, column)
                return f"{day.day} {day:%B %Y}" if day else ""
            case "sentence":
                return sentence(text)
            case _:
                return text


def _on(day: Told) -> Asked:
    return Asked({"happened_on": day.value}, {"happened_on": day.column})
