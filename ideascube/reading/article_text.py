"""The text of a page of a pack, cleaned: what quiet reading shows, and what is saved on a phone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from content_packs.errors import BadInput
from content_packs.languages import direction, is_bcp47, to_bcp47
from content_packs.links import decode_html
from content_packs.zim.finding import shown_title
from content_packs.zim.reader import ZimEntry
from ideascube.reading.articles import article_of, drop_title
from ideascube.reading.sanitising import ASIDE, LIMIT, Links, clean_tree
from ideascube.reading.sections import Section, sections_of
from ideascube.reading.trees import html_tree, with_long_forms

_LARGEST = 4 * LIMIT  # bytes of a page: a character has at most four


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What is shown of a page: `html` without its title; `lang` (BCP 47) as the page says it, or empty."""

    title: str
    lang: str
    direction: str
    html: str
    sections: list[Section]


async def article_text(raw: bytes, entry: ZimEntry, links: Links) -> ArticleText:
    """The text of the page `raw` of an entry, its addresses as `links` makes them, which may be asked in a thread.

    Raises BadInput for a page that is empty or longer than `LIMIT` characters.
    """
    return _read(raw, entry, links) if len(raw) <= ASIDE else await asyncio.to_thread(_read, raw, entry, links)


def _read(raw: bytes, entry: ZimEntry, links: Links) -> ArticleText:
    html = decode_html(raw) if len(raw) <= _LARGEST else ""
    if not html or len(html) > LIMIT:
        raise BadInput(f"{entry.path} is empty, or too long to be shown quietly: open the page as it is.")
    is_xhtml = entry.mimetype.startswith("application/xhtml+xml")
    page = html_tree(with_long_forms(html) if is_xhtml else html)
    if page is None:
        return nothing_of(entry)
    article = article_of(page)
    title = shown_title(entry.title, entry.path) or article.title or entry.path
    drop_title(article.root, title)
    sections = sections_of(article.root)
    lang = to_bcp47(article.lang) if is_bcp47(to_bcp47(article.lang)) else ""
    way = article.dir if article.dir in ("ltr", "rtl") else direction(lang) if lang else "auto"
    return ArticleText(title, lang, way, clean_tree(article.root, links), sections)


def nothing_of(entry: ZimEntry) -> ArticleText:
    """In place of a text that cannot be had."""
    return ArticleText(entry.title or entry.path, "", "auto", "", [])
