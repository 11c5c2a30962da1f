"""What a corrected value is held against beside its own fact: the framework, what it names, whom it concerns.

What was asked when the fact was recorded is asked of the corrected value; who may say so, and whether a judge was
independent, is not asked anew.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from domain.challenge import events as challenge
from domain.challenge.rules import a_challenge_is_about_something
from domain.correction.amending import apply_corrections
from domain.correction.correctable import Correctable
from domain.correction.faults import FIELD, called
from domain.correction.rules.request import a_serious_case_keeps_its_lead, parties
from domain.duties import events as duties
from domain.duties.state import Duties
from domain.lifecycle import events as life
from domain.lifecycle.rules import another_review_gives_the_evidence
from domain.programme import events as programme
from domain.programme.commands import AgreedNumber
from domain.programme.rules import numbers_are_agreed_of_what_has_none, what_a_limit_counts_names_its_year
from domain.recommendation import events as recommendation
from domain.recommendation.rules import the_recommendation_arose_from_what_is_followed_up
from domain.recommendation.state import Recommendation
from domain.replay import EVOLVE, INITIAL, replay
from domain.returns import events as returns
from domain.returns.state import Return
from domain.review import commands, events
from domain.review.decide import dissemination
from domain.review.rules import commissioning, completion
from domain.review.rules.dissemination import (
    bodies_are_of_the_framework,
    the_learning_is_no_draft,
    the_method_is_of_the_framework,
)
from domain.review.rules.referral import the_circumstances_are_the_frameworks
from domain.review.rules.stages import (
    an_independent_lead_is_employed_elsewhere,
    learning_is_of_the_review,
    the_review_is_commissioned,
)
from domain.review.state import Review
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Fact, Recorded, fold
from domain.shared.reference_rules import the_theme_is_known, themes_are_known
from domain.shared.refusals import (
    ConditionsNotMet,
    DateBeforeStart,
    Invalid,
    NotFound,
    Refusal,
    SubjectNotOfAgency,
    UnknownBody,
    UnknownReviewKind,
)
from domain.shared.vocabulary import JUDGEMENT, Kind

if TYPE_CHECKING:
    from domain.frameworks import Framework, ReviewKind

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class CorrectedValue:
    """A fact with its corrected value. `target`: as it stood before, on the stream of what stands."""

    fact: Any
    field: Correctable
    target: Recorded
    standing: Sequence[Recorded]
    context: DecisionContext

    @property
    def value(self) -> Any:
        return self.field.of(self.fact)

    @property
    def others(self) -> Sequence[Recorded]:
        """What stands beside it."""
        return [each for each in self.standing if each.originator_version != self.target.originator_version]

    @property
    def without(self) -> Any:
        """The thing itself as it would be without the fact."""
        return fold(INITIAL[self.target.kind], EVOLVE[self.target.kind], self.others)

    @property
    def review(self) -> Review:
        found: Review = self.without
        return found

    def state_of(self, kind: Kind, id: UUID, shape: type[State]) -> State:
        """What the value names."""
        recorded = self.context.recorded(id)
        state = replay(kind, recorded) if recorded and recorded[0].kind is kind else None
        if not isinstance(state, shape):
            raise NotFound(f"There is no such {kind}.")
        return state


def the_value_can_stand(corrected: CorrectedValue) -> None:
    """Raises the refusal of the decision, about the new value."""
    check = CHECKS.get((type(corrected.fact), corrected.field.name))
    if check is not None:
        with _about_the_new_value():
            check(corrected)


@contextmanager
def _about_the_new_value() -> Iterator[None]:
    """Whatever field a decision would name: a correction has it in one."""
    try:
        yield
    except Refusal as refused:
        raise type(refused)(refused.message, FIELD) from refused


def as_it_is_written(corrected: CorrectedValue) -> Any:
    """Under the names in use: a merged theme as what it goes on as, a judgement as the framework writes it."""
    with _about_the_new_value():
        return _as_decided(corrected)


def _as_decided(corrected: CorrectedValue) -> Any:
    fact, name, value, context = corrected.fact, corrected.field.name, corrected.value, corrected.context
    match fact:
        case events.Referred() if name == "circumstances":
            return the_circumstances_are_the_frameworks(context.frameworks[fact.framework], value or ())
        case events.Completed() if corrected.field.key == JUDGEMENT and value is not None:
            kind = _kind_of(corrected)
            return completion.the_judgement_is_one_of_the_kinds(kind, value) if kind else value
    if name == "topic":
        return the_theme_is_known(context, value)
    if name in {"themes", "topics"}:
        return themes_are_known(context, value or (), name)
    return value


# ---- reviews ----


def _the_kind_exists(it: CorrectedValue) -> None:
    kinds = it.context.frameworks[it.fact.framework].kinds
    if it.fact.kind is not None and it.fact.kind not in kinds:
        raise UnknownReviewKind(f"{it.fact.framework!r} has no kind of review {it.fact.kind!r}.")


def _kind(it: CorrectedValue) -> "ReviewKind | None":
    return it.context.frameworks[it.fact.framework].kinds.get(it.fact.kind)


def _under(it: CorrectedValue) -> DecisionContext:
    return it.context.under(it.fact.framework)


def _it_can_be_of_that_kind(it: CorrectedValue) -> None:
    """The kind is corrected before what it asks of the mandate, and of how many agencies, which are corrected then."""
    _the_kind_exists(it)
    kind = it.context.frameworks[it.fact.framework].kinds[it.fact.kind]
    commissioning.the_review_is_facilitated(it.context, kind, it.fact.facilitator)
    commissioning.an_independent_lead_is_named(it.context, kind, it.fact.lead_reviewer, it.fact.lead_reviewer_employer)
    _the_lead_is_employed_elsewhere(it)
    if it.fact.reports_through is not None:
        commissioning.the_review_reports_through(_under(it), kind, it.fact.reports_through)


def _the_lead_is_employed_elsewhere(it: CorrectedValue) -> None:
    kind = _kind(it)
    if kind is not None and kind.needs_an_independent_lead:
        an_independent_lead_is_employed_elsewhere(it.context, it.fact.lead_reviewer_employer, it.fact.agencies)


def _the_employer_of_a_lead_is_known(it: CorrectedValue) -> None:
    kind = _kind(it)
    if kind is not None and it.fact.lead_reviewer is not None:
        commissioning.an_independent_lead_is_named(
            it.context, kind, it.fact.lead_reviewer, it.fact.lead_reviewer_employer
        )
    _the_lead_is_employed_elsewhere(it)


def _so_many_agencies_are_involved(it: CorrectedValue) -> None:
    kind = _kind(it)
    if kind is not None:
        commissioning.as_many_agencies_are_involved_as_the_kind_asks(it.context, kind, it.fact.agencies)
        _the_lead_is_employed_elsewhere(it)


def _whoever_may_mandated_it(it: CorrectedValue) -> None:
    kind = _kind(it)
    if kind is not None:
        commissioning.who_may_has_mandated_it(_under(it), kind, it.fact.mandated_by)


def _it_is_facilitated(it: CorrectedValue) -> None:
    kind = _kind(it)
    if kind is not None:
        commissioning.the_review_is_facilitated(it.context, kind, it.fact.facilitator)


def _it_reports_through_it(it: CorrectedValue) -> None:
    kind = _kind(it)
    if kind is not None:
        commissioning.the_review_reports_through(_under(it), kind, it.fact.reports_through)


def _what_a_limit_counts_names_its_year(it: CorrectedValue) -> None:
    what_a_limit_counts_names_its_year(_under(it), it.fact.kind, it.value)


def _it_follows_up_another_review(it: CorrectedValue) -> None:
    if it.value == it.target.originator_id:
        raise Invalid("A review does not follow up itself.")
    if it.value is not None:
        it.state_of(Kind.REVIEW, it.value, Review)
    _what_it_checks_arose_there(it)


def _what_it_checks_arose_there(it: CorrectedValue) -> None:
    for checked in it.fact.checks:
        found = it.state_of(Kind.RECOMMENDATION, checked, Recommendation)
        the_recommendation_arose_from_what_is_followed_up(found, it.fact.follows_up)
        if found.life.raised_on is not None and it.fact.happened_on < found.life.raised_on:
            sentence = f"{it.fact.happened_on} is before {found.life.raised_on}, when {found.reference} was raised."
            raise DateBeforeStart(sentence)


def _conditions_are_the_kinds(it: CorrectedValue) -> None:
    """What is taken back is none that binds, while others are said to be met."""
    kind = _kind(it)
    if kind is None:
        return
    if it.value is None:
        met = {each.condition: each.words for each in it.fact.conditions_met}
        if met and it.field.key in kind.binding_conditions:
            commissioning.what_binds_is_met(it.context, kind, met)
    elif it.field.of(it.target.fact) is None:
        commissioning.conditions_are_the_kinds(kind, [commands.ConditionMet(condition=it.field.key, words=it.value)])
        if it.field.key not in kind.conditions:
            raise Invalid(f"The condition is written as the framework does: {'; '.join(kind.conditions)}.")


def _criteria_are_the_kinds(it: CorrectedValue) -> None:
    kind = _kind(it)
    if kind is not None and it.value is not None and it.field.of(it.target.fact) is None:
        commissioning.criteria_are_the_kinds(kind, [commands.CriterionMet(criterion=it.field.key, words=it.value)])


def _kind_of(it: CorrectedValue) -> "ReviewKind | None":
    """Of the review on whose stream the fact is."""
    review = it.review
    framework = it.context.frameworks.get(review.framework)
    return framework.kinds.get(review.kind) if framework else None


def _the_section_is_of_the_framework(it: CorrectedValue) -> None:
    framework = it.context.frameworks.get(it.review.framework)
    if framework is not None and it.value is not None:
        completion.principles_are_the_frameworks(framework, [it.field.key])
    kind = _kind_of(it)
    if it.value is None and it.field.key == JUDGEMENT and kind is not None and kind.judgements:
        raise ConditionsNotMet("Sections are missing: judgement.")


def _the_body_is_of_the_framework(it: CorrectedValue) -> None:
    _a_body_of(it.context.frameworks[it.fact.framework], it.fact.body)


def _a_body_of(framework: "Framework", body: str) -> None:
    if body not in framework.bodies:
        raise UnknownBody(f"{framework.key!r} has no body {body!r}; it has {', '.join(framework.bodies)}.")


def _the_body_was_to_agree(it: CorrectedValue) -> None:
    """None stands for the chair."""
    review = it.review
    if it.value is not None and it.value not in review.agreed_by:
        raise UnknownBody(
            f"{it.value!r} is not among whoever must agree it: {', '.join(review.agreed_by) or 'nobody'}."
        )
    if it.value in review.agreed:
        raise ConditionsNotMet(f"{it.value or 'The chair'} has agreed it already: strike this agreement out.")


def _the_method_is_of_the_framework(it: CorrectedValue) -> None:
    the_method_is_of_the_framework(it.context.frameworks[it.review.framework], it.fact.method)


def _the_learning_is_there(it: CorrectedValue) -> None:
    """Of the review, or of another that identified it, and no draft."""
    review, elsewhere = it.review, it.context.learned_in
    for point in it.fact.learning:
        if point not in review.learning and point not in elsewhere:
            raise NotFound("There is no such learning.")
    homes = {elsewhere[point] for point in it.fact.learning if point in elsewhere} - {it.target.originator_id}
    drafts = [point for home in homes for point in it.state_of(Kind.REVIEW, home, Review).draft_learning]
    for point in it.fact.learning:
        the_learning_is_no_draft(point, [*review.draft_learning, *drafts])


def _the_learning_is_of_the_review(it: CorrectedValue) -> None:
    learning_is_of_the_review(it.state_of(Kind.REVIEW, it.fact.review_id, Review), it.fact.learning)


def _bodies_are_of_the_framework(it: CorrectedValue) -> None:
    bodies_are_of_the_framework(it.context.under(framework_of_bodies(it.fact, it.review, it.context)), it.fact.bodies)


def framework_of_bodies(fact: events.LearningDisseminated, review: Review, context: DecisionContext) -> str:
    """Of those that it names already, or the one in force on its day."""
    in_force = [term.framework for term in context.adopted if term.from_day <= fact.happened_on]
    return fact.bodies_of or (in_force[-1] if in_force else review.framework)


def _it_reached_the_body_that_took_it_up(it: CorrectedValue) -> None:
    """And no body takes up the same twice."""
    review, point, context = it.review, it.fact.learning_id, replace(_under(it), on=it.fact.happened_on)
    dissemination.the_learning_was_identified_by_then(review, point, context)
    homes = [it.state_of(Kind.REVIEW, home, Review) for home in dict.fromkeys(review.joined.values())]
    dissemination.the_learning_reaches_the_body(review, homes, point, it.fact.body, context)
    dissemination.the_learning_awaits_the_body(review, point, it.fact.body, context)


# ---- duties and returns ----


def _the_duties_are_the_agencys(it: CorrectedValue) -> None:
    """Its own, or those that were asked of an agency that has gone on in it."""
    owed: Duties = it.without.duties
    for id in it.fact.duties:
        duty = owed.get(id)
        if duty is None:
            raise NotFound("No such duty arose from it.")
        if duty.done_on is not None:
            raise ConditionsNotMet(f"The duty was confirmed on {duty.done_on} beside this.")
        if duty.agency is None or it.fact.agency is None:
            if duty.agency != it.fact.agency:
                raise Invalid(f"The duty is {duty.held_by.replace('_', ' ').lower()}'s.")
        elif not it.context.agencies.kin(it.fact.agency).intersection((duty.agency, duty.asked_of)):
            raise Invalid(f"The duty is not {it.fact.agency!r}'s.")


def _the_return_is_the_agencys(it: CorrectedValue) -> None:
    state: Return = it.without
    kin = it.context.agencies.kin(it.fact.agency)
    for each in it.fact.assessments:
        duty = state.duties.get(each.duty_id)
        if duty is None:
            raise NotFound("The return has no such duty.")
        if not kin.intersection((duty.agency, duty.asked_of)):
            raise Invalid(f"The return is not {it.fact.agency!r}'s.")


def _the_standard_is_of_the_return(it: CorrectedValue) -> None:
    if it.field.key not in it.without.duties:
        raise NotFound("The return has no such duty.")


def _the_point_was_made_about_its_standards(it: CorrectedValue) -> None:
    if all(each.improvement_id != it.field.key for each in it.target.fact.improvements):  # type: ignore[attr-defined]
        raise NotFound("It made no such point.")
    if it.field.value == "duty_id" and it.value is not None and it.value not in it.without.duties:
        raise NotFound("The return has no such duty.")


def _the_body_judges_it(it: CorrectedValue) -> None:
    """None stands for the chair."""
    if it.value not in {None, it.without.judged_by}:
        raise UnknownBody(f"{it.value!r} does not judge returns.")


def _the_round_is_of_a_review(it: CorrectedValue) -> None:
    if it.value is not None:
        the_review_is_commissioned(it.state_of(Kind.REVIEW, it.value, Review))


# ---- impact and programmes ----


def _another_review_gave_the_evidence(it: CorrectedValue) -> None:
    """Whether it was completed by then is asked of the whole."""
    began: Any = it.context.recorded(it.target.originator_id)[0].fact
    another_review_gives_the_evidence(began.review_id, it.value)
    if it.value is not None:
        it.state_of(Kind.REVIEW, it.value, Review)


def _it_carries_a_follow_up(it: CorrectedValue) -> None:
    if getattr(it.target.fact, "follow_up_reason", None) is None:
        raise Invalid("The finding carries no follow-up, and no reason for one.")


def _it_is_planned_for_its_year(it: CorrectedValue) -> None:
    if not it.fact.year <= it.fact.planned_for.year <= it.fact.year + 1:
        raise Invalid(f"An audit of {it.fact.year} is planned for a day of it.")


def _the_number_was_to_be_agreed(it: CorrectedValue) -> None:
    if it.value is not None:
        agreed = [AgreedNumber(rhythm=it.field.key, times=it.value)]
        numbers_are_agreed_of_what_has_none(it.context.under(it.fact.framework), agreed)


# ---- challenges ----


def _it_is_made_to_whom_it_concerns(it: CorrectedValue) -> None:
    """Every subject was the agency's at some time; who leads a subject is corrected first."""
    issued = next(each.fact for each in it.standing if isinstance(each.fact, challenge.Issued))
    agency = it.fact.agency if isinstance(it.fact, challenge.Issued) else it.fact.to_agency
    for subject in it.fact.subjects if isinstance(it.fact, challenge.Issued) else issued.subjects:
        if not it.context.agencies.kin(agency).intersection(_concerned(subject, it)):
            raise SubjectNotOfAgency(f"A subject never was {agency!r}'s.")


def _it_is_about_what_was_there(it: CorrectedValue) -> None:
    """Something of every agency that had it to answer, which had begun by then."""
    a_challenge_is_about_something(it.fact.subjects, it.fact.about_performance)
    holders = (it.fact.agency, *_transferred_to(it.standing))
    for subject in it.fact.subjects:
        if subject.kind is Kind.REVIEW and subject.duty is None and subject.clock is None:
            the_review_is_commissioned(it.state_of(Kind.REVIEW, subject.id, Review))
        concerned = set(_concerned(subject, it))
        for agency in holders:
            if not it.context.agencies.kin(agency).intersection(concerned):
                raise SubjectNotOfAgency(f"A subject never was {agency!r}'s.")


def _transferred_to(standing: Sequence[Recorded]) -> Iterator[str]:
    for each in standing:
        if isinstance(each.fact, challenge.Transferred) and not each.fact.merged:
            yield each.fact.to_agency


def _performance_is_the_agencys_own(it: CorrectedValue) -> None:
    a_challenge_is_about_something(it.fact.subjects, it.fact.about_performance)
    for each in it.standing if it.fact.about_performance else ():
        moved = isinstance(each.fact, challenge.Transferred) and not each.fact.merged
        if moved and not it.context.agencies.are_kin(it.fact.agency, getattr(each.fact, "to_agency", "")):
            raise SubjectNotOfAgency(
                f"The performance of {it.fact.agency!r} is nobody else's: {called(each)} stands in the way."
            )


def _concerned(subject: challenge.Subject, it: CorrectedValue) -> Iterator[str]:
    """Whose the subject was at any time; of a duty or a clock, and of a return, what the review or return says."""
    stream = it.context.recorded(subject.id)
    if not stream or stream[0].kind is not subject.kind:
        raise NotFound(f"There is no such {subject.kind}.")
    if subject.duty is not None or subject.clock is not None:
        yield from _concerned_by_a_part(subject, it)
        return
    standing = apply_corrections(stream)
    yield from parties(standing)
    for each in standing:
        match each.fact:
            case events.Commissioned(agencies=agencies) | events.Referred(agencies=agencies):
                yield from agencies
            case returns.ReturnCalled(agency=agency):
                yield agency
            case duties.DutiesTransferred(to_agency=agency):
                yield agency


def _concerned_by_a_part(subject: challenge.Subject, it: CorrectedValue) -> Iterator[str]:
    state: Any = it.state_of(subject.kind, subject.id, Return if subject.kind is Kind.RETURN else Review)
    if subject.duty is not None:
        duty = state.duties.get(subject.duty)
        if duty is None:
            raise NotFound("No such duty arose from it.")
        yield from (each for each in (duty.agency, duty.asked_of) if each is not None)
        return
    if subject.clock not in state.clocks:
        raise NotFound(f"The review has no clock {subject.clock!r}.")
    yield from state.agencies


Check = Callable[[CorrectedValue], None]
CHECKS: Mapping[tuple[type[Fact], str], Check] = {
    (events.Referred, "kind"): _the_kind_exists,
    (events.Advised, "kind"): _the_kind_exists,
    (events.Advised, "body"): _the_body_is_of_the_framework,
    (events.Agreed, "body"): _the_body_was_to_agree,
    (events.Commissioned, "kind"): _it_can_be_of_that_kind,
    (events.Commissioned, "lead_reviewer"): lambda it: a_serious_case_keeps_its_lead(it.fact, it.context),
    (events.Commissioned, "lead_reviewer_employer"): _the_employer_of_a_lead_is_known,
    (events.Commissioned, "agencies"): _so_many_agencies_are_involved,
    (events.Commissioned, "mandated_by"): _whoever_may_mandated_it,
    (events.Commissioned, "facilitator"): _it_is_facilitated,
    (events.Commissioned, "programme_year"): _what_a_limit_counts_names_its_year,
    (events.Commissioned, "reports_through"): _it_reports_through_it,
    (events.Commissioned, "follows_up"): _it_follows_up_another_review,
    (events.Commissioned, "checks"): _what_it_checks_arose_there,
    (events.Commissioned, "conditions_met"): _conditions_are_the_kinds,
    (events.Commissioned, "criteria_met"): _criteria_are_the_kinds,
    (events.Completed, "sections"): _the_section_is_of_the_framework,
    (events.LearningDisseminated, "method"): _the_method_is_of_the_framework,
    (events.LearningDisseminated, "learning"): _the_learning_is_there,
    (events.LearningDisseminated, "bodies"): _bodies_are_of_the_framework,
    (events.LearningTakenUp, "learning_id"): _it_reached_the_body_that_took_it_up,
    (events.LearningTakenUp, "body"): _it_reached_the_body_that_took_it_up,
    (duties.DutiesConfirmed, "duties"): _the_duties_are_the_agencys,
    (duties.DutiesConfirmed, "agency"): _the_duties_are_the_agencys,
    (returns.ReturnCalled, "review_id"): _the_round_is_of_a_review,
    (returns.ReturnSubmitted, "agency"): _the_return_is_the_agencys,
    (returns.ReturnSubmitted, "assessments"): _the_standard_is_of_the_return,
    (returns.ReturnSubmitted, "improvements"): _the_point_was_made_about_its_standards,
    (returns.ReturnJudged, "body"): _the_body_judges_it,
    (returns.ReturnJudged, "assessments"): _the_standard_is_of_the_return,
    (returns.ReturnJudged, "improvements"): _the_point_was_made_about_its_standards,
    (recommendation.Raised, "learning"): _the_learning_is_of_the_review,
    (life.ImpactVerified, "evidenced_by"): _another_review_gave_the_evidence,
    (life.ImpactVerified, "follow_up_reason"): _it_carries_a_follow_up,
    (programme.AuditPlanned, "kind"): _the_kind_exists,
    (programme.AuditPlanned, "planned_for"): _it_is_planned_for_its_year,
    (programme.Agreed, "numbers"): _the_number_was_to_be_agreed,
    (challenge.Issued, "agency"): _it_is_made_to_whom_it_concerns,
    (challenge.Issued, "subjects"): _it_is_about_what_was_there,
    (challenge.Issued, "about_performance"): _performance_is_the_agencys_own,
    (challenge.Transferred, "to_agency"): _it_is_made_to_whom_it_concerns,
}
"""By the fact and its own name for the field; what is not here is asked of the whole, or of nothing else."""
