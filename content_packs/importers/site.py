"""A website in files, as wget or an author left it: old Ideascube's `static-site`. It goes in as it is."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from content_packs.build.file_types import HTML_ENDINGS, MARKDOWN_ENDING, ending
from content_packs.build.names import stem
from content_packs.importers.facts import Facts
from content_packs.importers.importer import Made, Order, make_pack_source
from content_packs.importers.source import Source, bring_all
from content_packs.languages import is_bcp47, to_bcp47
from content_packs.media.described import TEXT_LIMIT, one_line
from content_packs.media.licences import licence_id

_PAGE_LIMIT = 512 * 1024  # bytes of the first page that are read


class StaticSite:
    """A folder with an `index.html`."""

    def recognises(self, source: Source) -> bool:
        return bool(_index(source)) and "index" not in {
            stem(path) for path in source.files if ending(path) == MARKDOWN_ENDING
        }

    def convert(self, order: Order) -> Made:
        index = _index(order.source)
        markdown = [path for path in order.source.files if ending(path) == MARKDOWN_ENDING]
        made = make_pack_source(order, site_facts(order.source, index), partial(_bring, order, set(markdown)))
        if markdown:
            left_out = ", ".join(markdown[:5]) + (", …" if len(markdown) > 5 else "")
            made.notes.append(f"Markdown is no page of a site, and left out: {left_out}.")
        return made


def _index(source: Source) -> str:
    """The first page, in whatever case it is written; empty where there is none."""
    pages = {path.lower(): path for path in source.files if path.endswith(HTML_ENDINGS)}
    return pages.get("index.html") or pages.get("index.htm") or ""


def _bring(order: Order, left_out: set[str], folder: Path) -> None:
    kept = (path for path in order.source.files if path not in left_out)
    bring_all(order.source, {path: folder / path for path in kept}, order.progress)


def site_facts(source: Source, index: str) -> Facts:
    """What the first page says of the site."""
    page = LexborHTMLParser(source.head(index, _PAGE_LIMIT))
    title, licence = page.css_first("head title"), _address(page, "license")
    return Facts(
        title=one_line(title.text()) if title else "",
        description=_meta(page, "description"),
        languages=_languages(page),
        creator=_meta(page, "author"),
        publisher=_meta(page, "publisher"),
        licence=licence_id(licence) or licence,
        source=_address(page, "canonical"),
        kind="website",
        main=index,
    )


def _meta(page: LexborHTMLParser, name: str) -> str:
    found = page.css_first(f"meta[name='{name}' i]")
    return one_line(found.attributes.get("content"), TEXT_LIMIT) if found else ""


def _languages(page: LexborHTMLParser) -> tuple[str, ...]:
    found = page.css_first("html[lang]")
    tag = to_bcp47((found.attributes.get("lang") if found else "") or "")
    return (tag,) if is_bcp47(tag) else ()


def _address(page: LexborHTMLParser, relation: str) -> str:
    found = page.css_first(f"[rel~='{relation}' i][href]")
    address = one_line(found.attributes.get("href")) if found else ""
    return address if address.startswith(("http://", "https://")) else ""
