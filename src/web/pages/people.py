"""Who may act: for the administrator, who lets people in and shuts them out."""

from datetime import datetime, timedelta
from typing import Annotated
from urllib.parse import urlencode
from uuid import uuid4
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form
from starlette.responses import Response

from api.relay import global_id
from web.answering import Visit
from web.documents import Document, Fields
from web.forms.catalogue import beginnings
from web.problems import PageProblem, PageRoute
from web.signing_in.accounts.people import Rule, rules_of
from web.signing_in.caller import SignedInVisitor, person_of, require_form_of_session

router = APIRouter(route_class=PageRoute)

PEOPLE = Document.of("web.pages", "people.graphql")
REVOKE = Document.of("web.pages", "revoke.graphql")
LINK_LASTS = timedelta(hours=1)
NOT_YOURS = PageProblem(403, "This is for the administrator", "Your role does not let people in or shut them out.")


@router.get("/people")
async def people(visitor: SignedInVisitor) -> Response:
    """Everybody who was ever let in."""
    return await visitor.answer(_page)


@router.post("/people/link")
async def make_link(
    visitor: SignedInVisitor, id: Annotated[str, Form()], csrf: Annotated[str, Form()] = ""
) -> Response:
    """An address that signs one of them in, shown once."""
    require_form_of_session(visitor, csrf)

    def answer(visit: Visit) -> Response:
        person, site = _named(visit, id), visit.site
        credential = global_id.decode(id, "credential").uuid
        secret = site.sessions.offer(visit.signed_in.holder.partnership, credential, LINK_LASTS)
        return _page(visit, f"{site.address}/sign-in/{site.seal.sealed(secret)}", person)

    return await visitor.answer(answer)


@router.post("/people/sign-out")
async def sign_out(visitor: SignedInVisitor, id: Annotated[str, Form()], csrf: Annotated[str, Form()] = "") -> Response:
    """One of them out of every browser; they may sign in again."""
    require_form_of_session(visitor, csrf)

    def answer(visit: Visit) -> Response:
        _named(visit, id)
        site, partnership = visit.site, visit.signed_in.holder.partnership
        holder = site.edge.credentials.of(partnership, global_id.decode(id, "credential").uuid)
        for session in site.sessions.of_person(partnership, person_of(holder))[:1]:
            site.sessions.end_all(session)
        return visit.go("/people?done=signedOut")

    return await visitor.answer(answer)


@router.post("/people/revoke")
async def revoke(
    visitor: SignedInVisitor,
    id: Annotated[str, Form()],
    key: Annotated[str, Form()],
    reason: Annotated[str, Form()] = "",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """One of them may not act any more, from now on."""
    require_form_of_session(visitor, csrf)

    def answer(visit: Visit) -> Response:
        _credentials(visit)
        done = visit.now(REVOKE, input={"id": id, "reason": reason, "idempotencyKey": key})["done"]
        if done["userErrors"]:
            raise PageProblem(400, "Nothing was recorded", done["userErrors"][0]["message"])
        return visit.go("/people?done=credentialRevoke")

    return await visitor.answer(answer)


def _named(visit: Visit, id: str) -> Fields:
    """Somebody who may act. Raises `PageProblem`."""
    person = next((each for each in _credentials(visit) if each["id"] == id), None)
    if person is None or person["revokedReason"] is not None:
        raise PageProblem(404, "There is nobody of this kind", "Nobody was let in by this, or not any more.")
    return person


def _rules(visit: Visit) -> list[Rule]:
    """Of this partnership, by which accounts of elsewhere act here; whoever runs the register keeps the file."""
    accounts = visit.site.accounts
    return [
        each
        for each in (rules_of(accounts.people) if accounts else ())
        if each.partnership == visit.signed_in.holder.partnership
    ]


def _page(visit: Visit, link: str = "", linked: Fields | None = None) -> Response:
    found = visit.ask(PEOPLE)
    if found["register"]["credentials"] is None:
        raise NOT_YOURS
    names = {each["key"]: each["name"] for each in found["register"]["agencies"]}
    begin = beginnings("credential", found["viewer"]["permittedCommands"])
    return visit.page(
        "people.html",
        names=names,
        begin=begin,
        link=link,
        linked=linked,
        new_key=lambda: str(uuid4()),
        rules=_rules(visit),
        change=_change,
        **found,
    )


def _change(person: Fields, zone: ZoneInfo) -> str:
    """The address of a form that holds what they may do, and replaces it."""
    until = datetime.fromisoformat(person["expiresAt"]).astimezone(zone).date().isoformat()
    held = [("subject", person["subject"]), ("role", person["role"]), ("expiresAt", until)]
    held += [("agency", person["agency"])] if person["agency"] else []
    held += [("bodies", each) for each in person["bodies"]]
    held += [("independent", "yes")] if person["independent"] else []
    return f"/people/invite?{urlencode([*held, ('replaces', person['id'])])}"


def _credentials(visit: Visit) -> list[Fields]:
    """Raises `PageProblem` for everybody but the administrator."""
    found: list[Fields] | None = visit.now(PEOPLE)["register"]["credentials"]
    if found is None:
        raise NOT_YOURS
    return found
