"""What can be chosen in a form: agencies, bodies, themes, and what belongs to the thing that it is about."""

from collections.abc import Iterator, Sequence

from domain.correction.fields import FIELDS
from domain.correction.values import Parts, as_partners_say
from domain.event_names import CLASSES
from web.documents import Fields
from web.forms.fields import Option
from web.forms.labels import label_of
from web.words import day, in_words

AGENCY_FIELDS = (
    "agency", "agencies", "leadAgency", "contributingAgencies", "addressedTo", "toAgency", "referredBy",
)  # fmt: skip


def options_of(register: Fields) -> dict[str, Sequence[Option]]:
    """By the name of the input's field, from what the form's document asked for."""
    agencies = [Option(each["key"], each["name"]) for each in register["agencies"] if each["succeededBy"] is None]
    bodies = [Option(each["key"], each["name"]) for each in register["partnership"]["framework"]["bodies"]]
    themes = [Option(each["key"], each["name"]) for each in register["themes"] if each["mergedInto"] is None]
    about = register.get("about") or Fields()
    learning = [Option(each["id"], each["wording"]) for each in about.get("learning", ())]
    return {
        **dict.fromkeys(AGENCY_FIELDS, agencies),
        "body": bodies,
        "bodies": bodies,
        "themes": themes,
        "evidenceId": list(_evidence(about)),
        "learning": learning,
        "learningId": learning,
        "kind": [Option(each["key"], each["name"]) for each in register["partnership"]["framework"]["reviewKinds"]],
        "eventId": list(_entries(about)),
        "field": list(_correctable(about)),
        "sections": list(_sections(about)),
        "clock": [Option(each["name"], in_words(each["name"])) for each in about.get("clocks", ())],
        "dutyIds": list(_duties(about)),
    } | _methods(register["partnership"]["framework"])


def _evidence(about: Fields) -> Iterator[Option]:
    """What awaits its verdict, the latest first."""
    for each in reversed(about.get("evidence", ())):
        if each["verdict"] == "AWAITING" and not each["withdrawn"]:
            of = each["agency"]["name"] if each["agency"] else "The business unit"
            yield Option(each["id"], f"{of}, {day(each['happenedOn'])}", each["narrative"])


def _entries(about: Fields) -> Iterator[Option]:
    """What was recorded about it, the latest first."""
    for each in reversed(about.get("history", ())):
        yield Option(each["eventId"], f"{day(each['happenedOn'])}: {each['summary']}")


def _correctable(about: Fields) -> Iterator[Option]:
    """The fields of what was recorded about it, and the whole entry; parts of lists are corrected through the API."""
    facts = [CLASSES[each["name"]][1] for each in about.get("history", ()) if each["name"] in CLASSES]
    names = {name for fact in facts for name, kind in FIELDS.get(fact, {}).items() if not isinstance(kind, Parts)}
    for name in sorted(map(as_partners_say, names), key=lambda each: label_of("Corrected", each).casefold()):
        yield Option(name, label_of("Corrected", name))
    yield Option("voided", "The whole entry: true strikes it out, false puts it back")


def _sections(about: Fields) -> Iterator[Option]:
    """Those that the kind of review asks for, and those that it offers."""
    kind = about.get("kind") or Fields()
    for each in [*kind.get("sections", ()), *kind.get("offeredSections", ())]:
        yield Option(each["key"], in_words(each["key"]), each["text"])


def _duties(about: Fields) -> Iterator[Option]:
    """What is not confirmed yet, and whose it is."""
    for each in about.get("duties", ()):
        if each["doneOn"] is None:
            of = each["agency"]["name"] if each["agency"] else "The partnership"
            yield Option(each["id"], each["wording"], of)


def _methods(framework: Fields) -> dict[str, Sequence[Option]]:
    """Those of the framework, where it takes no others."""
    if framework["disseminationMethodsAreExamples"]:
        return {}
    return {"method": [Option(each, in_words(each)) for each in framework["disseminationMethods"]]}
