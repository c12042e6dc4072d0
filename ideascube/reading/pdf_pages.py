"""PDF in our frame, page by page: a picture of each that any browser shows, its words, its contents and links.

`pdf_client` has the pages drawn. What runs in a phone that can more is static/pdf.js.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import quote

import msgspec
from aiohttp import hdrs, web

from content_packs.errors import BadInput, Busy
from content_packs.languages import direction
from content_packs.media.described import Heading
from content_packs.media.pdf_facts import PLAIN, WEBP, PdfOutline, PdfPage
from content_packs.zim.reader import PackReader, ZimEntry
from ideascube.items.finding import find_item
from ideascube.reading.addresses import read_path
from ideascube.reading.epub_pages import SHORT_CONTENTS, Shown
from ideascube.reading.extent import Extent
from ideascube.reading.frame import Frame, show_frame
from ideascube.reading.pdf_client import Unreadable
from ideascube.reading.pdf_wanted import USUAL_WIDTH, WIDTHS, Wanted
from ideascube.web.context import ORIGINS, PDF
from ideascube.web.digits import number_text
from ideascube.web.i18n import interface_language, translations, visitor_languages
from ideascube.web.ranges import etag_matches
from ideascube.web.raw import raw_path
from ideascube.web.security import BARE_HEADERS
from ideascube.web.vendored import pdfjs_address

RETRY_AFTER = 5  # seconds
_PICTURE_FRESH = "max-age=3600"
_ALT_LIMIT = 150  # characters
_TYPES = {b"RIFF": "image/webp", b"\x89PNG": "image/png", b"\xff\xd8\xff\xe0": "image/jpeg"}


async def show(request: web.Request, reader: PackReader, entry: ZimEntry) -> web.StreamResponse:
    """The page `at` of the file, or with `image=N` a picture of page N, `width` pixels wide."""
    wanted = wanted_of(entry)
    if "image" in request.query:
        return await _picture(request, wanted)
    try:
        outline = await request.app[PDF].outline(wanted)
        return await _page(request, reader, entry, outline)
    except (BadInput, Busy) as error:
        return _sorry(request, reader, entry, error)


async def extent(request: web.Request, reader: PackReader, entry: ZimEntry) -> Extent:
    """Its pages, from 1; how many is not known where it cannot be read."""
    title, _ = _title(request, reader, entry, "")
    try:
        outline = await request.app[PDF].outline(wanted_of(entry))
    except (BadInput, Busy):
        return Extent(1, 0, title)
    return Extent(1, outline.pages, _title(request, reader, entry, outline.title)[0])


def wanted_of(entry: ZimEntry) -> Wanted:
    """What to ask for to see the outline of this PDF."""
    return Wanted(str(entry.zim.path), entry.zim.fingerprint, entry.index, entry.path.rpartition("/")[2])


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the page: to a page of the file where `page` is not 0, else to the box's word about the internet."""

    text: str
    page: int
    address: str


async def _page(request: web.Request, reader: PackReader, entry: ZimEntry, outline: PdfOutline) -> web.Response:
    number = Extent(1, outline.pages, "").within(asked_number(request, "at"))
    facts, refusal = None, ""
    try:
        facts = await request.app[PDF].page(
            msgspec.structs.replace(wanted_of(entry), page=number, kind=_kind_for(request))
        )
    except Unreadable:
        raise
    except BadInput as error:
        refusal = str(error)
    places = _Places(request, entry)
    frame = replace(
        _frame(request, reader, entry, outline),
        before=places.page(number - 1) if number > 1 else "",
        after=places.page(number + 1) if number < outline.pages else "",
        place=_place(request, number, outline.pages),
        done=number,
        of=outline.pages,
    )
    lines = [_line(places, heading, number) for heading in outline.contents]
    if "contents" in request.query:
        return show_frame(request, "book_contents.html", frame, lines=lines, here=places.page(number))
    is_short = len(lines) <= SHORT_CONTENTS
    return show_frame(
        request,
        "pdf.html",
        frame,
        own_scripts=True,
        number=number,
        pages=outline.pages,
        facts=facts,
        refusal=refusal,
        lines=lines if is_short else [],
        contents="" if is_short else places.contents(number),
        links=_links(places, facts),
        alt=_alt(facts),
        pictures=places.pictures(number) if facts else [],
        usual=places.picture(number, USUAL_WIDTH),
        largest=places.picture(number, WIDTHS[-1]),
        go_to=places.reading,
        library=pdfjs_address(),
        start=places.page(1) if "again" in request.query and number > 1 else "",
        retry="",
    )


class _Places:
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

    def external(self, url: str) -> str:
        return f"{self._app}/external?url={quote(url, safe='')}"

    def picture(self, number: int, width: int) -> str:
        return read_path(self._pack, self._path, image=number, width=width)

    def pictures(self, number: int) -> list[tuple[int, str]]:
        return [(width, self.picture(number, width)) for width in WIDTHS]


def _frame(request: web.Request, reader: PackReader, entry: ZimEntry, outline: PdfOutline | None) -> Frame:
    language = (outline.language if outline else "") or _language(reader, entry)
    title, title_language = _title(request, reader, entry, outline.title if outline else "")
    return Frame(
        title=title,
        title_lang=title_language or language,
        original=raw_path(request.match_info["id"], entry.path),
        lang=language,
        direction=direction(language) if language else "auto",
        turning=direction(language) if language else "",
        size=_size(reader, entry),
    )


def _sorry(request: web.Request, reader: PackReader, entry: ZimEntry, error: BadInput | Busy) -> web.Response:
    """Nothing can be shown, or not now; the file itself can be had in any case."""
    is_busy = isinstance(error, Busy)
    answer = show_frame(
        request,
        "pdf.html",
        _frame(request, reader, entry, None),
        status=503 if is_busy else 502,
        number=0,
        pages=0,
        facts=None,
        lines=[],
        contents="",
        links=[],
        start="",
        refusal=str(error),
        retry=_Places(request, entry).page(asked_number(request, "at")) if is_busy else "",
    )
    if is_busy:
        answer.headers[hdrs.RETRY_AFTER] = str(RETRY_AFTER)
    return answer


def _title(request: web.Request, reader: PackReader, entry: ZimEntry, own: str) -> tuple[str, str]:
    """What the pack calls it, else what it calls itself, else its file's name; and the language of that, or empty."""
    item = find_item(reader, entry.path)
    if item is None or not item.title:
        return own or entry.path, ""
    if own and not item.page:
        return own, ""
    language = next((code for code in visitor_languages(request) if code in item.title), next(iter(item.title)))
    return item.title[language], language


def _language(reader: PackReader, entry: ZimEntry) -> str:
    item = find_item(reader, entry.path)
    return item.language if item else ""


def _size(reader: PackReader, entry: ZimEntry) -> int:
    stored = reader.stored(entry)
    if stored is not None:
        return stored.range.length
    item = find_item(reader, entry.path)
    return item.size if item else 0


def _place(request: web.Request, number: int, pages: int) -> str:
    language = interface_language(request)
    said = translations(language).gettext("Page %(number)s of %(count)s")
    return said % {"number": number_text(number, language), "count": number_text(pages, language)}


def _line(places: _Places, heading: Heading, here: int) -> Shown:
    """A line that leads nowhere stands there as a heading of those below it."""
    page = int(heading.target.removeprefix("page=") or 0)
    return Shown(heading.title, heading.level, places.page(page) if page else "", page == here)


def _links(places: _Places, facts: PdfPage | None) -> list[Link]:
    return [
        Link(link.text or link.url, link.page, places.page(link.page) if link.page else places.external(link.url))
        for link in (facts.links if facts else ())
    ]


def _alt(facts: PdfPage | None) -> str:
    """The first words of the page: the rest stands below as text."""
    words = " ".join(facts.text.split()) if facts else ""
    return words if len(words) <= _ALT_LIMIT else words[:_ALT_LIMIT].rsplit(" ", 1)[0] + "…"


def asked_number(request: web.Request, name: str) -> int:
    """What the address asks for by `name`; 1 where that is no number."""
    asked = request.query.get(name, "")
    return int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 9 else 1


# Pictures


async def _picture(request: web.Request, wanted: Wanted) -> web.Response:
    width = asked_number(request, "width")
    wanted = msgspec.structs.replace(
        wanted,
        page=max(1, asked_number(request, "image")),
        width=width if width in WIDTHS else USUAL_WIDTH,
        kind=_kind_for(request),
    )
    headers = _picture_headers(wanted)
    if etag_matches(request.headers.get(hdrs.IF_NONE_MATCH, ""), headers[hdrs.ETAG]):
        return web.Response(status=304, headers=headers)
    try:
        content = await request.app[PDF].picture(wanted)
    except BadInput as error:
        return _no_picture(404, error)
    except Busy as error:
        return _no_picture(503, error)
    return web.Response(body=content, headers={**headers, hdrs.CONTENT_TYPE: _TYPES[content[:4]]})


def _kind_for(request: web.Request) -> str:
    """What this browser shows; one that asks for a page says so in the same way."""
    return WEBP if "image/webp" in request.headers.get(hdrs.ACCEPT, "") else PLAIN


def _picture_headers(wanted: Wanted) -> dict[str, str]:
    return {
        **BARE_HEADERS,
        hdrs.ETAG: f'"{wanted.document}-{wanted.page}-{wanted.width}-{wanted.kind}"',
        hdrs.CACHE_CONTROL: _PICTURE_FRESH,
        hdrs.VARY: hdrs.ACCEPT,
    }


def _no_picture(status: int, error: Exception) -> web.Response:
    headers = {**BARE_HEADERS, hdrs.CACHE_CONTROL: "no-store", hdrs.RETRY_AFTER: str(RETRY_AFTER)}
    return web.Response(status=status, text=str(error), headers=headers)
