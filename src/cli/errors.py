"""What goes wrong, as one sentence on stderr."""

from pydantic import ValidationError

from api.app.settings import SettingsError
from cli.ending import CommandFailed
from domain.frameworks import FrameworkError
from domain.shared.refusals import Refusal
from domain.shared.texts import why_it_cannot_stand
from importing.faults import FileFault
from importing.mapping.loader import MappingError
from importing.recording import Interrupted
from projections.engine.rebuild import RebuildIncomplete, SwitchGivenUp
from projections.engine.staging import RebuildUnderWay
from storage.backup.format import BackupRefused
from storage.backup.restoring import AlreadyThere
from storage.database import UNAVAILABLE
from storage.embedded import EmbeddedServerError
from storage.form import LaterVersion
from storage.maintenance import NotHeld
from storage.migrate import RightMissing, StartGivenUp
from web.signing_in.accounts.people import PeopleFault

EXPECTED = (
    AlreadyThere,
    BackupRefused,
    CommandFailed,
    EmbeddedServerError,
    FileFault,
    FrameworkError,
    Interrupted,
    LaterVersion,
    MappingError,
    NotHeld,
    PeopleFault,
    RebuildIncomplete,
    RebuildUnderWay,
    RightMissing,
    SettingsError,
    StartGivenUp,
    SwitchGivenUp,
)


def sentence(error: Exception) -> str:
    """What to tell the person who typed the command."""
    match error:
        case Refusal():
            return error.message
        case ValidationError():
            return _invalid(error)
        case _ if isinstance(error, EXPECTED):
            return _one_line(str(error))
        case _ if isinstance(error, UNAVAILABLE):
            return f"The database cannot be reached: {_one_line(str(error))}"
        case OSError(filename=str(name), strerror=str(why)):
            return f"{name}: {why}."
        case _:
            return f"The program itself failed with {type(error).__name__}: {_one_line(str(error))}"


def is_expected(error: Exception) -> bool:
    return isinstance(error, (*EXPECTED, *UNAVAILABLE, Refusal, ValidationError, OSError))


def _invalid(error: ValidationError) -> str:
    first = error.errors()[0]
    field = str(first["loc"][0]).replace("_", " ") if first["loc"] else "a value"
    if first["type"] == "string_pattern_mismatch":
        return f"The {field} {first['input']!r} is not small letters and digits, joined by single hyphens."
    return f"The {field} is not acceptable: {why_it_cannot_stand(first)}."


def _one_line(text: str) -> str:
    return " ".join(text.split())
