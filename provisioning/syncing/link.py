"""What kind of connection there is: none, a captive portal, a half-open one, or one that bytes come through.

A well-known page whose answer is known is asked, and the hubs and catalogues themselves: in a place without internet a
hub may stand in the same network. `verdict` is the rule; nothing here fetches content.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

# What Debian's NetworkManager asks (network-manager-config-connectivity-debian), and what answers there.
WELL_KNOWN = "http://network-test.debian.org/nm"
_EXPECTED = (b"NetworkManager is online", b"success", b"Microsoft Connect Test")
_ANSWER_LIMIT = 4096  # bytes
_PATIENCE = 20.0  # seconds: a 2G link takes some for its first answer
_STATUS_LIMIT = 400

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
        return urlsplit(self.address).hostname or ""

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
    known, asked = list(well_known), list(sources)
    answers = [*known, *asked]
    if any(answer.is_expected for answer in known):
        return Verdict(OPEN)
    strangers = [answer for answer in asked if _is_of_a_stranger(answer)]
    if any(answer.status for answer in asked if answer not in strangers):
        return Verdict(OPEN)
    if in_between := [*(answer for answer in known if answer.status), *strangers]:
        return Verdict(PORTAL, next((answer.led_to for answer in in_between if answer.led_to), ""))
    return Verdict(HALF_OPEN if any(answer.is_connected for answer in answers) else NONE)


def _is_of_a_stranger(answer: Answer) -> bool:
    """A login page in the place of a catalogue or a hub, which are XML, JSON, YAML or an error."""
    leads_away = bool(answer.led_to) and answer.led_to != answer.host
    return leads_away and answer.is_html or (answer.is_html and 200 <= answer.status < 300)


async def look(client: aiohttp.ClientSession, addresses: Iterable[str], well_known: str, patience: float) -> Verdict:
    """Ask all at once. `patience`: seconds until an address counts as silent."""
    sources = [address for address in addresses if urlsplit(address).scheme in ("http", "https")]
    known = [well_known] if well_known else []
    answers = await asyncio.gather(*(_ask(client, address, patience) for address in [*known, *sources]))
    return verdict(answers[: len(known)], answers[len(known) :])


async def _ask(client: aiohttp.ClientSession, address: str, patience: float) -> Answer:
    connected = await _connects(address, patience)
    if not connected:
        return Answer(address)
    with contextlib.suppress(aiohttp.ClientError, OSError, asyncio.TimeoutError, ValueError):
        timeout = aiohttp.ClientTimeout(total=patience)
        async with client.get(address, allow_redirects=False, timeout=timeout) as response:
            body = await response.content.read(_ANSWER_LIMIT)
            led_to = urlsplit(response.headers.get("Location", "")).hostname or ""
            is_html = response.content_type == "text/html" or body.lstrip()[:9].lower().startswith((b"<!doctype", b"<html"))
            return Answer(address, True, response.status, is_html, body, led_to)
    return Answer(address, is_connected=True)


async def _connects(address: str, patience: float) -> bool:
    """Whether somebody takes connections there: what tells a half-open link from none at all."""
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    try:
        async with asyncio.timeout(patience):
            _, writer = await asyncio.open_connection(parts.hostname, port)
    except (OSError, TimeoutError, ValueError):
        return False
    writer.close()
    return True
