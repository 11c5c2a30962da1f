"""
The facts of a stream as corrections left them. Corrections amend before the facts are sorted, so that a mistake is
not true before the day on which it was put right.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from domain.correction.correctable import amendable
from domain.correction.events import Corrected
from domain.correction.fields import DAY_OF_EFFECT, HAPPENED_ON, STRUCK_OUT, VOIDED
from domain.correction.following import (
    LEADING,
    completions_follow_their_evidence,
    evidence_follows_who_leads,
    lead_on,
    only_a_claim_has_a_day_of_completion,
)
from domain.correction.values import as_partners_say
from domain.duties.events import Obliged
from domain.lifecycle.events import Completed, EvidenceSubmitted
from domain.recommendation.events import Raised
from domain.review.clocks import as_long_after
from domain.review.events import ClockStarted, ClockStopped, LearningDisseminated
from domain.shared.dates import later
from domain.shared.facts import Fact, Recorded


@dataclass(frozen=True)
class Amending:
    """The facts of a stream by version while corrections are applied, and as they were recorded.

    What is struck out may be put back.
    """

    found: dict[int, Recorded]
    original: dict[int, Fact]
    struck_out: set[int] = field(default_factory=set)

    @property
    def standing(self) -> list[Recorded]:
        return [self.found[version] for version in sorted(self.found) if version not in self.struck_out]

    @property
    def began_on(self) -> date:
        return self.found[min(self.found)].fact.happened_on


def apply_corrections(stream: Iterable[Recorded]) -> list[Recorded]:
    """The facts of one stream with every correction among them applied, in the order of versions.

    Struck out facts are left out; corrections stay, on the day of the fact that they correct. Total: what names
    no earlier fact, or no field of it, changes nothing.
    """
    return amending(stream).standing


def amending(stream: Iterable[Recorded]) -> Amending:
    """The same, with what is struck out beside it."""
    facts = list(stream)
    corrections = [(each, each.fact) for each in facts if isinstance(each.fact, Corrected)]
    by_version = {each.originator_version: each for each in facts}
    now = Amending(dict(by_version), {version: each.fact for version, each in by_version.items()})
    if not corrections:
        return now
    led: dict[int, str | None] = {}
    for each in sorted(facts, key=lambda each: each.originator_version):
        if isinstance(each.fact, Corrected) and each.fact.corrects < each.originator_version:
            _apply(now, each.fact)
        elif isinstance(each.fact, EvidenceSubmitted):
            leading = [other for other in now.standing if isinstance(other.fact, LEADING)]
            led[each.originator_version] = lead_on(leading, each.fact.happened_on, each.originator_version)
    _clocks_begin_with_their_review(now)
    only_a_claim_has_a_day_of_completion(now.found)
    completions_follow_their_evidence(now.found, now.struck_out)
    evidence_follows_who_leads(facts, led, now.found, now.struck_out)
    for recorded, correction in corrections:
        _follow(now.found, recorded, correction)
    return now


def with_value(fact: Fact, field: str, text: str | None, original: Fact | None = None) -> Fact:
    """The fact with another value in a field; `original`: as it was before any correction.

    Raises KeyError, or pydantic's ValidationError where it cannot have it.
    """
    correctable = amendable(type(fact), field)
    if correctable is None:
        raise KeyError(field)
    original = original or fact
    return _said_along(original, fact, correctable.put(fact, text, original), correctable.name)


def _said_along(original: Fact, was: Fact, fact: Fact, name: str) -> Fact:
    """What the same fact says of the field in other words."""
    match fact:
        case Completed() if name == "happened_on":
            return fact.model_copy(update={"day_known": True})
        case Raised(addressed_to=agencies) if name == "addressed_to":
            return fact.model_copy(update={"addressed_by_name": bool(agencies)})
        case Raised(proposed_lead=lead, addressed_by_name=False) if name == "proposed_lead":
            by_default = fact.addressed_to == (getattr(was, "proposed_lead", None),)
            return fact.model_copy(update={"addressed_to": (lead,)}) if by_default and lead else fact
        case LearningDisseminated(obliges=tuple()) if name in {"agencies", "learning"}:
            return fact.model_copy(update={"obliges": tuple(_obliges(original, fact))})
    return fact


def _obliges(original: Fact, fact: LearningDisseminated) -> Iterator[Obliged]:
    """Whom it obliged when it was recorded, about what of that it brought; and all about whatever it is known to have
    brought as well, and whom it is known to have gone to about all of it."""
    before = original if isinstance(original, LearningDisseminated) else fact
    new = tuple(point for point in fact.learning if point not in before.learning)
    for each in before.obliged:
        about = (*(point for point in each.learning if point in fact.learning), *new)
        if about and (each.agency is None or each.agency in fact.agencies):
            yield Obliged(agency=each.agency, learning=about)
    for key in fact.agencies:
        if key not in before.agencies:
            yield Obliged(agency=key, learning=fact.learning)


def _apply(now: Amending, correction: Corrected) -> None:
    target = now.found.get(correction.corrects)
    if target is None or isinstance(target.fact, Corrected):
        return
    if correction.field == VOIDED:
        strike = now.struck_out.add if correction.new_value == STRUCK_OUT else now.struck_out.discard
        strike(correction.corrects)
    elif amendable(type(target.fact), correction.field) is not None:
        _amend(now, target, correction)
        if isinstance(target.fact, Completed) and correction.field == HAPPENED_ON:
            _amend_the_claim(now, target.fact, correction)


def _amend(now: Amending, target: Recorded, correction: Corrected) -> None:
    fact = with_value(target.fact, correction.field, correction.new_value, now.original[correction.corrects])
    fact = _counted_anew(fact, target)
    moved = _on_its_day(fact, correction.field, now.began_on)
    amended_fields = set() if correction.follows else {correction.field}
    day = {HAPPENED_ON} if moved.happened_on != target.fact.happened_on else set()
    now.found[correction.corrects] = replace(target, fact=moved, corrected=target.corrected | amended_fields | day)


def _amend_the_claim(now: Amending, completed: Completed, correction: Corrected) -> None:
    """There is one truth about when it was done: the claim that was accepted."""
    for version, each in now.found.items():
        fact = each.fact
        if not isinstance(fact, EvidenceSubmitted) or fact.evidence_id != completed.evidence_id:
            continue
        if fact.claims_complete:
            claim = with_value(fact, "completedOn", correction.new_value)
            now.found[version] = replace(each, fact=claim, corrected=each.corrected | {"completedOn"})


def _counted_anew(fact: Fact, original: Recorded) -> Fact:
    """A day counted in working days moves with the start of its clock, unless it has been corrected itself."""
    was = original.fact
    if not (isinstance(fact, ClockStarted) and isinstance(was, ClockStarted) and fact.working_days):
        return fact
    if fact.started_on == was.started_on or "dueOn" in original.corrected:
        return fact
    return fact.model_copy(update={"due_on": as_long_after(fact.started_on, was.started_on, was.due_on)})


def _on_its_day(fact: Fact, field: str, began_on: date) -> Fact:
    """A fact that itself says when it takes effect, once that has been corrected."""
    name = DAY_OF_EFFECT.get(type(fact))
    if name is None or as_partners_say(name) != field:
        return fact
    return fact.model_copy(update={"happened_on": later(began_on, getattr(fact, name))})


def _clocks_begin_with_their_review(now: Amending) -> None:
    """Where the day on which the review itself began has been corrected."""
    first = now.found[min(now.found)]
    for version, each in now.found.items() if HAPPENED_ON in first.corrected else ():
        if isinstance(each.fact, ClockStarted | ClockStopped):
            day = later(now.began_on, getattr(each.fact, DAY_OF_EFFECT[type(each.fact)]))
            if day != each.fact.happened_on:
                fact = each.fact.model_copy(update={"happened_on": day})
                now.found[version] = replace(each, fact=fact, corrected=each.corrected | {HAPPENED_ON})


def _follow(found: dict[int, Recorded], recorded: Recorded, correction: Corrected) -> None:
    target = found.get(correction.corrects)
    earlier = correction.corrects < recorded.originator_version
    if earlier and target is not None and HAPPENED_ON in target.corrected:
        moved = correction.model_copy(update={"happened_on": target.fact.happened_on})
        found[recorded.originator_version] = replace(recorded, fact=moved)
