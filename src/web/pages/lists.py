"""The lists of reviews, recommendations, actions and challenges, narrowed by what their address asks for."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from domain.shared.vocabulary import ChallengeStage, ReviewStage, Role, Stage
from web.answering import Visit
from web.documents import Document
from web.forms.catalogue import beginnings
from web.pages.asked import After, Key, Truth, Words, choices, choices_of, given
from web.problems import PageRoute
from web.signing_in.caller import SignedInVisitor

router = APIRouter(route_class=PageRoute)

REVIEWS, RECOMMENDATIONS, ACTIONS, CHALLENGES = (
    Document.of("web.pages", f"{name}.graphql") for name in ("reviews", "recommendations", "actions", "challenges")
)


@dataclass(frozen=True)
class ItemsAsked:
    """What narrows a list of actions or of recommendations, by the names in its address."""

    after: After = None
    text: Words = ""
    agency: Key = ""
    stage: Key = ""
    theme: Key = ""
    officer: Key = ""
    overdue: Truth = None
    awaiting_review: Annotated[Truth, Query(alias="awaiting-review")] = None

    @property
    def filter(self) -> dict[str, Any]:
        return given(
            {
                "text": self.text,
                "leadAgencies": [self.agency],
                "stages": [self.stage],
                "themes": [self.theme],
                "leadOfficers": [self.officer],
                "overdue": self.overdue,
                "awaitingReview": self.awaiting_review,
            }
        )


Asked = Annotated[ItemsAsked, Depends()]


@router.get("/actions")
async def actions(visitor: SignedInVisitor, asked: Asked) -> Response:
    """Actions, what falls due first before the rest."""
    return await visitor.answer(lambda visit: _items(visit, "actions", ACTIONS, asked))


@router.get("/recommendations")
async def recommendations(visitor: SignedInVisitor, asked: Asked) -> Response:
    """Recommendations, what falls due first before the rest."""
    return await visitor.answer(lambda visit: _items(visit, "recommendations", RECOMMENDATIONS, asked))


def _items(visit: Visit, kind: str, document: Document, asked: ItemsAsked) -> Response:
    found = visit.ask(document, after=asked.after, filter=asked.filter)
    themes = (each for each in found["register"]["themes"] if each["mergedInto"] is None)
    return visit.page(
        "items.html",
        kind=kind,
        asked=asked,
        agencies=choices(found["register"]["agencies"]),
        themes=choices(themes),
        stages=choices_of(Stage),
        **found,
    )


@router.get("/reviews")
async def reviews(
    visitor: SignedInVisitor, after: After = None, text: Words = "", kind: Key = "", stage: Key = "", agency: Key = ""
) -> Response:
    """Reviews and audits, the latest first."""

    def answer(visit: Visit) -> Response:
        narrowed = given({"text": text, "kinds": [kind], "stages": [stage], "agencies": [agency]})
        found = visit.ask(REVIEWS, after=after, filter=narrowed, agency=visit.caller.role is Role.AGENCY)
        return visit.page(
            "reviews.html",
            begin=beginnings("review", found["viewer"]["permittedCommands"]),
            asked={"text": text, "kind": kind, "stage": stage, "agency": agency},
            kinds=choices(found["register"]["partnership"]["framework"]["reviewKinds"]),
            agencies=choices(found["register"]["agencies"]),
            stages=choices_of(ReviewStage),
            **found,
        )

    return await visitor.answer(answer)


@router.get("/challenges")
async def challenges(
    visitor: SignedInVisitor, after: After = None, agency: Key = "", stage: Key = "", overdue: Truth = None
) -> Response:
    """The formal challenges as a board reads them."""

    def answer(visit: Visit) -> Response:
        narrowed = given({"agencies": [agency], "stages": [stage], "overdue": overdue})
        found = visit.ask(CHALLENGES, after=after, filter=narrowed)
        return visit.page(
            "challenges.html",
            begin=beginnings("challenge", found["viewer"]["permittedCommands"]),
            asked={"agency": agency, "stage": stage, "overdue": overdue},
            agencies=choices(found["register"]["agencies"]),
            stages=choices_of(ChallengeStage),
            **found,
        )

    return await visitor.answer(answer)
