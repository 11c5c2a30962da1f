"""What can be chosen in a form: agencies, bodies, themes, and what belongs to the thing that it is about."""

from collections.abc import Iterator, Sequence

from web.documents import Fields
from web.forms.fields import Option
from web.rendering import day

AGENCY_FIELDS = (
    "agency", "agencies", "leadAgency", "contributingAgencies", "addressedTo", "toAgency", "referredBy",
)  # fmt: skip


def options_of(register: Fields) -> dict[str, Sequence[Option]]:
    """By the name of the input's field, from what the form's document asked for."""
    agencies = [Option(each["key"], each["name"]) for each in register["agencies"] if each["succeededBy"] is None]
    bodies = [Option(each["key"], each["name"]) for each in register["partnership"]["framework"]["bodies"]]
    themes = [Option(each["key"], each["name"]) for each in register["themes"] if each["mergedInto"] is None]
    about = register.get("about") or Fields()
    return {
        **dict.fromkeys(AGENCY_FIELDS, agencies),
        "body": bodies,
        "bodies": bodies,
        "themes": themes,
        "evidenceId": list(_evidence(about)),
    }


def _evidence(about: Fields) -> Iterator[Option]:
    """What awaits its verdict, the latest first."""
    for each in reversed(about.get("evidence", ())):
        if each["verdict"] == "AWAITING" and not each["withdrawn"]:
            of = each["agency"]["name"] if each["agency"] else "The business unit"
            yield Option(each["id"], f"{of}, {day(each['happenedOn'])}", each["narrative"])
