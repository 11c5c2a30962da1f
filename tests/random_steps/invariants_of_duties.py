"""What must hold of every duty, whatever has been tried."""

from domain.duties.events import DutiesConfirmed
from domain.review.events import LearningDisseminated
from domain.shared.vocabulary import Kind, Role
from random_steps.run import Happened, Run


def nobody_confirms_the_duty_of_another(run: Run, happened: Happened) -> None:
    """An agency its own, the chair no agency's; the business unit writes down whatever came on paper."""
    for confirmed in happened.facts:
        if isinstance(confirmed.fact, DutiesConfirmed):
            by, agency = confirmed.fact.by, confirmed.fact.agency
            own = run.scene.agencies.kin(by.agency) if by.agency else frozenset[str]()
            may = {Role.BUSINESS_UNIT: True, Role.CHAIR: agency is None, Role.AGENCY: agency in own}
            assert may.get(by.role), f"{by} confirmed a duty of {agency}"


def learning_obliges_an_agency_once(run: Run, happened: Happened) -> None:
    """Whatever the methods, whichever reviews the learning was joined to, whatever the agency has become since."""
    for told in happened.facts:
        if isinstance(told.fact, LearningDisseminated):
            before = [each for each in _disseminations(run) if each.dissemination_id != told.fact.dissemination_id]
            for new in told.fact.obliged:
                kin = {None} if new.agency is None else run.scene.agencies.kin(new.agency)
                had = {point for each in before for old in each.obliged if old.agency in kin for point in old.learning}
                assert not had & set(new.learning), f"{new.agency} is obliged a second time"


def _disseminations(run: Run) -> list[LearningDisseminated]:
    facts = (each.fact for id in run.scene.all(Kind.REVIEW) for each in run.scene.facts[id])
    return [fact for fact in facts if isinstance(fact, LearningDisseminated)]
