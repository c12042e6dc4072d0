"""PDF in our frame, page by page: a picture of each that any browser shows, its words, its contents and links.

`pdf_client` has the pages drawn. What runs in a phone that can more is static/pdf.js.
"""

from __future__ import annotations

from dataclasses import replace

import msgspec
from aiohttp import hdrs, web

from content_packs.errors import BadInput, Busy
from content_packs.languages import direction
from content_packs.media.pdf_facts import PdfOutline, PdfPage
from content_packs.zim.reader import PackReader, ZimEntry
from ideascube.items.finding import find_item
from ideascube.items.wording import Worded
from ideascube.reading.addresses import asked_number
from ideascube.reading.contents import SHORT_CONTENTS
from ideascube.reading.extent import Extent
from ideascube.reading.frame import Frame, show_frame
from ideascube.reading.pdf_client import Unreadable
from ideascube.reading.pdf_pictures import RETRY_AFTER, kind_for, send_picture
from ideascube.reading.pdf_places import PdfPlaces
from ideascube.reading.pdf_wanted import USUAL_WIDTH, WIDTHS, Wanted
from ideascube.reading.titles import UNTITLED, title_of
from ideascube.web.context import PDF
from ideascube.web.digits import number_text
from ideascube.web.i18n import interface_language, translations
from ideascube.web.raw import raw_path
from ideascube.web.vendored import pdfjs_address

_ALT_LIMIT = 150  # characters


async def show(request: web.Request, reader: PackReader, entry: ZimEntry) -> web.StreamResponse:
    """The page `at` of the file, or with `image=N` a picture of page N, `width` pixels wide."""
    wanted = wanted_of(entry)
    if "image" in request.query:
        return await send_picture(request, wanted)
    try:
        outline = await request.app[PDF].outline(wanted)
        return await _page(request, reader, entry, outline)
    except (BadInput, Busy) as error:
        return _sorry(request, reader, entry, error)


async def extent(request: web.Request, reader: PackReader, entry: ZimEntry) -> Extent:
    """Its pages, from 1; how many is not known where it cannot be read."""
    try:
        outline = await request.app[PDF].outline(wanted_of(entry))
    except (BadInput, Busy):
        return Extent(1, 0, title_of(request, reader, entry).text)
    return Extent(1, outline.pages, title_of(request, reader, entry, _own_title(outline)).text)


def wanted_of(entry: ZimEntry) -> Wanted:
    """What to ask for to see the outline of this PDF."""
    return Wanted(str(entry.zim.path), entry.zim.fingerprint, entry.index, entry.path.rpartition("/")[2])


async def _page(request: web.Request, reader: PackReader, entry: ZimEntry, outline: PdfOutline) -> web.Response:
    number = Extent(1, outline.pages, "").within(asked_number(request, "at") or 1)
    facts, refusal = None, ""
    try:
        facts = await request.app[PDF].page(
            msgspec.structs.replace(wanted_of(entry), page=number, kind=kind_for(request))
        )
    except Unreadable:
        raise
    except BadInput as error:
        refusal = str(error)
    places = PdfPlaces(request, entry)
    frame = replace(
        _frame(request, reader, entry, outline),
        before=places.page(number - 1) if number > 1 else "",
        after=places.page(number + 1) if number < outline.pages else "",
        place=_place(request, number, outline.pages),
        done=number,
        of=outline.pages,
    )
    lines = [places.line(heading, number) for heading in outline.contents]
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
        links=places.links(facts),
        alt=_alt(facts),
        pictures=places.pictures(number) if facts else [],
        usual=places.picture(number, USUAL_WIDTH),
        largest=places.picture(number, WIDTHS[-1]),
        go_to=places.reading,
        library=pdfjs_address(),
        start=places.page(1) if "again" in request.query and number > 1 else "",
        retry="",
    )


def _frame(request: web.Request, reader: PackReader, entry: ZimEntry, outline: PdfOutline | None) -> Frame:
    language = (outline.language if outline else "") or _language(reader, entry)
    title = title_of(request, reader, entry, _own_title(outline) if outline else UNTITLED)
    return Frame(
        title=title.text,
        title_lang=title.language or language,
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
        retry=PdfPlaces(request, entry).page(asked_number(request, "at") or 1) if is_busy else "",
    )
    if is_busy:
        answer.headers[hdrs.RETRY_AFTER] = str(RETRY_AFTER)
    return answer


def _own_title(outline: PdfOutline) -> Worded:
    return Worded(outline.title, outline.language)


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


def _alt(facts: PdfPage | None) -> str:
    """The first words of the page: the rest stands below as text."""
    words = " ".join(facts.text.split()) if facts else ""
    return words if len(words) <= _ALT_LIMIT else words[:_ALT_LIMIT].rsplit(" ", 1)[0] + "…"
