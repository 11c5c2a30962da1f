"""
The facts of a stream as corrections left them. Corrections amend before the facts are sorted, so that a mistake is
not true before the day on which it was put right.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from domain.correction.events import Corrected
from domain.correction.fields import DAY_OF_EFFECT, HAPPENED_ON, VOIDED, correctable
from domain.dates import later
from domain.facts import Fact, Recorded
from domain.lifecycle.events import Completed
from domain.review.clocks import as_long_after
from domain.review.events import ClockStarted


def amended(stream: Iterable[Recorded]) -> list[Recorded]:
    """The facts of one stream with every correction among them applied, in the order of versions.

    Struck out facts are left out; corrections stay, on the day of the fact that they correct. Total: what names
    no earlier fact, or no field of it, changes nothing.
    """
    facts = list(stream)
    corrections = [(each, each.fact) for each in facts if isinstance(each.fact, Corrected)]
    if not corrections:
        return facts
    found = {each.originator_version: each for each in facts}
    for recorded, correction in sorted(corrections, key=lambda pair: pair[0].originator_version):
        if correction.corrects < recorded.originator_version:
            _apply(found, correction)
    for recorded, correction in corrections:
        _follow(found, recorded, correction)
    return [found[version] for version in sorted(found)]


def with_value(fact: Fact, field: str, text: str | None) -> Fact:
    """The fact with another value in a field. Raises KeyError or pydantic's ValidationError where it cannot have it."""
    name, kind = correctable(type(fact))[field]
    value: Any = kind.validate_python(text)
    empty = type(fact).model_fields[name].get_default() if value is None else value
    known = {"day_known": True} if isinstance(fact, Completed) and name == "happened_on" else {}
    return fact.model_copy(update={name: empty} | known)


def _apply(found: dict[int, Recorded], correction: Corrected) -> None:
    target = found.get(correction.corrects)
    if target is None or isinstance(target.fact, Corrected):
        return
    if correction.field == VOIDED:
        del found[correction.corrects]
    elif correction.field in correctable(type(target.fact)):
        fact = _counted_anew(with_value(target.fact, correction.field, correction.new_value), target)
        moved = _on_its_day(fact, correction.field, found[min(found)].fact.happened_on)
        corrected = target.corrected | {correction.field} | ({HAPPENED_ON} if moved is not fact else set())
        found[correction.corrects] = replace(target, fact=moved, corrected=corrected)


def _counted_anew(fact: Fact, told: Recorded) -> Fact:
    """A day counted in working days moves with the start of its clock, unless it has been corrected itself."""
    was = told.fact
    if not (isinstance(fact, ClockStarted) and isinstance(was, ClockStarted) and fact.working_days):
        return fact
    if fact.started_on == was.started_on or "dueOn" in told.corrected:
        return fact
    return fact.model_copy(update={"due_on": as_long_after(fact.started_on, was.started_on, was.due_on)})


def _on_its_day(fact: Fact, field: str, began_on: date) -> Fact:
    """A fact that itself says when it takes effect, once that has been corrected."""
    name, _ = correctable(type(fact))[field]
    if name != DAY_OF_EFFECT.get(type(fact)):
        return fact
    return fact.model_copy(update={"happened_on": later(began_on, getattr(fact, name))})


def _follow(found: dict[int, Recorded], recorded: Recorded, correction: Corrected) -> None:
    target = found.get(correction.corrects)
    earlier = correction.corrects < recorded.originator_version
    if earlier and target is not None and HAPPENED_ON in target.corrected:
        moved = correction.model_copy(update={"happened_on": target.fact.happened_on})
        found[recorded.originator_version] = replace(recorded, fact=moved)
