"""From a row to what it tells, as a mapping says."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from domain.frameworks.theme_coding import ThemeRule, code_themes, shipped_theme_rules
from importing.cells import each, first, percent, reporting_body, review_kind, word
from importing.days import DayCell, Days
from importing.faults import CellFault
from importing.item import CommandFields, Item, LifecycleFields, NamedCell, ReviewFields
from importing.keys import joined
from importing.mapping import Mapping
from importing.mapping.model import Assigned
from importing.mapping.parts import AgenciesOf, MappingPart, Progress, ResponseOf, Status, StatusMeaning, ThemesOf
from importing.mapping.texts import Template
from importing.sheet import SheetRow
from importing.spelling import sentence

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

    def item(self, row: SheetRow, key: str) -> Item:
        """Raises `CellFault` for the first cell that does not say what it should."""
        rule = self._mapping.recommendation
        review = self._review(row)
        shared = joined(row, rule.key) if rule.key else None
        return Item(row, key, review, self._recommendation(row), shared and f"{review.key}/{shared}", self._action(row))

    def _review(self, row: SheetRow) -> ReviewFields:
        rule = self._mapping.review
        values = self._command_fields(row, self._days.needed(rule.commissioned_on, row), rule, REVIEW_TEXTS, ("title",))
        if through := reporting_body(row, rule):
            columns = {**values.columns, "reports_through": through.column}
            values = CommandFields({**values.values, "reports_through": through.text}, columns)
        completed = self._days.of(rule.completed_on, row)
        return ReviewFields(
            key=joined(row, rule.key) if rule.key else "",
            commissioned=values,
            kind=review_kind(row, rule),
            completed=_on(completed) if completed.value else None,
            agencies=tuple(each(row, rule.agencies)),
        )

    def _recommendation(self, row: SheetRow) -> LifecycleFields:
        rule = self._mapping.recommendation
        more = ("need", "means_of_improvement")
        fields = self._living(row, rule, more, tuple(self._themes(row, rule.themes)))
        return replace(fields, response=self._response(row, rule.response, fields.lead)) if rule.response else fields

    def _response(self, row: SheetRow, rule: ResponseOf, lead: NamedCell | None) -> CommandFields | None:
        answer = word(row, rule.column, rule.words)
        if answer is None:
            return None
        if lead is None:
            raise CellFault(rule.column, "there is an answer, and no lead agency that gave it")
        fields = self._command_fields(row, self._days.needed(rule.responded_on, row), rule, ("reason",), ())
        return CommandFields(
            {**fields.values, "answer": answer}, {**fields.columns, "answer": rule.column, "agency": lead.column}
        )

    def _action(self, row: SheetRow) -> LifecycleFields | None:
        rule = self._mapping.action
        return self._living(row, rule, ()) if rule is not None and self._text(row, rule.wording) else None

    def _living(
        self, row: SheetRow, rule: Assigned, more: tuple[str, ...], themes: tuple[NamedCell, ...] = ()
    ) -> LifecycleFields:
        day = self._days.needed(rule.raised_on, row)
        lead = first(row, rule.lead_agency)
        return LifecycleFields(
            raised=self._command_fields(row, day, rule, (*LIFE_TEXTS, *more), ("wording",)),
            assigned=self._assigned(row, rule, day, lead),
            lead=lead,
            contributing=tuple(each(row, rule.contributing_agencies)),
            progress=self._progress(row, rule.progress) if rule.progress else None,
            claim=self._claim(row, rule.status) if rule.status else None,
            themes=themes,
        )

    def _assigned(self, row: SheetRow, rule: Assigned, day: DayCell, lead: NamedCell | None) -> CommandFields | None:
        due = self._days.of(rule.due_on, row)
        if lead is None:
            return None
        if due.value is None:
            raise CellFault(due.column, "there is no due date, and what is assigned has one")
        fields = self._command_fields(row, day, rule, ("lead_officer",), ())
        columns = {**fields.columns, "due_on": due.column, "lead_agency": lead.column}
        return CommandFields({**fields.values, "due_on": due.value}, columns)

    def _claim(self, row: SheetRow, status: Status) -> CommandFields | None:
        if word(row, status.column, status.words) is not StatusMeaning.COMPLETE:
            return None
        fields = self._command_fields(row, self._days.of(status.reported_on, row), status, (), ("narrative",))
        completed = self._days.of(status.completed_on, row)
        columns = {**fields.columns, "completed_on": completed.column}
        return CommandFields({**fields.values, "claims_complete": True, "completed_on": completed.value}, columns)

    def _progress(self, row: SheetRow, progress: Progress) -> CommandFields | None:
        if not self._text(row, progress.narrative):
            return None
        fields = self._command_fields(
            row, self._days.of(progress.reported_on, row), progress, ("rag_reason",), ("narrative",)
        )
        rag = word(row, progress.rag.column, progress.rag.words) if progress.rag else None
        done = percent(row, progress.percent_complete) if progress.percent_complete else None
        columns = {**fields.columns, "percent_complete": progress.percent_complete}
        return CommandFields({**fields.values, "rag": rag, "percent_complete": done}, columns)

    def _themes(self, row: SheetRow, rule: ThemesOf) -> Iterator[NamedCell]:
        yield from each(row, AgenciesOf(columns=rule.columns, separator=rule.separator))
        if rule.phrases_in:
            text = "\n".join(row.cells[column] for column in rule.phrases_in)
            yield from (NamedCell(theme, rule.phrases_in[0]) for theme in code_themes(text, self._theme_rules))

    def _command_fields(
        self, row: SheetRow, day: DayCell, part: MappingPart, optional: tuple[str, ...], needed: tuple[str, ...]
    ) -> CommandFields:
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
        return CommandFields(values, columns)

    def _text(self, row: SheetRow, template: Template | None) -> str:
        parts = template.parts if template else ()
        return "".join(words + (self._formed(row, column, form) if column else "") for words, column, form in parts)

    def _formed(self, row: SheetRow, column: str, form: str) -> str:
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


def _on(day: DayCell) -> CommandFields:
    return CommandFields({"happened_on": day.value}, {"happened_on": day.column})
