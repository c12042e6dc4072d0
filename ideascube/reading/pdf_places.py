"""Where a page of a PDF leads: to its other pages, its pictures, the lines of its contents and its links."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from content_packs.media.described import Heading
from content_packs.media.pdf_facts import PdfPage
from content_packs.zim.reader import ZimEntry
from ideascube.reading.addresses import read_path
from ideascube.reading.contents import ContentsLine
from ideascube.reading.pdf_wanted import WIDTHS
from ideascube.web.bar import explained
from ideascube.web.context import ORIGINS


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page: to a page of the file where `page` is not 0, else to the box's word about the internet."""

    text: str
    page: int
    address: str


class PdfPlaces:
    """The addresses that a page about one PDF leads to."""

    def __init__(self, request: web.Request, entry: ZimEntry) -> None:
        self._pack, self._path = request.match_info["id"], entry.path
        self._app = request.app[ORIGINS].app(request)

    @property
    def reading(self) -> str:
        """On the app, which notes the place and leads back here."""
        return self._app + read_path(self._pack, self._path)

    def page(self, number: int) -> str:
        return self._app + read_path(self._pack, self._path, at=number)

    def contents(self, number: int) -> str:
        return read_path(self._pack, self._path, contents=1, at=number)

    def picture(self, number: int, width: int) -> str:
        return read_path(self._pack, self._path, image=number, width=width)

    def pictures(self, number: int) -> list[tuple[int, str]]:
        return [(width, self.picture(number, width)) for width in WIDTHS]

    def line(self, heading: Heading, here: int) -> ContentsLine:
        """A line of the contents, on page `here`; one that leads nowhere is a heading of those below it."""
        page = int(heading.target.removeprefix("page=") or 0)
        return ContentsLine(heading.title, heading.level, self.page(page) if page else "", page == here)

    def links(self, facts: PdfPage | None) -> list[Link]:
        """Those on a page."""
        return [
            Link(link.text or link.url, link.page, self.page(link.page) if link.page else explained(link.url))
            for link in (facts.links if facts else ())
        ]
