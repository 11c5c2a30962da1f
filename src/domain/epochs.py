"""The epoch of a log: a restore from a backup sets positions back, and those given before may be of other facts."""

from dataclasses import dataclass

BEFORE_EPOCHS = ""
"""Said of a position that a partner kept from before there were epochs."""

SINCE = "The register has been restored from a backup since this was given:"


@dataclass(frozen=True, slots=True)
class Epoch:
    """The one that a log is in; `first`: positions that were given before there were epochs hold in it."""

    name: str
    first: bool

    def holds(self, given_in: str) -> bool:
        """Whether a position that was given in an epoch is of the same fact still."""
        return given_in == self.name or (self.first and given_in == BEFORE_EPOCHS)
