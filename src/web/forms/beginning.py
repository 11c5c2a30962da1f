"""Forms that begin something: a case referred, a review commissioned, a challenge issued, agencies called."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID, uuid4, uuid5

from starlette.datastructures import FormData
from starlette.responses import Response

from web.answering import Visit
from web.documents import Document, Fields
from web.forms.catalogue import REVOKE, Form
from web.forms.choices import options_of
from web.forms.csrf import is_from
from web.forms.fields import Field, Option, fields_of
from web.forms.filling import ANEW, Problem, key_of, problem_of, refusals, require_permitted, sent_input
from web.forms.reading import Filled
from web.rendering import quote_reference
from web.words import day, in_words

ENTITIES = {"review": "review { reference }", "challenge": "challenge { reference }"}
"""What is asked for of what was begun, so that the form can lead there."""


@dataclass(frozen=True)
class Beginning:
    """One form of one person. `chosen`: of the form's first field, empty as long as it has not been."""

    visit: Visit
    form: Form
    register: Fields
    chosen: str

    @classmethod
    def begun(cls, visit: Visit, form: Form) -> "Beginning":
        """Raises `PageProblem` for what the role may not send, and what the first choice is refused with."""
        chosen = visit.request.query_params.get(form.first, "") if form.first else ""
        asked: dict[str, Any] = {"withSubjects": bool(chosen) and form.first == "agency", "agency": [chosen]}
        found = visit.now(_document(), withReferrals=form.mutation == "reviewCommission", **asked)
        require_permitted(form, found["viewer"]["permittedCommands"])
        return cls(visit, form, found["register"], chosen)

    @property
    def options(self) -> dict[str, Sequence[Option]]:
        """What can be chosen; some of it depends on what was chosen first."""
        found = options_of(self.register)
        if self.form.first == "kind" and self.chosen:
            found |= _of_kind(next((each for each in self._kinds if each["key"] == self.chosen), Fields()))
        if "referrals" in self.register:
            found["referralId"] = [
                Option(each["id"], f"{each['reference']} {each['title']}")
                for each in self.register["referrals"]["nodes"]
            ]
        if "actions" in self.register:
            led = [*self.register["actions"]["nodes"], *self.register["recommendations"]["nodes"]]
            found["subjects"] = list(map(_subject, led))
        return found

    @property
    def fields(self) -> Sequence[Field]:
        asked = sent_input(self.visit, self.form)
        return fields_of(asked, self.options, self.form.leave_out | {self.form.first})

    def shown(self) -> Response:
        if self.form.first and self.chosen not in {each.value for each in self.options[self.form.first]}:
            return self.visit.page(
                "form_first.html", form=self.form, back=self.back, options=self.options[self.form.first]
            )
        asked = self.visit.request.query_params
        held = {each.name: asked.getlist(each.name) for each in self.fields if each.name in asked}
        return self._page(Filled(self.fields, held), (), str(uuid4()))

    def sent(self, form: FormData) -> Response:
        """Recorded once, and on to what was begun; or shown again with what is wrong."""
        fields = self.fields
        filled = Filled.of(fields, form, self.visit.zone)
        key = key_of(filled.value("key"))
        if not is_from(self.visit.signed_in.secret, filled.value("csrf")):
            return self._page(filled, [Problem("", ANEW)], key, 400)
        if filled.problems:
            return self._page(filled, [Problem(*each) for each in filled.problems.items()], key, 400)
        made: dict[str, Any] = {"idempotencyKey": key}
        if self.form.first:
            made[self.form.first] = self.chosen
        if self.form.of == "challenge":
            made.setdefault("subjects", [])
        if planned := self.visit.request.query_params.get("planned"):
            made["plannedAudit"] = planned
        answered = refusals(self.visit, self.form, made | filled.input, ENTITIES.get(self.form.of, ""))
        if answered["userErrors"]:
            return self._page(filled, [problem_of(each, fields) for each in answered["userErrors"]], key, 400)
        if replaced := self._not_replaced(UUID(key)):
            return self._page(
                filled, [Problem("", f"Let in as you say, and the old part still holds: {replaced}")], key, 400
            )
        new = answered.get(self.form.of)
        path = f"{self.form.start}/{quote_reference(new['reference'])}" if new else self.back
        return self.visit.go(f"{path}?done={self.form.mutation}")

    def _not_replaced(self, key: UUID) -> str:
        """Why the part of a person that this one replaces still holds; empty where it does not, and where none is."""
        old = self.visit.request.query_params.get("replaces") if self.form.of == "credential" else None
        if not old:
            return ""
        input = {"id": old, "reason": "Another part takes its place", "idempotencyKey": str(uuid5(key, old))}
        refused = refusals(self.visit, REVOKE, input)["userErrors"]
        return refused[0]["message"] if refused else ""

    @property
    def back(self) -> str:
        """The list of what it begins."""
        return self.form.start

    @property
    def _kinds(self) -> list[Fields]:
        found: list[Fields] = self.register["kinds"]["framework"]["reviewKinds"]
        return found

    def _page(self, filled: Filled, problems: Sequence[Problem], key: str, status: int = 200) -> Response:
        chosen = next((each.text for each in self.options.get(self.form.first, ()) if each.value == self.chosen), "")
        return self.visit.page(
            "form.html",
            status,
            form=self.form,
            about=Fields(reference="", words=chosen),
            back=self.back,
            fields=self.fields,
            filled=filled,
            problems=problems,
            key=key,
            version=None,
            new=(),
        )


def _of_kind(kind: Fields) -> dict[str, Sequence[Option]]:
    """What the framework says of a kind of review."""
    return {
        "conditionsMet": [Option(each, each) for each in kind.get("conditions", ())],
        "criteriaMet": [Option(each["key"], each["text"]) for each in kind.get("listedCriteria", ())],
        "mandatedBy": [Option(each["key"], each["name"]) for each in kind.get("mandatedBy", ())],
        "method": [Option(each["key"], in_words(each["key"]), each["text"]) for each in kind.get("methods", ())],
    }


def _subject(shown: Fields) -> Option:
    late = f", {shown['daysOverdue']} days overdue" if shown["daysOverdue"] else ""
    return Option(shown["id"], f"{shown['reference']} {shown['wording']}", f"Due {day(shown['dueOn'])}{late}")


@cache
def _document() -> Document:
    return Document.of("web.forms", "begin.graphql")
