"""A visit as a cheap phone makes it: 400 kbit/s, 400 ms to an answer, a processor six times slower than this one."""

from __future__ import annotations

from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Error, Page

from tests.browser.traffic import Traffic, watch_traffic

_BYTES_A_SECOND = 400_000 / 8
_LATENCY = 400  # ms
_SLOWER = 6
_PATIENCE = 120_000  # ms
_SETTLE = 500  # ms without a request, after which a page is complete
_PHONE = {"width": 360, "height": 640}
_PAINT = "performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)[0] || 0"


@dataclass(frozen=True)
class Visit:
    """`size` in bytes as they came, without media; `paint` in seconds: the first text or picture that is shown."""

    size: int
    requests: int
    paint: float


def visit_twice(browser: Browser, address: str, language: str) -> tuple[Visit, Visit]:
    """A first visit, with nothing kept from before, and a second one the same day."""
    context = browser.new_context(locale=language, viewport=_PHONE, is_mobile=True, has_touch=True)
    context.set_default_timeout(_PATIENCE)
    try:
        return _visit(context, address), _visit(context, address)
    finally:
        context.close()


def _visit(context: BrowserContext, address: str) -> Visit:
    page = context.new_page()
    traffic = watch_traffic(page, without_cache=False)
    _slow_down(page)
    page.goto(address, wait_until="load")
    _settle(page)
    visit = _measured(page, traffic)
    page.close()
    return visit


def _slow_down(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    line = {"offline": False, "latency": _LATENCY, "downloadThroughput": _BYTES_A_SECOND,
            "uploadThroughput": _BYTES_A_SECOND}  # fmt: skip
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", line)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})


def _settle(page: Page) -> None:
    """Until scripts have asked for what they want; a film that goes on loading ends nothing."""
    try:
        page.wait_for_load_state("networkidle", timeout=_PATIENCE / 4)
    except Error:
        page.wait_for_timeout(_SETTLE)


def _measured(page: Page, traffic: Traffic) -> Visit:
    paint = page.evaluate(_PAINT) / 1000
    return Visit(traffic.size(), sum(not each.is_media for each in traffic.sent), paint)
