"""Learning and improvement frameworks, as data."""

from domain.frameworks.data_file import FrameworkError
from domain.frameworks.duties import Duties, DutyRole, LearningDuty, StandingDuty
from domain.frameworks.loader import load_framework, load_frameworks, shipped_frameworks
from domain.frameworks.model import Body, ChallengeLevel, Deadline, Framework, ReviewKind
from domain.frameworks.succession import succeeding_body
from domain.words import DeadlineUnit

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
    "ReviewKind",
    "StandingDuty",
    "load_framework",
    "load_frameworks",
    "shipped_frameworks",
    "succeeding_body",
]
