"""Raising: the new thing, and the mark on the one above it."""

from datetime import date
from uuid import UUID

from domain.action.commands import RaiseAction
from domain.action.events import Raised as ActionRaised
from domain.action.rules import an_action_arises_since_the_latest_reopening, the_recommendation_above_is_open
from domain.authority import an_agency_has_accepted_it, an_agency_leads_it, an_agency_numbers_below_it
from domain.handlers.framework_adoption import since
from domain.lifecycle.reporting_bodies import Reported, reported_on
from domain.lifecycle.rules import the_day_lies_in_its_life
from domain.recommendation.commands import RaiseRecommendation
from domain.recommendation.events import ActionPlanned, Raised
from domain.recommendation.rules import the_recommendation_is_no_draft
from domain.recommendation.state import Recommendation
from domain.review.clocks import falls_due
from domain.review.events import RecommendationArisen
from domain.review.rules.stages import learning_is_of_the_review, the_review_is_commissioned
from domain.review.state import Review
from domain.session import Repository
from domain.shared.dates import a_due_date_is_not_past, nothing_happens_before_it_existed, nothing_happens_in_the_future
from domain.shared.decision_context import DecisionContext
from domain.shared.facts import Decided, facts_on
from domain.shared.identifiers import next_below
from domain.shared.reference_rules import agencies_are_known, the_agency_is_known, themes_are_known
from domain.shared.vocabulary import Kind


def raise_recommendation(
    command: RaiseRecommendation, repository: Repository, context: DecisionContext
) -> list[Decided]:
    review = repository.review(command.review_id)
    the_review_is_commissioned(review)
    nothing_happens_in_the_future(context)
    nothing_happens_before_it_existed(context, review.commissioned_on)
    a_due_date_is_not_past(context, command.response_due_on, "responseDueOn")
    raised = _recommendation(command, review, context)
    arisen = RecommendationArisen(
        happened_on=context.on,
        by=context.by,
        recommendation_id=context.new_id,
        reference=raised.reference,
        draft=raised.draft,
    )
    passed = facts_on(Kind.RECOMMENDATION, context.new_id, since(review.reported, context))
    return [(Kind.RECOMMENDATION, context.new_id, raised), (Kind.REVIEW, command.review_id, arisen), *passed]


def _recommendation(command: RaiseRecommendation, review: Review, context: DecisionContext) -> Raised:
    reporting = reported_on(review.reported, context.on)
    addressed_to = _addressed_to(command, context)
    draft = review.awaits_agreement and not context.imported
    due_on = command.response_due_on or (None if draft else response_due_on(review, addressed_to, context))
    return Raised(
        happened_on=context.on,
        by=context.by,
        review_id=command.review_id,
        review_kind=review.kind,
        reference=command.reference or next_below(f"{review.reference}/", review.references, context.passed_over),
        wording=command.wording,
        need=command.need,
        means_of_improvement=command.means_of_improvement,
        measure_of_effectiveness=command.measure_of_effectiveness,
        learning=learning_is_of_the_review(review, command.learning),
        themes=themes_are_known(context, command.themes, "themes"),
        proposed_lead=command.lead_agency,
        addressed_to=addressed_to,
        addressed_by_name=bool(command.addressed_to),
        response_due_on=due_on,
        due_stated=None if due_on is None else command.response_due_on is not None,
        monitored_by=reporting.bodies,
        framework=reporting.framework,
        draft=draft,
    )


def response_due_on(review: Review, addressed_to: tuple[str, ...], context: DecisionContext) -> date | None:
    """By the review's framework, where that says how long an answer may take. Imports tell of what was asked."""
    within = context.frameworks[review.framework].recommendation_response
    return falls_due(within, context.on) if within and addressed_to and not context.imported else None


def _addressed_to(command: RaiseRecommendation, context: DecisionContext) -> tuple[str, ...]:
    """Whom it names; otherwise the lead that it proposes is asked for an answer."""
    lead = command.lead_agency
    proposed = () if lead is None else (the_agency_is_known(context, lead, "leadAgency"),)
    return agencies_are_known(context, command.addressed_to, "addressedTo") or proposed


def raise_action(command: RaiseAction, repository: Repository, context: DecisionContext) -> list[Decided]:
    above = repository.recommendation(command.recommendation_id)
    an_agency_leads_it(above, context)
    an_agency_has_accepted_it(above, context)
    an_agency_numbers_below_it(above, command.reference, context)
    the_recommendation_is_no_draft(above)
    the_recommendation_above_is_open(above.life)
    the_day_lies_in_its_life(above.life, context)
    an_action_arises_since_the_latest_reopening(above.life, context)
    raised = new_action(above, command.recommendation_id, command.wording, above.reported, context)
    reference = command.reference or raised.reference
    own_fields = {"reference": reference, "measure_of_effectiveness": command.measure_of_effectiveness}
    return planned(raised.model_copy(update=own_fields), above.reported, context)


def new_action(
    above: Recommendation, above_id: UUID, wording: str, through: Reported, context: DecisionContext
) -> ActionRaised:
    """An action takes its themes and its monitoring bodies from the recommendation above it."""
    reporting = reported_on(through, context.on)
    return ActionRaised(
        happened_on=context.on,
        by=context.by,
        recommendation_id=above_id,
        review_id=above.review_id,
        reference=next_below(f"{above.reference}/A", above.references, context.passed_over),
        wording=wording,
        themes=above.themes,
        monitored_by=reporting.bodies,
        framework=reporting.framework,
    )


def planned(raised: ActionRaised, through: Reported, context: DecisionContext) -> list[Decided]:
    mark = ActionPlanned(happened_on=context.on, by=context.by, action_id=context.new_id, reference=raised.reference)
    passed = facts_on(Kind.ACTION, context.new_id, since(through, context))
    return [(Kind.ACTION, context.new_id, raised), (Kind.RECOMMENDATION, raised.recommendation_id, mark), *passed]
