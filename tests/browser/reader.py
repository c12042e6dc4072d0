"""A reader with a browser: Debian's Chromium without a screen, and everything that it complains about."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Response, sync_playwright

from tests.support.shared import program

PATIENCE = 20.0  # seconds, before a test gives up

# Nothing but what the tests ask for: no updates, no probes of the network, no prompts.
_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def browser_arguments() -> list[str]:
    return [*_QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@contextmanager
def chromium(*, scroll_bars: bool = True) -> Iterator[Browser]:
    """The browser; a test that needs it is skipped where it is not installed.

    With scroll bars, as on a computer: they take room, which a page may have given away.
    """
    path = program("chromium")
    arguments = browser_arguments()
    with sync_playwright() as playwright:
        unwanted = ["--hide-scrollbars"] if scroll_bars else []
        browser = playwright.chromium.launch(executable_path=path, args=arguments, ignore_default_args=unwanted)
        yield browser
        browser.close()


@dataclass
class Reader:
    """One visitor: a browser without history or cookies, that speaks a language. `page` is the one they look at."""

    context: BrowserContext
    page: Page
    complaints: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.context.set_default_timeout(PATIENCE * 1000)
        self.context.on("console", self._on_console)
        self.context.on("weberror", lambda error: self.complaints.append(f"script error: {error.error}"))
        self.context.on("response", lambda answer: self.answers.append(answer))

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            where = message.location.get("url") or (message.page.url if message.page else "")
            self.complaints.append(f"{message.type}: {message.text} ({where})")

    def look(self, expression: str) -> Any:
        """What the expression is worth in the page, also where the page itself may run no scripts."""
        return self.page.evaluate(expression)

    def waits_for(self, condition: str) -> None:
        """Until the condition holds; asked from outside, since a page without scripts has no timers either."""
        until = time.monotonic() + PATIENCE
        while not self.look(condition):
            assert time.monotonic() < until, f"never came true: {condition}"
            self.page.wait_for_timeout(50)

    def leave(self) -> None:
        try:
            self.context.close()
        except Error:  # closed by the test itself
            return


def new_reader(browser: Browser, language: str = "en", *, width: int = 1000, **options: Any) -> Reader:
    """A reader whose browser asks for `language`; `options` are those of Playwright's new_context."""
    context = browser.new_context(locale=language, viewport={"width": width, "height": 720}, **options)
    return Reader(context, context.new_page())
