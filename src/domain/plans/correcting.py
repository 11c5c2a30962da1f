"""A correction: the fact that names what was wrong, once what it would leave still holds together."""

from collections.abc import Sequence

from domain.correction import rules
from domain.correction.amending import amended
from domain.correction.commands import Correct
from domain.correction.events import Corrected
from domain.correction.fields import HAPPENED_ON, VOIDED, correctable
from domain.correction.rules_of_order import facts_keep_their_order
from domain.correction.values import said
from domain.facts import Fact, Recorded
from domain.given import Given
from domain.known import a_reason_is_given, themes_are_known
from domain.plans.around import it_fits_what_stands_around
from domain.plans.reading import Decided, Read
from domain.review.events import Referred
from domain.review.rules_of_referrals import its_circumstances_are_the_frameworks


def correct(command: Correct, read: Read, given: Given) -> list[Decided]:
    read(command.kind, command.id)
    reason = a_reason_is_given(command.reason)
    version = rules.there_is_such_a_fact(given.stream, command.event_id)
    standing = amended(given.stream)
    target = rules.it_has_not_been_struck_out(standing, version)
    rules.the_field_can_be_corrected(target.fact, command.field)
    old, new = _old(target.fact, command.field), _new(target.fact, command, given)
    if old == new:
        return []
    rules.nothing_rests_on_it(standing, target, command.field)
    fact = Corrected(
        happened_on=target.fact.happened_on,
        by=given.by,
        corrects=version,
        field=command.field,
        old_value=old,
        new_value=new,
        reason=reason,
    )
    _it_leaves_the_record_whole(fact, command, read, given)
    return [(command.kind, command.id, fact)]


def _old(fact: Fact, field: str) -> str | None:
    return "false" if field == VOIDED else said(getattr(fact, correctable(type(fact))[field][0]))


def _new(fact: Fact, command: Correct, given: Given) -> str | None:
    if command.field == VOIDED:
        rules.it_is_struck_out_with_true(command.new_value)
        return command.new_value
    corrected = rules.the_value_fits(fact, command.field, command.new_value)
    rules.its_agencies_are_known(corrected, given)
    rules.a_day_of_completion_comes_with_a_claim(corrected, command.field)
    rules.what_is_not_accepted_has_a_reason(corrected)
    if command.field == "leadReviewer":
        rules.a_serious_case_keeps_its_lead(corrected, given)
    if command.field == "themes":
        return said(themes_are_known(given, getattr(corrected, "themes", ()), rules.NEW_VALUE))
    if isinstance(corrected, Referred) and command.field == "circumstances":
        known = given.frameworks[corrected.framework]
        return said(its_circumstances_are_the_frameworks(known, corrected.circumstances, rules.NEW_VALUE))
    value = said(getattr(corrected, correctable(type(fact))[command.field][0]))
    rules.what_happened_is_not_to_come(command.field, value, given)
    return value


def _it_leaves_the_record_whole(fact: Corrected, command: Correct, read: Read, given: Given) -> None:
    last = max(each.originator_version for each in given.stream)
    stream: Sequence[Recorded] = amended((*given.stream, Recorded(command.kind, command.id, last + 1, fact)))
    facts_keep_their_order(stream)
    if fact.field == HAPPENED_ON:
        it_fits_what_stands_around(stream, read, given)
