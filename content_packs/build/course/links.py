"""Which files of the pack a page leads to or shows: what a lesson brings along is no lesson by itself."""

from __future__ import annotations

from collections.abc import Iterator

from content_packs.build.pages import MARKDOWN_LIMIT, PAGE_LIMIT, Page, addresses, parser
from content_packs.build.side_yml import read_text, split_head
from content_packs.links import decode_html, read_page, resolve


def linked_files(page: Page) -> set[str]:
    """The paths of files that links and pictures of a page give; its file is read now."""
    found = (resolve(page.source.path, address) for address in _addresses(page))
    return {path for path in found if path}


def _addresses(page: Page) -> Iterator[str]:
    if not page.is_markdown:
        with page.source.file.open("rb") as file:
            yield from (link.address for link in read_page(decode_html(file.read(PAGE_LIMIT))).links)
        return
    text = read_text(page.source.path, page.source.file, MARKDOWN_LIMIT)
    yield from addresses(parser().parse(split_head(page.source.path, text).body))
