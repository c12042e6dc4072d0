"""Reading an OPDS catalogue page by page: Kiwix's, or that of another box.

What it costs on a bad line: pages that did not change are answered in a few hundred bytes, only the wanted languages
are asked for, and all comes packed. A page that fails leaves the others, and its own entries as they were.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import urlencode, urlsplit, urlunsplit

from content_packs.errors import BadInput, NotThere
from content_packs.languages import to_iso639_3
from provisioning.addresses import shown
from provisioning.catalogues.atom import Entry, Feed
from provisioning.catalogues.opds_offer import is_in, offer_of
from provisioning.catalogues.reading import (
    ADDING,
    DEAD,
    ENTRIES_LIMIT,
    PART,
    PROBLEMS_LIMIT,
    UNCHANGED,
    WHOLE,
    Known,
    Part,
    Parts,
)
from provisioning.catalogues.sources import Source
from provisioning.catalogues.web import Answer, LineFailed, Web
from provisioning.offers import Offer

COUNT = 200  # entries asked for at once: some 30 KB packed, four seconds at 64 kbit/s
PAGE_LIMIT = 64 * 1024**2  # bytes unpacked, for a server that sends everything at once
_PAGES_LIMIT = 1000
_DEAD_LIMIT = 3  # pages one after the other that fail, until the server counts as gone


def page_address(entries: str, start: int, language: str = "") -> str:
    """The address of the page that begins with entry number `start`, from that of all `entries`."""
    parts = urlsplit(entries)
    asked = {"lang": language} if language else {}
    query = urlencode({**asked, "count": COUNT, "start": start})
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "&".join(filter(None, (parts.query, query))), ""))


async def read(source: Source, web: Web, known: Known) -> Parts:
    """The parts of the catalogue. Raises BadInput, NotThere or LineFailed where not even its first page can be read."""
    reading = _Reading(source, web, known)
    for language in dict.fromkeys(map(to_iso639_3, source.languages)) or ("",):
        async for part in reading.pages(language):
            yield part


class _Reading:
    """One reading of a catalogue: how much of it was seen, and how many pages in a row failed."""

    def __init__(self, source: Source, web: Web, known: Known) -> None:
        self._source, self._web, self._known = source, web, known
        self._entries = self._pages = self._dead = 0
        self._firsts: set[str] = set()  # what pages begin with
        self._has_read = False

    async def pages(self, language: str) -> Parts:
        start = 0
        while True:
            page = _Page(page_address(self._source.url, start, language), self._known)
            async for part in self._guarded(page):
                yield part
            start += page.entries or COUNT
            self._entries += page.entries
            if (why := self._why_no_further(page)) is not None:
                yield Part(page.address, DEAD, problems=(f"“{self._source.name}” is not read to its end: {why}.",))
                return
            if self._is_over(page, start):
                return

    def _why_no_further(self, page: _Page) -> str | None:
        """For what catalogue without an end, the rest of a sentence."""
        self._pages += 1
        if self._entries > ENTRIES_LIMIT or self._pages > _PAGES_LIMIT:
            return f"it lists more than {ENTRIES_LIMIT} packs, or on more than {_PAGES_LIMIT} pages"
        if page.first and page.first in self._firsts:
            return "its server sends the same page again and again"
        self._firsts.add(page.first)
        return None

    def _is_over(self, page: _Page, start: int) -> bool:
        """Whether nothing follows. A page that failed says nothing of that, so that the next one is tried."""
        if page.is_dead:
            return self._dead >= _DEAD_LIMIT
        return page.entries == 0 or (start >= page.total if page.total else page.entries < COUNT)

    async def _guarded(self, page: _Page) -> Parts:
        """The page's parts; where it fails after something was read, what failed is told instead."""
        try:
            async for part in page.parts(self._source, self._web):
                self._has_read = True
                yield part
            self._dead = 0
        except (BadInput, NotThere, LineFailed) as error:
            if not self._has_read:
                raise
            page.is_dead = True
            self._dead += 1
            yield Part(page.address, DEAD, problems=(f"A page of “{self._source.name}” is missing: {error}",))


class _Page:
    """One page: its address; once it was read, how many entries it has and how many there are in all; its first one."""

    def __init__(self, address: str, known: Known) -> None:
        self.address = address
        self.entries = self.total = 0
        self.first = ""
        self.is_dead = False
        self._known = known(address)

    async def parts(self, source: Source, web: Web) -> Parts:
        async with web.ask(self.address, plain_http=source.plain_http, known=self._known) as answer:
            if answer.is_unchanged:
                self.entries, self.total = self._known.entries, self._known.total
                yield Part(self.address, UNCHANGED)
                return
            async for part in self._read(source, answer):
                yield part

    async def _read(self, source: Source, answer: Answer) -> Parts:
        feed, made = Feed(), _Made()
        try:
            async for entry in _entries(feed, answer):
                self._count(entry)
                made.take(entry, source, answer.url)
                if len(made.offers) >= PART:
                    yield made.part(self.address)
                    made = _Made()
        except (BadInput, LineFailed):
            if made.offers:
                yield made.part(self.address)  # what came before it broke is good
            raise
        self.total = feed.total or 0
        note = replace(answer.note, entries=self.entries, total=self.total)
        yield Part(self.address, WHOLE, tuple(made.offers), tuple(made.problems), note)

    def _count(self, entry: Entry) -> None:
        self.first = self.first or entry.text("id")
        self.entries += 1
        if self.entries > ENTRIES_LIMIT:
            raise BadInput(f"{shown(self.address)} lists more than {ENTRIES_LIMIT} packs: the rest is not read.")


class _Made:
    """Offers in the wanted languages, and sentences about entries that give none."""

    def __init__(self) -> None:
        self.offers: list[Offer] = []
        self.problems: list[str] = []

    def part(self, address: str) -> Part:
        return Part(address, ADDING, tuple(self.offers), tuple(self.problems))

    def take(self, entry: Entry, source: Source, page: str) -> None:
        try:
            offer = offer_of(entry, source.name, page)
        except BadInput as error:
            self.problems = [*self.problems, str(error)][:PROBLEMS_LIMIT]
            return
        if is_in(offer, source.languages):
            self.offers.append(offer)


async def _entries(feed: Feed, answer: Answer) -> AsyncIterator[Entry]:
    """The entries as they come. Raises BadInput, and LineFailed where the feed does not come to its end."""
    read = 0
    async for chunk in answer.chunks:
        read += len(chunk)
        if read > PAGE_LIMIT:
            raise BadInput(
                f"{shown(answer.url)} does not end after {PAGE_LIMIT // 1024**2} MiB: it is not read to its end."
            )
        try:
            for entry in feed.feed(chunk):
                yield entry
        except BadInput as error:
            raise BadInput(f"{shown(answer.url)} cannot be used: {error}.") from error
    if read and not feed.has_begun:
        raise BadInput(f"{shown(answer.url)} cannot be used: it is no OPDS feed.")
    if not feed.is_whole:
        raise LineFailed(f"{shown(answer.url)} broke off in the middle: try again.")
