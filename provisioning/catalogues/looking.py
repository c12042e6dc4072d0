"""What kind of catalogue lies at an address: found out by looking at what is there, never by its ending."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from content_packs.errors import BadInput, NotThere
from content_packs.importers.catalogs import parse_catalog
from content_packs.sticks import FOLDER as STICK_FOLDER
from content_packs.store.data_folder import DataFolder
from provisioning.addresses import OBJECT_STORES, WEB, path_of, split
from provisioning.catalogues.atom import Feed
from provisioning.catalogues.old_yaml import LIMIT, read_small_file
from provisioning.catalogues.sources import FOLDER, OPDS, SIGNED, YAML
from provisioning.catalogues.web import Answer, Web
from provisioning.storage import open_storage
from provisioning.trust.hub_paths import TIMESTAMP_PATH

ENTRIES = "catalog/v2/entries"
_PAGING = ("count", "start", "lang")
_SIGN_LIMIT = 64 * 1024  # bytes


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found: a kind of `sources`, and the address by which it is read."""

    kind: str
    url: str


async def look(given: str, web: Web, *, plain_http: bool) -> Looked:
    """The catalogue that an operator means by an address or a path.

    Raises BadInput where there is none, and as `Web.ask` where that cannot be found out.
    """
    scheme = split(given).scheme
    if scheme in OBJECT_STORES:
        return Looked(SIGNED, given)  # nothing else lies there
    if scheme in WEB:
        return await _look_on_web(given, web, plain_http)
    if "://" in given and scheme != "file":
        raise BadInput(f"“{given}” cannot be read: give an address with https://, s3://, gs:// or az://, or a folder.")
    return _look_on_disk(given)


async def look_for_hub(given: str, data: DataFolder) -> Looked:
    """The signed catalogue at an address of any kind, encrypted or not, since what is signed needs no safe way.

    Raises BadInput where there is none, and as a Storage where that cannot be found out.
    """
    if "://" not in given:
        found = _look_on_disk(given)
        if found.kind == SIGNED:
            return found
    else:
        async with open_storage(given, data.keys) as storage:
            if await storage.exists(TIMESTAMP_PATH):
                return Looked(SIGNED, given)
    raise BadInput(
        f"There is no signed catalogue at {given} ({TIMESTAMP_PATH}): correct the address, or leave --root away."
    )


def _look_on_disk(given: str) -> Looked:
    path = path_of(given)
    if path.is_dir():
        for hub in (path, path / STICK_FOLDER):
            if (hub / TIMESTAMP_PATH).is_file():
                return Looked(SIGNED, str(hub))
        return Looked(FOLDER, str(path))
    raw = read_small_file(path, LIMIT)
    parse_catalog(path.name, raw)
    return Looked(YAML, str(path))


async def _look_on_web(given: str, web: Web, plain_http: bool) -> Looked:
    """What the address itself answers, then the places below it where catalogues lie."""
    why = ""
    try:
        async with web.ask(given, plain_http=plain_http) as answer:
            return await _looked_at(answer)
    except NotThere as error:
        why = str(error)
    except _NoCatalogueError as error:
        why = f"{given} is no catalogue: {error}."
    below = given.partition("?")[0].rstrip("/") + "/"
    if await _is_hub(below, web, plain_http):
        return Looked(SIGNED, below.rstrip("/"))
    if await _is_opds(urljoin(below, ENTRIES), web, plain_http):
        return Looked(OPDS, urljoin(below, ENTRIES))
    raise BadInput(
        f"{why} Below it there is none either: neither {ENTRIES}, as Kiwix and boxes have it, "
        f"nor {TIMESTAMP_PATH} of a hub."
    )


class _NoCatalogueError(Exception):
    """What an address answers is no catalogue."""


async def _looked_at(answer: Answer) -> Looked:
    first = await anext(answer.chunks, b"")
    if first.lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n").startswith(b"<"):
        return await _looked_at_xml(first, answer)
    raw = bytearray(first)
    async for chunk in answer.chunks:
        raw += chunk
        if len(raw) > LIMIT:
            raise _NoCatalogueError(f"it is larger than {LIMIT // 1024**2} MiB")
    try:
        parse_catalog(Path(urlsplit(answer.url).path).name or answer.url, bytes(raw))
    except BadInput as error:
        raise _NoCatalogueError(str(error).rstrip(".")) from error
    return Looked(YAML, answer.url)


async def _looked_at_xml(first: bytes, answer: Answer) -> Looked:
    """An OPDS feed of packs, or one that leads to it."""
    feed = Feed()
    try:
        entries = list(feed.feed(first))
        async for chunk in answer.chunks:
            if any(entry.links for entry in entries):
                break
            entries = list(feed.feed(chunk))
    except BadInput as error:
        raise _NoCatalogueError(str(error).rstrip(".")) from error
    if not feed.has_begun:
        raise _NoCatalogueError("it is no OPDS feed")
    where = next((href for href in feed.subsections if urlsplit(href).path.endswith("/entries")), "")
    return Looked(OPDS, urljoin(answer.url, where) if where else _without_paging(answer.url))


async def _is_hub(below: str, web: Web, plain_http: bool) -> bool:
    """Signed metadata are JSON with their signatures beside what is signed (TUF specification, 4.2.1)."""
    try:
        document = json.loads(await web.read(urljoin(below, TIMESTAMP_PATH), limit=_SIGN_LIMIT, plain_http=plain_http))
    except (BadInput, ValueError, RecursionError):
        return False
    return isinstance(document, dict) and {"signed", "signatures"} <= document.keys()


async def _is_opds(entries: str, web: Web, plain_http: bool) -> bool:
    try:
        async with web.ask(f"{entries}?count=1", plain_http=plain_http) as answer:
            return (await _looked_at(answer)).kind == OPDS
    except (BadInput, _NoCatalogueError):
        return False


def _without_paging(address: str) -> str:
    """The address of all entries, from one that an operator copied from a browser."""
    parts = urlsplit(address)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name not in _PAGING]
    return urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(query), ""))
