"""Under which names files go into a pack's folder: two that would get one page get two names."""

from __future__ import annotations

from collections.abc import Iterable

from content_packs.build.file_types import HTML_ENDINGS, ITEM_ENDINGS, MARKDOWN_ENDING, ending
from content_packs.build.names import stem

PAGE_ENDINGS = (MARKDOWN_ENDING, *HTML_ENDINGS)


def placed(paths: Iterable[str], with_pages: tuple[str, ...] = ITEM_ENDINGS) -> dict[str, str]:
    """The new path of each file: mostly its own. Pages keep their names, since others link to them.

    `with_pages`: endings of files that get a page of their own.
    """
    paths = list(paths)
    taken = {stem(path) for path in paths if ending(path) in PAGE_ENDINGS}
    found = {}
    for path in paths:
        found[path] = path
        if ending(path) in with_pages:
            found[path] = _free(path, taken)
            taken.add(stem(found[path]))
    return found


def _free(path: str, taken: set[str]) -> str:
    """`book.epub` as `book-epub.epub` where there is a page `book` already."""
    name, new = stem(path), stem(path)
    number = 1
    while new in taken:
        suffix = ending(path).removeprefix(".")
        new = f"{name}-{suffix}" if number == 1 else f"{name}-{suffix}-{number}"
        number += 1
    return new + path[len(name) :]
