"""The partnership of the worked example: invented, with posts instead of people."""

from datetime import date

from cli.demo.beginnings import merged, renamed
from cli.demo.course import PlacedStep, course
from cli.demo.script import Agency
from cli.demo.story import CHALLENGES, DUTIES, REFERRALS, REVIEWS

KEY = "fellmoor"
NAME = "Fellmoor Safeguarding Children Partnership (demonstration)"
FRAMEWORK = "knowsley-2020"
FIRST_DAY = date(2020, 6, 1)

AGENCIES = (
    Agency(
        "2020-06-01", "childrens-services", "Fellmoor Council Children's Services", ("CSC", "Children's Social Care")
    ),
    Agency("2020-06-01", "police", "Fellmoor Constabulary", ("Police", "Fellmoor Police")),
    Agency("2020-06-01", "hospital-trust", "Fellmoor Hospitals Trust", ("Acute Trust", "Fellmoor General")),
    Agency("2020-06-01", "community-health", "Fellmoor Community and Mental Health Trust", ("0-19 Service", "CAMHS")),
    Agency("2020-06-01", "health-commissioner", "Fellmoor Clinical Commissioning Group", ("CCG",)),
    Agency("2020-06-01", "schools", "Fellmoor Schools and Early Years Alliance", ("Education",)),
    Agency("2020-06-01", "probation", "Fellmoor Probation Delivery Unit", ("Probation",)),
    Agency("2020-06-01", "rehabilitation", "Fellmoor Community Rehabilitation Company", ("CRC",)),
    Agency("2020-06-01", "housing", "Fellmoor Homes", ("Housing",)),
    Agency("2021-04-01", "youth-justice", "Fellmoor Youth Justice Service", ("YJS", "YOT")),
)
COMMISSIONERS_BECOME_A_BOARD = renamed("2022-07-01", "health-commissioner", "Fellmoor Integrated Care Board")
PROBATION_IS_ONE_AGAIN = merged("2021-06-28", "rehabilitation", into="probation")
NEWCOMER = Agency("2026-06-30", "fire-and-rescue", "Fellmoor Fire and Rescue Service", ("Fire",))
"""Joins on the day on which the clock stands: once it is known, the story has been told to its end."""


def history() -> list[PlacedStep]:
    """Six years, step by step; the newcomer comes last."""
    mergers = (PROBATION_IS_ONE_AGAIN, COMMISSIONERS_BECOME_A_BOARD)
    return course((*AGENCIES, *mergers, *REFERRALS, *REVIEWS, *CHALLENGES, *DUTIES, NEWCOMER))
