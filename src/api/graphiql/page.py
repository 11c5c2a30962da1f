"""GraphiQL's page and assets: the page needs no token, its queries do; nothing comes from another host."""

import gzip
from functools import cache
from pathlib import Path

from starlette.responses import Response

from api.http.responses import takes_gzip

ASSETS = Path(__file__).parent / "assets"
MEDIA = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
SECURITY = {
    "Content-Security-Policy": POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


def page_response() -> Response:
    """The page; its scripts and styles are files beside it."""
    headers = {**SECURITY, "Cache-Control": "no-store", "Vary": "Accept"}
    return Response((ASSETS.parent / "page.html").read_bytes(), media_type="text/html", headers=headers)


def asset_response(name: str, accept_encoding: str) -> Response:
    """One vendored file by its name; 404 for anything else."""
    if name not in _names():
        return Response("There is no such file.", 404, {**SECURITY, "Cache-Control": "no-store"}, "text/plain")
    headers = {
        **SECURITY,
        "Cache-Control": "public, max-age=3600",
        "Content-Type": MEDIA[Path(name).suffix],
        "Vary": "Accept-Encoding",
    }
    if takes_gzip(accept_encoding):
        return Response(_compressed(name), headers={**headers, "Content-Encoding": "gzip"})
    return Response(_plain(name), headers=headers)


@cache
def _names() -> frozenset[str]:
    return frozenset(path.name for path in ASSETS.iterdir() if path.suffix in MEDIA)


@cache
def _plain(name: str) -> bytes:
    return (ASSETS / name).read_bytes()


@cache
def _compressed(name: str) -> bytes:
    return gzip.compress(_plain(name), mtime=0)
