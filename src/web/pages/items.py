"""One review, recommendation, action or challenge, with all that became of it and what can be done."""

from fastapi import APIRouter
from starlette.responses import Response

from domain.shared.refusals import NotFound
from web.answering import Visit
from web.documents import Document
from web.forms.catalogue import correction, offered
from web.pages.asked import After
from web.problems import PageRoute
from web.signing_in.caller import SignedInVisitor

router = APIRouter(route_class=PageRoute)

REVIEW, RECOMMENDATION, ACTION, CHALLENGE = (
    Document.of("web.pages", f"{name}.graphql") for name in ("review", "recommendation", "action", "challenge")
)


@router.get("/reviews/{reference:path}")
async def review(visitor: SignedInVisitor, reference: str, after: After = None) -> Response:
    """A review, from learning to impact."""
    return await visitor.answer(lambda visit: _item(visit, "review", REVIEW, reference, after))


@router.get("/recommendations/{reference:path}")
async def recommendation(visitor: SignedInVisitor, reference: str, after: After = None) -> Response:
    """A recommendation with its actions."""
    return await visitor.answer(lambda visit: _item(visit, "recommendation", RECOMMENDATION, reference, after))


@router.get("/actions/{reference:path}")
async def action(visitor: SignedInVisitor, reference: str) -> Response:
    """An action with its evidence."""
    return await visitor.answer(lambda visit: _item(visit, "action", ACTION, reference))


@router.get("/challenges/{reference:path}")
async def challenge(visitor: SignedInVisitor, reference: str) -> Response:
    """A formal challenge with its answers."""
    return await visitor.answer(lambda visit: _item(visit, "challenge", CHALLENGE, reference))


def _item(visit: Visit, kind: str, document: Document, reference: str, after: str | None = None) -> Response:
    paged = {} if after is None else {"after": after}
    found = visit.ask(document, reference=reference, **paged)
    item = found["register"][kind]
    if item is None:
        raise NotFound(f"There is no {kind} {reference!r}.", "reference")
    permitted = found["viewer"]["permittedCommands"]
    forms, correct = offered(kind, item, permitted), correction(kind, permitted)
    return visit.page(f"{kind}.html", item=item, kind=kind, forms=forms, correct=correct, **found)
