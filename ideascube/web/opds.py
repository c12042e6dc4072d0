"""The catalogue as OPDS 1.2 feeds with Kiwix's extensions, made from its entries. Pure: no request, no reading.

Element names are written with the prefixes that Kiwix's programs expect, since these compare names as text and know
nothing of XML namespaces. Sources: https://specs.opds.io/opds-1.2, RFC 4287 (Atom), the feeds of kiwix-serve.
"""

from __future__ import annotations

import re
from collections import Counter
from urllib.parse import quote, urlencode
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET  # only to write: nothing from outside is parsed

from content_packs.languages import own_name
from ideascube.web.catalog_entry import CatalogEntry
from ideascube.web.catalog_query import CatalogPage

ROOT = "/catalog/v2"
NAVIGATION = "application/atom+xml;profile=opds-catalog;kind=navigation"
ACQUISITION = "application/atom+xml;profile=opds-catalog;kind=acquisition"
ENTRY = "application/atom+xml;type=entry;profile=opds-catalog"
DESCRIPTION = "application/opensearchdescription+xml"
OPEN_ACCESS = "http://opds-spec.org/acquisition/open-access"
THUMBNAIL = "http://opds-spec.org/image/thumbnail"

_NAMESPACES = {
    "xmlns": "http://www.w3.org/2005/Atom",
    "xmlns:dc": "http://purl.org/dc/terms/",
    "xmlns:opds": "https://specs.opds.io/opds-1.2",
    "xmlns:opensearch": "http://a9.com/-/spec/opensearch/1.1/",
    "xmlns:thr": "http://purl.org/syndication/thread/1.0",
}
_NEVER = "1970-01-01"  # the date of what has none: Atom demands one
_SUBSECTIONS = (
    ("entries", ACQUISITION, "All entries", "All entries from this catalog."),
    ("partial_entries", ACQUISITION, "All entries (partial)", "All entries from this catalog in partial format."),
    ("categories", NAVIGATION, "List of categories", "List of all categories in this catalog."),
    ("languages", NAVIGATION, "List of languages", "List of all languages in this catalog."),
)
_TEMPLATE = (
    "entries?q={searchTerms?}&lang={language?}&name={k:name?}&tag={k:tag?}&notag={k:notag?}"
    "&category={k:category?}&maxsize={k:maxsize?}&count={count?}&start={startIndex?}"
)
# What XML 1.0 cannot hold, even escaped (https://www.w3.org/TR/xml/#charsets).
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def root_feed(entries: list[CatalogEntry]) -> bytes:
    """The catalogue's entrance, which leads to its parts."""
    feed = _feed("root.xml", NAVIGATION, "OPDS Catalog Root", _updated(entries))
    _link(feed, "search", f"{ROOT}/searchdescription.xml", DESCRIPTION)
    for path, kind, title, content in _SUBSECTIONS:
        _subsection(feed, path, kind, title, _updated(entries), content)
    return _document(feed)


def entries_feed(page: CatalogPage, origin: str, asked: dict[str, str], *, partial: bool) -> bytes:
    """One page of the catalogue. `asked`: the address's parameters; `origin`: this box's, for what clients download."""
    query = urlencode(asked, errors="replace")
    title = f"Filtered Entries ({query})" if asked else "All Entries"
    path = ("partial_entries" if partial else "entries") + (f"?{query}" if query else "")
    feed = _feed(path, ACQUISITION, title, _updated(page.entries))
    _link(feed, "up", f"{ROOT}/root.xml", NAVIGATION)
    _text(feed, "totalResults", page.total)
    _text(feed, "startIndex", page.start)
    _text(feed, "itemsPerPage", len(page.entries))
    for entry in page.entries:
        _fill(ET.SubElement(feed, "entry"), entry, origin, partial=partial)
    return _document(feed)


def entry_document(entry: CatalogEntry, origin: str) -> bytes:
    """One pack, in full."""
    element = ET.Element("entry", _NAMESPACES)
    _fill(element, entry, origin, partial=False)
    return _document(element)


def categories_feed(entries: list[CatalogEntry]) -> bytes:
    """The categories that there are, each leading to its packs."""
    feed = _feed("categories", NAVIGATION, "List of categories", _updated(entries))
    for category in sorted({entry.category for entry in entries} - {""}):
        path = f"entries?{urlencode({'category': category}, errors='replace')}"
        _subsection(feed, path, ACQUISITION, category, _updated(entries), f"All entries with category of '{category}'.")
    return _document(feed)


def languages_feed(entries: list[CatalogEntry]) -> bytes:
    """The languages that there are, each leading to its packs, with their number."""
    feed = _feed("languages", NAVIGATION, "List of languages", _updated(entries))
    counts = Counter(language for entry in entries for language in entry.languages)
    for language, count in sorted(counts.items()):
        path = f"entries?{urlencode({'lang': language}, errors='replace')}"
        element = _subsection(feed, path, ACQUISITION, own_name(language), _updated(entries))
        _text(element, "dc:language", language)
        _text(element, "thr:count", count)
    return _document(feed)


def search_description() -> bytes:
    """How to ask for a part of the catalogue, as OpenSearch 1.1 says it."""
    description = ET.Element("OpenSearchDescription", {"xmlns": _NAMESPACES["xmlns:opensearch"]})
    _text(description, "ShortName", "Zim catalog search")
    _text(description, "Description", "Search zim files in the catalog.")
    url = {
        "type": ACQUISITION,
        "xmlns:k": "http://kiwix.org/opensearchextension/1.0",
        "indexOffset": "0",
        "template": f"{ROOT}/{_TEMPLATE}",
    }
    ET.SubElement(description, "Url", url)
    return _document(description)


def _feed(path: str, kind: str, title: str, updated: str) -> ET.Element:
    feed = ET.Element("feed", _NAMESPACES)
    _text(feed, "id", uuid5(NAMESPACE_URL, f"{ROOT}/{path}").urn)
    _link(feed, "self", f"{ROOT}/{path}", kind)
    _link(feed, "start", f"{ROOT}/root.xml", NAVIGATION)
    _text(feed, "title", title)
    _text(feed, "updated", updated)
    return feed


def _subsection(feed: ET.Element, path: str, kind: str, title: str, updated: str, content: str = "") -> ET.Element:
    element = ET.SubElement(feed, "entry")
    _text(element, "title", title)
    _link(element, "subsection", f"{ROOT}/{path}", kind)
    _text(element, "updated", updated)
    _text(element, "id", uuid5(NAMESPACE_URL, f"{ROOT}/{path}#entry").urn)
    if content:
        _text(element, "content", content).set("type", "text")
    return element


def _fill(element: ET.Element, entry: CatalogEntry, origin: str, *, partial: bool) -> None:
    _text(element, "id", f"urn:uuid:{entry.uuid}")
    _text(element, "title", entry.title)
    _text(element, "updated", _moment(entry.issued))
    if partial:
        _link(element, "alternate", f"{ROOT}/entry/{entry.uuid}", ENTRY)
    else:
        _describe(element, entry)
        _link_all(element, entry, origin)


def _describe(element: ET.Element, entry: CatalogEntry) -> None:
    _text(element, "summary", entry.summary)
    _text(element, "language", ",".join(entry.languages))
    _text(element, "name", entry.name)
    _text(element, "flavour", entry.flavour)
    _text(element, "category", entry.category)
    _text(element, "tags", ";".join(entry.tags))
    _text(element, "articleCount", entry.articles)
    _text(element, "mediaCount", entry.media)
    _text(ET.SubElement(element, "author"), "name", entry.author)
    _text(ET.SubElement(element, "publisher"), "name", entry.publisher)
    if entry.issued:
        _text(element, "dc:issued", _moment(entry.issued))


def _link_all(element: ET.Element, entry: CatalogEntry, origin: str) -> None:
    for size in entry.illustrations:
        kind = f"image/png;width={size};height={size};scale=1"
        _link(element, THUMBNAIL, f"{ROOT}/illustration/{entry.uuid}/?size={size}", kind)
    pack = quote(entry.pack_id, safe="")
    ET.SubElement(element, "link", {"type": "text/html", "href": f"/content/{pack}"})
    if not entry.is_one_file:
        return
    # Kiwix's programs complete the other addresses with the server's, but take this one as it is. As in Kiwix's own
    # catalogue it is a Metalink file's, and without its ending the ZIM's.
    download = _link(element, OPEN_ACCESS, f"{origin}/download/{pack}.zim.meta4", "application/x-zim")
    download.set("length", str(entry.size))


def _updated(entries: list[CatalogEntry]) -> str:
    """When the newest of `entries` was issued: the same for the same packs, so that the feed keeps its validator."""
    return _moment(max((entry.issued for entry in entries), default=""))


def _moment(issued: str) -> str:
    return f"{issued or _NEVER}T00:00:00Z"


def _text(parent: ET.Element, name: str, content: str | int) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = _NOT_XML.sub("\ufffd", str(content))
    return element


def _link(parent: ET.Element, rel: str, href: str, kind: str) -> ET.Element:
    return ET.SubElement(parent, "link", {"rel": rel, "href": _NOT_XML.sub("\ufffd", href), "type": kind})


def _document(root: ET.Element) -> bytes:
    ET.indent(root)
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()
