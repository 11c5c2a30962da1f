"""What each command writes, on one stream or on several: pure functions of what they read."""

from domain.plans.reading import Decided, Read
from domain.plans.registry import PLANS

__all__ = ["PLANS", "Decided", "Read"]
