"""Whose page is it: the app's origin and the packs' origins, and every absolute address that leads from one to another.

With host names (`--domain`, `--content-domain`) each pack has a host; without, packs share a second port.
docs/decisions/0004-pack-origins.md says why, and what the second port cannot protect.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

from aiohttp import web

from ideascube.settings import Settings

_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")
_HOST = re.compile(r"[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\]")
SAFE = "/!$&'()*+,;=:@~"  # what a path may hold unescaped (RFC 3986); `?`, `#` and `%` of a ZIM path are escaped


def host_label(pack_id: str) -> str:
    """The pack's id as a DNS label (RFC 1123); an id that is none gets a readable start and a hash."""
    if _LABEL.fullmatch(pack_id) and "--" not in pack_id:
        return pack_id
    readable = re.sub(r"[^a-z0-9]+", "-", pack_id.lower()).strip("-")[:48].strip("-")
    digest = hashlib.sha256(pack_id.encode()).hexdigest()[:8]
    return f"{readable or 'pack'}--{digest}"  # two hyphens, so that no id is another one's label


def escaped(path: str) -> str:
    """A ZIM path as it stands in an address: the one rule for the areas of both origins."""
    return quote(path, safe=SAFE, errors="surrogatepass")


def area_address(area: str, pack_id: str, path: str) -> str:
    """`/AREA/ID/PATH` for an entry, without the origin."""
    return f"/{area}/{quote(pack_id, safe='')}/{escaped(path)}"


def content_path(pack_id: str, path: str = "") -> str:
    """The address of a ZIM path on the pack's origin, without the origin."""
    return area_address("content", pack_id, path)


class Origins:
    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @property
    def have_hosts(self) -> bool:
        return self._settings.content_domain is not None

    def app(self, request: web.BaseRequest) -> str:
        """The app's origin, such as `http://10.0.0.1:8080`, as the browser that sent `request` reaches it."""
        settings = self._settings
        if settings.domain is not None:
            return _origin(settings.domain, _port(request, settings.port))
        return _origin(_hostname(request), settings.port)

    def pack(self, request: web.BaseRequest, pack_id: str) -> str:
        """The origin of a pack's content, as that browser reaches it."""
        settings = self._settings
        if settings.content_domain is not None:
            return _origin(f"{host_label(pack_id)}.{settings.content_domain}", _port(request, settings.port))
        return _origin(_hostname(request), settings.content_port)

    def content(self, request: web.BaseRequest, pack_id: str, path: str = "") -> str:
        """The whole address of an entry."""
        return self.pack(request, pack_id) + content_path(pack_id, path)

    def owns(self, request: web.BaseRequest, pack_id: str) -> bool:
        """Whether `request` came to an origin on which this pack may be shown: its own host, or the shared port."""
        if not self.have_hosts:
            return True
        return _hostname(request) == f"{host_label(pack_id)}.{self._settings.content_domain}"


def _origin(host: str, port: int) -> str:
    return f"http://{host}" if port == 80 else f"http://{host}:{port}"


def _hostname(request: web.BaseRequest) -> str:
    """The host that the browser asked for, without its port; what is no host name is answered as the local one."""
    host = request.host.lower()
    name = host.rsplit(":", 1)[0] if re.search(r":\d+$", host) else host
    return name if _HOST.fullmatch(name) else "localhost"


def _port(request: web.BaseRequest, default: int) -> int:
    """The port in the Host header, since a box may be reached through a port that a router or a firewall forwards."""
    match = re.search(r":(\d{1,5})$", request.host)
    return int(match[1]) if match else (80 if _HOST.fullmatch(request.host) else default)
