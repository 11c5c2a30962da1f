"""In whose name the command line speaks: the administrator who typed the command."""

import getpass

from domain.actor import Caller
from domain.words import Role


def administrator() -> Caller:
    """Named after the account of the operating system."""
    try:
        account = getpass.getuser()
    except (KeyError, OSError):
        account = "unknown"
    return Caller(f"command-line:{account}", Role.ADMINISTRATOR)
