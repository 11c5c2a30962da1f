"""The pages that record: a form shown, and sent."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from web.forms.beginning import Beginning
from web.forms.catalogue import BEGINNINGS, CORRECTIONS, FORMS, Form
from web.forms.correcting import Correcting
from web.forms.filling import Filling
from web.forms.uploading import FilesRoute, sent_form
from web.problems import PageRoute
from web.signing_in.caller import SignedInVisitor

router = APIRouter(route_class=PageRoute)
with_files = APIRouter(route_class=FilesRoute)


def _add(form: Form, made: type[Filling] | type[Correcting] = Filling) -> None:
    """A form's own address, `/actions/REFERENCE/submit-evidence`."""
    address = f"{form.start}/{{reference:path}}/{form.slug}"

    @router.get(address, name=f"show {form.mutation}")
    async def show(visitor: SignedInVisitor, reference: str) -> Response:
        return await visitor.answer(lambda visit: made.begun(visit, form, reference).shown())

    if made is Filling and form.takes_files:

        @with_files.post(address, name=f"send {form.mutation}")
        async def send_with_files(visitor: SignedInVisitor, request: Request, reference: str) -> Response:
            sent = await sent_form(visitor, request)
            return await visitor.answer(
                lambda visit: Filling.begun(visit, form, reference).sent(sent.form, sent.problems)
            )

        return

    @router.post(address, name=f"send {form.mutation}")
    async def send(visitor: SignedInVisitor, request: Request, reference: str) -> Response:
        sent = await request.form()
        return await visitor.answer(lambda visit: made.begun(visit, form, reference).sent(sent))


def _add_beginning(form: Form) -> None:
    """An address of its own, `/reviews/commission`."""
    address = f"{form.start}/{form.slug}"

    @router.get(address, name=f"show {form.mutation}")
    async def show(visitor: SignedInVisitor) -> Response:
        return await visitor.answer(lambda visit: Beginning.begun(visit, form).shown())

    @router.post(address, name=f"send {form.mutation}")
    async def send(visitor: SignedInVisitor, request: Request) -> Response:
        sent = await request.form()
        return await visitor.answer(lambda visit: Beginning.begun(visit, form).sent(sent))


for each in BEGINNINGS:
    _add_beginning(each)
for each in FORMS:
    _add(each)
for each in CORRECTIONS:
    _add(each, Correcting)
router.include_router(with_files)
