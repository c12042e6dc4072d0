"""Metalink files (`.meta4`, RFC 5854): what a file's size and sums are, and where it can be had. Read and written.

Anyone may have written one: no entity is resolved, nothing is fetched, memory is bounded, and what is not understood
(other sums, other kinds of addresses, signatures, torrents) is passed over.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from lxml import etree

from content_packs.careful_xml import CAREFUL, forget
from content_packs.errors import BadInput
from content_packs.pieces import ALGORITHMS, Pieces

MEDIA_TYPE = "application/metalink4+xml"
SIZE_LIMIT = 16 * 1024 * 1024  # bytes: the sums of 200 GB by the MiB
_NAMESPACE = "urn:ietf:params:xml:ns:metalink"
_LOWEST = 999_999  # of priorities: section 4.2.16.2
_ADDRESSES = 100
_NAMES = {"sha-256": "sha256", "sha-1": "sha1"}  # IANA's registry of hash functions, and hashlib
_SCHEMES = ("https", "http")
_DEEPEST = 20  # elements within elements; a real one has four


@dataclass(frozen=True, slots=True)
class Mirror:
    """An address of the file. `priority`: 1 is the best, 999,999 the worst. `location`: a country, or empty."""

    url: str
    priority: int = _LOWEST
    location: str = ""


@dataclass(frozen=True, slots=True)
class Metalink:
    """One file. `size` in bytes, 0 where not said; `sha256` in hexadecimal digits, else empty; best mirror first."""

    name: str
    size: int = 0
    sha256: str = ""
    pieces: Pieces | None = None
    mirrors: tuple[Mirror, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        return tuple(mirror.url for mirror in self.mirrors)


def read_metalink(content: bytes) -> Metalink:
    """The first file that it describes. Raises BadInput where it is none, too large, or contradicts itself."""
    if len(content) > SIZE_LIMIT:
        raise BadInput(f"The Metalink file is larger than {SIZE_LIMIT // 1024**2} MiB: use another source.")
    try:
        reading = _Reading()
        for event, element in _events(content):
            reading.take(event, element)
            if reading.is_done:
                break
    except (etree.XMLSyntaxError, ValueError) as error:
        raise BadInput(f"The Metalink file cannot be read ({_short(error)}): fetch it again.") from error
    return reading.result()


def _events(content: bytes) -> Iterator[tuple[str, Any]]:
    """Elements as they begin and end, each forgotten once it has been seen."""
    if b"<!DOCTYPE" in content[:65536]:
        raise ValueError("it declares a document type, which no Metalink file does")
    depth = 0
    walk = etree.iterparse(BytesIO(content), events=("start", "end"), **CAREFUL)
    for event, element in walk:
        depth += 1 if event == "start" else -1
        if depth > _DEEPEST:
            raise ValueError("its elements are nested too deep")
        yield event, element
        if event == "end":
            forget(element)


class _Reading:
    """What has been read so far of the first `file` element."""

    def __init__(self) -> None:
        self.is_done = False
        self._name: str | None = None
        self._size = 0
        self._sha256 = ""
        self._mirrors: list[Mirror] = []
        self._pieces: Pieces | None = None
        self._digests: list[bytes] | None = None  # of the `pieces` element that is being read

    def take(self, event: str, element: Any) -> None:
        tag = str(element.tag)
        if not tag.startswith(f"{{{_NAMESPACE}}}"):
            return
        name = tag.rpartition("}")[2]
        if event == "start":
            self._begin(name, element)
        elif self._name is not None and not self.is_done:
            self._end(name, element)

    def _begin(self, name: str, element: Any) -> None:
        if name == "file":
            self._name = (element.get("name") or "").rpartition("/")[2]
        elif name == "pieces":
            self._digests = []

    def _end(self, name: str, element: Any) -> None:
        text = (element.text or "").strip()
        if name == "file":
            self.is_done = True
        elif name == "size":
            self._size = _number(text)
        elif name == "hash":
            self._hash(element.get("type"), text)
        elif name == "pieces":
            self._take_pieces(element)
        elif name == "url":
            self._url(element, text)

    def _hash(self, kind: str | None, text: str) -> None:
        if self._digests is not None:
            self._digests.append(_digest(text))
        elif kind == "sha-256":
            self._sha256 = _digest(text).hex()

    def _take_pieces(self, element: Any) -> None:
        """The strongest of those that are given, section 4.1.3: `pieces` may be repeated with different types."""
        digests, self._digests = self._digests or [], None
        algorithm = _NAMES.get(element.get("type") or "")
        if algorithm is None or (self._pieces is not None and self._pieces.algorithm == "sha256"):
            return
        if any(len(digest) != ALGORITHMS[algorithm] for digest in digests):
            raise ValueError("a sum of a piece has not the length of its kind")
        self._pieces = Pieces(algorithm, _number(element.get("length") or ""), tuple(digests))

    def _url(self, element: Any, text: str) -> None:
        if len(self._mirrors) < _ADDRESSES and len(text) <= 2000 and urlsplit(text).scheme in _SCHEMES:
            priority = element.get("priority") or ""
            rank = int(priority) if priority.isascii() and priority.isdigit() and len(priority) < 7 else _LOWEST
            self._mirrors.append(Mirror(text, rank or _LOWEST, (element.get("location") or "")[:2].lower()))

    def result(self) -> Metalink:
        if self._name is None:
            raise BadInput("What should be a Metalink file is none: check its address.")
        if self._sha256 and len(self._sha256) != 64:
            raise BadInput("The Metalink file gives a SHA-256 sum of another length: use another source.")
        if self._pieces is not None and not self._pieces.fit(self._size):
            raise BadInput(
                f"The Metalink file gives {len(self._pieces)} sums of pieces for {self._size} bytes, "
                "which do not fit: use another source."
            )
        mirrors = tuple(sorted(self._mirrors, key=lambda mirror: mirror.priority))
        return Metalink(self._name, self._size, self._sha256, self._pieces, mirrors)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise ValueError(f"“{text[:20]}” is no number of bytes")
    return int(text)


def _digest(text: str) -> bytes:
    try:
        return binascii.unhexlify(text)
    except ValueError as error:
        raise ValueError("a sum is not in hexadecimal digits") from error


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def write_metalink(link: Metalink) -> bytes:
    """The file's text (UTF-8), the elements in the order of RFC 5854, appendix A."""
    root = etree.Element(f"{{{_NAMESPACE}}}metalink", nsmap={None: _NAMESPACE})
    file = etree.SubElement(root, _tag("file"), name=link.name)
    if link.size:
        etree.SubElement(file, _tag("size")).text = str(link.size)
    if link.sha256:
        etree.SubElement(file, _tag("hash"), type="sha-256").text = link.sha256
    if link.pieces is not None:
        _write_pieces(file, link.pieces)
    for mirror in link.mirrors:
        given = {"location": mirror.location} if mirror.location else {}
        etree.SubElement(file, _tag("url"), priority=str(mirror.priority), **given).text = mirror.url
    text: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return text


def _write_pieces(file: Any, pieces: Pieces) -> None:
    kind = next(name for name, algorithm in _NAMES.items() if algorithm == pieces.algorithm)
    element = etree.SubElement(file, _tag("pieces"), type=kind, length=str(pieces.length))
    for digest in pieces.digests:
        etree.SubElement(element, _tag("hash")).text = digest.hex()


def _tag(name: str) -> str:
    return f"{{{_NAMESPACE}}}{name}"
