"""What pages may do: the policies sent with the app's pages and with packs, and the check before anything changes.

Packs are other people's programs. They run, but reach neither the app nor the internet:
docs/decisions/0004-pack-origins.md
"""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

APP_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

# Nobody needs to know which versions a box runs.
SERVER = {"Server": "Ideascube"}

APP_HEADERS = {
    **SERVER,
    "Content-Security-Policy": APP_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}

# Crawled sites and single-page apps need inline scripts, eval, workers from blobs and frames of their own.
PACK_POLICY = (
    "default-src 'self' data: blob: 'unsafe-inline' 'unsafe-eval'; object-src 'self' blob:; "
    "form-action 'self'; base-uri 'self'; frame-ancestors 'self'"
)

PACK_HEADERS = {
    **SERVER,
    "Content-Security-Policy": PACK_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

# On the app's own origin a pack's bytes are for programs: a browser shows them without running anything in them.
RAW_HEADERS = {
    **SERVER,
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    "X-Content-Type-Options": "nosniff",
    "Access-Control-Allow-Origin": "*",
}

# An answer that is no page, such as a line about an error: a browser that makes a document of it gives that document
# no origin and no rights. Without, a pack could frame it and reach through it whatever the pack itself may not.
BARE_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def comes_from_app(request: web.BaseRequest) -> bool:
    """Whether a request that would change something was sent by a page of the app itself.

    Packs on a second port share the app's cookies, so a cookie proves nothing; the Origin header, which browsers set
    and scripts can't, does (Referer where an old browser sends no Origin). Neither: refused.
    """
    source = request.headers.get("Origin") or request.headers.get("Referer") or ""
    try:
        return urlsplit(source).netloc == request.host
    except ValueError:
        return False


@web.middleware
async def refuse_forgery(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer 403 to whatever would change something and does not come from the app's own pages."""
    if request.method not in SAFE_METHODS and not comes_from_app(request):
        raise web.HTTPForbidden(text="This form was not sent by a page of this box. Go back to it and try again.")
    return await handler(request)
