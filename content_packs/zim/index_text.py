"""What a page is found by, where that is more than its own words: the text of a PDF, of subtitles, of a transcript.

libzim's index of a pack holds only pages. The text of what a page shows is therefore indexed as the page's own; it is
kept in the ZIM as an entry as well (`text_path`), so that whoever writes the page into another ZIM can index it again.
"""

from __future__ import annotations

import html as entities
import re

from libzim.writer import IndexData

from content_packs.text.folding import as_libzim_folds

TEXT_FOLDER = "_pack/text/"
# Between these comments stands what must not be found, such as the answers of a quiz. libzim's own indexer heeds them.
# Source: xapian/htmlparse.cc in libzim, which has them from Omega and that from ht://Dig.
HIDDEN_FROM_SEARCH, SHOWN_AGAIN = "<!--htdig_noindex-->", "<!--/htdig_noindex-->"

# What is opened and not closed goes to the page's end, so that nothing is looked through twice.
_NOT_SHOWN = re.compile(
    rf"{HIDDEN_FROM_SEARCH}.*?(?:{SHOWN_AGAIN}|\Z)"
    r"|<(script|style|template|noscript|title)\b.*?(?:</\1\b[^>]*(?:>|\Z)|\Z)|<!--.*?(?:-->|\Z)|</?[a-z!?][^>]*(?:>|\Z)",
    re.DOTALL | re.IGNORECASE,
)


def text_path(page: str) -> str:
    """Where the text lies under which the page at `page` is indexed beside its own words."""
    return f"{TEXT_FOLDER}{page}"


class PageIndexData(IndexData):  # type: ignore[misc,unused-ignore]
    """What libzim's index takes of a page: title and words as given here, folded as libzim folds a page's own."""

    def __init__(self, title: str, html: str, text: str) -> None:
        # libzim folds queries and the pages that it reads itself, but not what it is given.
        super().__init__()
        self._title = as_libzim_folds(title)
        self._content = as_libzim_folds(f"{visible_text(html)}\n{text}")

    def has_indexdata(self) -> bool:
        return bool(self._content.strip())

    def get_title(self) -> str:
        return self._title

    def get_content(self) -> str:
        return self._content

    def get_keywords(self) -> str:
        return ""

    def get_wordcount(self) -> int:
        return len(self._content.split())

    def get_geoposition(self) -> None:
        return None


def visible_text(html: str | bytes) -> str:
    """The words of a page that may be found, with spaces for its markup; some or none where that is broken.

    No tree is built: for a page nested 100,000 deep that takes a quarter of a minute, four times that for 200,000.
    """
    text = html if isinstance(html, str) else html.decode("utf-8", "replace")
    return entities.unescape(_NOT_SHOWN.sub(" ", text))
