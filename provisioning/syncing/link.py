"""What kind of connection there is: none, a captive portal, a half-open one, or one that bytes come through.

A well-known page whose answer is known is asked, and the hubs and catalogues themselves: in a place without internet a
hub may stand in the same network. `verdict` is the rule; nothing here fetches content.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from dataclasses import dataclass

import aiohttp

from provisioning.addresses import host_of, is_on_web, split

# What Debian's NetworkManager asks (network-manager-config-connectivity-debian), and what answers there.
WELL_KNOWN = "http://network-test.debian.org/nm"
_EXPECTED = (b"NetworkManager is online", b"success", b"Microsoft Connect Test")
_ANSWER_LIMIT = 4096  # bytes
PATIENCE = 20.0  # seconds: a 2G link takes some for its first answer

OPEN, NONE, PORTAL, HALF_OPEN, FOLDER, UNKNOWN = "open", "none", "portal", "half-open", "folder", "unknown"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one address said. `status` 0: nothing. `led_to`: the host of a redirect, or empty."""

    address: str
    is_connected: bool = False
    status: int = 0
    is_html: bool = False
    body: bytes = b""
    led_to: str = ""

    @property
    def host(self) -> str:
        return host_of(self.address)

    @property
    def is_expected(self) -> bool:
        """Of the well-known page: whether it said what it says where nobody stands in between."""
        return self.status == 204 or (self.status == 200 and self.body.strip().startswith(_EXPECTED))


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kind`: one of the words above. `host`: of a portal, the host that it leads to, or empty."""

    kind: str
    host: str = ""


def verdict(well_known: Iterable[Answer], sources: Iterable[Answer]) -> Verdict:
    """What the answers say of the link. `sources`: hubs and catalogues, whose answers nobody knows beforehand."""
    known = list(well_known)
    asked = list(sources)
    if any(answer.is_expected for answer in known) or any(map(_is_from_there, asked)):
        return Verdict(OPEN)
    if strangers := [answer for answer in known if answer.status] + [answer for answer in asked if answer.is_html]:
        return Verdict(PORTAL, next((answer.led_to for answer in strangers if answer.led_to), ""))
    if any(answer.status for answer in asked):
        return Verdict(OPEN)  # it moved to another host
    return Verdict(HALF_OPEN if any(answer.is_connected for answer in (*known, *asked)) else NONE)


def _is_from_there(answer: Answer) -> bool:
    """Not a login page, nor the way to one: catalogues and hubs are XML, JSON or YAML, or a server's own error."""
    leads_away = answer.led_to not in ("", answer.host)
    is_page = answer.is_html and 200 <= answer.status < 300
    return answer.status > 0 and not leads_away and not is_page


async def look(client: aiohttp.ClientSession, addresses: Iterable[str], well_known: str, patience: float) -> Verdict:
    """Ask all at once. `patience`: seconds until an address counts as silent. Of sources only the headers are asked."""
    sources = [address for address in addresses if is_on_web(address)]
    known = [well_known] if well_known else []
    asking = [_ask(client, "GET", address, patience) for address in known]
    asking += [_ask(client, "HEAD", address, patience) for address in sources]
    answers = await asyncio.gather(*asking)
    return verdict(answers[: len(known)], answers[len(known) :])


async def _ask(client: aiohttp.ClientSession, method: str, address: str, patience: float) -> Answer:
    connected = await _connects(address, patience)
    if not connected:
        return Answer(address)
    with contextlib.suppress(aiohttp.ClientError, OSError, asyncio.TimeoutError, ValueError):
        timeout = aiohttp.ClientTimeout(total=patience)
        async with client.request(method, address, allow_redirects=False, timeout=timeout) as response:
            body = await response.content.read(_ANSWER_LIMIT)
            led_to = host_of(response.headers.get("Location", ""))
            is_html = response.content_type == "text/html" or body.lstrip()[:9].lower().startswith(
                (b"<!doctype", b"<html")
            )
            return Answer(address, True, response.status, is_html, body, led_to)
    return Answer(address, is_connected=True)


async def _connects(address: str, patience: float) -> bool:
    """Whether somebody takes connections there: what tells a half-open link from none at all."""
    parts = split(address)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        async with asyncio.timeout(patience):
            _, writer = await asyncio.open_connection(parts.hostname, port)
    except (OSError, TimeoutError, ValueError):
        return False
    writer.close()
    return True
