"""What a framework must be, beyond the types of its values; each rule yields the path and the reason of a fault."""

from collections.abc import Callable

from domain.frameworks.faults import Faults, in_a_circle, outside, twice, unknown
from domain.frameworks.model import Framework
from domain.shared.vocabulary import CONDUCT, JUDGEMENT, PRINCIPLE, DutyHolder, RunsFrom

# What a kind of review may ask, and who may decide about it; the duties that follow from learning.


def a_section_is_asked_or_offered(framework: Framework) -> Faults:
    """And none takes a word under which principles, criteria of conduct and the judgement are told."""
    for key, kind in framework.kinds.items():
        for section in kind.offered_sections.keys() & kind.sections.keys():
            yield ("kinds", key, "offered_sections", section), f"`{section}` is asked already"
        for field in ("sections", "offered_sections"):
            for section in getattr(kind, field):
                if section == JUDGEMENT or section.startswith((PRINCIPLE, CONDUCT)):
                    yield ("kinds", key, field, section), f"`{section}` is a word of the register itself"


def a_judgement_is_one_of_several_words(framework: Framework) -> Faults:
    for key, kind in framework.kinds.items():
        path, words = ("kinds", key, "judgements"), [word.casefold() for word in kind.judgements]
        if len(words) == 1:
            yield path, "a judgement is one of several words"
        yield from twice(path, words)


def what_binds_is_a_condition(framework: Framework) -> Faults:
    for key, kind in framework.kinds.items():
        for index, condition in enumerate(kind.binding_conditions):
            if condition not in kind.conditions:
                yield ("kinds", key, "binding_conditions", index), f"`{condition}` is none of its conditions"


def as_many_agencies_can_be_involved(framework: Framework) -> Faults:
    for key, kind in framework.kinds.items():
        if kind.maximum_agencies is not None and kind.maximum_agencies < kind.minimum_agencies:
            yield ("kinds", key, "maximum_agencies"), "fewer than the least that are asked"


def who_decides_can(framework: Framework) -> Faults:
    """Whoever is asked for advice is asked about a case that has been referred, which the chair decides."""
    for key, kind in framework.kinds.items():
        if kind.on_referral and not kind.is_the_chairs_on_referral:
            yield ("kinds", key, "on_referral"), "of what is only referred, say who advises or that the chair decides"


def duties_are_somebodys(framework: Framework) -> Faults:
    """Each is of a role that the framework names; what is disseminated obliges the agencies to something."""
    duties = framework.duties
    for index, duty in enumerate(duties.on_receipt):
        if duty.role not in duties.roles:
            yield ("duties", "on_receipt", index, "role"), f"unknown role `{duty.role}`"
    holders = {duties.roles[duty.role].held_by for duty in duties.on_receipt if duty.role in duties.roles}
    if DutyHolder.AGENCY not in holders:
        yield ("duties", "on_receipt"), "no agency has a duty on receipt of learning"


def returns_are_judged_by_its_own_body(framework: Framework) -> Faults:
    judge = framework.duties.judged_by
    if judge is not None:
        yield from unknown(("duties", "judged_by"), (judge,), framework.bodies, "body")
        yield from outside(framework, ("duties", "judged_by"), (judge,), "judges")


def duties_are_told_apart(framework: Framework) -> Faults:
    yield from twice(("duties", "on_receipt"), [duty.key for duty in framework.duties.on_receipt])
    yield from twice(("duties", "standing"), [duty.key for duty in framework.duties.standing])


def a_part_is_named_by_its_key(framework: Framework) -> Faults:
    for group, parts in (("bodies", framework.bodies), ("kinds", framework.kinds)):
        for key, part in parts.items():
            if part.key != key:
                yield (group, key, "key"), f"`{part.key}` stands under `{key}`"


def bodies_answer_upwards(framework: Framework) -> Faults:
    above = {key: body.accountable_to for key, body in framework.bodies.items()}
    for key, superior in above.items():
        path = ("bodies", key, "accountable_to")
        if superior is not None and superior not in above:
            yield path, f"unknown body `{superior}`"
        elif superior == key:
            yield path, "a body cannot answer to itself"
        elif in_a_circle(key, above):
            yield path, "bodies answer to each other in a circle"


MOST_BODIES = 12
"""Through so many bodies a kind may report: they stand beside every one of its actions in the indexes."""


def every_kind_reports_through_a_body(framework: Framework) -> Faults:
    for key, kind in framework.kinds.items():
        path = ("kinds", key, "monitored_by")
        if not kind.monitored_by:
            yield path, "the kind reports through no body"
        elif len(kind.monitored_by) > MOST_BODIES:
            yield path, f"a kind reports through at most {MOST_BODIES} bodies, and here are {len(kind.monitored_by)}"
        yield from outside(framework, path, kind.monitored_by, "monitors")


def kinds_name_what_the_framework_has(framework: Framework) -> Faults:
    for key, kind in framework.kinds.items():
        path = ("kinds", key)
        for field in ("monitored_by", "feeds", "submitted_to", "advised_by", "agreed_by", "mandated_by"):
            yield from unknown((*path, field), getattr(kind, field) or (), framework.bodies, "body")
        yield from unknown((*path, "disseminated_by"), kind.disseminated_by, framework.methods, "method")
        yield from unknown((*path, "methods"), kind.methods, framework.review_methods, "method of case reviews")
        yield from unknown((*path, "stakeholders"), kind.stakeholders, framework.stakeholders, "stakeholder")


def only_its_own_bodies_mandate_and_agree(framework: Framework) -> Faults:
    yield from unknown(("mandated_by",), framework.mandated_by, framework.bodies, "body")
    yield from outside(framework, ("mandated_by",), framework.mandated_by, "mandates")
    for key, kind in framework.kinds.items():
        yield from outside(framework, ("kinds", key, "agreed_by"), kind.agreed_by, "agrees")
        yield from outside(framework, ("kinds", key, "mandated_by"), kind.mandated_by or (), "mandates")


def what_has_no_reporting_body_finds_one(framework: Framework) -> Faults:
    if framework.reporting_body not in framework.bodies:
        yield ("reporting_body",), f"no body `{framework.reporting_body}`, which monitors whatever has no other"
    elif framework.bodies[framework.reporting_body].outside:
        yield ("reporting_body",), f"`{framework.reporting_body}` is outside the partnership and monitors nothing"


def an_inspection_becomes_a_kind_of_the_framework(framework: Framework) -> Faults:
    if framework.inspection_kind not in framework.kinds:
        yield ("inspection_kind",), f"unknown review kind `{framework.inspection_kind}`"


def an_audit_programme_counts_kinds_of_the_framework(framework: Framework) -> Faults:
    programme = framework.programme
    yield from unknown(("programme", "kinds"), programme.kinds, framework.kinds, "review kind")
    if programme.limit is not None and not programme.kinds:
        yield ("programme", "limit"), "the limit counts no kind of review"


A_YEAR = 12


def a_rhythm_counts_kinds_of_the_framework(framework: Framework) -> Faults:
    for index, rhythm in enumerate(framework.rhythms):
        if not rhythm.kinds:
            yield ("rhythms", index, "kinds"), "the rhythm counts no kind of review"
        yield from unknown(("rhythms", index, "kinds"), rhythm.kinds, framework.kinds, "review kind")
        if rhythm.times is None and rhythm.every_months < A_YEAR:
            yield ("rhythms", index, "every_months"), "what is agreed is agreed for a year"
    yield from twice(("rhythms",), [each.key for each in framework.rhythms])


def the_challenge_route_climbs_from_one(framework: Framework) -> Faults:
    levels = [step.level for step in framework.challenge_route]
    if not levels or levels != list(range(1, len(levels) + 1)):
        yield ("challenge_route",), "levels count 1, 2, 3 … in order"


def deadlines_say_of_which_kinds(framework: Framework) -> Faults:
    """What runs from a review's commissioning or completion, and nothing else."""
    for index, deadline in enumerate(framework.deadlines):
        path = ("deadlines", index, "kinds")
        yield from unknown(path, deadline.kinds, framework.kinds, "review kind")
        of_reviews = deadline.runs_from in {RunsFrom.COMMISSIONING, RunsFrom.COMPLETION}
        if of_reviews and not deadline.kinds:
            yield path, "name the kinds of review from whose commissioning or completion it runs"
        if deadline.kinds and not of_reviews:
            yield path, "kinds are named of what runs from a review's commissioning or completion"


def what_stops_a_clock_can_be_seen(framework: Framework) -> Faults:
    for index, deadline in enumerate(framework.deadlines):
        if deadline.stopping_is not in {None, RunsFrom.NOTIFICATION}:
            yield ("deadlines", index, "stopping_is"), "stopping a clock states a NOTIFICATION, or nothing"


def notes_are_of_methods_that_there_are(framework: Framework) -> Faults:
    for key in framework.method_notes:
        if key not in framework.methods:
            yield ("method_notes", key), f"unknown method `{key}`"


def lists_hold_each_thing_once(framework: Framework) -> Faults:
    yield from twice(("methods",), framework.methods)
    yield from twice(("mandated_by",), framework.mandated_by)
    yield from twice(("stakeholders",), framework.stakeholders)
    yield from twice(("programme", "kinds"), framework.programme.kinds)
    yield from twice(("programme", "topics"), framework.programme.topics)
    deadlines = [each.key for each in framework.deadlines]
    yield from twice(("deadlines",), [*deadlines, *(each.key for each in framework.printed_deadlines)])
    for key, kind in framework.kinds.items():
        for field in LISTS_OF_A_KIND:
            yield from twice(("kinds", key, field), getattr(kind, field) or ())


LISTS_OF_A_KIND = (
    "monitored_by",
    "feeds",
    "submitted_to",
    "disseminated_by",
    "stakeholders",
    "conditions",
    "binding_conditions",
    "advised_by",
    "agreed_by",
    "mandated_by",
    "methods",
)


RULES: tuple[Callable[[Framework], Faults], ...] = (
    a_part_is_named_by_its_key,
    bodies_answer_upwards,
    every_kind_reports_through_a_body,
    kinds_name_what_the_framework_has,
    only_its_own_bodies_mandate_and_agree,
    what_has_no_reporting_body_finds_one,
    notes_are_of_methods_that_there_are,
    deadlines_say_of_which_kinds,
    what_stops_a_clock_can_be_seen,
    a_section_is_asked_or_offered,
    a_judgement_is_one_of_several_words,
    what_binds_is_a_condition,
    as_many_agencies_can_be_involved,
    who_decides_can,
    an_inspection_becomes_a_kind_of_the_framework,
    an_audit_programme_counts_kinds_of_the_framework,
    a_rhythm_counts_kinds_of_the_framework,
    the_challenge_route_climbs_from_one,
    lists_hold_each_thing_once,
    duties_are_somebodys,
    duties_are_told_apart,
    returns_are_judged_by_its_own_body,
)


def framework_faults(framework: Framework) -> Faults:
    for rule in RULES:
        yield from rule(framework)
