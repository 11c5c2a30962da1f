"""One form of one person: what it asks, what was filled in, what came of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from graphql import GraphQLInputObjectType, get_named_type
from starlette.datastructures import FormData
from starlette.responses import Response

from api.http.gate import QueryRefused
from domain.shared.vocabulary import Role
from web.answering import Visit
from web.documents import Document, Fields
from web.forms.catalogue import Form
from web.forms.choices import options_of
from web.forms.csrf import is_from
from web.forms.fields import Field, fields_of
from web.forms.reading import Filled
from web.forms.subjects import subject_of
from web.forms.uploading import FIELD, brought
from web.problems import PageProblem
from web.rendering import quote_reference

CHANGED = (
    "This has changed since you opened the form. Nothing of yours was recorded: look at what is new, and send it again "
    "if it still holds."
)
ANEW = "You signed in again since you opened this form. Nothing was recorded: look at it again, and send it."


class Problem(NamedTuple):
    """What is wrong, and with which field of the form; empty where it is none."""

    field: str
    text: str


@dataclass(frozen=True)
class Filling:
    """A form about one thing, as it is now: nothing is recorded about the past's."""

    visit: Visit
    form: Form
    reference: str
    about: Fields
    fields: Sequence[Field]
    versioned: bool
    """Whether the mutation takes the version that the form was opened on."""

    @classmethod
    def begun(cls, visit: Visit, form: Form, reference: str) -> "Filling":
        """Raises `NotFound` for what the person may not see, `PageProblem` for what the role may not send."""
        found = subject_of(visit, form, reference)
        about = found["register"]["about"]
        require_permitted(form, found["viewer"]["permittedCommands"])
        asked, options, left_out = sent_input(visit, form), options_of(found["register"]), _left_out(visit, form)
        fields = fields_of(asked, options, left_out | {form.wraps})
        if form.wraps:
            fields = [*fields_of(_entry(asked, form.wraps), options, left_out), *fields]
        hidden = form.of == "review" and visit.caller.role is Role.AGENCY  # an agency is not shown its version
        return cls(visit, form, reference, about, fields, "expectedVersion" in asked.fields and not hidden)

    @property
    def back(self) -> str:
        """The page of what it is about."""
        return f"{self.form.start}/{quote_reference(self.about['reference'])}"

    def shown(self) -> Response:
        return self._page(Filled(self.fields, dict(self._held())), (), str(uuid4()), self.about["version"])

    def _held(self) -> Iterator[tuple[str, list[str]]]:
        """What the address says of it, and the evidence that alone awaits its verdict."""
        asked = self.visit.request.query_params
        for each in self.fields:
            only = each.name == "evidenceId" and len(each.options) == 1
            if each.name in asked or only:
                yield each.name, asked.getlist(each.name) or [each.options[0].value]

    def sent(self, form: FormData, not_taken: Sequence[str] = ()) -> Response:
        """Recorded once, and on to the page; or shown again with what is wrong. `not_taken`: files, and why."""
        filled = Filled.of(self.fields, form, self.visit.zone)
        key, version = key_of(filled.value("key")), number_of(filled.value("version"))
        if not is_from(self.visit.signed_in.secret, filled.value("csrf")):
            return self._page(filled, [Problem("", ANEW)], key, self.about["version"], status=400)
        if filled.problems or not_taken:
            wrong = [*(Problem("", each) for each in not_taken), *(Problem(*each) for each in filled.problems.items())]
            return self._page(filled, wrong, key, version, status=400)
        refused = self._send(filled, key, version)
        if not refused:
            return self.visit.go(f"{self.back}?done={self.form.mutation}")
        if any(each["code"] == "VERSION_CONFLICT" for each in refused):
            return self._page(filled, [Problem("", CHANGED)], key, self.about["version"], version, status=409)
        return self._page(
            filled, [problem_of(each, self.fields, self.form.wraps) for each in refused], key, version, status=400
        )

    def _send(self, filled: Filled, key: str, version: int | None) -> list[Fields]:
        """What it was refused for."""
        made: dict[str, Any] = {"idempotencyKey": key}
        if version is not None and self.versioned:
            made["expectedVersion"] = version
        if self.form.takes_files and filled.values(FIELD):
            made[FIELD] = list(filled.values(FIELD))
        found: list[Fields] = refusals(self.visit, self.form, {**self._input(filled), **made})["userErrors"]
        return found

    def _input(self, filled: Filled) -> dict[str, Any]:
        """What was filled in with what it is about; of an entry of a list, as the one entry of that list."""
        id = "year" if self.form.id == "year" else "id"
        if not self.form.wraps:
            return {**filled.input, self.form.id: self.about[id]}
        of_entry = _entry(sent_input(self.visit, self.form), self.form.wraps).fields
        entry = {name: value for name, value in filled.input.items() if name in of_entry}
        around = {name: value for name, value in filled.input.items() if name not in of_entry}
        return {**around, self.form.wraps: [{**entry, self.form.id: self.about[id]}]}

    def _page(
        self,
        filled: Filled,
        problems: Sequence[Problem],
        key: str,
        version: int | None,
        seen: int | None = None,
        *,
        status: int = 200,
    ) -> Response:
        return self.visit.page(
            "form.html",
            status,
            form=self.form,
            about=self.about,
            back=self.back,
            fields=self.fields,
            filled=filled,
            problems=problems,
            key=key,
            version=version,
            files=brought(self.visit, filled.values(FIELD)) if self.form.takes_files else (),
            new=self.about["history"][seen:] if seen is not None else (),
        )


def _left_out(visit: Visit, form: Form) -> frozenset[str]:
    """An agency records for itself, on the day: it is not asked for whom, nor when."""
    of_paper = {"agency", "receivedFrom", "happenedOn"} if visit.caller.role is Role.AGENCY else set[str]()
    return form.leave_out | {form.id} | of_paper


def require_permitted(form: Form, permitted: list[str]) -> None:
    """Raises `PageProblem`."""
    if form.mutation not in permitted:
        raise PageProblem(403, "You cannot do this", f"{form.title}: your role does not allow it.")


def refusals(visit: Visit, form: Form, input: dict[str, Any], shown: str = "") -> Fields:
    """What the mutation answers: why it was refused, and of what became of it what is to be shown."""
    document = _mutation(form.mutation, sent_input(visit, form).name, shown)
    try:
        found: Fields = visit.now(document, input=input)["done"]
    except QueryRefused as refused:
        return Fields(
            userErrors=[Fields(code="INVALID", message=error.message, field=None) for error in refused.errors]
        )
    return found


def problem_of(refused: Fields, fields: Sequence[Field], wraps: str = "") -> Problem:
    """The refusal beside the field that it names, where the form has it."""
    path = ".".join(refused["field"] or ()).removeprefix(f"{wraps}.0.")
    named = next((each.name for each in fields if path == each.name or path.startswith(f"{each.name}.")), "")
    return Problem(named, refused["message"])


@cache
def _mutation(name: str, takes: str, shown: str) -> Document:
    fields = f"{shown} userErrors {{ code message field }}"
    return Document(name, f"mutation Send($input: {takes}!) {{ done: {name}(input: $input) {{ {fields} }} }}")


def sent_input(visit: Visit, form: Form) -> GraphQLInputObjectType:
    """The input type of a form's mutation; those that correct share one."""
    root = visit.site.edge.schema._schema.mutation_type  # noqa: SLF001 - strawberry has no public name for it
    assert root is not None  # noqa: S101 - the schema has mutations
    asked = get_named_type(root.fields[form.mutation].args["input"].type)
    assert isinstance(asked, GraphQLInputObjectType)  # noqa: S101 - every mutation takes one input
    return asked


def _entry(asked: GraphQLInputObjectType, name: str) -> GraphQLInputObjectType:
    """The type of the entries of one of its lists."""
    found = get_named_type(asked.fields[name].type)
    assert isinstance(found, GraphQLInputObjectType)  # noqa: S101 - the catalogue names such a list
    return found


def key_of(text: str) -> str:
    """The form's idempotency key; a new one where it has none that is one."""
    try:
        return str(UUID(text))
    except ValueError:
        return str(uuid4())


def number_of(text: str) -> int | None:
    """The version that a form was opened on; None where it has none."""
    return int(text) if text.isascii() and text.isdecimal() else None
