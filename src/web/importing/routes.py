"""The pages of an import: choose the sheet and the mapping, see what would become of it, record it."""

from io import BytesIO
from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, UploadFile
from starlette.responses import Response

from domain.shared.vocabulary import Role
from importing.checking import Step
from importing.mapping import Mapping, mapping_named, shipped_mappings
from importing.run import Result, import_file
from web.answering import Visit
from web.forms.fields import Option
from web.importing.runs import LARGEST, CannotImport, Importing, Run, mapping_of
from web.problems import PageProblem, PageRoute
from web.signing_in.caller import SignedInVisitor, require_form_of_session

SHOWN = 500
"""Findings that a page lists; all of them are in the report."""
NOT_YOURS = PageProblem(403, "This is for the business unit", "Your role imports nothing.")
GONE = PageProblem(404, "This import is not there any more", "Send the sheet again: what was recorded is not doubled.")


class SheetRoute(PageRoute):
    """A sheet may be larger than a form."""

    body_bytes = LARGEST


router = APIRouter(route_class=SheetRoute)


@router.get("/import")
async def choose(visitor: SignedInVisitor) -> Response:
    """A sheet, and how it is read."""
    return await visitor.answer(_choosing)


@router.post("/import")
async def send(
    visitor: SignedInVisitor,
    sheet: Annotated[UploadFile | None, File()] = None,
    own: Annotated[UploadFile | None, File()] = None,
    mapping: Annotated[str, Form()] = "",
    csrf: Annotated[str, Form()] = "",
) -> Response:
    """The sheet is checked, row by row, and nothing recorded."""
    require_form_of_session(visitor, csrf)

    def answer(visit: Visit) -> Response:
        _require_unit(visit)
        try:
            found, name = _mapping(mapping, own), sheet.filename if sheet else ""
            content = sheet.file if sheet else BytesIO()
            run = visit.site.imports.begin(_owner(visit), found, name or "", content, _importing(visit))
        except CannotImport as error:
            return _choosing(visit, str(error), mapping, 400)
        return visit.go(f"/import/{run.id}")

    return await visitor.answer(answer)


@router.get("/import/{id}")
async def show(visitor: SignedInVisitor, id: UUID) -> Response:
    """How far it is, what would become of the sheet or became of it, refused rows in their places."""

    def answer(visit: Visit) -> Response:
        run = _run(visit, id)
        doing = run.doing  # read first: what stands still does not change any more
        findings = run.result.findings[:SHOWN] if run.result else []
        answered = visit.page("import_run.html", run=run, doing=doing, result=run.result, findings=findings)
        if doing is not None:
            answered.headers["Refresh"] = "2"
        return answered

    return await visitor.answer(answer)


@router.post("/import/{id}")
async def record(visitor: SignedInVisitor, id: UUID, csrf: Annotated[str, Form()] = "") -> Response:
    """What was checked is recorded, once."""
    require_form_of_session(visitor, csrf)

    def answer(visit: Visit) -> Response:
        visit.site.imports.record(_run(visit, id), _importing(visit))
        return visit.go(f"/import/{id}")

    return await visitor.answer(answer)


def _choosing(visit: Visit, problem: str = "", chosen: str = "", status: int = 200) -> Response:
    _require_unit(visit)
    shipped = [Option(name, mapping_named(name).name) for name in shipped_mappings()]
    return visit.page("import.html", status, shipped=shipped, chosen=chosen, problem=problem)


def _mapping(name: str, own: UploadFile | None) -> Mapping:
    """One that was sent, or else one that comes with the product: never a path. Raises `CannotImport`."""
    if own is not None and own.filename:
        return mapping_of(own.file.read())
    if name not in shipped_mappings():
        raise CannotImport("Choose how the sheet is read, or send a mapping of your own.")
    return mapping_named(name)


def _importing(visit: Visit) -> Importing:
    """Into the person's own partnership, in their name."""
    register = visit.site.served(visit.signed_in.holder.partnership).register
    by = visit.caller.subject

    def do(mapping: Mapping, file: Path, step: Step, recording: bool) -> Result:
        return import_file(register, mapping, file, step, dry_run=not recording, sent_by=by)

    return do


def _run(visit: Visit, id: UUID) -> Run:
    _require_unit(visit)
    found = visit.site.imports.of(id, _owner(visit))
    if found is None:
        raise GONE
    return found


def _owner(visit: Visit) -> tuple[str, str]:
    return visit.signed_in.holder.partnership, visit.caller.subject


def _require_unit(visit: Visit) -> None:
    if visit.caller.role is not Role.BUSINESS_UNIT:
        raise NOT_YOURS
