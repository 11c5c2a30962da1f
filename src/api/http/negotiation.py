"""Which representation a caller asked for, by the Accept headers and their q-values."""

from collections.abc import Sequence

GRAPHQL = "application/graphql-response+json"
JSON = "application/json"
HTML = "text/html"


def preferred(accept: str | None, offered: Sequence[str]) -> str | None:
    """The offered media type with the highest q; among equals the one named most exactly, then the first offered.

    None when the caller accepts none of them. A missing or empty header accepts everything.
    """
    ranges = _ranges(accept or "*/*")
    ranked = [(*_weight(media, ranges), -place, media) for place, media in enumerate(offered)]
    quality, _, _, media = max(ranked)
    return media if quality > 0 else None


def takes_gzip(accept_encoding: str | None) -> bool:
    """Whether the caller asked for compressed answers; a missing header asks for none."""
    codings = {}
    for part in (accept_encoding or "").lower().split(","):
        coding, *parameters = (piece.strip() for piece in part.split(";"))
        codings[coding] = _quality(parameters)
    return codings.get("gzip", codings.get("*", 0.0)) > 0


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in accept.split(","):
        media, *parameters = (piece.strip().lower() for piece in part.split(";"))
        charset = next((p[8:].strip('"') for p in parameters if p.startswith("charset=")), "utf-8")
        if charset in {"utf-8", "utf8"}:
            found[media] = _quality(parameters)
    return found


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        if parameter.startswith("q="):
            try:
                return min(max(float(parameter[2:]), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


def _weight(media: str, ranges: dict[str, float]) -> tuple[float, int]:
    for exactness, wanted in ((2, media), (1, f"{media.partition('/')[0]}/*"), (0, "*/*")):
        if wanted in ranges:
            return ranges[wanted], exactness
    return 0.0, 0
