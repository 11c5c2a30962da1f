"""The rules by which learning is disseminated, and duties are called for and confirmed."""

from typing import Any
from uuid import UUID

from domain.duties.state import Duty
from domain.returns.commands import CallReturns, ConfirmReturn, JudgeReturns, RaiseImprovements, SubmitReturn
from domain.review.commands import ConfirmLearning, DisseminateLearning, TakeUpLearning
from domain.shared.vocabulary import Compliance, Kind
from random_steps.moves_of_reviews import REVIEW, known
from random_steps.scene import Scene


def _outstanding(state: Any) -> list[Duty]:
    return [duty for duty in getattr(state, "duties", {}).values() if duty.done_on is None]


def disseminate_learning(scene: Scene) -> DisseminateLearning:
    id = scene.pick(REVIEW, lambda id: bool(scene.state(id).learning))
    review = known(scene, id)
    framework = scene.frameworks.get(review.framework) if review else None
    methods = framework.methods if framework and not scene.once_in(15) else ("smoke-signals",)
    return DisseminateLearning(
        review_id=id,
        method=scene.one(methods),
        audience=(scene.text(),),
        agencies=scene.one((None, scene.some(scene.going_on(), 1, 3), ())),
        bodies=scene.some(tuple(scene.framework.bodies), 0, 2) if not scene.once_in(15) else ("nobodys",),
        public=scene.once_in(4),
        media=scene.once_in(6),
        learning=_learning(scene, id),
        confirm_by=scene.maybe(lambda: scene.ahead(30)),
    )


def _learning(scene: Scene, id: UUID) -> tuple[UUID, ...]:
    """Of the review, of several reviews together, or all of the review's."""
    review = known(scene, id)
    own = sorted(review.learning) if review else []
    every = sorted(point for each in scene.all(*REVIEW) for point in scene.state(each).learning)
    return scene.one(((), scene.some(own, 1), scene.some(every, 1)))


def take_up_learning(scene: Scene) -> TakeUpLearning:
    """By a body that is fed more often than by another."""
    id = scene.pick(REVIEW, lambda id: bool(scene.state(id).learning))
    review = known(scene, id)
    framework = scene.frameworks.get(review.framework) if review else None
    fed = framework.fed_by(review.kind) if framework and review and review.kind in framework.kinds else ()
    return TakeUpLearning(
        review_id=id,
        learning_id=scene.one(sorted(review.learning)) if review and review.learning else id,
        body=scene.one(fed) if fed and not scene.once_in(5) else scene.one(tuple(scene.framework.bodies)),
        what_was_done=scene.text(),
    )


def confirm_learning(scene: Scene) -> ConfirmLearning:
    id = scene.pick(REVIEW, lambda id: bool(_outstanding(scene.state(id))))
    return ConfirmLearning(review_id=id, assurance=scene.text(), **_named(scene, id))


def _named(scene: Scene, id: UUID) -> dict[str, Any]:
    """One or some of those that are owed, or none for all that are the caller's."""
    duties = [duty.id for duty in _outstanding(scene.state(id))] if id in scene.facts else []
    if not duties or not scene.once_in(3):
        return {}
    return {"duty_id": scene.one(duties)} if scene.once_in(2) else {"duty_ids": scene.some(duties, 1, 3)}


def call_returns(scene: Scene) -> CallReturns:
    agencies = scene.some(scene.going_on(), 1, 2) if not scene.once_in(10) else scene.one((None, ()))
    return CallReturns(
        year=scene.today.year - scene.chance.randint(0, 3),
        period=1 if not scene.once_in(10) else 2,
        agencies=agencies,
        due_on=scene.ahead(60) if not scene.once_in(5) else None,
        review_id=scene.pick(REVIEW) if scene.once_in(4) else None,
    )


def confirm_return(scene: Scene) -> ConfirmReturn:
    id = scene.pick((Kind.RETURN,), lambda id: bool(_outstanding(scene.state(id))))
    return ConfirmReturn(id=id, assurance=scene.text(), **_named(scene, id))


def submit_return(scene: Scene) -> SubmitReturn:
    id = scene.pick((Kind.RETURN,), lambda id: scene.state(id).judged_on is None)
    said = {"id": id, "assessments": _assessed(scene, id, 1), "improvements": _points(scene, id)}
    return SubmitReturn.model_validate(said | {"narrative": scene.text()})


def _standards(scene: Scene, id: UUID) -> list[UUID]:
    return list(scene.state(id).duties) if id in scene.facts and scene.kind(id) is Kind.RETURN else [scene.uuid()]


def _assessed(scene: Scene, id: UUID, least: int) -> list[dict[str, Any]]:
    return [
        {"duty_id": duty, "compliance": scene.one(Compliance), "words": scene.text()}
        for duty in scene.some(_standards(scene, id), least)
    ]


def _points(scene: Scene, id: UUID) -> list[dict[str, Any]]:
    return [{"wording": scene.text(), "duty_id": duty} for duty in scene.some(_standards(scene, id), 0, 2)]


def judge_returns(scene: Scene) -> JudgeReturns:
    first = scene.pick((Kind.RETURN,), lambda id: scene.state(id).answered_on is not None)
    answered = [id for id in scene.all(Kind.RETURN) if scene.state(id).answered_on is not None and id != first]
    verdicts = [
        {"id": id, "assessments": _assessed(scene, id, 0), "improvements": _points(scene, id)}
        for id in (first, *scene.some(answered, 0, 2))
    ]
    return JudgeReturns.model_validate({"verdicts": verdicts})


def raise_improvements(scene: Scene) -> RaiseImprovements:
    id = scene.pick((Kind.RETURN,), lambda id: len(scene.state(id).improvements) > len(scene.state(id).raised))
    round_of = scene.state(id).review_id if id in scene.facts and scene.kind(id) is Kind.RETURN else None
    review = round_of or scene.pick(REVIEW, lambda each: scene.state(each).commissioned_on is not None)
    below = [each for each in scene.all(Kind.RECOMMENDATION) if scene.state(each).review_id == review]
    above = scene.one(below) if below and scene.once_in(3) else None
    return RaiseImprovements(id=review, returns=(id,), due_on=scene.ahead(90), recommendation_id=above)
