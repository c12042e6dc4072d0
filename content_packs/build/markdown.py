"""Markdown made HTML inside a pack: links to other pages' sources lead to the pages, pictures of films are players."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import SplitResult, quote, unquote, urlsplit

from markdown_it.token import Token

from content_packs.build import file_types
from content_packs.build.item import MediaItem
from content_packs.build.names import relative_address, split_language, stem
from content_packs.build.pages import Page, Pages, parser

# Given a media item and the page that shows it, the HTML of its player.
Player = Callable[[MediaItem, Page], str]


class MarkdownRenderer:
    """Renders the Markdown pages of one pack."""

    def __init__(
        self, pages: Pages, media: Mapping[str, MediaItem], languages: tuple[str, ...], player: Player
    ) -> None:
        self._pages = pages
        self._media = media
        self._languages = languages
        self._player = player

    def render(self, body: str, page: Page) -> tuple[str, bool]:
        """The HTML of `body` on `page`, and whether it has a first-level heading of its own."""
        markdown = parser()
        tokens = markdown.parse(body)
        for token in _all_tokens(tokens):
            if token.type == "link_open":
                token.attrSet("href", self._page_address(str(token.attrGet("href") or ""), page))
            elif token.type == "image":
                self._show_media(token, page)
        has_heading = any(token.type == "heading_open" and token.tag == "h1" for token in tokens)
        return str(markdown.renderer.render(tokens, markdown.options, {})), has_heading

    def _page_address(self, address: str, page: Page) -> str:
        """Where a link leads: a Markdown file's page, in this page's language where it does not name one."""
        parts = _split(address)
        item = self._media.get(_joined(page, parts.path)) if not parts.scheme and not parts.netloc else None
        if item is not None and item.path != item.source:
            return relative_address(page.path, item.path)
        if parts.scheme or parts.netloc or file_types.ending(parts.path) != file_types.MARKDOWN_ENDING:
            return address
        target = self._target(_joined(page, parts.path), page.language)
        path = relative_address(page.path, target.path) if target else quote(stem(unquote(parts.path))) + ".html"
        return path + (f"#{parts.fragment}" if parts.fragment else "")

    def _target(self, source: str, language: str) -> Page | None:
        if source in self._pages.by_source and split_language(source, self._languages)[1]:
            return self._pages.by_source[source]
        return self._pages.best(stem(source), language, self._languages)

    def _show_media(self, token: Token, page: Page) -> None:
        """Make the picture of a film or sound its player, in place, and that of a document a link to its page."""
        item = self._media.get(_joined(page, _split(str(token.attrGet("src") or "")).path))
        if item is not None and item.element != "img":
            token.type, token.content = "html_inline", self._player(item, page)


def _split(address: str) -> SplitResult:
    """The parts of an address; one that is no address is a path, so that it is found to lead nowhere."""
    try:
        return urlsplit(address)
    except ValueError:
        return SplitResult("", "", address, "", "")


def _joined(page: Page, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.source.path), unquote(address)))


def _all_tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all_tokens(token.children or [])
