"""A page of HTML as it is found in a pack, its title and language, and HTML as plain text.

The text is for looking into, not for showing: between two pieces of markup stands a `SEAM`, since only whoever shows a
part of it needs to know whether a space belongs there.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from dataclasses import dataclass

SEAM = "\u200b"

_HTML_LENGTH = 512 * 1024  # bytes; what lies further down a page is found, but not shown in its snippet
_HEAD_LENGTH = 64 * 1024  # bytes that are looked through for a title

_TITLE = re.compile(rb"<title\b[^<>]*>([^<]{0,1000})", re.IGNORECASE)
_ROOT = re.compile(rb"<html\b[^>]{0,1000}", re.IGNORECASE)
_LANGUAGE = re.compile(rb"""\slang\s*=\s*["']?([A-Za-z0-9-]{1,35})(?![A-Za-z0-9-])""", re.IGNORECASE)
_XML_LANGUAGE = re.compile(rb"""\sxml:lang\s*=\s*["']?([A-Za-z0-9-]{1,35})(?![A-Za-z0-9-])""", re.IGNORECASE)
_MARKUP = re.compile(r"(?:<!--.*?(?:-->|\Z)|</?[a-zA-Z!?][^>]*(?:>|\Z))+", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PageText:
    """`title` and `lang` (BCP 47) as the page itself gives them, or empty. The words are in `text`, or still in `html`.

    A page may still have to be read: `read` does it, in any thread, and gives the page with all its fields. `further`
    reads the text under which it is found beside its own words, such as that of the document it leads to.
    """

    text: str
    title: str = ""
    lang: str = ""
    html: bytes = b""
    later: Callable[[], PageText] | None = None
    further: Callable[[], str] | None = None

    def read(self) -> PageText:
        return self.later() if self.later else self


def read_page(html: bytes, further: Callable[[], str] | None = None) -> PageText:
    """A page, its words not yet taken out. Broken markup and wrong encodings give some text or none, never an error."""
    html = html[:_HTML_LENGTH]
    if not html.strip():
        return PageText("")
    title = _TITLE.search(html, 0, _HEAD_LENGTH)
    return PageText("", plain_text(title[1])[:300] if title else "", _language(html), html, further=further)


def _language(html: bytes) -> str:
    root = _ROOT.search(html, 0, _HEAD_LENGTH)
    declared = root and (_LANGUAGE.search(root[0]) or _XML_LANGUAGE.search(root[0]))
    return declared[1].decode() if declared else ""


def plain_text(html: bytes) -> str:
    """The words of a part of a page, with a SEAM for each piece of markup."""
    text = entities.unescape(_MARKUP.sub(SEAM, html.decode("utf-8", "replace")))
    return " ".join(text.split())
