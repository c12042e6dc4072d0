"""The entries of an OPDS feed, one by one as its bytes come.

Sources: RFC 4287 (Atom), https://specs.opds.io/opds-1.2, the feeds of kiwix-serve.

Pure: nothing is fetched, no entity is resolved, and what is held at a time is bounded, however long the feed is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from content_packs.careful_xml import CAREFUL, forget
from content_packs.errors import BadInput

_ATOM = "{http://www.w3.org/2005/Atom}"
_ACQUISITION = "http://opds-spec.org/acquisition"
ZIM_TYPE = "application/x-zim"
_BETWEEN_ENTRIES = 256 * 1024  # bytes: what may come without an entry's end
_SLICE = 32 * 1024  # bytes: what a hostile feed makes of so many is looked at before it makes more
_DEEPEST = 50  # elements within elements
_PAGE = re.compile(rb"\s*<(!doctype\s+)?html", re.IGNORECASE)
_A_PAGE = "it is a web page, perhaps the login page of a network"


@dataclass(frozen=True, slots=True)
class Entry:
    """One pack as the feed has it: `texts` by the local names of its elements, `links` to ZIM files with their lengths.

    Lengths in bytes, 0 where there is none.
    """

    texts: dict[str, str]
    links: tuple[tuple[str, int], ...]

    def text(self, name: str) -> str:
        return self.texts.get(name, "")


class Feed:
    """A feed that is being read.

    `total`: how many entries the server has in all pages, or None. `has_begun`, `is_whole`: whether its first element,
    and its end, have come. `subsections`: where a feed of feeds leads, by its links.
    """

    def __init__(self) -> None:
        from lxml import etree  # 4 MB, which a box without such catalogues does not need

        self._refusal = etree.XMLSyntaxError
        self.total: int | None = None
        self.has_begun = self.is_whole = False
        self.subsections: list[str] = []
        self._depth = 0
        self._waiting = 0  # bytes since the last entry
        # Servers of 2023 forget to escape “&” in the feed's own address, so mistakes are read past.
        self._parser: Any = etree.XMLPullParser(events=("start", "end"), recover=True, **CAREFUL)

    def feed(self, chunk: bytes) -> Iterator[Entry]:
        """The entries that end in the chunk. Raises BadInput where this is no such feed, or a hostile one."""
        for start in range(0, len(chunk), _SLICE):
            yield from self._feed(chunk[start : start + _SLICE])

    def _feed(self, piece: bytes) -> list[Entry]:
        if not self.has_begun and _PAGE.match(piece):
            raise BadInput(_A_PAGE)
        self._waiting += len(piece)
        try:
            self._parser.feed(piece)
            found = list(self._taken())
        except self._refusal as error:
            raise BadInput("it is no XML that can be read") from error
        if self._waiting > _BETWEEN_ENTRIES:
            raise BadInput(f"an entry is longer than {_BETWEEN_ENTRIES // 1024} KiB")
        return found

    def _taken(self) -> Iterator[Entry]:
        for event, element in self._parser.read_events():
            if event == "start":
                self._begin(element)
            elif (entry := self._end(element)) is not None:
                yield entry

    def _begin(self, element: Any) -> None:
        self._depth += 1
        self.has_begun = True
        if self._depth == 1:
            _refuse_other(element)
        if self._depth > _DEEPEST:
            raise BadInput("its elements are nested too deep")

    def _end(self, element: Any) -> Entry | None:
        self._depth -= 1
        if self._depth == 0:
            self.is_whole = True
        if self._depth != 1:
            return None
        entry = self._looked_at(element)
        forget(element)
        return entry

    def _looked_at(self, element: Any) -> Entry | None:
        name = _name(element)
        if name == "totalResults":
            self.total = _number(element.text)
        if name != "entry":
            return None
        self._waiting = 0
        links = [link for link in element.iterchildren() if _name(link) == "link"]
        self.subsections += [link.get("href", "") for link in links if link.get("rel") == "subsection"][:10]
        return Entry(_texts(element), tuple(_zim_links(links)))


def _refuse_other(root: Any) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise BadInput("it declares a document type, which no catalogue does")
    if _name(root).lower() == "html":
        raise BadInput(_A_PAGE)
    if root.tag != f"{_ATOM}feed":
        raise BadInput("it is no OPDS feed")


def _texts(entry: Any) -> dict[str, str]:
    """Of each field the first. An author's or publisher's name stands one level deeper."""
    found: dict[str, str] = {}
    for child in entry.iterchildren():
        inner = next((each for each in child.iterchildren() if _name(each) == "name"), child)
        found.setdefault(_name(child), (inner.text or "").strip())
    return found


def _zim_links(links: list[Any]) -> Iterator[tuple[str, int]]:
    for link in links:
        if link.get("rel", "").startswith(_ACQUISITION) and link.get("type", "").startswith(ZIM_TYPE):
            yield link.get("href", ""), _number(link.get("length")) or 0


def _name(element: Any) -> str:
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _number(text: str | None) -> int | None:
    text = (text or "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 15 else None
