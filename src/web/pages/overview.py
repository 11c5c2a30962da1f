"""What waits, what is overdue, what recurs."""

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import Response

from domain.shared.refusals import NotFound, UnknownAgency
from domain.shared.vocabulary import OversightQueue, Role
from web.answering import Visit
from web.charts import Bars, bars
from web.documents import Document, Fields
from web.pages.asked import After, Key, Truth, choices, choices_of, given
from web.problems import PageRoute
from web.signing_in.caller import SignedInVisitor

router = APIRouter(route_class=PageRoute)

HOME, OVERDUE, AGENCY, OVERSIGHT, RECURRING, IMPLEMENTATION = (
    Document.of("web.pages", f"{name}.graphql")
    for name in ("home", "overdue", "agency", "oversight", "recurring", "implementation")
)


@router.get("/")
async def home(visitor: SignedInVisitor, after: After = None) -> Response:
    """What waits for whoever is signed in."""
    agency = visitor.signed_in.holder.caller.role is Role.AGENCY
    return await visitor.page("home.html", HOME, {"agency": agency, "after": after})


@router.get("/overdue")
async def overdue(visitor: SignedInVisitor, agency: Annotated[list[str] | None, Query()] = None) -> Response:
    """What is overdue, by agency."""

    def answer(visit: Visit) -> Response:
        found = visit.ask(OVERDUE, agencies=agency)
        return visit.page("overdue.html", chart=_ageing(found["register"]["overdueByAgency"]), **found)

    return await visitor.answer(answer)


def _ageing(rows: list[Fields]) -> Bars:
    """By how long what each agency owes is overdue."""
    buckets = [(each["fromDays"], each["toDays"]) for row in rows[:1] for each in row["ageing"]]
    names = [f"{since} to {until} days" if until else f"{since} days or more" for since, until in buckets]
    return bars([(row["agency"]["name"], [each["actions"] for each in row["ageing"]]) for row in rows], names)


@router.get("/agencies/{key}")
async def agency(
    visitor: SignedInVisitor,
    key: str,
    after: After = None,
    overdue: Truth = None,
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


@router.get("/oversight")
async def oversight(
    visitor: SignedInVisitor,
    after: After = None,
    queue: Key = "",
    body: Key = "",
    chair_only: Annotated[Truth, Query(alias="chair-only")] = None,
) -> Response:
    """What waits for those who oversee, in whichever queue."""

    def answer(visit: Visit) -> Response:
        narrowed = given({"queues": [queue], "body": body, "chairOnly": chair_only})
        found = visit.ask(OVERSIGHT, after=after, **narrowed)
        return visit.page(
            "oversight.html",
            asked={"queue": queue, "body": body, "chair_only": chair_only},
            queues=choices_of(OversightQueue),
            bodies=choices(found["register"]["partnership"]["framework"]["bodies"]),
            accepts="actionAcceptEvidence" in found["viewer"]["permittedCommands"] and not visit.moment.past,
            **found,
        )

    return await visitor.answer(answer)


@router.get("/implementation")
async def implementation(visitor: SignedInVisitor, after: After = None, body: Key = "") -> Response:
    """What became of each review."""

    def answer(visit: Visit) -> Response:
        found = visit.ask(IMPLEMENTATION, after=after, body=body or None)
        bodies = choices(found["register"]["partnership"]["framework"]["bodies"])
        return visit.page("implementation.html", body=body, bodies=bodies, **found)

    return await visitor.answer(answer)


@router.get("/recurring")
async def recurring(
    visitor: SignedInVisitor,
    after: After = None,
    agency: Key = "",
    after_closure: Annotated[Truth, Query(alias="after-closure")] = None,
) -> Response:
    """Which learning recurs."""

    def answer(visit: Visit) -> Response:
        narrowed = given({"agencies": [agency], "afterClosureOnly": after_closure})
        found = visit.ask(RECURRING, after=after, filter=narrowed)
        return visit.page(
            "recurring.html",
            asked={"agency": agency, "after_closure": after_closure},
            agencies=choices(found["register"]["agencies"]),
            **found,
        )

    return await visitor.answer(answer)
