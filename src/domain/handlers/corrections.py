"""A correction: the fact that names what was wrong, with whatever follows from it, once what it leaves is possible."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from domain.action.state import Action
from domain.correction import corrected_values as values
from domain.correction.amending import Amending, amending, apply_corrections
from domain.correction.commands import Correct
from domain.correction.consequences import completion_of_a_claim, elsewhere, follows_in_mark, within
from domain.correction.consistency import RelatedStreams
from domain.correction.correctable import amendable, correctable
from domain.correction.events import Corrected
from domain.correction.faults import Fault, Faults
from domain.correction.fields import PUT_BACK, STRUCK_OUT, VOIDED
from domain.correction.marks import Mark, Source, marks_of
from domain.correction.rules import request
from domain.correction.rules.whole_record import faults_of
from domain.correction.values import as_text
from domain.handlers.framework_adoption import bodies_succeeded, reported
from domain.lifecycle.state import finished
from domain.recommendation.state import Recommendation
from domain.replay import replay
from domain.session import Repository
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, Fact, Recorded
from domain.shared.reference_rules import a_reason_is_given
from domain.shared.vocabulary import Kind


@dataclass
class Correcting:
    """What has been decided so far, with the streams as that leaves them."""

    context: DecisionContext
    reason: str
    decided: list[Decided] = field(default_factory=list)
    added: dict[UUID, list[Recorded]] = field(default_factory=dict)

    def recorded_facts(self, id: UUID) -> tuple[Recorded, ...]:
        """The facts of a stream with what has been decided of it."""
        return (*self.context.recorded(id), *self.added.get(id, ()))

    def record(self, kind: Kind, id: UUID, fact: Fact) -> None:
        version = max((each.originator_version for each in self.recorded_facts(id)), default=0) + 1
        self.added.setdefault(id, []).append(Recorded(kind, id, version, fact))
        self.decided.append((kind, id, fact))

    def correct(self, target: Recorded, name: str, old: str | None, new: str | None, follows: bool = True) -> None:
        """`target`: the fact as it stands, or as it stood before it was struck out."""
        fact = Corrected(
            happened_on=target.fact.happened_on,
            by=self.context.by,
            corrects=target.originator_version,
            field=name,
            old_value=old,
            new_value=new,
            reason=self.reason,
            follows=follows,
        )
        self.record(target.kind, target.originator_id, fact)

    def let_follow(self, target: Recorded, name: str, value: Any) -> None:
        """Unless it says so already. `name`: as partners say it."""
        known = amendable(type(target.fact), name)
        if known is None:
            raise TypeError(f"{name} of {type(target.fact).__name__} does not follow from anything")
        old, new = known.text_of(target.fact), as_text(value)
        if old != new:
            self.correct(target, name, old, new)


def correct(command: Correct, repository: Repository, context: DecisionContext) -> list[Decided]:
    repository.state(command.kind, command.id)
    reason = a_reason_is_given(command.reason)
    stream = context.recorded(command.id)
    request.the_event_id_was_given_since_any_restore(command.given_in, context)
    version = request.there_is_such_a_fact(stream, command.event_id)
    now = amending(stream)
    target = request.the_fact_stands_unless_it_is_put_back(now, version, command.field, command.new_value)
    request.the_field_can_be_corrected(target, command.field)
    old, new = _old(target, command.field, version in now.struck_out), _new(target, now, command, context)
    if old == new:
        return []
    correcting = Correcting(context, reason)
    correcting.correct(target, command.field, old, new, follows=False)
    _let_follow(correcting, target)
    _it_is_possible(correcting, target)
    _it_reports_on(correcting, repository)
    return correcting.decided


def _old(target: Recorded, name: str, struck_out: bool) -> str | None:
    if name == VOIDED:
        return STRUCK_OUT if struck_out else PUT_BACK
    known = correctable(type(target.fact), name)
    return None if known is None else known.text_of(target.fact)


def _new(target: Recorded, now: Amending, command: Correct, context: DecisionContext) -> str | None:
    name, standing = command.field, now.standing
    if name == VOIDED:
        text = request.the_fact_is_struck_out_or_put_back(command.new_value)
        request.what_began_it_is_not_struck_out(standing, target, text)
        return text
    corrected = request.the_value_fits(target.fact, name, command.new_value, now.original[target.originator_version])
    request.the_agencies_it_names_are_known(corrected, name, context)
    request.the_agency_was_a_party(corrected, name, standing, context)
    request.a_day_of_completion_comes_with_a_claim(corrected, name)
    request.only_the_lead_claims_completion(corrected, name)
    request.what_is_not_accepted_has_a_reason(corrected)
    known = correctable(type(target.fact), name)
    if known is None:
        raise TypeError(f"{name} of {type(target.fact).__name__} cannot be corrected")
    it = values.CorrectedValue(corrected, known, target, standing, context)
    values.the_value_can_stand(it)
    value = as_text(values.as_it_is_written(it))
    request.what_happened_is_not_to_come(name, value, context)
    return value


def _let_follow(correcting: Correcting, target: Recorded) -> None:
    """What was derived from it: on the fact itself, on its stream and beside it, and its marks on other things."""
    id, version = target.originator_id, target.originator_version
    stream = correcting.context.recorded(id)
    before, after = amending(stream), amending(correcting.recorded_facts(id))
    was, now = before.found[version], after.found[version]
    stands = version not in after.struck_out
    if stands and version not in before.struck_out:
        for name, value in within(was, now, stream, correcting.context):
            correcting.let_follow(now, name, value)
    for each, name, value in elsewhere(was, now, correcting.recorded_facts, correcting.context):
        correcting.let_follow(each, name, value)
    for completed in completion_of_a_claim(amending(correcting.recorded_facts(id)), correcting.context):
        correcting.record(target.kind, id, completed)
    now = amending(correcting.recorded_facts(id)).found[version]
    recorded = next(each for each in stream if each.originator_version == version)
    source = Source(recorded, now, stands, correcting.recorded_facts, correcting.context)
    for mark in list(marks_of(source)):
        _bring_into_line(correcting, mark, was, now)


def _bring_into_line(correcting: Correcting, mark: Mark, was: Recorded, now: Recorded) -> None:
    """One stands where one belongs, as its fact says; whatever else was left there does not."""
    versions = [each.originator_version for each in mark.recorded]
    its = amending(correcting.recorded_facts(mark.stream_id))
    standing = [version for version in versions if version not in its.struck_out]
    kept = next(iter(standing or versions), None) if mark.belongs is not None else None
    for version in versions:
        each, stands, belongs = its.found[version], version in standing, version == kept
        if stands is not belongs:
            correcting.correct(each, VOIDED, PUT_BACK if stands else STRUCK_OUT, PUT_BACK if belongs else STRUCK_OUT)
        if belongs:
            for name, value in follows_in_mark(was, now, each, mark):
                correcting.let_follow(each, name, value)
    if mark.belongs is not None and kept is None:
        correcting.record(mark.kind, mark.stream_id, mark.belongs)


def _it_is_possible(correcting: Correcting, target: Recorded) -> None:
    """Whatever was not impossible before, and would be now, stands in the way."""
    before, after = _faults(correcting, target, False), _faults(correcting, target, True)
    for key, fault in after.items():
        if key not in before:
            raise fault.refused(target)


def _faults(correcting: Correcting, target: Recorded, corrected: bool) -> Faults:
    recorded_facts = correcting.recorded_facts if corrected else correcting.context.recorded
    related = RelatedStreams(recorded_facts, correcting.context)
    found: dict[tuple[object, str, int], Fault] = {}
    for id in dict.fromkeys((target.originator_id, *correcting.added)):
        found |= faults_of(apply_corrections(recorded_facts(id)))
        for rule, fault in related.faults(id):
            found[fault.at.originator_id, rule, fault.at.originator_version] = fault
    return found


def _it_reports_on(correcting: Correcting, repository: Repository) -> None:
    """What is thereby no longer finished goes on reporting through the bodies of today."""
    for id in list(correcting.added):
        stream = correcting.context.recorded(id)
        if not stream:
            continue
        was, now = replay(stream[0].kind, stream), replay(stream[0].kind, correcting.recorded_facts(id))
        if not isinstance(was, Recommendation | Action) or not isinstance(now, Recommendation | Action):
            continue
        if finished(was.life) and not finished(now.life):
            for each in reported(was, repository)[len(was.reported) :]:
                correcting.record(stream[0].kind, id, bodies_succeeded(each, correcting.context))
