"""Quiet reading: the text of any page of a pack in our frame, without the pack's own navigation and scripts."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from aiohttp import web

from content_packs.errors import BadInput
from content_packs.languages import direction, is_bcp47, to_bcp47
from content_packs.links import decode_html
from content_packs.zim.finding import shown_title
from content_packs.zim.reader import PackReader, ZimEntry
from ideascube.items.addresses import app_page
from ideascube.reading.article_links import links_of
from ideascube.reading.articles import article_of, drop_title
from ideascube.reading.frame import Frame, show_frame
from ideascube.reading.sanitising import ASIDE, LIMIT, clean_tree
from ideascube.reading.sections import Section, sections_of
from ideascube.reading.trees import html_tree, with_long_forms
from ideascube.web.content import OWN
from ideascube.web.context import LIBRARY
from ideascube.web.origins import content_path

_LARGEST = 4 * LIMIT  # bytes of a page: a character has at most four


@dataclass(frozen=True, slots=True)
class _Text:
    """What is shown of a page."""

    title: str
    lang: str
    direction: str
    html: str
    sections: list[Section]


async def show(request: web.Request, reader: PackReader, entry: ZimEntry) -> web.StreamResponse:
    """The article's text. What cannot be cleaned is said so, with the way to the page as it is."""
    pack_id = request.match_info["id"]
    raw = reader.read(entry)
    text, problem = _nothing(entry), ""
    try:
        text = _read(raw, pack_id, entry) if len(raw) <= ASIDE else await asyncio.to_thread(_read, raw, pack_id, entry)
    except BadInput as error:
        problem = str(error)
    frame = Frame(
        title=text.title,
        original=_as_it_is(reader, pack_id, entry.path),
        title_lang=text.lang or _language(request, pack_id),
        lang=text.lang or _language(request, pack_id),
        direction=text.direction,
    )
    return show_frame(
        request,
        "quiet.html",
        frame,
        text=text.html,
        problem=problem,
        sections=text.sections if len(text.sections) > 2 else [],
    )


def _read(raw: bytes, pack_id: str, entry: ZimEntry) -> _Text:
    """Slow for long pages. Raises BadInput for one that is too long."""
    html = decode_html(raw) if len(raw) <= _LARGEST else ""
    if not html or len(html) > LIMIT:
        raise BadInput(f"{entry.path} is empty, or too long to be shown quietly: open the page as it is.")
    is_xhtml = entry.mimetype.startswith("application/xhtml+xml")
    page = html_tree(with_long_forms(html) if is_xhtml else html)
    if page is None:
        return _nothing(entry)
    article = article_of(page)
    title = shown_title(entry.title, entry.path) or article.title or entry.path
    drop_title(article.root, title)
    sections = sections_of(article.root)
    lang = to_bcp47(article.lang) if is_bcp47(to_bcp47(article.lang)) else ""
    way = article.dir if article.dir in ("ltr", "rtl") else direction(lang) if lang else "auto"
    return _Text(title, lang, way, clean_tree(article.root, links_of(pack_id, entry.path)), sections)


def _nothing(entry: ZimEntry) -> _Text:
    return _Text(entry.title or entry.path, "", "auto", "", [])


def _as_it_is(reader: PackReader, pack_id: str, path: str) -> str:
    """The page's own address; asked for so where it would lead to the app's page of the same thing."""
    address = content_path(pack_id, path)
    return f"{address}?{OWN}=1" if app_page(reader, pack_id, path) else address


def _language(request: web.Request, pack_id: str) -> str:
    """The pack's, where it has one alone."""
    record = request.app[LIBRARY].get(pack_id)
    languages = record.manifest.languages if record and record.manifest else ()
    return languages[0] if len(languages) == 1 else ""
