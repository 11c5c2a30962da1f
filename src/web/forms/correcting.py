"""Correcting an entry of a history: all that it says in one form, each difference sent as a correction of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4, uuid5

from starlette.datastructures import FormData
from starlette.responses import Response

from domain.correction.fields import PUT_BACK, STRUCK_OUT, VOIDED
from domain.shared.refusals import NotFound
from web.answering import Visit
from web.documents import Fields
from web.forms.catalogue import Form
from web.forms.choices import options_of
from web.forms.correctable import correctable_field, written
from web.forms.csrf import is_from
from web.forms.fields import Field, Kind
from web.forms.filling import (
    ANEW,
    CHANGED,
    Problem,
    key_of,
    number_of,
    refusals,
    require_permitted,
)
from web.forms.reading import Filled
from web.forms.subjects import subject_of
from web.rendering import quote_reference

REASON = Field("reason", Kind.TEXT, "Why", "It stands in the history beside what was wrong.", required=True)
STRIKE = Field(VOIDED, Kind.YES, "Strike the whole entry out", "As if it had never been recorded. It can be put back.")
RESTORE = Field(VOIDED, Kind.YES, "Put the entry back", "It was struck out: it counts again, with what it said.")
ENTITIES = {"return": "return: yearlyReturn", "programme": "programme: auditProgramme"}


@dataclass(frozen=True)
class Correcting:
    """One entry of the history of one thing, as it is now."""

    visit: Visit
    form: Form
    about: Fields
    entry: Fields
    options: Mapping[str, Sequence[Any]]

    @classmethod
    def begun(cls, visit: Visit, form: Form, reference: str) -> "Correcting":
        """Raises `NotFound` where there is no such thing or entry to be seen, `PageProblem` where the role may not."""
        found = subject_of(visit, form, reference)
        require_permitted(form, found["viewer"]["permittedCommands"])
        about, asked = found["register"]["about"], visit.request.query_params.get("entry", "")
        entry = next((each for each in about["history"] if each["eventId"] == asked and each["correctable"]), None)
        if entry is None:
            raise NotFound("There is no such entry that can be corrected.", "entry")
        return cls(visit, form, about, entry, options_of(found["register"]))

    @property
    def back(self) -> str:
        return f"{self.form.start}/{quote_reference(self.about['reference'])}"

    @property
    def says(self) -> dict[str, str | None]:
        """What the entry says now, by the names that corrections know."""
        return {each["field"]: each["value"] for each in self.entry["correctable"]}

    @property
    def fields(self) -> list[Field]:
        """What is struck out can be put back, and nothing else of it corrected."""
        struck_out = self.says.get(VOIDED) == STRUCK_OUT
        said = [] if struck_out else [self._field(name) for name in self.says if name != VOIDED]
        whole = [RESTORE if struck_out else STRIKE] if VOIDED in self.says else []
        return [*said, *whole, REASON]

    def _field(self, name: str) -> Field:
        return correctable_field(self.entry["name"], name, self.says[name], self.options)

    def shown(self) -> Response:
        fields = self.fields
        held = {each.name: written(each, self.says[each.name]) for each in fields if each.name in self.says}
        held.pop(VOIDED, None)
        return self._page(Filled(fields, held), (), str(uuid4()), self.about["version"])

    def sent(self, form: FormData) -> Response:
        """Each difference recorded once, and on to the page; or shown again with what stands in the way."""
        fields = self.fields
        filled = Filled.of(fields, form)
        key, version = key_of(filled.value("key")), number_of(filled.value("version"))
        if not is_from(self.visit.signed_in.secret, filled.value("csrf")):
            return self._page(filled, [Problem("", ANEW)], key, self.about["version"], status=400)
        if filled.problems:
            return self._page(filled, [Problem(*each) for each in filled.problems.items()], key, version, status=400)
        different = dict(self._differences(fields, filled))
        if not different:
            return self.visit.go(f"{self.back}?done=nothing")
        refused, now = self._send(different, filled.value("reason"), UUID(key), version)
        if not refused:
            return self.visit.go(f"{self.back}?done={self.form.mutation}")
        if any(each.code == "VERSION_CONFLICT" for each in refused):
            return self._page(filled, [Problem("", CHANGED)], key, self.about["version"], version, status=409)
        problems = [Problem(each.field, each.message) for each in refused]
        if len(refused) < len(different):
            problems.append(Problem("", "The other differences were recorded."))
        return self._page(filled, problems, key, now, status=400)

    def _differences(self, fields: Sequence[Field], filled: Filled) -> Iterator[tuple[str, str | None]]:
        """Nothing else of what is struck out or put back."""
        if filled.value(VOIDED) and VOIDED in self.says:
            yield VOIDED, STRUCK_OUT if self.says[VOIDED] == PUT_BACK else PUT_BACK
            return
        for each in fields:
            if each.name in self.says and each.name != VOIDED:
                typed = filled.values(each.name)
                if set(filter(None, typed)) != set(filter(None, written(each, self.says[each.name]))):
                    yield each.name, ", ".join(filter(None, typed)) or None

    def _send(
        self, different: Mapping[str, str | None], reason: str, key: UUID, version: int | None
    ) -> tuple[list["Refused"], int | None]:
        """One after the other; what is refused is tried again after the others, as one may make way for another."""
        left, tried = dict(different), True
        refused: dict[str, Refused] = {}
        while left and tried:
            tried = False
            for name, value in list(left.items()):
                input = {
                    "idempotencyKey": str(uuid5(key, name)),
                    "id": self.about["id"],
                    "eventId": self.entry["eventId"],
                    "field": name,
                    "newValue": value,
                    "reason": reason,
                    **({"expectedVersion": version} if version is not None else {}),
                }
                of = ENTITIES.get(self.form.of, self.form.of)
                answered = refusals(self.visit, self.form, input, f"{of} {{ version }}")
                if answered["userErrors"]:
                    refused[name] = Refused(name, answered["userErrors"][0])
                else:
                    version, tried = answered[self.form.of]["version"], True
                    del left[name]
                    refused.pop(name, None)
        return list(refused.values()), version

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
            about=Fields(reference=self.about["reference"], words=self.entry["summary"]),
            back=self.back,
            fields=self.fields,
            filled=filled,
            problems=problems,
            key=key,
            version=version,
            new=self.about["history"][seen:] if seen is not None else (),
        )


class Refused:
    """Why one of them was not recorded."""

    def __init__(self, field: str, error: Fields) -> None:
        self.field, self.code, self.message = field, error["code"], error["message"]
