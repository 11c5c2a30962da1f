"""The pages that read."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from domain.shared.refusals import NotFound, UnknownAgency
from domain.shared.vocabulary import Role
from web.answering import Visit
from web.documents import Document
from web.forms.catalogue import offered
from web.problems import PageRoute
from web.signing_in.caller import SignedInVisitor

router = APIRouter(route_class=PageRoute)

HERE = "web.pages"
HOME = Document.of(HERE, "home.graphql")
OVERDUE = Document.of(HERE, "overdue.graphql")
AGENCY = Document.of(HERE, "agency.graphql")
ACTION = Document.of(HERE, "action.graphql")

After = Annotated[str | None, Query(max_length=1_000)]


@router.get("/")
async def home(visitor: SignedInVisitor, after: After = None) -> Response:
    """What waits for whoever is signed in."""
    agency = visitor.signed_in.holder.caller.role is Role.AGENCY
    return await visitor.page("home.html", HOME, {"agency": agency, "after": after})


@router.get("/overdue")
async def overdue(visitor: SignedInVisitor, agency: Annotated[list[str] | None, Query()] = None) -> Response:
    """What is overdue, by agency."""
    return await visitor.page("overdue.html", OVERDUE, {"agencies": agency})


@router.get("/agencies/{key}")
async def agency(
    visitor: SignedInVisitor,
    key: str,
    after: After = None,
    overdue: bool | None = None,
    kind: Annotated[list[str] | None, Query()] = None,
) -> Response:
    """One agency: where it stands, and all that it owes."""

    def answer(visit: Visit) -> Response:
        try:
            found = visit.ask(AGENCY, key=key, after=after, overdue=overdue, kinds=kind)
        except UnknownAgency as error:
            raise NotFound(str(error), "key") from error
        shown = next(each for each in found["register"]["agencies"] if each["key"] == key)
        return visit.page("agency.html", agency=shown, **found)

    return await visitor.answer(answer)


@router.get("/actions/{reference:path}")
async def action(visitor: SignedInVisitor, reference: str) -> Response:
    """An action, with all that became of it."""
    return await visitor.answer(lambda visit: _item(visit, "action", ACTION, reference))


def _item(visit: Visit, kind: str, document: Document, reference: str) -> Response:
    found = visit.ask(document, reference=reference)
    item = found["register"][kind]
    if item is None:
        raise NotFound(f"There is no {kind} {reference!r}.", "reference")
    forms = offered(kind, item, found["viewer"]["permittedCommands"])
    return visit.page(f"{kind}.html", item=item, kind=kind, forms=forms, **found)
