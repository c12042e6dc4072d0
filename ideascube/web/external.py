"""`/external?url=`: where links to the internet lead. The box has none, so the address is kept to be taken away."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from aiohttp import web

from ideascube.web.language import local_path
from ideascube.web.qr import qr_code
from ideascube.web.rendering import render

_LONGEST_ADDRESS = 8000


def is_internet_address(url: str) -> bool:
    """Whether `url` is an http or https address with a host, of a length that can be shown."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) <= _LONGEST_ADDRESS


def external_address(url: str, back: str = "") -> str:
    """Where a link to `url` leads on a box without internet; `back`: the path of the page that it stands on."""
    return f"/external?{urlencode({'url': url, **({'back': back} if back else {})})}"


async def external(request: web.Request) -> web.Response:
    """`url` may begin with `//`, as links in pages do. `back`: a path of this box to go back to."""
    given = request.query.get("url", "").strip()
    url = f"https:{given}" if given.startswith("//") else given
    if not is_internet_address(url):
        raise web.HTTPBadRequest(text="This is not the address of a website.")
    back = local_path(request.query.get("back", ""), "")
    return render(request, "external.html", url=url, code=qr_code(url), back=back)


ROUTES = [web.get("/external", external)]
