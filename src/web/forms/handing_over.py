"""Everything that a leaving officer leads is handed over at once: found by their name, each recorded by itself."""

from collections.abc import Iterator
from typing import Annotated, Any
from uuid import UUID, uuid4, uuid5

from fastapi import APIRouter, Query, Request
from starlette.datastructures import FormData
from starlette.responses import Response

from web.answering import Visit
from web.documents import Document, Fields
from web.forms.catalogue import FORMS
from web.forms.csrf import is_from
from web.forms.filling import ANEW, key_of, refusals, require_permitted
from web.problems import PageRoute
from web.signing_in.caller import SignedInVisitor

HELD = Document.of("web.forms", "held.graphql")
OF = {each.of: each for each in FORMS if each.slug == "hand-over"}
Officer = Annotated[str, Query(max_length=200)]

router = APIRouter(route_class=PageRoute)


@router.get("/hand-over")
async def show(visitor: SignedInVisitor, officer: Officer = "") -> Response:
    """What an officer leads; without a name, whose names there are."""
    return await visitor.answer(lambda visit: _page(visit, officer.strip(), str(uuid4())))


@router.post("/hand-over")
async def hand_over(visitor: SignedInVisitor, request: Request, officer: Officer = "") -> Response:
    sent = await request.form()
    return await visitor.answer(lambda visit: _hand_over(visit, officer.strip(), sent))


def _hand_over(visit: Visit, officer: str, sent: FormData) -> Response:
    key, to = key_of(str(sent.get("key", ""))), str(sent.get("leadOfficer", "")).strip()
    chosen = {each for each in sent.getlist("item") if isinstance(each, str)}
    kept: dict[str, Any] = {"chosen": chosen, "to": to, "status": 400}
    if not is_from(visit.signed_in.secret, str(sent.get("csrf", ""))):
        return _page(visit, officer, key, ANEW, **kept)
    if not to:
        return _page(visit, officer, key, "Say to whom it is handed over.", **kept)
    if not chosen:
        return _page(visit, officer, key, "Tick what is handed over.", **kept)
    wrong = dict(_refused(visit, officer, chosen, to, UUID(key)))
    if wrong:
        return _page(visit, officer, key, "Not all of it was handed over: see below.", wrong=wrong, **kept)
    return visit.go("/hand-over?done=actionHandOver")


def _refused(visit: Visit, officer: str, chosen: set[str], to: str, key: UUID) -> Iterator[tuple[str, str]]:
    """Why those that were not handed over were refused, by their ids."""
    for of, item in _held(_asked(visit, officer)):
        if item["id"] in chosen:
            input = {"idempotencyKey": str(uuid5(key, item["id"])), "id": item["id"], "leadOfficer": to}
            refused = refusals(visit, OF[of], input)["userErrors"]
            if refused:
                yield item["id"], refused[0]["message"]


def _asked(visit: Visit, officer: str) -> Fields:
    found = visit.now(HELD, officers=[officer] if officer else None)
    for each in OF.values():
        require_permitted(each, found["viewer"]["permittedCommands"])
    return found


def _held(found: Fields) -> Iterator[tuple[str, Fields]]:
    """With the kind of each."""
    register = found["register"]
    yield from (("action", each) for each in register["actions"]["nodes"])
    yield from (("recommendation", each) for each in register["recommendations"]["nodes"])


def _page(visit: Visit, officer: str, key: str, problem: str = "", **kept: Any) -> Response:
    found = _asked(visit, officer)
    shown: dict[str, Any] = {"chosen": None, "to": "", "wrong": {}, "status": 200} | kept
    held = list(_held(found))
    total = sum(found["register"][name]["totalCount"] for name in ("actions", "recommendations"))
    names = sorted({each["leadOfficer"] for _, each in held if each["leadOfficer"]}) if not officer else []
    return visit.page(
        "hand_over.html",
        shown.pop("status"),
        officer=officer,
        officers=names,
        held=held if officer else [],
        total=total,
        key=key,
        problem=problem,
        **shown,
    )
