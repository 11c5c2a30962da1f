"""One form of one person: what it asks, what was filled in, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from graphql import GraphQLInputObjectType, get_named_type
from starlette.datastructures import FormData
from starlette.responses import Response

from api.http.gate import QueryRefused
from domain.shared.refusals import NotFound
from domain.shared.vocabulary import Role
from web.answering import Visit
from web.documents import Document, Fields
from web.forms.catalogue import Form
from web.forms.choices import options_of
from web.forms.csrf import is_from
from web.forms.fields import Field, fields_of
from web.forms.reading import Filled
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
        found = visit.now(_document(form.of), reference=reference)
        about = found["register"]["about"]
        if about is None:
            raise NotFound(f"There is no {form.of} {reference!r}.", "reference")
        require_permitted(form, found["viewer"]["permittedCommands"])
        asked, options = sent_input(visit, form), options_of(found["register"])
        fields = fields_of(asked, options, _left_out(visit, form))
        return cls(visit, form, reference, about, fields, "expectedVersion" in asked.fields)

    @property
    def back(self) -> str:
        """The page of what it is about."""
        return f"/{self.form.of}s/{quote_reference(self.about['reference'])}"

    def shown(self) -> Response:
        return self._page(Filled(self.fields, {}), (), str(uuid4()), self.about["version"])

    def sent(self, form: FormData) -> Response:
        """Recorded once, and on to the page; or shown again with what is wrong."""
        filled = Filled.of(self.fields, form)
        key, version = key_of(filled.value("key")), _number(filled.value("version"))
        if not is_from(self.visit.signed_in.secret, filled.value("csrf")):
            return self._page(filled, [Problem("", ANEW)], key, self.about["version"], status=400)
        if filled.problems:
            return self._page(filled, [Problem(*each) for each in filled.problems.items()], key, version, status=400)
        refused = self._send(filled, key, version)
        if not refused:
            return self.visit.go(f"{self.back}?done={self.form.mutation}")
        if any(each["code"] == "VERSION_CONFLICT" for each in refused):
            return self._page(filled, [Problem("", CHANGED)], key, self.about["version"], version, status=409)
        return self._page(filled, [problem_of(each, self.fields) for each in refused], key, version, status=400)

    def _send(self, filled: Filled, key: str, version: int | None) -> list[Fields]:
        """What it was refused for."""
        made = {self.form.id: self.about["id"], "idempotencyKey": key}
        if version is not None and self.versioned:
            made["expectedVersion"] = version
        found: list[Fields] = refusals(self.visit, self.form, {**filled.input, **made})["userErrors"]
        return found

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


def problem_of(refused: Fields, fields: Sequence[Field]) -> Problem:
    """The refusal beside the field that it names, where the form has it."""
    path = ".".join(refused["field"] or ())
    named = next((each.name for each in fields if path == each.name or path.startswith(f"{each.name}.")), "")
    return Problem(named, refused["message"])


@cache
def _document(of: str) -> Document:
    return Document.of("web.forms", f"{of}.graphql")


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


def key_of(text: str) -> str:
    """The form's idempotency key; a new one where it has none that is one."""
    try:
        return str(UUID(text))
    except ValueError:
        return str(uuid4())


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None
