"""Fourteen reviews with what came of them, three referrals and three formal challenges; every name is invented."""

from cli.demo.script import Challenge, Referral, Review, Step
from cli.demo.story.challenges import CHALLENGES as _CHALLENGES
from cli.demo.story.child_a import CHILD_A
from cli.demo.story.domestic_abuse import DOMESTIC_ABUSE
from cli.demo.story.duties import DUTIES as _DUTIES
from cli.demo.story.infant_f import INFANT_F
from cli.demo.story.joint_inspection import JOINT_INSPECTION
from cli.demo.story.neglect_again import NEGLECT_AGAIN
from cli.demo.story.neglect_audit import NEGLECT_AUDIT
from cli.demo.story.referrals import REFERRALS as _REFERRALS
from cli.demo.story.scrutiny import SCRUTINY
from cli.demo.story.self_assessments import SECTION_11, SECTION_175, YOUTH_JUSTICE
from cli.demo.story.siblings import SIBLINGS
from cli.demo.story.what_went_well import FRONT_DOOR, WHAT_WENT_WELL
from cli.demo.story.young_person_b import YOUNG_PERSON_B

REVIEWS: tuple[Review, ...] = (
    CHILD_A,
    NEGLECT_AUDIT,
    WHAT_WENT_WELL,
    YOUNG_PERSON_B,
    SECTION_11,
    FRONT_DOOR,
    JOINT_INSPECTION,
    SIBLINGS,
    DOMESTIC_ABUSE,
    SCRUTINY,
    INFANT_F,
    YOUTH_JUSTICE,
    SECTION_175,
    NEGLECT_AGAIN,
)
DUTIES: tuple[Step, ...] = _DUTIES
REFERRALS: tuple[Referral, ...] = _REFERRALS
CHALLENGES: tuple[Challenge, ...] = _CHALLENGES
