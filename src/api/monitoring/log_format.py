"""How the log is written: a line of JSON for each record, or plain text, on stderr; each with the id of its request."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, TextIO

from api.monitoring.request_log import CURRENT


class JsonLines(logging.Formatter):
    """One JSON object a line: time, level, logger, message, fields of a request, and a traceback where there is one."""

    def format(self, record: logging.LogRecord) -> str:
        entry = {"time": _time(record), "level": record.levelname.lower(), "logger": record.name}
        entry |= {"message": record.getMessage(), **_fields(record)}
        if record.exc_info:
            entry["traceback"] = "".join(traceback.format_exception(*record.exc_info))
        return json.dumps(entry, default=str, separators=(",", ":"))  # in ASCII: no text is one that cannot be written


class PlainLines(logging.Formatter):
    """For eyes: time, level, message, then the fields as name=value; a traceback on lines of its own."""

    def format(self, record: logging.LogRecord) -> str:
        fields = " ".join(f"{name}={_plain(value)}" for name, value in _fields(record).items())
        line = f"{_time(record)} {record.levelname.lower()} {record.getMessage()} {fields}".rstrip()
        if record.exc_info:
            line += "\n" + "".join(traceback.format_exception(*record.exc_info)).rstrip()
        return line


class StandardError(logging.StreamHandler[TextIO]):
    """Writes to whatever stderr is at the moment."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, _: TextIO) -> None:
        pass


TALKATIVE = ("yoyo", "httpx")
"""Libraries that tell each of their steps at INFO, of which an operator learns nothing."""

FORMATS = {"json": JsonLines, "plain": PlainLines}


def write_log(level: str, form: str) -> None:
    """From now on everything that is logged from `level` on is written so, that of libraries too."""
    handler = StandardError()
    handler.setFormatter(FORMATS[form]())
    root = logging.getLogger()
    for known in [each for each in root.handlers if isinstance(each, StandardError)]:
        root.removeHandler(known)
    root.addHandler(handler)
    root.setLevel(level.upper())
    for library in TALKATIVE:
        logging.getLogger(library).setLevel(max(logging.WARNING, root.level))


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _fields(record: logging.LogRecord) -> dict[str, Any]:
    fields: dict[str, Any] = getattr(record, "fields", {})
    request = CURRENT.get()
    return fields if request is None or "request_id" in fields else {"request_id": request.id, **fields}


def _plain(value: object) -> str:
    return ",".join(map(str, value)) if isinstance(value, list) else str(value)
