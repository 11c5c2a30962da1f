"""Learning and improvement frameworks, as data."""

from domain.frameworks.data_file import FrameworkError
from domain.frameworks.duties import Duties, DutyRole, LearningDuty, StandingDuty
from domain.frameworks.loader import load_framework, load_frameworks, load_own, shipped_frameworks
from domain.frameworks.model import Framework
from domain.frameworks.parts import (
    Body,
    ChallengeLevel,
    Deadline,
    PrintedDeadline,
    Programme,
    ResponseTime,
    ReviewKind,
    Rhythm,
)
from domain.frameworks.succession import goes_on, succeeding_body, successors
from domain.frameworks.writing import copied, written
from domain.shared.vocabulary import DeadlineUnit

__all__ = [
    "Body",
    "ChallengeLevel",
    "Deadline",
    "DeadlineUnit",
    "Duties",
    "DutyRole",
    "Framework",
    "FrameworkError",
    "LearningDuty",
    "PrintedDeadline",
    "Programme",
    "ResponseTime",
    "ReviewKind",
    "Rhythm",
    "StandingDuty",
    "copied",
    "goes_on",
    "load_framework",
    "load_frameworks",
    "load_own",
    "shipped_frameworks",
    "succeeding_body",
    "successors",
    "written",
]
