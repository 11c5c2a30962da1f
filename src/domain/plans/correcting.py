"""A correction: the fact that names what was wrong, with whatever follows from it, once what it leaves is possible."""

from dataclasses import dataclass, field
from uuid import UUID

from domain.action.state import Action
from domain.correction import rules
from domain.correction.amending import amended, amending
from domain.correction.commands import Correct
from domain.correction.events import Corrected
from domain.correction.faults import FIELD, Fault, Faults
from domain.correction.fields import PUT_BACK, STRUCK_OUT, VOIDED, amendable, correctable
from domain.correction.values import said
from domain.correction.whole import faults_of
from domain.facts import Fact, Recorded
from domain.given import Given
from domain.known import a_reason_is_given, themes_are_known
from domain.lifecycle.questions import finished
from domain.plans import correcting_values as values
from domain.plans.around import Around
from domain.plans.derived_days import derived_days
from domain.plans.marks import marks_of, stands_with
from domain.plans.reading import Decided, Read
from domain.plans.reporting import bodies_succeeded, reported
from domain.recommendation.state import Recommendation
from domain.replay import replay
from domain.review.events import Referred
from domain.review.rules_of_referrals import its_circumstances_are_the_frameworks


@dataclass
class Correcting:
    """What has been decided so far, with the streams as that leaves them."""

    given: Given
    reason: str
    decided: list[Decided] = field(default_factory=list)
    added: dict[UUID, list[Recorded]] = field(default_factory=dict)

    def told(self, id: UUID) -> tuple[Recorded, ...]:
        """The facts of a stream with what has been decided of it."""
        return (*self.given.recorded(id), *self.added.get(id, ()))

    def record(self, target: Recorded, fact: Fact) -> None:
        id, version = target.originator_id, self.told(target.originator_id)[-1].originator_version + 1
        self.added.setdefault(id, []).append(Recorded(target.kind, id, version, fact))
        self.decided.append((target.kind, id, fact))

    def correct(self, target: Recorded, name: str, old: str | None, new: str | None, follows: bool = True) -> None:
        """`target`: the fact as it stands, or as it stood before it was struck out."""
        fact = Corrected(
            happened_on=target.fact.happened_on,
            by=self.given.by,
            corrects=target.originator_version,
            field=name,
            old_value=old,
            new_value=new,
            reason=self.reason,
            follows=follows,
        )
        self.record(target, fact)


def correct(command: Correct, read: Read, given: Given) -> list[Decided]:
    read(command.kind, command.id)
    reason = a_reason_is_given(command.reason)
    stream = given.recorded(command.id)
    rules.its_id_was_given_since_any_restore(command.given_in, given)
    version = rules.there_is_such_a_fact(stream, command.event_id)
    now = amending(stream)
    target = rules.it_stands_unless_it_is_put_back(now, version, command.field, command.new_value)
    rules.the_field_can_be_corrected(target, command.field)
    old = _old(target, command.field, version in now.struck_out)
    new = _new(target, now.standing, command, given)
    if old == new:
        return []
    correcting = Correcting(given, reason)
    correcting.correct(target, command.field, old, new, follows=False)
    _let_follow(correcting, command.id, version)
    _it_is_possible(correcting, target)
    _it_reports_on(correcting, read)
    return correcting.decided


def _old(target: Recorded, name: str, struck_out: bool) -> str | None:
    if name == VOIDED:
        return STRUCK_OUT if struck_out else PUT_BACK
    return said(getattr(target.fact, correctable(type(target.fact))[name][0]))


def _new(target: Recorded, standing: list[Recorded], command: Correct, given: Given) -> str | None:
    name, fact = command.field, target.fact
    if name == VOIDED:
        text = rules.it_is_struck_out_or_put_back(command.new_value)
        rules.what_began_it_is_not_struck_out(standing, target, text)
        return text
    corrected = rules.the_value_fits(fact, name, command.new_value)
    rules.its_agencies_are_known(corrected, name, given)
    rules.it_was_a_party(corrected, name, standing, given)
    rules.a_day_of_completion_comes_with_a_claim(corrected, name)
    rules.what_is_not_accepted_has_a_reason(corrected)
    values.it_is_as_its_framework_asks(corrected, name, standing, given)
    values.a_challenge_is_made_to_whom_it_concerns(corrected, name, standing, given)
    if name in {"themes", "topics", "topic"}:
        return said(themes_are_known(given, values.themes_in(corrected, name), FIELD))
    if isinstance(corrected, Referred) and name == "circumstances":
        known = given.frameworks[corrected.framework]
        return said(its_circumstances_are_the_frameworks(known, corrected.circumstances, FIELD))
    value = said(getattr(corrected, correctable(type(fact))[name][0]))
    rules.what_happened_is_not_to_come(name, value, given)
    return value


def _let_follow(correcting: Correcting, id: UUID, version: int) -> None:
    """Days that were derived, and the marks on other things, which may have marks and days of their own."""
    stream = correcting.given.recorded(id)
    before, after = amending(stream), amending(correcting.told(id))
    was, now = before.found[version], after.found[version]
    if version not in before.struck_out | after.struck_out:
        for name, value in derived_days(was, now, stream, correcting.given):
            old = said(getattr(now.fact, amendable(type(now.fact))[name][0]))
            if old != said(value):
                correcting.correct(now, name, old, said(value))
    for name, value in values.derived_values(was, now, correcting.given):
        correcting.correct(now, name, said(getattr(now.fact, amendable(type(now.fact))[name][0])), said(value))
    source = next(each for each in stream if each.originator_version == version)
    for mark in marks_of(source, correcting.given.recorded, correcting.given):
        _bring_into_line(correcting, mark, was, now, version not in after.struck_out)


def _bring_into_line(correcting: Correcting, mark: Recorded, was: Recorded, now: Recorded, stands: bool) -> None:
    its = amending(correcting.told(mark.originator_id))
    kept, struck = its.found[mark.originator_version], mark.originator_version in its.struck_out
    wanted = stands and stands_with(now.fact, mark.fact)
    if wanted is struck:
        correcting.correct(kept, VOIDED, STRUCK_OUT if struck else PUT_BACK, PUT_BACK if wanted else STRUCK_OUT)
    if wanted:
        for name, value in values.told_alike(was, now, mark):
            old = said(getattr(kept.fact, amendable(type(kept.fact))[name][0]))
            if old != said(value):
                correcting.correct(kept, name, old, said(value))


def _it_is_possible(correcting: Correcting, target: Recorded) -> None:
    """Whatever was not impossible before, and would be now, stands in the way."""
    before, after = _faults(correcting, target, False), _faults(correcting, target, True)
    for key, fault in after.items():
        if key not in before:
            raise fault.refused(target)


def _faults(correcting: Correcting, target: Recorded, corrected: bool) -> Faults:
    told = correcting.told if corrected else correcting.given.recorded
    around = Around(told, correcting.given)
    found: dict[tuple[object, str, int], Fault] = {}
    for id in dict.fromkeys((target.originator_id, *correcting.added)):
        found |= faults_of(amended(told(id)))
        for rule, fault in around.faults(id):
            found[fault.at.originator_id, rule, fault.at.originator_version] = fault
    return found


def _it_reports_on(correcting: Correcting, read: Read) -> None:
    """What is thereby no longer finished goes on reporting through the bodies of today."""
    for id in list(correcting.added):
        stream = correcting.given.recorded(id)
        was, now = replay(stream[0].kind, stream), replay(stream[0].kind, correcting.told(id))
        if not isinstance(was, Recommendation | Action) or not isinstance(now, Recommendation | Action):
            continue
        if finished(was.life) and not finished(now.life):
            for each in reported(was, read)[len(was.reported) :]:
                correcting.record(stream[0], bodies_succeeded(each, correcting.given))
