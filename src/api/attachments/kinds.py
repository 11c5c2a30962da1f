"""What kind of file it is, by its content; and what is said of it on its way out."""

import re
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import quote

import puremagic

from api.http.body import RequestRefused

HEAD = 8_192
"""Bytes by which a file is known."""
UNKNOWN = "application/octet-stream"
PLAIN = "text/plain"
SURE = 0.3
"""Of the library's guesses, those that are better than a letter or two in the right place."""
ALIKE = {
    "image/jpg": "image/jpeg", "image/pjpeg": "image/jpeg", "application/x-pdf": "application/pdf",
    "text/xml": "application/xml", "application/x-zip-compressed": "application/zip", "audio/mp3": "audio/mpeg",
    "text/rtf": "application/rtf", "image/heic": "image/heif", "text/x-markdown": "text/markdown",
}  # fmt: skip
ZIPPED = "PK\x03\x04".encode("latin-1")
OLD_OFFICE = {
    "application/msword", "application/vnd.ms-excel", "application/vnd.ms-powerpoint", "application/vnd.ms-outlook",
}  # fmt: skip
TEXTS = {PLAIN, "text/csv", "text/markdown", "text/tab-separated-values", "text/calendar", "application/json"}
SHEETS_AS_BROWSERS_SAY = "application/vnd.ms-excel"
"""What Windows calls a .csv."""
CLEARLY = re.compile(r"image/|video/|audio/|application/(pdf|zip|rtf|vnd\.openxml|vnd\.oasis|msword|vnd\.ms-)")
"""Kinds whose files are known by their content: what is said to be one and does not look like one is none."""
ODD = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
"""What no name that is shown may hold: controls, and marks that turn the direction of writing."""
RESERVED = re.compile(r'[<>:"/\\|?*]')
LONGEST = 120
LONGEST_ENDING = 12


def kind_of(head: bytes, name: str, said: str) -> str:
    """The media type by the first bytes of a file, whatever its sender said.

    Raises `RequestRefused` (415) where that is plainly another.
    """
    said = ALIKE.get(stated := said.partition(";")[0].strip().lower(), stated)
    guesses = _guesses(head)
    if not guesses:
        found = _of_text(name, said) if _is_text(head) else UNKNOWN
        if said == found or not CLEARLY.match(said) or (found in TEXTS and said == SHEETS_AS_BROWSERS_SAY):
            return found
        raise _lying(said, found)
    if said in {kind for kind, _ in guesses}:
        return said
    if head.startswith(bytes.fromhex("d0cf11e0")) and said in OLD_OFFICE:
        return said
    ending = PurePosixPath(name.lower()).suffix
    found = next((kind for kind, its in guesses if its == ending), guesses[0][0])
    if said in {"", UNKNOWN} or (said in TEXTS and found.startswith(("text/", "message/", "application/xml"))):
        return found
    if {said, found} <= {"application/xml", "image/svg+xml", "text/html", "application/xhtml+xml"}:
        return found
    raise _lying(said, found)


def _guesses(head: bytes) -> list[tuple[str, str]]:
    """Media types and the endings of their files, the likeliest first."""
    if head.startswith(ZIPPED):
        return _zipped(head)
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return []
    kinds = ((ALIKE.get(each.mime_type, each.mime_type), each.extension) for each in matches if each.confidence >= SURE)
    return [(kind, ending) for kind, ending in kinds if kind]


def _zipped(head: bytes) -> list[tuple[str, str]]:
    """An office's document begins as any ZIP does, with what makes it one in front."""
    if b"[Content_Types].xml" in head or b"_rels/" in head or b"docProps/" in head:
        office = "application/vnd.openxmlformats-officedocument."
        kinds = {".docx": "wordprocessingml.document", ".xlsx": "spreadsheetml.sheet"}
        kinds[".pptx"] = "presentationml.presentation"
        return [*((office + kind, ending) for ending, kind in kinds.items()), ("application/zip", ".zip")]
    opened = re.match(rb"mimetype(application/vnd\.oasis\.opendocument\.[a-z-]+)", head[30:])
    return [(opened[1].decode(), "")] if opened else [("application/zip", ".zip")]


def _is_text(head: bytes) -> bool:
    """In UTF-8, the last character perhaps cut off, without what no text holds."""
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3 or len(head) < HEAD:
            return False
        text = head[: error.start].decode()
    return not re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]", text)


def _of_text(name: str, said: str) -> str:
    if said in TEXTS:
        return said
    return {".csv": "text/csv", ".md": "text/markdown", ".json": "application/json"}.get(
        PurePosixPath(name.lower()).suffix, PLAIN
    )


def _lying(said: str, found: str) -> RequestRefused:
    return RequestRefused(
        415,
        f"The file was sent as {said}, and by its content is {found}: nothing was kept; send it as what it is.",
        "CONTENT_TYPE_MISMATCH",
    )


def safe_name(name: str) -> str:
    """A file's name for a disk that may be anybody's: no path, no controls, nothing that a system keeps for itself."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    clean = " ".join(RESERVED.sub("_", ODD.sub("", last)).split()).strip(". ")
    stem, dot, ending = clean.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        return clean[:LONGEST] or "file"
    return f"{stem[: LONGEST - len(ending) - 1] or 'file'}.{ending}"


def disposition(name: str) -> str:
    """`Content-Disposition` of a file to be saved, by RFC 6266 and 8187: for browsers that know only ASCII as well."""
    safe = safe_name(name)
    plain = safe.encode("ascii", "replace").decode().replace("?", "_").replace("%", "_")
    both = f'attachment; filename="{plain}"'
    return both if plain == safe else f"{both}; filename*=UTF-8''{quote(safe, safe='')}"
