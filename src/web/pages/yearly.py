"""What comes round every year: agencies' returns on their standing duties, and the audit programme."""

from fastapi import APIRouter
from starlette.responses import Response

from domain.shared.refusals import NotFound, UnknownAgency
from domain.shared.vocabulary import Role
from web.answering import Visit
from web.documents import Document, Fields
from web.forms.catalogue import beginnings, correction, offered
from web.forms.subjects import year_of
from web.pages.asked import Key
from web.problems import PageRoute
from web.signing_in.caller import SignedInVisitor

router = APIRouter(route_class=PageRoute)

RETURNS, RETURN, PROGRAMME, TODAY = (
    Document.of("web.pages", f"{name}.graphql") for name in ("returns", "return", "programme", "today")
)


@router.get("/returns")
async def returns(visitor: SignedInVisitor, year: Key = "") -> Response:
    """The returns of a year, agency by agency."""

    def answer(visit: Visit) -> Response:
        asked = year_of(year) if year else _this_year(visit)
        found = visit.ask(RETURNS, year=asked)
        permitted = found["viewer"]["permittedCommands"]
        reviews = {
            each["review"]["reference"]
            for each in found["register"]["yearlyReturns"]
            if each["review"]
            and any(not (point["recommendation"] or point["action"]) for point in each["improvements"])
        }
        raising = sorted(reviews) if "reviewRaiseImprovements" in permitted else []
        begin = beginnings("return", permitted)
        return visit.page("returns.html", year=asked, begin=begin, raising=raising, **found)

    return await visitor.answer(answer)


@router.get("/returns/{year}/{agency}")
async def agency_return(visitor: SignedInVisitor, year: str, agency: str) -> Response:
    """One agency's return, standard by standard."""
    return await visitor.answer(lambda visit: _return(visit, year, agency, "1"))


@router.get("/returns/{year}/{agency}/{period}")
async def agency_return_of_period(visitor: SignedInVisitor, year: str, agency: str, period: str) -> Response:
    """The same, where a framework asks more than once a year."""
    return await visitor.answer(lambda visit: _return(visit, year, agency, period))


def _return(visit: Visit, year: str, agency: str, period: str) -> Response:
    try:
        found = visit.ask(RETURN, year=year_of(year), agency=agency)
    except UnknownAgency as error:
        raise NotFound(str(error), "agency") from error
    item = next((each for each in found["register"]["all"] if str(each["period"]) == period), None)
    if item is None:
        raise NotFound("There is no such return.", "agency")
    reference = f"{year}/{agency}" + (f"/{period}" if period != "1" else "")
    item = Fields(item, reference=reference)
    permitted = found["viewer"]["permittedCommands"]
    forms, correct = offered("return", item, permitted), correction("return", permitted)
    return visit.page("return.html", item=item, forms=forms, correct=correct, **found)


@router.get("/programme")
async def programme_of_today(visitor: SignedInVisitor) -> Response:
    """This year's audit programme."""
    return await visitor.answer(lambda visit: _programme(visit, _this_year(visit)))


@router.get("/programme/{year}")
async def programme(visitor: SignedInVisitor, year: str) -> Response:
    """The audit programme of a year."""
    return await visitor.answer(lambda visit: _programme(visit, year_of(year)))


def _programme(visit: Visit, year: int) -> Response:
    if visit.caller.role is Role.AGENCY:
        raise NotFound("There is no programme that an agency sees.", "year")
    found = visit.ask(PROGRAMME, year=year)
    item = found["register"]["auditProgramme"] or Fields(
        agreedOn=None, limit=None, topics=[], countedKinds=[], reviews=[], audits=[], history=[]
    )
    item = Fields(item, reference=str(year))
    permitted = found["viewer"]["permittedCommands"]
    forms, correct = offered("programme", item, permitted), correction("programme", permitted)
    commission = "reviewCommission" in permitted
    return visit.page(
        "programme.html", year=year, item=item, forms=forms, correct=correct, commission=commission, **found
    )


def _this_year(visit: Visit) -> int:
    """That of the day of the page."""
    return int(visit.ask(TODAY)["register"]["effectiveOn"][:4])
