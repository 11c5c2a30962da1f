"""What a form is about, as it is now: read by its reference, with all that can be chosen in the form."""

from functools import cache
from typing import Any

from domain.shared.refusals import NotFound
from web.answering import Visit
from web.documents import Document, Fields
from web.forms.catalogue import Form

YEARS = range(1989, 2201)


def subject_of(visit: Visit, form: Form, reference: str) -> Fields:
    """What the document of its kind asks for; `register.about` is the thing, with `reference` and `words`.

    Raises `NotFound` for what there is none of that the person may see.
    """
    match form.of:
        case "return":
            return _return(visit, reference)
        case "programme":
            return _programme(visit, reference)
        case "review":
            found = _asked(visit, form.of, reference=reference, year=YEARS[0], withReturns=False)
            raising = form.slug == "raise-improvements" and form.mutation in found["viewer"]["permittedCommands"]
            return _with_returns(visit, found) if raising else found
    return _asked(visit, form.of, reference=reference)


def _asked(visit: Visit, of: str, **variables: Any) -> Fields:
    found = visit.now(_document(of), **variables)
    if found["register"]["about"] is None:
        raise NotFound(f"There is no {of} {variables['reference']!r}.", "reference")
    return found


def _with_returns(visit: Visit, found: Fields) -> Fields:
    """Those of the year that the address names, or else of that in which the review was commissioned."""
    about = found["register"]["about"]
    year = year_of(visit.request.query_params.get("year") or (about["commissionedOn"] or "")[:4])
    return _asked(visit, "review", reference=about["reference"], year=year, withReturns=True)


def _return(visit: Visit, reference: str) -> Fields:
    """By its year, its agency and, where there are several a year, its period: `2026/police/2`."""
    year, _, rest = reference.partition("/")
    agency, _, period = rest.partition("/")
    found = visit.now(_document("return"), year=year_of(year), agency=agency)
    register = found["register"]
    about = next((each for each in register["all"] if str(each["period"]) == (period or "1")), None)
    if about is None:
        raise NotFound(f"There is no return {reference!r}.", "reference")
    register["about"] = Fields(about, reference=reference, words=f"{about['agency']['name']}, {about['year']}")
    return found


def _programme(visit: Visit, reference: str) -> Fields:
    """Of a year that nothing was planned for yet as well: planning begins it."""
    year = year_of(reference)
    found = visit.now(_document("programme"), year=year)
    about = found["register"]["about"] or Fields(id=None, version=None, year=year, audits=[], history=[])
    found["register"]["about"] = Fields(about, reference=str(year), words=f"Audits of {year}")
    return found


def year_of(text: str) -> int:
    """Raises `NotFound`."""
    if text.isascii() and text.isdecimal() and len(text) == len("2026") and int(text) in YEARS:
        return int(text)
    raise NotFound(f"There is no year {text!r}.", "reference")


@cache
def _document(of: str) -> Document:
    return Document.of("web.forms", f"{of}.graphql")
