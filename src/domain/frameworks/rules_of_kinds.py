"""What a kind of review may ask, and who may decide about it; the duties that follow from learning."""

from domain.frameworks.faults import Faults, outside, twice, unknown
from domain.frameworks.model import Framework
from domain.section_words import CONDUCT, JUDGEMENT, PRINCIPLE
from domain.words import DutyHolder


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
