"""Templates, the words and days in them, and what a browser may do with a page."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, pass_context
from jinja2.runtime import Context
from starlette.responses import Response

from web.forms.fields import Field, Option
from web.moments import AskedMoment
from web.pages.asked import YES_OR_NO, chosen
from web.words import day, in_words

SECURITY = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Vary": "Accept-Encoding, Cookie",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
ENGLAND = ZoneInfo("Europe/London")
"""Where a page is nobody's yet, and so of no partnership."""


class Templates:
    """Every text is escaped; nothing is marked as safe but what the design system's macros make."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=ChoiceLoader(
                [
                    PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
                    PackageLoader("web", "templates"),
                    PackageLoader("web", "pages"),
                ]
            ),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {"day": day, "moment": moment, "words": in_words, "reference": quote_reference}
        self._environment.globals |= {
            "YES_OR_NO": YES_OR_NO,
            "asset": asset_address,
            "chosen": chosen,
            "at": at,
            "items_of": items_of,
            "label_in": label_in,
            "problem_with": problem_with,
        }

    def response(self, name: str, status: int, values: Mapping[str, Any]) -> Response:
        """A page; `values` by their names in the template."""
        text = self._environment.get_template(name).render(values)
        return Response(text, status, SECURITY, "text/html")


@pass_context
def moment(context: Context, text: str | datetime) -> str:
    """An instant as "30 June 2026 at 14:05", in the time of the partnership whose page it is."""
    zone = context.get("zone", ENGLAND)
    found = (text if isinstance(text, datetime) else datetime.fromisoformat(text)).astimezone(zone)
    return f"{day(found.date())} at {found:%H:%M}"


def quote_reference(reference: str) -> str:
    """A reference as it stands in an address."""
    return quote(reference, safe="/")


def at(path: str, moment: AskedMoment) -> str:
    """The address of a page at the same moment as this one."""
    if not moment.past:
        return path
    return f"{path}{'&' if '?' in path else '?'}{moment.query}"


def items_of(options: Sequence[Option]) -> list[dict[str, Any]]:
    """For the design system's radios, checkboxes and selects."""
    return [
        {"value": each.value, "text": each.text, **({"hint": {"text": each.hint}} if each.hint else {})}
        for each in options
    ]


def label_in(fields: Sequence[Field], name: str) -> str:
    """What the field of a form is called."""
    return next((each.label for each in fields if name == each.name or name.startswith(f"{each.name}.")), name)


def problem_with(problems: Sequence[tuple[str, str]], name: str) -> str | None:
    """What is wrong with a field of a form."""
    return next((text for field, text in problems if field == name), None)


def asset_address(name: str) -> str:
    """The address of a file of the pages; it changes with what is in it."""
    return f"/assets/{asset_version()}/{name}"


@cache
def asset_version() -> str:
    """Of all files together."""
    digest = sha256()
    for file in sorted(files("web.assets").iterdir(), key=lambda each: each.name):
        if file.is_file():
            digest.update(file.read_bytes())
    return digest.hexdigest()[:12]
