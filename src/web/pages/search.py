"""Finding things by their words, and words by what they mean."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from fastapi import APIRouter
from starlette.responses import Response

from web.answering import Visit
from web.documents import Document
from web.pages.asked import Words
from web.problems import PageRoute
from web.signing_in.caller import SignedInVisitor, SiteOf

router = APIRouter(route_class=PageRoute)

SEARCH = Document.of("web.pages", "search.graphql")


@router.get("/search")
async def search(visitor: SignedInVisitor, q: Words = "") -> Response:
    """What has these words in it."""

    def answer(visit: Visit) -> Response:
        found: dict[str, Any] = visit.ask(SEARCH, text=q.strip()) if q.strip() else {}
        return visit.page("search.html", q=q, **found)

    return await visitor.answer(answer)


@router.get("/words")
async def words(site: SiteOf) -> Response:
    """What the words of the pages mean; for everybody."""
    return site.templates.response("words.html", 200, {"words": _words()})


@cache
def _words() -> list[tuple[str, list[str]]]:
    read = yaml.safe_load(files("web.pages").joinpath("words.yaml").read_text(encoding="utf-8"))
    return [(each["word"], each["meaning"]) for each in read]
