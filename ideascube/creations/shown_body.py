"""A body as a page shows it: links to the internet explained, pictures with their sizes, films that play. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ideascube.box_media.model import MadeFile, Media
from ideascube.creations.body import Figure, Link, Table, element_of
from ideascube.creations.body_html import HtmlWriter
from ideascube.creations.links import is_on_the_internet
from ideascube.creations.media_inside import ADDRESS
from ideascube.web.external import external_address


class PageWriter(HtmlWriter):
    """`media`: what is known of the files, by their ids; `here`: the page's path, to come back to; `missing`: what
    stands in the place of a file that is not ready, or is here no longer.
    """

    attributes = ' dir="auto"'

    def __init__(self, media: Mapping[str, Media], here: str, missing: str) -> None:
        self._media, self._here, self._missing = media, here, missing

    def link(self, link: Link) -> str:
        if not is_on_the_internet(link.address):
            return super().link(link)
        address = escape(external_address(link.address, self._here))
        return f'<a class="outside" href="{address}">{self.inline(link.parts)}</a>'

    def media(self, figure: Figure) -> str:
        found = self._found(figure.address)
        if found is None:
            what = f"{escape(figure.alt)}: " if figure.alt else ""
            return f'<p class="missing">{what}{escape(self._missing)}</p>'
        media, made = found
        element = element_of(figure.address)
        if element == "img":
            return _picture(figure, made)
        poster = f' poster="/media/{media.id}/{media.poster.name}"' if media.poster and element == "video" else ""
        inline = " playsinline" if element == "video" else ""
        label = f' aria-label="{escape(figure.alt)}"' if figure.alt else ""
        return (
            f'<{element} src="{escape(figure.address)}" controls preload="metadata"{inline}{poster}{label}></{element}>'
        )

    def table(self, table: Table) -> str:
        """One that is wider than a phone scrolls by itself."""
        return f'<div class="scrolls" tabindex="0">{super().table(table)}</div>'

    def _found(self, address: str) -> tuple[Media, MadeFile] | None:
        parts = ADDRESS.fullmatch(address)
        media = self._media.get(parts[1]) if parts else None
        made = media.named(parts[2]) if media is not None and parts else None
        return (media, made) if media is not None and made is not None else None


def _picture(figure: Figure, made: MadeFile) -> str:
    size = f' width="{made.width}" height="{made.height}"' if made.width and made.height else ""
    return f'<img src="{escape(figure.address)}" alt="{escape(figure.alt)}"{size} loading="lazy">'
