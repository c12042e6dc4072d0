"""What a page costs: the bytes that came over the line for it, compressed as on a box's Wi-Fi, and from whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

# Over plain HTTP browsers take no better coding than this, but for addresses of their own machine, as here.
_CODINGS = {"Accept-Encoding": "gzip, deflate"}
_MEDIA = ("Media", "TextTrack")
_OF_PACKS = ("/content/", "/read/", "/pictures/")


@dataclass
class Transfer:
    url: str
    kind: str  # Document, Stylesheet, Script, Image, Media, …
    size: int = 0  # bytes with headers, as they came
    from_cache: bool = False

    @property
    def is_media(self) -> bool:
        """Films and sounds, and what packs hold of pictures: posters, pages of books. Not the app's own drawings."""
        return self.kind in _MEDIA or (self.kind == "Image" and any(part in self.url for part in _OF_PACKS))

    @property
    def is_vendored(self) -> bool:
        """A library of others, which only the pages that cannot do without load."""
        return "/vendor/" in self.url

    @property
    def is_script_of_ours(self) -> bool:
        return self.kind == "Script" and not self.is_vendored


@dataclass
class Traffic:
    """All transfers of a page since the last `forget`."""

    transfers: dict[str, Transfer] = field(default_factory=dict)

    def forget(self) -> None:
        self.transfers.clear()

    def size(
        self, which: Callable[[Transfer], bool] = lambda transfer: not (transfer.is_media or transfer.is_vendored)
    ) -> int:
        return sum(transfer.size for transfer in self.transfers.values() if which(transfer))

    @property
    def sent(self) -> list[Transfer]:
        """The requests that really went out; `data:` addresses and what was kept from before do not."""
        return [each for each in self.transfers.values() if each.url.startswith("http") and not each.from_cache]


def watch_traffic(page: Page, *, without_cache: bool) -> Traffic:
    """Count what `page` transfers from now on; `without_cache` makes every visit a first one."""
    traffic, session = Traffic(), page.context.new_cdp_session(page)

    def asked(event: dict[str, Any]) -> None:
        traffic.transfers[event["requestId"]] = Transfer(event["request"]["url"], event.get("type", "Other"))

    def answered(event: dict[str, Any]) -> None:
        if transfer := traffic.transfers.get(event["requestId"]):
            transfer.from_cache = event["response"].get("fromDiskCache", False)

    def kept(event: dict[str, Any]) -> None:
        if transfer := traffic.transfers.get(event["requestId"]):
            transfer.from_cache = True

    def finished(event: dict[str, Any]) -> None:
        if transfer := traffic.transfers.get(event["requestId"]):
            transfer.size = int(event["encodedDataLength"])

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.responseReceived", answered)
    session.on("Network.requestServedFromCache", kept)
    session.on("Network.loadingFinished", finished)
    session.send("Network.enable")
    session.send("Network.setExtraHTTPHeaders", {"headers": _CODINGS})
    session.send("Network.setCacheDisabled", {"cacheDisabled": without_cache})
    return traffic
