"""What must hold of every duty, whatever has been tried."""

from domain.duties.events import DutiesConfirmed
from domain.words import Role
from random_steps.run import Happened, Run


def nobody_confirms_the_duty_of_another(run: Run, happened: Happened) -> None:
    """An agency its own, the chair no agency's; the business unit writes down whatever came on paper."""
    for confirmed in happened.facts:
        if isinstance(confirmed.fact, DutiesConfirmed):
            by, agency = confirmed.fact.by, confirmed.fact.agency
            own = run.scene.agencies.kin(by.agency) if by.agency else frozenset[str]()
            may = {Role.BUSINESS_UNIT: True, Role.CHAIR: agency is None, Role.AGENCY: agency in own}
            assert may.get(by.role), f"{by} confirmed a duty of {agency}"
