"""When in a film the words on a page are said. Pure.

The times are carried through a page's text as letters that belong to no word and are never shown: from each on, what
follows is said at its second. So wherever in the text words are found, the last such letter before them tells the time.
"""

from __future__ import annotations

import re

_FIRST = 0xF0000  # of a plane that Unicode leaves to programs
_LATEST = 0xFFF0  # seconds; 18 hours
_NOT_SAID = "\U000ffffd"
_SIGNS = re.compile("[\U000f0000-\U000ffffd]")
_SIGNS_IN_HTML = re.compile(rb"\xf3[\xb0-\xbf][\x80-\xbf]{2}")
_REACH = 8000  # bytes of HTML before a place in which its time is looked for

_FILM = re.compile(rb"<(?:video|audio)\b", re.IGNORECASE)
# In the pages that we build, each cue has `data-t`, and each paragraph begins with a link into the film; the clock
# that such a link shows is not part of what is said. No pattern looks beyond the next “<”.
_TIME = re.compile(
    rb"""<[a-z]+\b[^<>]*\sdata-t=["']?(?P<cue>\d{1,6})\b[^<>]*>"""
    rb"""|<a\b[^<>]*\#t=(?P<link>\d{1,6})\b[^<>]*>(?:[\d:.\s]{1,20}</a>)?"""
    rb"""|</(?:p|li|td|dd|details)>""",
    re.IGNORECASE,
)


def with_times(html: bytes) -> bytes:
    """The HTML of a page with a film, with the signs of its times; of any other page as it is."""
    if (b"#t=" not in html and b"data-t=" not in html) or not _FILM.search(html):
        return html
    return _TIME.sub(_signed, html)


def _signed(tag: re.Match[bytes]) -> bytes:
    second = tag["cue"] or tag["link"]
    if second is None:
        return _NOT_SAID.encode() + tag[0]
    is_clock = tag["link"] is not None and tag[0].endswith(b"</a>")
    return (b"<a>" if is_clock else tag[0]) + sign_of(int(second)).encode()


def sign_of(second: float) -> str:
    """The letter after which stands what is said from this second on."""
    return chr(_FIRST + min(int(second), _LATEST))


def has_times(text: str) -> bool:
    """Whether anything in the text is said in a film."""
    return _SIGNS.search(text) is not None


def time_at(text: str, place: int) -> int:
    """The second at which the words at this place of a text are said; -1 where they are not said in a film."""
    signs = _SIGNS.findall(text, 0, place) or [_NOT_SAID]
    return -1 if signs[-1] == _NOT_SAID else ord(signs[-1]) - _FIRST


def time_before(html: bytes, place: int) -> int:
    """Where in HTML with signs the last one before `place` stands; `place` itself where there is none near."""
    signs = _SIGNS_IN_HTML.finditer(html, max(0, place - _REACH), place)
    return max((sign.start() for sign in signs), default=place)


def without_times(text: str) -> str:
    """The text without the signs, to be shown."""
    return _SIGNS.sub("", text)
