"""The page that shows every framework from its data; `python scripts/page_tables.py` writes it anew."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from domain.frameworks import Body, Deadline, Framework, PrintedDeadline, ResponseTime, ReviewKind, shipped_frameworks
from domain.frameworks.duties import LearningDuty, StandingDuty

PAGE = Path(__file__).resolve().parents[1] / "docs" / "frameworks.md"
OURS = "*our default*"
SILENT = "*not given*"
BY_HAND = "by hand"
INTRODUCTION = f"""\
# The frameworks

A learning and improvement framework is data: the register runs each of these from a file in `frameworks/`, and a
partnership may add one of its own. This page is written from those files. {OURS} stands behind a value that the
framework itself does not give, so that nothing here claims that a framework said it; {SILENT} stands where neither
says anything.

## One of your own
```console
$ goldenthread framework copy knowsley-2020 ours.yaml --key ours --name "Our partnership"
$ goldenthread framework check ours.yaml
$ goldenthread framework add ours.yaml --partnership P
$ goldenthread partnership adopt P --framework ours --from 2026-04-01
```

How long an agency has for its answer to a recommendation none of the five says. A partnership says it in its own copy,
as `recommendation_response: {{length: 20, unit: WORKING_DAYS}}`; where a recommendation is addressed and states no day,
its answers are due by that.

A copy succeeds what it was copied from, and every body in it goes on under its key; a body that takes over from others
says so (`succeeds: [audit-and-review]`). A mistake is refused with its file, line and key, and nothing is recorded. A
framework that was added is a fact of the partnership; once it has been adopted it stays as it is, and a change is
another copy under another key. A running server sees it at once.

From the day of adoption, whatever is left to do or to judge reports through the bodies that took over, and so does
every review; but each review keeps the framework that it was commissioned under, with its kinds, sections, clocks and
conditions. What no body took over passes to the body that monitors whatever has no other, for which the chair acts; so
does everything where a framework is adopted that does not succeed the one before. What is finished stays where it was
until it is reopened. A body's token ends with the body, and goes on where the body goes on under its key
([0015](decisions/0015-frameworks-succeed.md)).
"""

Part = Callable[[Framework], Iterable[str]]
"""The lines below one heading; a part that has nothing to say is left out."""


def page(frameworks: Mapping[str, Framework]) -> str:
    return "\n".join([INTRODUCTION, *(section(each) for each in frameworks.values())])


def section(framework: Framework) -> str:
    lines = [f"## {framework.name}", f"`{framework.key}`{_succeeds(framework)}", ""]
    for heading, part in PARTS.items():
        said = list(part(framework))
        lines += [f"### {heading}", *said, ""] if said else []
    return "\n".join(lines)


def _succeeds(framework: Framework) -> str:
    return f", which succeeds `{framework.succeeds}`" if framework.succeeds else ""


def bodies(framework: Framework) -> Iterable[str]:
    yield from _whom_they_answer_to(framework)
    header = ("body", "is", "shared with", "does", "succeeded by")
    yield from table(header, (_body(framework, body) for body in framework.bodies.values()))
    rest = f"`{framework.reporting_body}`{ours(framework, 'reporting_body')}"
    yield from ("", f"What has no other reporting body reports through {rest}.")
    if framework.mandated_by:
        yield f"Unless its kind says otherwise, a review is mandated by one of {codes(framework.mandated_by)}."
    if framework.referred_by:
        yield f"A case is referred by {framework.referred_by}."


def _whom_they_answer_to(framework: Framework) -> Iterable[str]:
    answering = [body for body in framework.bodies.values() if body.accountable_to]
    if not answering:
        yield from ("Whom they answer to is not given.", "")
        return
    yield from ("```mermaid", "graph BT")
    for body in answering:
        above = framework.bodies[body.accountable_to or ""]
        yield f'  {body.key}["{body.name}"] -->|answers to| {above.key}["{above.name}"]'
    yield from ("```", "")


def _body(framework: Framework, body: Body) -> Sequence[str]:
    path = f"bodies.{body.key}"
    extra = [f"chaired by {body.chaired_by}"] if body.chaired_by else []
    outside = ["outside the partnership"] if body.outside else []
    outside += ["receives the learning of every kind of review"] if body.receives_all_learning else []
    own = OURS if path in framework.defaults else ""
    return (
        f"`{body.key}`",
        listed((body.name, *outside, *extra, *body.tiers, *([own] if own else []))),
        listed(body.shared_with),
        listed(body.remit),
        f"`{body.succeeded_by}`{ours(framework, f'{path}.succeeded_by')}" if body.succeeded_by else "",
    )


def kinds(framework: Framework) -> Iterable[str]:
    header = ("kind of review", "criteria, conditions", "yields", "disseminated by", "stakeholders", "through → feeds")
    yield from table(header, (_kind(framework, kind) for kind in framework.kinds.values()))
    said = {kind.key: listed(_asked(framework, kind)) for kind in framework.kinds.values()}
    asked = [(f"`{key}`", words) for key, words in said.items() if words]
    if asked:
        yield from ("", "What the register asks of it:", "", *table(("kind of review", "is refused unless"), asked))


def _kind(framework: Framework, kind: ReviewKind) -> Sequence[str]:
    path = f"kinds.{kind.key}"
    through = f"{codes(kind.monitored_by)}{ours(framework, f'{path}.monitored_by')}"
    return (
        f"`{kind.key}` {kind.name}{', **statutory**' if kind.statutory else ''}",
        listed((*([kind.criteria] if kind.criteria else []), *kind.conditions)) or SILENT,
        listed(kind.learning) or SILENT,
        codes(kind.disseminated_by) or SILENT,
        ", ".join(kind.stakeholders) or SILENT,
        f"{through} → {codes(kind.feeds)}" if kind.feeds else through,
    )


def _asked(framework: Framework, kind: ReviewKind) -> list[str]:
    named = ours(framework, f"kinds.{kind.key}.independent_lead")
    found = {
        "it names schools only, once the register knows any": kind.of_schools,
        "it is of one agency": kind.maximum_agencies == 1,
        f"at least {kind.minimum_agencies} agencies are involved": kind.minimum_agencies > 1,
        f"at most {kind.maximum_agencies} agencies are involved": (kind.maximum_agencies or 0) > 1,
        f"it is said to be met, where conditions are: {listed(kind.binding_conditions)}": kind.binding_conditions,
        f"one of its criteria is met, where any is said: {codes(kind.any_criterion)}": kind.any_criterion,
        f"it is mandated by one of {codes(kind.mandated_by or ())}": kind.mandated_by,
        "the case has been referred": kind.on_referral,
        f"of a referred case, {codes(kind.advised_by)} has advised and the chair decides": kind.advised_by,
        "the chair has decided": kind.decided_by_chair,
        f"it is agreed by {codes(kind.agreed_by)} and the chair": kind.agreed_by,
        "it names its facilitator": kind.facilitated,
        f"it names an independent lead, and who employs them{named}": kind.needs_an_independent_lead,
        f"it tells {codes(kind.sections)}": kind.sections,
        "it is published with the board's response": kind.published_with_response,
        f"its judgement is one of: {', '.join(kind.judgements)}": kind.judgements,
    }
    return [said for said, holds in found.items() if holds] + list(_left_open(kind))


def _left_open(kind: ReviewKind) -> Iterable[str]:
    if kind.offered_sections:
        yield f"(it may tell {codes(kind.offered_sections)})"
    if kind.methods:
        yield f"(by a method in any words, for instance {codes(kind.methods)})"
    if kind.always_when:
        yield f"(a case that is referred as one of {codes(kind.always_when)} is not declined and leads to nothing less)"
    if kind.submitted_to:
        yield f"(a case is submitted to {' or '.join(f'`{key}`' for key in kind.submitted_to)}, which considers it)"
    if kind.mandated_by == ():
        yield "(whoever may mandates it)"


def conduct(framework: Framework) -> Iterable[str]:
    """Principles, criteria of conduct and methods of case reviews."""
    principles = [(f"`principle-{key}`", text) for key, text in framework.review_principles.items()]
    criteria = [(f"`conduct-{key}`", text) for key, text in framework.conduct.items()]
    if principles or criteria:
        yield from table(("section of a completed review", "tells how this was met"), [*principles, *criteria])
    if framework.review_methods:
        methods = ", ".join(f"`{key}` {text}" for key, text in framework.review_methods.items())
        yield from ("", f"Methods of case reviews, as examples: {methods}.")


def purposes(framework: Framework) -> Iterable[str]:
    yield from (f"- `{key}` {text}" for key, text in framework.purposes.items())


def culture(framework: Framework) -> Iterable[str]:
    yield from (f"- `{key}` {text}" for key, text in framework.culture.items())


def dissemination(framework: Framework) -> Iterable[str]:
    others = " or by others, in any words" if framework.methods_are_examples else ""
    yield f"By{ours(framework, 'methods')}{others}:"
    for key in framework.methods:
        note = framework.method_notes.get(key)
        yield f"- `{key}`{f' ({note})' if note else ''}"
    if framework.stakeholders:
        yield from ("", f"Stakeholders: {', '.join(framework.stakeholders)}.")


def duties(framework: Framework) -> Iterable[str]:
    said = framework.duties
    rows = [
        (
            f"`{each.key}` {each.wording}{_due(each)}{ours(framework, f'duties.on_receipt.{nth}')}",
            said.roles[each.role].name,
        )
        for nth, each in enumerate(said.on_receipt)
    ]
    yield from table(("on receipt of learning", "duty of"), rows)
    confirmed = f"{said.confirm_within_days} days{ours(framework, 'duties.confirm_within_days')}"
    yield from ("", f"Each is confirmed within {confirmed}, with an assurance.", "")
    standing = [
        (f"`{each.key}` {each.wording}{_of_schools(each)}{ours(framework, f'duties.standing.{nth}')}",)
        for nth, each in enumerate(said.standing)
    ]
    yield from table(("standing duty of every agency",), standing)
    every = f"every {said.return_every_months} months{ours(framework, 'duties.return_every_months')}"
    within = f"within {said.return_within_days} days of their end{ours(framework, 'duties.return_within_days')}"
    yield from ("", f"A return is due {every}, {within}.")


def _of_schools(duty: StandingDuty) -> str:
    return f"; schools: {duty.wording_for_schools}" if duty.wording_for_schools else ""


def _due(duty: LearningDuty) -> str:
    return " (due on no day)" if duty.conditional else ""


def programme(framework: Framework) -> Iterable[str]:
    said = framework.programme
    limit = f"Up to {said.limit} a year" if said.limit else "As many as are agreed"
    source = f", chosen from {' or '.join(said.chosen_from)}" if said.chosen_from else ""
    kinds = f"{codes(said.kinds)}{ours(framework, 'programme.kinds')}"
    yield f"{limit} of {kinds}, on topics that are agreed each year{source}."
    if said.topics:
        yield f"To begin with: {codes(said.topics)}{ours(framework, 'programme.topics')}."


def rhythms(framework: Framework) -> Iterable[str]:
    for nth, each in enumerate(framework.rhythms):
        often = f"{each.times} every {each.every_months} months" if each.times else "as many as are agreed for a year"
        yield f"- `{each.key}` {each.name}: {often} of {codes(each.kinds)}{ours(framework, f'rhythms.{nth}')}"


def deadlines(framework: Framework) -> Iterable[str]:
    rows = [
        (
            *_deadline(framework, f"deadlines.{n}", each),
            f"{each.length} {_unit(each)}",
            _stop(each),
            each.standing or "",
        )
        for n, each in enumerate(framework.deadlines)
    ]
    printed = [
        (*_deadline(framework, f"printed_deadlines.{n}", each), each.due, BY_HAND, each.standing or "")
        for n, each in enumerate(framework.printed_deadlines)
    ]
    yield from table(("deadline", "runs from", "length", "stopped", "standing"), [*rows, *printed])
    after = f"{framework.impact_due_months} months after closing{ours(framework, 'impact_due_months')}"
    yield from ("", f"Impact is verified {after}.")

    yield from ("", f"An agency answers a recommendation within {_response(framework)}.")


def _response(framework: Framework) -> str:
    """A partnership says so in its own copy."""
    said = framework.recommendation_response
    if said is None:
        return f"a time that is {SILENT}, but for the day that the recommendation states"
    return f"{said.length} {_unit(said)}{ours(framework, 'recommendation_response')}"


def _deadline(framework: Framework, path: str, each: Deadline | PrintedDeadline) -> tuple[str, str]:
    fact = f" (`{each.runs_from}`)" if each.runs_from else ""
    return f"`{each.key}` {each.name}{ours(framework, path)}", f"{each.start_in_words or SILENT}{fact}"


def _stop(deadline: Deadline) -> str:
    """Publication is that of the report, or of the improvements in its place."""
    return f"by {deadline.stopped_by.value.lower()}" if deadline.stopped_by else BY_HAND


def _unit(deadline: Deadline | ResponseTime) -> str:
    return deadline.unit.value.replace("_", " ").lower()


def challenges(framework: Framework) -> Iterable[str]:
    route = (f"{step.level}. {step.name}, {step.working_days} working days" for step in framework.challenge_route)
    yield f"{'; '.join(route)}{ours(framework, 'challenge_route')}."


def means(framework: Framework) -> Iterable[str]:
    told = [body for body in framework.bodies.values() if body.means_of_improvement or body.measures_of_effectiveness]
    rows = [(f"`{b.key}`", listed(b.means_of_improvement), listed(b.measures_of_effectiveness)) for b in told]
    yield from table(("body", "means of improvement", "measures of effectiveness"), rows) if rows else ()


def notes(framework: Framework) -> Iterable[str]:
    yield from (f"- {note}" for note in framework.notes)


PARTS: Mapping[str, Part] = {
    "Purposes": purposes,
    "Culture of learning": culture,
    "Bodies": bodies,
    "Kinds of review": kinds,
    "How reviews are conducted": conduct,
    "Dissemination": dissemination,
    "Duties": duties,
    "Audit programme": programme,
    "What is expected again and again": rhythms,
    "Deadlines": deadlines,
    "Challenge route": challenges,
    "Means of improvement and measures of effectiveness": means,
    "What else it says": notes,
}
"""A new part of frameworks is a function here."""


def ours(framework: Framework, path: str) -> str:
    return f" ({OURS})" if framework.is_default(path) else ""


def listed(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def codes(keys: Iterable[str]) -> str:
    return " ".join(f"`{key}`" for key in keys)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterable[str]:
    return [f"| {' | '.join(line)} |" for line in (header, ["---"] * len(header), *rows)]


def write() -> None:
    PAGE.write_text(page(shipped_frameworks()), encoding="utf-8")
