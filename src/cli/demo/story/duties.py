"""What was owed beside actions: the section 11 returns of 2025, and the audits planned for 2026."""

from datetime import date

from cli.demo.people import CHAIR, UNIT, officer
from cli.demo.script import Said, Step
from domain.programme.commands import AgreeProgramme, PlanAudit
from domain.returns.commands import CallReturns, ConfirmReturn
from domain.returns.state import return_id

AUDIT = "multi-agency-focus-group-audit"
RETURNED = {
    "childrens-services": ("2026-01-19", "Complete; two standards below what we ask of others, with a plan."),
    "police": ("2026-01-23", "Complete. Supervision is recorded for 94 per cent of staff."),
    "hospital-trust": ("2026-01-28", "Complete, seen by the trust's board on 22 January."),
    "community-health": ("2026-01-20", "Complete."),
    "health-commissioner": ("2026-02-04", "Complete, a week late: the new designated nurse began in January."),
    "schools": ("2026-01-27", "Complete for 43 of 44 schools."),
    "probation": ("2026-01-22", "Complete."),
    "housing": ("2026-01-26", "Complete."),
}
"""Youth justice has not answered."""


def called(on: str, year: int) -> Step:
    return Step(on, lambda _: Said(CallReturns(year=year), UNIT))


def returned(on: str, agency: str, year: int, assurance: str) -> Step:
    command = ConfirmReturn(id=return_id(agency, year, 1), assurance=assurance)
    return Step(on, lambda _: Said(command, officer(agency)))


def programme_agreed(on: str, year: int, *topics: str) -> Step:
    return Step(on, lambda _: Said(AgreeProgramme(year=year, topics=topics), CHAIR))


def planned(on: str, year: int, topic: str, planned_for: str) -> Step:
    command = PlanAudit(year=year, kind=AUDIT, topic=topic, planned_for=date.fromisoformat(planned_for))
    return Step(on, lambda _: Said(command, UNIT))


DUTIES: tuple[Step, ...] = (
    called("2026-01-05", 2025),
    *(returned(on, agency, 2025, assurance) for agency, (on, assurance) in RETURNED.items()),
    programme_agreed("2026-01-15", 2026, "neglect", "domestic-abuse"),
    planned("2026-01-15", 2026, "neglect", "2026-04-20"),
    planned("2026-01-15", 2026, "domestic-abuse", "2026-10-12"),
)
