"""Several things done at once from a list, each by the mutation that does one: accepting evidence, confirming duties.

One page shows all of them and is sent once. Each is recorded or refused by itself, and what is refused says so in its
place.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from domain.shared.refusals import NotFound
from domain.shared.vocabulary import Role
from web.answering import Visit
from web.documents import Document, Fields
from web.forms.catalogue import FORMS, Form
from web.forms.csrf import is_from
from web.forms.filling import ANEW, key_of, number_of, refusals, require_permitted
from web.problems import PageProblem, PageRoute
from web.rendering import quote_reference
from web.signing_in.caller import SignedInVisitor

ACCEPT, DUTIES = (Document.of("web.forms", f"{name}.graphql") for name in ("accept", "duties"))
AT_ONCE = 50
NONE_CHOSEN = PageProblem(400, "Nothing was chosen", "Go back and tick what you mean.")
TOO_MANY = PageProblem(400, "This is too much at once", f"Choose {AT_ONCE} at most.")
OF_AGENCIES = PageProblem(403, "This is for agencies", "Confirm what is yours to confirm on the page of its review.")
OF = {each.mutation: each for each in FORMS}
CONFIRM = OF["learningConfirm"]

router = APIRouter(route_class=PageRoute)


@dataclass(frozen=True)
class Chosen:
    """Evidence of an action or a recommendation, as a form names it: `action:EVIDENCE:VERSION:REFERENCE`."""

    of: str
    evidence_id: str
    version: int | None
    reference: str

    @classmethod
    def read(cls, text: str) -> "Chosen":
        """Raises `PageProblem` for what no page of ours has made."""
        of, _, rest = text.partition(":")
        evidence_id, _, rest = rest.partition(":")
        version, _, reference = rest.partition(":")
        if of not in {"action", "recommendation"} or not reference:
            raise PageProblem(400, "This address or form is not right", "Choose again from the list.")
        return cls(of, evidence_id, number_of(version), reference)

    @property
    def text(self) -> str:
        return f"{self.of}:{self.evidence_id}:{'' if self.version is None else self.version}:{self.reference}"

    @property
    def form(self) -> Form:
        return OF[f"{self.of}AcceptEvidence"]


@dataclass(frozen=True)
class Row:
    """One of them on the page. `why`: it was refused for; `done`: it was recorded just now."""

    chosen: Chosen
    item: Fields
    evidence: Fields
    before: list[Fields]
    why: str = ""
    done: bool = False

    @property
    def address(self) -> str:
        return f"/{self.chosen.of}s/{quote_reference(self.item['reference'])}"


@router.get("/oversight/accept", name="show several to accept")
async def show_accepting(visitor: SignedInVisitor, request: Request) -> Response:
    """What was ticked in the list, side by side with what was asked."""
    asked = request.query_params.getlist("item")
    return await visitor.answer(lambda visit: _accepting(visit, list(_rows(visit, asked)), str(uuid4())))


@router.post("/oversight/accept", name="accept several")
async def accept_several(visitor: SignedInVisitor, request: Request) -> Response:
    sent = await request.form()
    return await visitor.answer(lambda visit: _accept(visit, sent))


def _accept(visit: Visit, sent: FormData) -> Response:
    key, day = key_of(str(sent.get("key", ""))), str(sent.get("happenedOn", "")).strip()
    rows = list(_rows(visit, _texts(sent, "item"), opened=True))
    if not is_from(visit.signed_in.secret, str(sent.get("csrf", ""))):
        return _accepting(visit, rows, key, ANEW, day, status=400)
    rows = [_accepted(visit, each, UUID(key), day) for each in rows]
    if all(each.done for each in rows):
        return visit.go("/oversight?done=actionAcceptEvidence")
    done = sum(each.done for each in rows)
    return _accepting(
        visit, rows, key, f"{done} of {len(rows)} were accepted; the others say why not.", day, status=400
    )


def _accepted(visit: Visit, row: Row, key: UUID, day: str) -> Row:
    chosen = row.chosen
    input = {
        "idempotencyKey": str(uuid5(key, chosen.evidence_id)),
        "id": row.item["id"],
        "evidenceId": chosen.evidence_id,
        "happenedOn": day or None,
        **({} if chosen.version is None else {"expectedVersion": chosen.version}),
    }
    wrong = refusals(visit, chosen.form, input)["userErrors"]
    if not wrong:
        return replace(row, done=True)
    changed = any(each["code"] == "VERSION_CONFLICT" for each in wrong)
    why = "It has changed since this page was opened: look at it, then send it again." if changed else ""
    fresh = replace(chosen, version=row.item["version"]) if changed else chosen
    return replace(row, why=why or wrong[0]["message"], chosen=fresh)


def _rows(visit: Visit, texts: Iterable[str], *, opened: bool = False) -> Iterator[Row]:
    """Each evidence once; `opened`: with the version that the page was opened on. Raises `NotFound`."""
    wanted = list({each.evidence_id: each for each in map(Chosen.read, dict.fromkeys(texts))}.values())
    if not wanted:
        raise NONE_CHOSEN
    if len(wanted) > AT_ONCE:
        raise TOO_MANY
    for each in wanted:
        found = visit.now(ACCEPT, reference=each.reference, action=each.of == "action")
        require_permitted(each.form, found["viewer"]["permittedCommands"])
        item = found["register"][each.of]
        nth = next(
            (n for n, one in enumerate((item or {"evidence": []})["evidence"]) if one["id"] == each.evidence_id), None
        )
        if nth is None:
            raise NotFound(f"There is no such evidence of {each.reference!r}.", "item")
        evidence = item["evidence"]
        chosen = each if opened else replace(each, version=item["version"])
        yield Row(chosen, item, evidence[nth], [one for one in evidence[:nth] if not one["withdrawn"]])


def _accepting(
    visit: Visit, rows: list[Row], key: str, problem: str = "", day: str = "", *, status: int = 200
) -> Response:
    return visit.page("accept_several.html", status, rows=rows, key=key, problem=problem, day=day)


@router.get("/duties", name="show several to confirm")
async def show_duties(visitor: SignedInVisitor, after: str | None = None) -> Response:
    """All learning that an agency has to confirm, of whichever review."""
    return await visitor.answer(lambda visit: _duties(visit, _owed(visit, after), str(uuid4())))


@router.post("/duties", name="confirm several")
async def confirm_several(visitor: SignedInVisitor, request: Request, after: str | None = None) -> Response:
    sent = await request.form()
    return await visitor.answer(lambda visit: _confirm(visit, sent, after))


def _confirm(visit: Visit, sent: FormData, after: str | None) -> Response:
    """Those of one review together; each review by itself."""
    owed, key = _owed(visit, after), key_of(str(sent.get("key", "")))
    assurance, chosen = str(sent.get("assurance", "")).strip(), set(_texts(sent, "dutyIds"))
    kept: dict[str, Any] = {"chosen": chosen, "assurance": assurance, "status": 400}
    if not is_from(visit.signed_in.secret, str(sent.get("csrf", ""))):
        return _duties(visit, owed, key, ANEW, **kept)
    if not assurance:
        return _duties(visit, owed, key, "Say what assures that it has been taken up.", **kept)
    by_review: dict[str, list[str]] = {}
    for each in owed["nodes"]:
        if each["duty"]["id"] in chosen:
            by_review.setdefault(_review(each)["id"], []).append(each["duty"]["id"])
    if not by_review and chosen:
        return visit.go("/?done=learningConfirm")  # sent twice: it is owed no more
    if not by_review:
        return _duties(visit, owed, key, "Tick what it is about.", **kept)
    wrong = dict(_sent(visit, by_review, assurance, UUID(key)))
    if not wrong:
        return visit.go("/?done=learningConfirm")
    return _duties(visit, _owed(visit, after), key, "Not all of it was recorded: see below.", wrong=wrong, **kept)


def _sent(visit: Visit, by_review: Mapping[str, list[str]], assurance: str, key: UUID) -> Iterator[tuple[str, str]]:
    """Why those of a review were refused, by each duty."""
    for review, duties in by_review.items():
        input = {
            "idempotencyKey": str(uuid5(key, ",".join([review, *sorted(duties)]))),
            "reviewId": review,
            "dutyIds": duties,
            "assurance": assurance,
        }
        refused = refusals(visit, CONFIRM, input)["userErrors"]
        if refused:
            yield from ((duty, refused[0]["message"]) for duty in duties)


def _owed(visit: Visit, after: str | None) -> Fields:
    if visit.caller.role is not Role.AGENCY:
        raise OF_AGENCIES
    found = visit.now(DUTIES, after=after)
    require_permitted(CONFIRM, found["viewer"]["permittedCommands"])
    owed: Fields = found["register"]["owed"]
    owed["nodes"] = [Fields(each, review=_review(each)) for each in owed["nodes"] if each["duty"] and each["subject"]]
    return owed


def _review(owed: Fields) -> Fields:
    subject = owed["subject"]
    found: Fields = subject if subject["__typename"] == "Review" else subject["review"]
    return found


def _duties(visit: Visit, owed: Fields, key: str, problem: str = "", **kept: Any) -> Response:
    shown: dict[str, Any] = {"chosen": set(), "assurance": "", "wrong": {}, "status": 200} | kept
    return visit.page("confirm_several.html", shown.pop("status"), owed=owed, key=key, problem=problem, **shown)


def _texts(sent: FormData, name: str) -> list[str]:
    return [each for each in sent.getlist(name) if isinstance(each, str)]
