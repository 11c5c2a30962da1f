"""The rules by which a review, and what is asked of agencies, comes about."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from domain.action.commands import RaiseAction
from domain.frameworks import ReviewKind
from domain.recommendation.commands import RaiseRecommendation, Respond
from domain.review import commands as asked
from domain.review.state import Review
from domain.shared.vocabulary import Answer, Kind, Participant, ReviewStage, TookPart
from random_steps.scene import Scene

REVIEW, RECOMMENDATION = (Kind.REVIEW,), (Kind.RECOMMENDATION,)
UNDECIDED = (ReviewStage.REFERRED, ReviewStage.NOT_COMMISSIONED)
BEGUN = {ReviewStage.COMMISSIONED, ReviewStage.AGREED}
COMMISSIONED = BEGUN | {ReviewStage.COMPLETED, ReviewStage.PUBLISHED, ReviewStage.WITHHELD}
CLOCKS = ("letter-answered", "sixty-days")


def at(scene: Scene, *stages: ReviewStage) -> UUID:
    return scene.pick(REVIEW, lambda id: scene.state(id).stage in stages)


def known(scene: Scene, id: UUID) -> Review | None:
    state = scene.state(id) if id in scene.facts else None
    return state if isinstance(state, Review) else None


def kind(scene: Scene) -> str:
    """Any of the framework's; those that ask for something more often; seldom one that there is not."""
    kinds = scene.framework.kinds
    query_context = [key for key, each in kinds.items() if each.agreed_by or each.sections]
    return (
        "tea-party" if scene.once_in(40) else scene.one(query_context if query_context and scene.once_in(3) else kinds)
    )


def refer(scene: Scene) -> asked.ReferReview:
    return asked.ReferReview(
        title=scene.text(),
        kind=scene.maybe(lambda: kind(scene)),
        referred_by=scene.maybe(scene.text),
        aware_on=scene.maybe(lambda: scene.today - timedelta(days=scene.chance.randint(-1, 20))),
        agencies=scene.some(scene.going_on()),
        circumstances=scene.some(scene.framework.circumstances) if scene.once_in(3) else (),
    )


def advise(scene: Scene) -> asked.AdviseReview:
    body = scene.one(scene.framework.bodies)
    id = at(scene, *((ReviewStage.REFERRED,) if scene.once_in(2) else UNDECIDED))
    must = scene.framework.must_advise((known(scene, id) or Review()).referred_kind)
    return asked.AdviseReview(
        id=id,
        body=scene.one(must) if must and scene.once_in(2) else body,
        kind=scene.maybe(lambda: kind(scene)),
        no_review=scene.once_in(3),
        advice=scene.text(),
    )


def decline(scene: Scene) -> asked.DeclineReview:
    return asked.DeclineReview(id=at(scene, ReviewStage.REFERRED), reason=scene.text())


def commission(scene: Scene) -> asked.CommissionReview:
    named = kind(scene)
    referral = at(scene, *UNDECIDED) if scene.once_in(3) else None
    return asked.CommissionReview.model_validate(
        {
            "kind": named,
            "title": scene.text(),
            "referral_id": referral if referral and known(scene, referral) else None,
            "follows_up": at(scene, *COMMISSIONED) if scene.once_in(8) and scene.all(*REVIEW) else None,
            "themes": scene.some(scene.themes.by_key),
            "reason": scene.maybe(scene.text),
            "reports_through": scene.one(scene.framework.bodies) if scene.once_in(6) else None,
            "reference": f"KSP-{scene.chance.randrange(30)}" if scene.once_in(6) else None,
            **_as_the_kind_asks(scene, scene.framework.kinds.get(named)),
        }
    )


def _as_the_kind_asks(scene: Scene, found: ReviewKind | None) -> dict[str, Any]:
    least = 0 if found is None or scene.once_in(8) else max(found.minimum_agencies, 1)
    mandates = scene.framework.mandates(found.key) if found else ()
    return {
        "agencies": scene.some(scene.going_on(), least, 4),
        "mandated_by": scene.one(mandates) if mandates and not scene.once_in(8) else None,
        "facilitator": scene.text(),
        **_led(scene, found),
        "programme_year": _year(scene, found),
    }


def _led(scene: Scene, found: ReviewKind | None) -> dict[str, str | None]:
    if found and found.needs_an_independent_lead and not scene.once_in(6):
        return {"lead_reviewer": scene.text(), "lead_reviewer_employer": "A university"}
    employer = scene.maybe(lambda: scene.one((*scene.going_on(), "A university")))
    return {"lead_reviewer": scene.maybe(scene.text), "lead_reviewer_employer": employer}


def _year(scene: Scene, found: ReviewKind | None) -> int | None:
    programme = scene.framework.programme
    counted = found is not None and programme.limit is not None and found.key in programme.kinds
    return scene.today.year if scene.once_in(2 if counted else 4) else None


def agree(scene: Scene) -> asked.AgreeReview:
    id = scene.pick(REVIEW, lambda id: scene.state(id).stage is ReviewStage.COMMISSIONED and scene.state(id).agreed_by)
    review = known(scene, id) or Review()
    return asked.AgreeReview(id=id, body=scene.one((*review.lacking, None)))


def complete(scene: Scene) -> asked.CompleteReview:
    def ready(id: UUID) -> bool:
        state = scene.state(id)
        return state.stage in BEGUN and not (state.agreed_by and state.lacking)

    id = scene.pick(REVIEW, ready)
    review = known(scene, id) or Review()
    keys = review.asked_sections[: -1 if scene.once_in(8) else None]
    return asked.CompleteReview(id=id, sections=tuple(asked.ReviewSection(key=key, text=scene.text()) for key in keys))


def publish(scene: Scene) -> asked.PublishReview:
    id = at(scene, ReviewStage.COMPLETED, ReviewStage.WITHHELD)
    return asked.PublishReview(id=id, url=scene.maybe(lambda: "https://board.example/r"), board_response=scene.text())


def withhold(scene: Scene) -> asked.WithholdPublication:
    id = at(scene, ReviewStage.COMPLETED)
    return asked.WithholdPublication(id=id, reason=scene.text(), improvements=scene.maybe(scene.text))


def start_clock(scene: Scene) -> asked.StartClock:
    clock = scene.one((*(each.key for each in scene.framework.deadlines), *CLOCKS))
    due_on = scene.ahead() if clock in CLOCKS else None
    started_on = scene.today - timedelta(days=scene.chance.randint(-1, 12))
    return asked.StartClock(review_id=scene.pick(REVIEW), clock=clock, started_on=started_on, due_on=due_on)


def stop_clock(scene: Scene) -> asked.StopClock:
    id = scene.pick(REVIEW, lambda id: any(each.stopped_on is None for each in scene.state(id).clocks.values()))
    clocks = (known(scene, id) or Review()).clocks
    running = [key for key, each in clocks.items() if each.stopped_on is None]
    stopped_on = scene.between(scene.today - timedelta(days=4), scene.today)
    return asked.StopClock(review_id=id, clock=scene.one(running or CLOCKS), stopped_on=stopped_on)


def identify_learning(scene: Scene) -> asked.IdentifyLearning:
    return asked.IdentifyLearning(
        review_id=at(scene, *COMMISSIONED),
        wording=scene.text(),
        good_practice=scene.once_in(3),
        themes=(scene.theme(), *scene.some(scene.themes.by_key, most=2)),
        agencies=scene.some(scene.going_on()),
    )


def record_participation(scene: Scene) -> asked.RecordParticipation:
    took_part = scene.one((None, *TookPart))
    return asked.RecordParticipation(
        id=at(scene, *COMMISSIONED),
        participant=scene.one(tuple(Participant)),
        who=scene.maybe(scene.text),
        invited=not scene.once_in(3),
        took_part=took_part,
        how=scene.text() if took_part is TookPart.YES else None,
        why_not=scene.text() if took_part is not TookPart.YES and not scene.once_in(5) else None,
    )


def raise_recommendation(scene: Scene) -> RaiseRecommendation:
    id = at(scene, *COMMISSIONED)
    review = known(scene, id) or Review()
    return RaiseRecommendation(
        review_id=id,
        learning=scene.some(sorted(review.learning)) if not scene.once_in(30) else (scene.uuid(),),
        wording=scene.text(),
        need=scene.maybe(scene.text),
        themes=(scene.theme(),),
        lead_agency=scene.maybe(scene.agency),
        addressed_to=scene.some(scene.going_on()),
        response_due_on=scene.maybe(lambda: scene.ahead(30)),
        reference=f"REC-{scene.chance.randrange(40)}" if scene.once_in(8) else None,
    )


def respond(scene: Scene) -> Respond:
    id = scene.pick(RECOMMENDATION, lambda id: bool(scene.state(id).may_answer) and scene.life(id).closure is None)
    answer = scene.one((*Answer, Answer.ACCEPTED, Answer.ACCEPTED))
    return Respond(id=id, answer=answer, reason=scene.maybe(scene.text) or scene.text())


def raise_action(scene: Scene) -> RaiseAction:
    id = scene.pick(RECOMMENDATION, lambda id: scene.life(id).closure is None)
    return RaiseAction(
        recommendation_id=id,
        wording=scene.text(),
        measure_of_effectiveness=scene.maybe(scene.text),
        reference=f"ACT-{scene.chance.randrange(40)}" if scene.once_in(10) else None,
    )
