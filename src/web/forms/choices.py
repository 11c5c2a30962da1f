"""What can be chosen in a form: agencies, bodies, themes, and what belongs to the thing that it is about."""

from collections.abc import Iterator, Sequence

from web.documents import Fields
from web.forms.fields import WHOLE, Option
from web.words import day, in_words

AGENCY_FIELDS = (
    "agency", "agencies", "leadAgency", "contributingAgencies", "addressedTo", "toAgency", "referredBy", "proposedLead",
)  # fmt: skip


def options_of(register: Fields) -> dict[str, Sequence[Option]]:
    """By the name of the input's field, from what the form's document asked for."""
    agencies = [Option(each["key"], each["name"]) for each in register["agencies"] if each["succeededBy"] is None]
    bodies = [Option(each["key"], each["name"]) for each in register["partnership"]["framework"]["bodies"]]
    themes = [Option(each["key"], each["name"]) for each in register["themes"] if each["mergedInto"] is None]
    about = register.get("about") or Fields()
    learning = [Option(each["id"], each["wording"]) for each in about.get("learning", ())]
    duties = [Option(each["id"], each["wording"]) for each in about.get("duties", ()) if "answeredOn" in about]
    return {
        **dict.fromkeys(AGENCY_FIELDS, agencies),
        "body": bodies,
        "bodies": bodies,
        "reportsThrough": bodies,
        "themes": themes,
        "evidenceId": list(_evidence(about)),
        "learning": learning,
        "learningId": learning,
        "kind": [Option(each["key"], each["name"]) for each in register["partnership"]["framework"]["reviewKinds"]],
        "assessments": duties,
        "improvements": [Option(WHOLE, "The return as a whole"), *duties] if duties else [],
        "topic": themes,
        "topics": themes,
        "auditId": list(_planned(about)),
        "returns": list(_returns(register)),
        "recommendationId": [
            Option(each["id"], f"{each['reference']} {each['wording']}")
            for each in (about.get("recommendations") or {"nodes": ()})["nodes"]
        ],
        "sections": list(_sections(about)),
        "clock": [Option(each["name"], in_words(each["name"])) for each in about.get("clocks", ())],
        "dutyIds": list(_duties(about)),
        "duties": [Option(each["id"], each["wording"]) for each in about.get("duties", ())],
        "numbers": [Option(each["key"], each["name"]) for each in register.get("rhythms") or ()],
    } | _methods(register["partnership"]["framework"])


def _evidence(about: Fields) -> Iterator[Option]:
    """What awaits its verdict, the latest first."""
    for each in reversed(about.get("evidence", ())):
        if each["verdict"] == "AWAITING" and not each["withdrawn"]:
            of = each["agency"]["name"] if each["agency"] else "The business unit"
            yield Option(each["id"], f"{of}, {day(each['happenedOn'])}", each["narrative"])


def _planned(about: Fields) -> Iterator[Option]:
    """What stands in the programme and has not begun."""
    for each in about.get("audits", ()):
        if each["stage"] == "PLANNED":
            topic = each["topic"]["name"] if each["topic"] else ""
            yield Option(each["id"], f"{each['kind']['name']}, {topic}", f"Planned for {day(each['plannedFor'])}")


def _returns(register: Fields) -> Iterator[Option]:
    """Those of the review's rounds that show something which is to be put right and is no work yet."""
    for each in register.get("returns", ()):
        of_it = each["review"] is not None and each["review"]["reference"] == register["about"]["reference"]
        open_points = [
            point["wording"] for point in each["improvements"] if not (point["recommendation"] or point["action"])
        ]
        if of_it and open_points:
            yield Option(each["id"], f"{each['agency']['name']}, {each['year']}", "; ".join(open_points))


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
            points = [point["wording"] for point in each.get("learning", ())]
            yield Option(each["id"], each["wording"], "; ".join([of, *points]))


def _methods(framework: Fields) -> dict[str, Sequence[Option]]:
    """Those of the framework, where it takes no others."""
    if framework["disseminationMethodsAreExamples"]:
        return {}
    return {"method": [Option(each, in_words(each)) for each in framework["disseminationMethods"]]}
