"""Who speaks in the story: posts, never people."""

from domain.shared.actor import Caller
from domain.shared.vocabulary import Role

REVIEW_GROUP = "review-and-learning-group"
STRATEGIC_FORUM = "strategic-forum"

ADMINISTRATOR = Caller("Register administrator", Role.ADMINISTRATOR)
UNIT = Caller("Business manager, Fellmoor partnership unit", Role.BUSINESS_UNIT)
GROUP = Caller("Lay member, Review and Learning Group", Role.MONITORING_BODY, bodies=(REVIEW_GROUP,), independent=True)
FORUM = Caller("Adviser to the Strategic Forum", Role.MONITORING_BODY, bodies=(STRATEGIC_FORUM,), independent=True)
CHAIR = Caller("Independent chair and scrutineer", Role.CHAIR, independent=True)

OFFICERS = {
    "childrens-services": "Head of Service, Help and Protection",
    "police": "Detective Superintendent, Public Protection",
    "hospital-trust": "Named Nurse for Safeguarding",
    "community-health": "Service Manager, Health Visiting and School Nursing",
    "health-commissioner": "Designated Nurse for Safeguarding",
    "schools": "Education Safeguarding Adviser",
    "probation": "Senior Probation Officer, Public Protection",
    "rehabilitation": "Operations Manager",
    "housing": "Head of Tenancy and Support",
    "youth-justice": "Youth Justice Service Manager",
}


def officer(agency: str) -> Caller:
    """The lead officer of an agency, who speaks for it."""
    return Caller(OFFICERS[agency], Role.AGENCY, agency=agency)
