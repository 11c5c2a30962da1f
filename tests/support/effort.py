"""How hard property tests try: a few examples with every submission, many by `HYPOTHESIS_PROFILE=long make test`."""

import os

from hypothesis import HealthCheck, settings

PROFILE = os.environ.get("HYPOTHESIS_PROFILE", "register")
SLOW = (HealthCheck.too_slow, HealthCheck.data_too_large)


def examples(few: int) -> int:
    """So many with every submission, twenty times as many where there is time."""
    return few * (20 if PROFILE == "long" else 1)


def choose_profile() -> None:
    """The same examples at every run, and no deadline: the machine is shared."""
    settings.register_profile(
        PROFILE, max_examples=examples(50), deadline=None, derandomize=True, suppress_health_check=SLOW
    )
    settings.load_profile(PROFILE)
